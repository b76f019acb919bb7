"""Lies in the greeting, in what a server says it can do, and at sign-in."""

from collections.abc import Callable

from deskapp.domain.problem import ProblemKind
from tests.servers.scripted_imap import ScriptedImap, Send

from . import ALL, Lie, answering, attribute, to

K = ProblemKind


def _greets(greeting: bytes) -> Callable[[ScriptedImap], None]:
    return attribute(greeting=greeting)


def _sign_in(end: str, reply: bytes = b"") -> Callable[[ScriptedImap], None]:
    return answering(to("LOGIN", reply, end=end))


def _plain_only(server: ScriptedImap) -> None:
    server.capabilities = "IMAP4rev1 LOGINDISABLED AUTH=PLAIN"
    waiting: list[str] = []

    def answer(server: ScriptedImap, tag: str, command: str, send: Send) -> bool:
        if command.startswith("LOGIN "):
            send(f"{tag} BAD switched off\r\n".encode())
        elif command.startswith("AUTHENTICATE PLAIN"):
            waiting.append(tag)
            send(b"+ \r\n")
        elif waiting:
            send(f"{waiting.pop()} OK in\r\n".encode())
        else:
            return False
        return True

    server.answers = [answer]


_BACKOFF = "BAD Request is throttled. Suggested Backoff Time: 299997 milliseconds"

LIES = (
    Lie("PREAUTH", _greets(b"* PREAUTH welcome back\r\n"), ALL, K.TLS_UNAVAILABLE, "PREAUTH"),
    Lie("BYE for a greeting", _greets(b"* BYE overloaded, come back later\r\n"),
        ALL, K.SERVER_REFUSED, "overloaded, come back later"),
    Lie("BYE for one greeting", attribute(greetings=[b"* BYE overloaded\r\n"])),
    Lie("NO for a greeting", _greets(b"* NO go away\r\n"), ALL, K.SERVER_REFUSED, "go away"),
    Lie("HTTP for a greeting", _greets(b"HTTP/1.1 400 Bad Request\r\n"), ALL, K.OFFLINE),
    Lie("no greeting at all", _greets(b""), ALL, K.OFFLINE),
    Lie("half a greeting", _greets(b"* OK rea"), ALL, K.OFFLINE),
    Lie("a greeting of bytes without sense", _greets(b"\x16\x03\x01\x00\xff\r\n"), ALL, K.OFFLINE),
    Lie("ALERT in the greeting", _greets(b"* OK [ALERT] closing down on Friday\r\n"),
        says="closing down on Friday"),
    Lie("a greeting in lower case", _greets(b"* ok ready\r\n")),
    Lie("no answer to CAPABILITY", answering(to("CAPABILITY", b""))),
    Lie("CAPABILITY unknown", answering(to("CAPABILITY", b"", end="BAD what"))),
    Lie("CAPABILITY without IMAP4rev1", attribute(capabilities="IMAP2 X-OLD")),
    Lie("CAPABILITY with non-ASCII", attribute(capabilities="IMAP4rev1 Ünïcode ID")),
    Lie("CAPABILITY as a literal",
        answering(to("CAPABILITY", b"* CAPABILITY {9}\r\nIMAP4rev1\r\n"))),
    Lie("CAPABILITY over and over", answering(
        to("CAPABILITY", b"* CAPABILITY IMAP4rev1\r\n* CAPABILITY IMAP4rev1 ID\r\n"))),
    Lie("ID offered and refused", attribute(
        capabilities="IMAP4rev1 ID", answers=[to("ID ", b"", end="BAD no names please")])),
    Lie("sign-in refused", _sign_in("NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)"),
        ALL, K.SIGN_IN_REFUSED, "Invalid credentials"),
    Lie("sign-in refused, with the way out as an ALERT",
        _sign_in("NO [ALERT] Application-specific password required"),
        ALL, K.SIGN_IN_REFUSED, "Application-specific password required"),
    Lie("sign-in needs a browser",
        _sign_in("NO [WEBALERT https://mail.example/x] Web login required."),
        ALL, K.SIGN_IN_REFUSED, "Web login required"),
    Lie("sign-in BAD", _sign_in("BAD no"), ALL, K.SIGN_IN_REFUSED),
    Lie("sign-in for the moment not", _sign_in("NO [UNAVAILABLE] backend down"),
        ALL, K.SERVER_REFUSED, "backend down"),
    Lie("INUSE at sign-in", _sign_in("NO [INUSE] locked"), ALL, K.SERVER_REFUSED, "locked"),
    Lie("LIMIT at sign-in", _sign_in("NO [LIMIT] rate"), ALL, K.SERVER_REFUSED, "rate"),
    Lie("Gmail: too many sessions", _sign_in("NO [ALERT] Too many simultaneous connections."),
        ALL, K.SERVER_REFUSED, "Too many simultaneous connections"),
    Lie("Outlook: back off at sign-in", _sign_in(_BACKOFF), ALL, K.SERVER_REFUSED, "Backoff"),
    Lie("Outlook: signed in and not connected",
        _sign_in("BAD User is authenticated but not connected."),
        ALL, K.SERVER_REFUSED, "not connected"),
    Lie("BYE at sign-in", answering(to("LOGIN", b"* BYE too many failures\r\n", cut=True)),
        ALL, K.SERVER_REFUSED, "too many failures"),
    Lie("a cut at sign-in", answering(to("LOGIN", b"", cut=True)), ALL, K.OFFLINE),
    Lie("silence at sign-in", answering(to("LOGIN", b"", end="")), ALL, K.OFFLINE),
    Lie("a foreign tag at sign-in", answering(to("LOGIN", b"X1 OK in\r\n", end="")),
        ALL, K.OFFLINE),
    Lie("LOGINDISABLED and no other way", attribute(capabilities="IMAP4rev1 LOGINDISABLED"),
        ALL, K.SIGN_IN_REFUSED, "LOGINDISABLED"),
    Lie("LOGINDISABLED with PLAIN", _plain_only),
    Lie("an ALERT at sign-in", _sign_in("OK [ALERT] your password ends tomorrow"),
        says="your password ends tomorrow"),
)  # fmt: skip
