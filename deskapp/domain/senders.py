"""Who a mail says it is from, shown so that nobody can hide behind a name."""

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum

from .mail import Address
from .sites import in_ascii, in_letters, is_look_alike, mixes_scripts

_INSIDE = re.compile(r"[^\s<>()\[\]\"',;:]+@[^\s<>()\[\]\"',;:]+\.[^\s<>()\[\]\"',;:]{2,}")
_TURNING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BETWEEN = frozenset("\u200c\u200d")  # joiners that some scripts need
_NO_WIDTH = frozenset("\u200b\u2060\ufeff\u180e\u2800\u3164\u115f\u1160\uffa0\u00ad")

_LONGEST_NAME = 200
_LOOKED_THROUGH = 2000


class SenderRemark(StrEnum):
    """Why a sender should be looked at twice."""

    OTHER_ADDRESS = "other_address"  # the name is an address, but not the one it came from
    HIDDEN_SIGNS = "hidden_signs"  # signs that turn or hide text
    LOOK_ALIKE = "look_alike"  # letters of several alphabets in one word
    SEVERAL_FROM = "several_from"  # more than one From, or none that can be believed


def sender_remarks(sender: Address, defects: Sequence[str] = ()) -> tuple[SenderRemark, ...]:
    """What is odd about a sender. ``defects`` are those of its mail."""
    found: list[SenderRemark] = []
    # Looking for an address takes the square of the length; no more of a name is shown.
    sender = Address(sender.name[:_LOOKED_THROUGH], sender.address[:_LOOKED_THROUGH])
    seen = _without_marks(unicodedata.normalize("NFKC", sender.name))
    named = [one.rstrip(".").casefold() for one in _INSIDE.findall(seen)]
    if named and any(one != sender.key for one in named):
        found.append(SenderRemark.OTHER_ADDRESS)
    if _has_marks(sender.name) or _has_marks(sender.address):
        found.append(SenderRemark.HIDDEN_SIGNS)
    local, _, host = sender.address.rpartition("@")
    if is_look_alike(host) or mixes_scripts(local) or mixes_scripts(sender.name):
        found.append(SenderRemark.LOOK_ALIKE)
    if "several_from" in defects:
        found.append(SenderRemark.SEVERAL_FROM)
    return tuple(found)


def shown_name(name: str) -> str:
    """A name with marks that turn or hide text made visible."""
    return with_marks_seen(name if len(name) <= _LONGEST_NAME else name[:_LONGEST_NAME] + "…")


def shown_address(address: str) -> str:
    """The address in the letters of its owner, or as the network writes it where scripts mix."""
    local, at, host = address.rpartition("@")
    host = in_ascii(host) or host if is_look_alike(host) else in_letters(host)
    return with_marks_seen(local + at + host)


def with_marks_seen(text: str) -> str:
    """``text`` with each sign that turns or hides others written as its number."""
    if text.isprintable() and not any(sign in _NO_WIDTH for sign in text):
        return text
    return "".join(f"[U+{ord(sign):04X}]" if _is_mark(sign) else sign for sign in text)


def _is_mark(sign: str) -> bool:
    if sign in _TURNING or sign in _NO_WIDTH:
        return True
    is_unseen = unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
    return is_unseen and sign not in _BETWEEN


def _has_marks(text: str) -> bool:
    return any(_is_mark(sign) for sign in text)


def _without_marks(text: str) -> str:
    return "".join(sign for sign in text if not _is_mark(sign) and sign not in _BETWEEN)
