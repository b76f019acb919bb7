"""Lies about folders: odd listings, a Sent folder that goes, refuses or is broken."""

from deskapp.domain.problem import ProblemKind
from tests.servers.scripted_imap import ScriptedImap, Send

from . import Lie, answering, attribute, to

_INBOX = b'* LIST () "/" INBOX\r\n'


def _listing(more: bytes) -> object:
    return attribute(listing=_INBOX + more)


def _sent(end: str, reply: bytes = b"") -> object:
    """A Sent folder is listed, and opening it is answered so."""

    def tell(server: ScriptedImap) -> None:
        server.listing = _INBOX + b'* LIST (\\Sent) "/" Sent\r\n'
        server.answers = [to('EXAMINE "SENT"', reply, end=end)]

    return tell


def _sent_goes(server: ScriptedImap) -> None:
    server.listing = _INBOX + b'* LIST (\\Sent) "/" Sent\r\n'
    server.others = {"Sent": {1: b"Subject: ours\r\n\r\n"}}

    def answer(server: ScriptedImap, tag: str, command: str, send: Send) -> bool:
        if command.startswith("UID FETCH") and server._open == "Sent":
            server.others = {}
            send(f"{tag} NO Mailbox was deleted\r\n".encode())
            return True
        return False

    server.answers = [answer]


LIES = (
    Lie("LIST with NIL for a delimiter", _listing(b"* LIST () NIL Sent\r\n")),
    Lie("LIST with a backslash for a delimiter", _listing(b'* LIST () "\\\\" "a\\"b"\r\n')),
    Lie("LIST with broken UTF-7", _listing(b'* LIST (\\Sent) "/" "&XfJT*"\r\n')),
    Lie("LIST with UTF-7 that ends nowhere", _listing(b'* LIST () "/" "A&B"\r\n')),
    Lie("LIST with raw UTF-8", _listing('* LIST (\\Sent) "/" "Отправленные"\r\n'.encode())),
    Lie("LIST with raw GB2312", _listing(b'* LIST (\\Sent) "/" "\xd2\xd1\xb7\xa2"\r\n')),
    Lie("LIST with a literal", _listing(b'* LIST () "/" {9}\r\nA (B) "C"\r\n')),
    Lie("LIST with CR LF in a name", _listing(b'* LIST (\\Sent) "/" {10}\r\nA\r\nB LOGOU\r\n')),
    Lie("LIST with NUL in a name", _listing(b'* LIST (\\Sent) "/" "A\0B"\r\n')),
    Lie("LIST with a number for a name", _listing(b'* LIST () "/" 2026\r\n')),
    Lie("LIST with an uneven list", _listing(b'* LIST (\\Sent "/"\r\n')),
    Lie("LIST with a flag as a literal", _listing(b'* LIST ({5}\r\n\\Sent) "/" Sent\r\n')),
    Lie("LIST of 5 000 brackets", _listing(b"* LIST " + b"(" * 5000 + b"\r\n")),
    Lie("LIST of 2 000 folders", _listing(
        b"".join(b'* LIST () "/" "F%d"\r\n' % number for number in range(2000)))),
    Lie("LIST without INBOX", attribute(listing=b"")),
    Lie("LIST refused", answering(to("LIST", b"", end="NO [NOPERM] not for you"))),
    Lie("LIST unknown", answering(to("LIST", b"", end="BAD what"))),
    Lie("a Sent folder that cannot be opened", _listing(b'* LIST (\\Sent \\Noselect) "/" S\r\n')),
    Lie("a Sent folder that is not there", _sent("NO [NONEXISTENT] no such mailbox")),
    Lie("a Sent folder that refuses", _sent("NO [SERVERBUG] index is broken")),
    Lie("a Sent folder without UIDVALIDITY", _sent("OK done", b"* 2 EXISTS\r\n")),
    Lie("a Sent folder that goes while it is read", _sent_goes),
    Lie("a Sent folder that ends the session", _sent("", b"* BYE crash\r\n"),
        kind=ProblemKind.SERVER_REFUSED, says="crash"),
)  # fmt: skip
