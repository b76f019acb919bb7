"""Lies about which mails there are."""

from deskapp.domain.problem import ProblemKind
from tests.servers.scripted_imap import Answer, ScriptedImap, Send

from . import Lie, answering, once, to

_SEARCH = "UID SEARCH"
_EXTENDED = "IMAP4rev1 ESEARCH"


def _extended(*answers: object) -> object:
    def tell(server: ScriptedImap) -> None:
        server.capabilities = _EXTENDED
        server.answers = list(answers)

    return tell


def _everything_but_search(server: ScriptedImap, tag: str, command: str, send: Send) -> bool:
    """FETCH 1:* tells no more than SEARCH did."""
    if command == "UID FETCH 1:* (UID)":
        send(f"{tag} NO not that way\r\n".encode())
        return True
    return False


def _counted(exists: int) -> Answer:
    """EXAMINE with a wrong EXISTS."""

    def answer(server: ScriptedImap, tag: str, command: str, send: Send) -> bool:
        if not command.startswith("EXAMINE"):
            return False
        send(server.examined(exists=exists))
        send(f"{tag} OK [READ-ONLY] done\r\n".encode())
        return True

    return answer


LIES = (
    Lie("SEARCH with doubles", answering(to(_SEARCH, b"* SEARCH 3 5 5 8 8 8 13 13\r\n"))),
    Lie("SEARCH in no order", answering(to(_SEARCH, b"* SEARCH 13 3 8 5\r\n"))),
    Lie("SEARCH with UIDs that are not there",
        answering(to(_SEARCH, b"* SEARCH 3 5 8 13 999 4000000000\r\n"))),
    Lie("SEARCH with 0 and below", answering(to(_SEARCH, b"* SEARCH 0 -3 3 5 8 13\r\n"))),
    Lie("SEARCH with numbers without end",
        answering(to(_SEARCH, b"* SEARCH 3 5 8 13 " + b"9" * 5000 + b"\r\n"))),
    Lie("SEARCH with words among the numbers",
        answering(to(_SEARCH, b"* SEARCH 3 five 8 13 5\r\n"))),
    Lie("SEARCH over many lines",
        answering(to(_SEARCH, b"* SEARCH 3\r\n* SEARCH\r\n* SEARCH 5 8\r\n* SEARCH 13\r\n"))),
    Lie("SEARCH with a MODSEQ", answering(to(_SEARCH, b"* SEARCH 3 5 8 13 (MODSEQ 917)\r\n"))),
    Lie("SEARCH as a literal", answering(to(_SEARCH, b"* SEARCH {8}\r\n3 5 8 13\r\n"))),
    Lie("SEARCH with non-ASCII digits",
        answering(to(_SEARCH, "* SEARCH ３ ５ ８\r\n".encode()))),
    Lie("SEARCH that forgets one mail", answering(to(_SEARCH, b"* SEARCH 3 8 13\r\n"))),
    Lie("SEARCH empty once", answering(once(to(_SEARCH, b"* SEARCH\r\n")))),
    Lie("SEARCH always empty", answering(to(_SEARCH, b"* SEARCH\r\n"))),
    Lie("SEARCH without an answer", answering(to(_SEARCH, b""))),
    Lie("SEARCH with sequence numbers for UIDs", answering(to(_SEARCH, b"* SEARCH 1 2 3 4\r\n")),
        behind={5, 8, 13}),
    Lie("SEARCH refused for its charset",
        answering(to(_SEARCH, b"", end="NO [BADCHARSET (US-ASCII)] unsupported charset"))),
    Lie("SEARCH unknown", answering(to(_SEARCH, b"", end="BAD unknown command"))),
    Lie("SEARCH refused and FETCH 1:* too",
        answering(to(_SEARCH, b"", end="NO search is switched off"), _everything_but_search),
        {3, 5, 8, 13}, ProblemKind.SERVER_REFUSED, "not that way"),
    Lie("EXISTS too high and FETCH 1:* refused",
        answering(_counted(9), _everything_but_search)),
    Lie("EXISTS too high and FETCH 1:* without an answer",
        answering(_counted(9), to("UID FETCH 1:* (UID)", b""))),
    Lie("EXISTS too high, SEARCH short and FETCH 1:* refused",
        answering(_counted(9), to(_SEARCH, b"* SEARCH 3 13\r\n"), _everything_but_search), {5, 8}),
    Lie("ESEARCH offered and refused",
        _extended(to("UID SEARCH RETURN", b"", end="BAD unknown search criteria"))),
    Lie("ESEARCH answered in the old way",
        _extended(to("UID SEARCH RETURN", b"* SEARCH 3 5 8 13\r\n"))),
    Lie("ESEARCH without ALL", _extended(to(_SEARCH, b'* ESEARCH (TAG "{tag}") UID COUNT 4\r\n'))),
    Lie("ESEARCH of four thousand million UIDs",
        _extended(to(_SEARCH, b'* ESEARCH (TAG "{tag}") UID ALL 1:4294967295\r\n'))),
    Lie("ESEARCH with a set that is none",
        _extended(to(_SEARCH, b'* ESEARCH (TAG "{tag}") UID ALL 3:,,8\r\n'))),
    Lie("ESEARCH as a literal",
        _extended(to(_SEARCH, b'* ESEARCH (TAG "{tag}") UID ALL {8}\r\n3,5,8,13\r\n'))),
)  # fmt: skip
