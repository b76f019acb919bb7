"""Lies about slices of a mail too large for one piece: UID 8 here."""

import re
from collections.abc import Callable

from deskapp.mail.connection import SLICE
from tests.servers.scripted_imap import Cut, ScriptedImap, Send

from . import LARGE, Lie, bodies, sizes

_SLICE = re.compile(r"\[\]<(\d+)\.(\d+)>")
_HEAD = b"* 3 FETCH (UID 8 BODY[]<%d> {%d}\r\n"


def _slices(reply: Callable[[int, int], bytes], **more: object) -> Callable[[ScriptedImap], None]:
    """``reply`` answers each question for a slice, by its start and length."""

    def tell(server: ScriptedImap) -> None:
        def answer(server: ScriptedImap, tag: str, command: str, send: Send) -> bool:
            asked = _SLICE.search(command)
            if not bodies(command) or asked is None or " 8 " not in f"{command} ":
                return False
            send(reply(int(asked[1]), int(asked[2])))
            if more.get("cut") and int(asked[1]):
                raise Cut
            send(f"{tag} OK done\r\n".encode())
            return True

        server.mails[8] = LARGE
        server.answers = [answer]

    return tell


def _said_to_have(size: int) -> Callable[[ScriptedImap], None]:
    """Honest slices of a mail whose RFC822.SIZE is wrong."""

    def tell(server: ScriptedImap) -> None:
        server.mails[8] = LARGE
        sizes(lambda _server, _uid: b"* 3 FETCH (UID 8 RFC822.SIZE %d)\r\n" % size)(server)

    return tell


def _part(start: int, some: bytes, said: int | None = None) -> bytes:
    return _HEAD % (start if said is None else said, len(some)) + some + b")\r\n"


def _whole(start: int, length: int) -> bytes:
    return b"* 3 FETCH (UID 8 BODY[] {%d}\r\n" % len(LARGE) + LARGE + b")\r\n"


LIES = (
    Lie("slices as they should be", _slices(lambda a, n: _part(a, LARGE[a : a + n]))),
    Lie("slices shorter than asked for", _slices(lambda a, n: _part(a, LARGE[a : a + 400_000]))),
    Lie("slices longer than asked for", _slices(lambda a, n: _part(a, LARGE[a : a + 2 * n]))),
    Lie("the whole mail for each slice", _slices(_whole)),
    Lie("slices from another place", _slices(lambda a, n: _part(a, LARGE[a + 7 : a + n], a + 7))),
    Lie("slices that do not say where they begin", _slices(
        lambda a, n: _part(a, LARGE[a : a + n]).replace(b"[]<%d>" % a, b"[]"))),
    Lie("NIL for the second slice", _slices(
        lambda a, n: b"* 3 FETCH (UID 8 BODY[] NIL)\r\n" if a else _part(a, LARGE[:n]))),
    Lie("an empty second slice", _slices(lambda a, n: _part(a, LARGE[:n] if not a else b""))),
    Lie("silence for slices", _slices(lambda a, n: b"")),
    Lie("a cut in the second slice", _slices(
        lambda a, n: _part(a, LARGE[a : a + n])[: -9 if a else None], cut=True), behind={8}),
    Lie("a size of exactly one slice, and more mail behind it", _said_to_have(SLICE)),
    Lie("a size of a slice and a byte, and more mail behind it", _said_to_have(SLICE + 1)),
    Lie("a size beyond the mail", _said_to_have(3 * SLICE)),
)  # fmt: skip
