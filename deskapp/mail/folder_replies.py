"""Reads what a server answers to EXAMINE and LIST. What cannot be read spoils only itself.

IMAPClient's readers raise TypeError or AttributeError for a literal where they expect a word, and
one odd folder name costs them all the others.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from imapclient.imap_utf7 import decode

from .fetch_reply import Piece
from .uid_sets import LARGEST_UID

LARGEST_MODSEQ = 2**63 - 1  # RFC 7162, section 7

_LISTED = re.compile(
    rb'\((?P<flags>[^()]*)\) +(?:NIL|"(?:[^"\\]|\\.)") +'
    rb'(?P<name>\{\d+\}|"(?:[^"\\]|\\.)*"|[^ "(){]+)',
    re.IGNORECASE,
)
_NUMBER = re.compile(rb" *(\d{1,20})\b")
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)


def listed(pieces: Iterable[Piece]) -> Iterator[tuple[str, frozenset[str]]]:
    """(name, flags in lower case) of each LIST reply that can be read.

    A name that is not proper modified UTF-7 (RFC 3501, 5.1.3) could not be asked for again, and
    is left out.
    """
    for piece in pieces:
        text, literal = piece if isinstance(piece, tuple) else (piece or b"", None)
        found = _LISTED.match(text)
        if found is None:
            continue
        name = found["name"]
        if name.startswith(b"{"):
            name = literal if literal is not None else b""
        elif name.startswith(b'"'):
            name = _ESCAPED.sub(rb"\1", name[1:-1])
        spelt = _folder_name(name)
        if spelt:
            yield spelt, frozenset(found["flags"].decode("ascii", "replace").lower().split())


def _folder_name(name: bytes) -> str:
    if any(letter in name for letter in b"\r\n\0"):
        return ""
    try:
        return str(decode(name))
    except (ValueError, IndexError):  # broken base64, or letters beyond ASCII
        return ""


def uids(pieces: Iterable[Piece]) -> set[int]:
    """The UIDs of SEARCH replies; the MODSEQ in brackets at their end (RFC 7162) is none."""
    found: set[int] = set()
    for piece in pieces:
        for word in piece.split() if isinstance(piece, bytes) else ():
            if word.startswith(b"("):
                break
            if word.isdigit() and len(word) <= 10 and 0 < int(word) <= LARGEST_UID:
                found.add(int(word))
    return found


def number(untagged: Mapping[str, object], word: str, most: int = LARGEST_UID) -> int | None:
    """The last number told under ``word`` (EXISTS, UIDNEXT …); None for none, or an absurd one."""
    told = untagged.get(word)
    for value in reversed(told) if isinstance(told, list) else ():
        found = _NUMBER.match(value) if isinstance(value, bytes) else None
        if found is not None and int(found[1]) <= most:
            return int(found[1])
    return None
