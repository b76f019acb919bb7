"""Lies when a folder is opened: EXISTS, UIDNEXT, UIDVALIDITY, HIGHESTMODSEQ."""

from collections.abc import Callable
from itertools import count

from deskapp.domain.problem import ProblemKind
from tests.servers.scripted_imap import ScriptedImap, Send

from . import ALL, NEWER, RENUMBERED, Lie, answering, bodies, once, to

REFUSED = ProblemKind.SERVER_REFUSED


def _examine(told: Callable[[ScriptedImap], bytes]) -> Callable[[ScriptedImap], None]:
    def answer(server: ScriptedImap, tag: str, command: str, send: Send) -> bool:
        if not command.startswith("EXAMINE"):
            return False
        send(told(server) + f"{tag} OK [READ-ONLY] done\r\n".encode())
        return True

    return answering(answer)


def _with(words: bytes) -> Callable[[ScriptedImap], None]:
    return _examine(lambda server: server.examined() + words)


def _without(word: bytes) -> Callable[[ScriptedImap], None]:
    def told(server: ScriptedImap) -> bytes:
        lines = server.examined().splitlines(keepends=True)
        return b"".join(line for line in lines if word not in line)

    return _examine(told)


def _falling_modseq(server: ScriptedImap) -> None:
    numbers = count(900, -100)
    _examine(lambda one: one.examined() + b"* OK [HIGHESTMODSEQ %d] x\r\n" % next(numbers))(server)


def _deaf_modseq(server: ScriptedImap) -> None:
    """HIGHESTMODSEQ stands still while mail comes."""
    server.capabilities = "IMAP4rev1 CONDSTORE QRESYNC UIDPLUS"

    def answer(server: ScriptedImap, tag: str, command: str, send: Send) -> bool:
        if command.startswith("EXAMINE"):
            if len(server.commands("EXAMINE")) > 1:
                server.mails.update(NEWER)
            send(server.examined() + b"* OK [HIGHESTMODSEQ 5] x\r\n")
            send(f"{tag} OK done\r\n".encode())
            return True
        return False

    server.answers = [answer]


def _renumbers_between(server: ScriptedImap) -> None:
    def answer(server: ScriptedImap, tag: str, command: str, send: Send) -> bool:
        if command.startswith("EXAMINE") and len(server.commands("EXAMINE")) > 1:
            server.uidvalidity, server.mails = 8, dict(RENUMBERED)
        return False

    server.answers = [answer]


def _renumbers_meanwhile(server: ScriptedImap) -> None:
    """The folder is another one just when its mails are fetched: UID 9 is now what 8 was."""

    def answer(server: ScriptedImap, tag: str, command: str, send: Send) -> bool:
        if bodies(command) and server.uidvalidity == 7:
            server.uidvalidity, server.mails = 8, dict(RENUMBERED)
            send(b"* OK [UIDVALIDITY 8] the folder was rebuilt\r\n")
            for uid, old in zip((3, 5, 8, 13), (9, 4, 6, 14), strict=True):
                send(server.fetched(old).replace(b"UID %d " % old, b"UID %d " % uid))
            send(f"{tag} OK done\r\n".encode())
            return True
        return False

    server.answers = [answer]


def _unsafe_until_named(server: ScriptedImap, tag: str, command: str, send: Send) -> bool:
    if command.startswith("EXAMINE") and not server.commands("ID"):
        send(f"{tag} NO EXAMINE Unsafe Login. Please contact kefu@188.com\r\n".encode())
        return True
    return False


_UNSAFE = "NO EXAMINE Unsafe Login. Please contact kefu@188.com for help"

LIES = (
    Lie("EXISTS too many", _examine(lambda server: server.examined(exists=400))),
    Lie("EXISTS too few", _examine(lambda server: server.examined(exists=1))),
    Lie("EXISTS 0", _examine(lambda server: server.examined(exists=0))),
    Lie("EXISTS without end", _with(b"* " + b"9" * 400 + b" EXISTS\r\n")),
    Lie("EXISTS missing", _without(b"EXISTS")),
    Lie("EXISTS twice, falling", _examine(lambda server: b"* 900 EXISTS\r\n" + server.examined())),
    Lie("UIDNEXT missing", _without(b"UIDNEXT")),
    Lie("UIDNEXT too small", _examine(lambda server: server.examined(uidnext=2))),
    Lie("UIDNEXT too large", _examine(lambda server: server.examined(uidnext=4_000_000_000))),
    Lie("UIDNEXT 0", _examine(lambda server: server.examined(uidnext=0))),
    Lie("UIDNEXT without end", _with(b"* OK [UIDNEXT " + b"9" * 400 + b"] x\r\n")),
    Lie("UIDNEXT as a literal", _with(b"* OK [UIDNEXT {2}\r\n14] x\r\n")),
    Lie("UIDVALIDITY missing", _without(b"UIDVALIDITY"), ALL, REFUSED, "no UIDVALIDITY"),
    Lie("UIDVALIDITY in words", _examine(
        lambda server: server.examined().replace(b"UIDVALIDITY 7", b"UIDVALIDITY seven")),
        ALL, REFUSED, "no UIDVALIDITY"),
    Lie("UIDVALIDITY 0", _examine(
        lambda server: server.examined().replace(b"UIDVALIDITY 7", b"UIDVALIDITY 0"))),
    Lie("UIDVALIDITY changes between rounds", _renumbers_between),
    Lie("UIDVALIDITY changes while mails are fetched", _renumbers_meanwhile),
    Lie("HIGHESTMODSEQ 0", _with(b"* OK [HIGHESTMODSEQ 0] x\r\n")),
    Lie("HIGHESTMODSEQ without end", _with(b"* OK [HIGHESTMODSEQ " + b"9" * 40 + b"] x\r\n")),
    Lie("HIGHESTMODSEQ falls", _falling_modseq),
    Lie("HIGHESTMODSEQ stands still while mail comes", _deaf_modseq),
    Lie("FLAGS as a literal", _with(b"* FLAGS {5}\r\n\\Seen\r\n")),
    Lie("PERMANENTFLAGS without end", _with(b"* OK [PERMANENTFLAGS (" + b"x " * 9000 + b")]\r\n")),
    Lie("a mail nobody asked for in the answer to EXAMINE",
        _with(b"* 3 FETCH (UID 8 BODY[] {5}\r\nwrong)\r\n")),
    Lie("a listing nobody asked for in the answer to EXAMINE", _with(b"* SEARCH 3\r\n")),
    Lie("EXAMINE refused once", answering(once(to("EXAMINE", b"", end="NO try once more")))),
    Lie("EXAMINE refused for ever", answering(to("EXAMINE", b"", end="NO [NOPERM] ask the boss")),
        ALL, REFUSED, "ask the boss"),
    Lie("INBOX does not exist",
        answering(to("EXAMINE", b"", end="NO [NONEXISTENT] no such mailbox")),
        ALL, ProblemKind.FOLDER_MISSING),
    Lie("NetEase: Unsafe Login until told our name", answering(_unsafe_until_named)),
    Lie("NetEase: Unsafe Login for ever", answering(to("EXAMINE", b"", end=_UNSAFE)),
        ALL, REFUSED, "Unsafe Login"),
    Lie("CONDSTORE, QRESYNC and UIDPLUS offered, and unknown", _deaf_modseq),
)  # fmt: skip
