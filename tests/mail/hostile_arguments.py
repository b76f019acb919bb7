"""Strings that would be a second command if a gateway let them, through every call that takes one.

The oracle is the server's own record of what came over the line.
"""

import random
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from imapclient.imap_utf7 import decode

from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import Server
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.mail.connection import ImapConnection
from tests.servers.scripted_imap import ScriptedImap

_PIECES = (
    "\r\n", "\r", "\n", "\0", "\t", "\x01", "\x1b", "\x7f", "\x85", "\u2028", "\ud800", "\udfff",
    '"', "\\", '\\"', "{5}", "{5+}", "(", ")", "*", "%", "&", "&-", "&XfJT0ZAB-", "~", " ", "",
    "INBOX", "A1 LOGOUT", "\r\nA1 DELETE INBOX\r\n", '"\r\nA2 LOGOUT\r\n"', "é", "已发送",
    "Отправленные", "Đã gửi", "\U0001f4e7", "x" * 300, "]", "[", "<", ">", "NIL", "ALL",
)  # fmt: skip
_COMMAND = re.compile(rb"[A-Z]{4}\d+ [A-Z]+")
_CONTROL = re.compile(rb"[\x00-\x1f\x7f]")
_AT = datetime(2026, 11, 22, tzinfo=UTC)
_BODY = b"Subject: x\r\n\r\nA9 LOGOUT\r\n"


def strings(count: int, seed: int) -> Iterator[str]:
    """Some honest, most hostile."""
    chance = random.Random(seed)
    for _ in range(count):
        yield "".join(chance.choices(_PIECES, k=chance.randint(0, 5)))


def through_every_call(server: ScriptedImap, count: int, seed: int) -> dict[str, int]:
    """Raises AssertionError where a string reached the line as anything but one argument.

    How often each call went out, and how often it was refused.
    """
    counts = {"sent": 0, "refused": 0}
    line = ImapConnection.open(_way(server, "support"), "sesame")
    line.select("INBOX")
    for text in strings(count, seed):
        for told in _one(server, counts, "EXAMINE", lambda text=text: line.select(text)):
            assert _name(told) == text
        line.select("INBOX")
        _one(server, counts, "UID", lambda text=text: line.has_message_id(text))
        _one(server, counts, "APPEND", lambda text=text: line.append(text, _BODY, _AT))
    line.drop()  # the server speaks to one at a time
    for text in strings(count, seed):
        _one(server, counts, "LOGIN", lambda text=text: _sign_in(server, text, "sesame"))
        _one(server, counts, "LOGIN", lambda text=text: _sign_in(server, "support", text))
    assert all(literal.startswith(_BODY) or b" " not in literal for literal in server.literals)
    return counts


def _one(
    server: ScriptedImap, counts: dict[str, int], command: str, call: Callable[[], object]
) -> list[bytes]:
    before = len(server.received)
    refused = False
    try:
        call()
    except Problem as problem:
        assert problem.kind in (ProblemKind.INVALID, ProblemKind.FOLDER_MISSING)
        refused = problem.kind is ProblemKind.INVALID
    came = server.received[before:]
    for told in came:
        assert told.endswith(b"\r\n")
        assert not _CONTROL.search(told[:-2])
        assert _COMMAND.match(told)
    words = [told.split()[1].decode() for told in came]
    asked = [word for word in words if word not in ("CAPABILITY", "LOGOUT", "ID")]
    if refused:
        assert asked == []
    else:
        assert asked in ([command], ["AUTHENTICATE"])
    counts["refused" if refused else "sent"] += 1
    return came


def _name(told: bytes) -> str:
    quoted = told.rstrip(b"\r\n").partition(b"EXAMINE ")[2]
    assert quoted.startswith(b'"')
    assert quoted.endswith(b'"')
    return str(decode(re.sub(rb"\\(.)", rb"\1", quoted[1:-1])))


def _sign_in(server: ScriptedImap, user: str, password: str) -> None:
    ImapConnection.open(_way(server, user), password).close()


def _way(server: ScriptedImap, user: str) -> Server:
    return Server("127.0.0.1", server.port, Security.NONE, user)
