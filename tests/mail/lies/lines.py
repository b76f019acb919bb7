"""Lies about the conversation itself: cuts, silence, floods, BYE, foreign tags."""

import time

from deskapp.domain.problem import ProblemKind
from tests.servers.scripted_imap import ScriptedImap, Send

from . import ALL, Lie, answering, attribute, bodies, once, to

OFFLINE, REFUSED = ProblemKind.OFFLINE, ProblemKind.SERVER_REFUSED
_FETCH = "UID FETCH"


def _all_replies(server: ScriptedImap, command: str) -> bytes:
    asked = sorted(server._asked(command.upper()))
    return b"".join(server.fetched(uid) for uid in asked)


def _after_each(words: bytes) -> object:
    """All mails come properly, with ``words`` before each."""

    def answer(server: ScriptedImap, tag: str, command: str, send: Send) -> bool:
        if not bodies(command):
            return False
        for uid in sorted(server._asked(command.upper())):
            send(words + server.fetched(uid))
        send(f"{tag} OK done\r\n".encode())
        return True

    return answer


def _bye_after_two(server: ScriptedImap, tag: str, command: str, send: Send) -> bool:
    if not bodies(command):
        return False
    for uid in sorted(server._asked(command.upper()))[:2]:
        send(server.fetched(uid))
    send(b"* BYE idle for too long\r\n")
    return True


def _flood(server: ScriptedImap, tag: str, command: str, send: Send) -> bool:
    if not command.startswith("UID SEARCH"):
        return False
    while True:
        send(b"* OK still here\r\n" * 1000)


def _drip(server: ScriptedImap, tag: str, command: str, send: Send) -> bool:
    if not command.startswith("UID SEARCH"):
        return False
    while True:
        send(b"*")
        time.sleep(0.05)


def _one_byte_at_a_time(server: ScriptedImap, tag: str, command: str, send: Send) -> bool:
    if not bodies(command):
        return False
    for byte in _all_replies(server, command):
        send(bytes([byte]))
    send(f"{tag} OK done\r\n".encode())
    return True


def _expunged_meanwhile(server: ScriptedImap, tag: str, command: str, send: Send) -> bool:
    if bodies(command):
        server.mails.pop(8, None)
        send(b"* 3 EXPUNGE\r\n* 3 EXISTS\r\n")
    return False


def _arrives_meanwhile(server: ScriptedImap, tag: str, command: str, send: Send) -> bool:
    if bodies(command):
        server.mails[21] = b"Subject: 21\r\n\r\nnewer"
        send(b"* 5 EXISTS\r\n* 1 RECENT\r\n")
    return False


def _done_twice(server: ScriptedImap, tag: str, command: str, send: Send) -> bool:
    if not bodies(command):
        return False
    send(_all_replies(server, command) + f"{tag} OK done\r\n{tag} OK done\r\n".encode())
    return True


def _done_first(server: ScriptedImap, tag: str, command: str, send: Send) -> bool:
    if not bodies(command):
        return False
    send(f"{tag} OK done\r\n".encode() + _all_replies(server, command))
    return True


def _lf_only(server: ScriptedImap) -> None:
    def answer(server: ScriptedImap, tag: str, command: str, send: Send) -> bool:
        server.proper(tag, command, lambda told: send(_without_cr(told)))
        return True

    server.greeting = b"* OK ready\n"
    server.answers = [answer]


def _without_cr(told: bytes) -> bytes:
    head, mark, rest = told.partition(b"}\r\n")
    if not mark:
        return told.replace(b"\r\n", b"\n")
    return head + b"}\n" + rest[:-2] + b"\n"


LIES = (
    Lie("BYE before each FETCH", answering(to(_FETCH, b"* BYE maintenance at noon\r\n", cut=True)),
        ALL, REFUSED, "maintenance at noon"),
    Lie("BYE after two mails", answering(_bye_after_two)),
    Lie("BYE instead of the tagged reply to SEARCH",
        answering(to("UID SEARCH", b"* SEARCH 3 5 8 13\r\n* BYE gone\r\n", cut=True)),
        ALL, REFUSED, "gone"),
    Lie("BYE once", answering(once(to(_FETCH, b"* BYE going down\r\n", cut=True)))),
    Lie("a cut once", answering(once(to(_FETCH, b"", cut=True)))),
    Lie("a cut once inside a literal",
        answering(once(to(_FETCH, b"* 1 FETCH (UID 3 BODY[] {12}\r\nshort", cut=True)))),
    Lie("garbage once", answering(once(to(_FETCH, b"%%%\r\n", cut=True)))),
    Lie("an empty line once", answering(once(to(_FETCH, b"\r\n", cut=True)))),
    Lie("a foreign tag once", answering(once(to(_FETCH, b"A999 OK not yours\r\n", cut=True)))),
    Lie("a tag for every command of SEARCH",
        answering(to("UID SEARCH", b"XXXX1 OK done\r\n", end="")), ALL, OFFLINE),
    Lie("silence after SEARCH", answering(to("UID SEARCH", b"", end="")), ALL, OFFLINE),
    Lie("silence after FETCH once", answering(once(to(_FETCH, b"", end="")))),
    Lie("silence after half a SEARCH", answering(to("UID SEARCH", b"* SEARCH 3 5", end="")),
        ALL, OFFLINE),
    Lie("silence after EXAMINE", answering(to("EXAMINE", b"* 4 EXISTS\r\n", end="")), ALL, OFFLINE),
    Lie("a cut after EXAMINE", answering(to("EXAMINE", b"* 4 EXISTS\r\n", cut=True)), ALL, OFFLINE),
    Lie("a line of 9 MiB without end",
        answering(to("UID SEARCH", b"* SEARCH " + b"1 " * 150_000, end="")), ALL, OFFLINE,
        "a line without end"),
    Lie("'still here' for ever instead of an answer", answering(_flood), ALL, OFFLINE,
        "an answer without end"),
    Lie("one byte now and then for ever", answering(_drip), ALL, OFFLINE),
    Lie("one byte at a time", answering(_one_byte_at_a_time)),
    Lie("a word before each mail", answering(_after_each(b"* OK still working\r\n"))),
    Lie("non-ASCII garbage before each mail", answering(_after_each(b"* \xff\xfe \xc3\x28\r\n"))),
    Lie("EXPUNGE of another before each mail", answering(_after_each(b"* 1 EXPUNGE\r\n"))),
    Lie("NIL before each mail", answering(_after_each(b"* NIL\r\n"))),
    Lie("a capability before each mail", answering(_after_each(b"* CAPABILITY IMAP2\r\n"))),
    Lie("a mail is expunged while it is fetched", answering(_expunged_meanwhile)),
    Lie("a mail arrives while others are fetched", answering(_arrives_meanwhile)),
    Lie("two tagged replies for one command", answering(_done_twice)),
    Lie("the tagged reply before the mails", answering(_done_first), ALL),
    Lie("line ends without CR everywhere", _lf_only),
    Lie("LIMIT on FETCH", answering(to(_FETCH, b"", end="NO [LIMIT] too much today")),
        ALL, REFUSED, "too much today"),
    Lie("OVERQUOTA on FETCH", answering(to(_FETCH, b"", end="NO [OVERQUOTA] mailbox is full")),
        ALL),
    Lie("INUSE on FETCH once", answering(once(to(_FETCH, b"", end="NO [INUSE] locked")))),
    Lie("Outlook's back-off on FETCH",
        answering(to(_FETCH, b"",
                     end="BAD Request is throttled. Suggested Backoff Time: 299997 milliseconds")),
        ALL, REFUSED, "Suggested Backoff Time"),
    Lie("Gmail's bandwidth limit",
        answering(to(_FETCH, b"* BYE Account exceeded command or bandwidth limits.\r\n", cut=True)),
        ALL, REFUSED, "bandwidth limits"),
    Lie("an ALERT while fetching", answering(_after_each(b"* OK [ALERT] quota almost used up\r\n")),
        says="quota almost used up"),
    Lie("greets and cuts", attribute(greetings=[b"* OK hello\r\n", b"* OK hello\r\n"])),
)  # fmt: skip
