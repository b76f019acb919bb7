"""Which language variant of a text a person gets."""

import re
from collections.abc import Sequence

from .problem import Problem, ProblemKind

_language = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
LONGEST_LANGUAGE = 12


def is_language(tag: str) -> bool:
    """Whether it looks like a BCP 47 tag; it may become part of the name of a file."""
    return len(tag) <= LONGEST_LANGUAGE and _language.fullmatch(tag) is not None


def choose_language(available: Sequence[str], wanted: str) -> str:
    """The variant of ``available`` (BCP 47 tags) for somebody who reads ``wanted``.

    The same tag, else the nearest script or region of that language, else English, else the first.
    Raises Problem(EMPTY) when there is nothing to choose from.
    """
    if not available:
        raise Problem(ProblemKind.EMPTY, what="canned_text")
    by_tag = {_tag(language): language for language in reversed(available)}
    for candidate in _nearest(_tag(wanted)):
        if candidate in by_tag:
            return by_tag[candidate]
    for primary in (_tag(wanted).partition("-")[0], "en"):
        for tag, language in reversed(by_tag.items()):
            if tag.partition("-")[0] == primary:
                return language
    return available[0]


_TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")
_SIMPLIFIED = ("zh-hans", "zh-cn", "zh-sg", "zh")


def same_language(first: str, second: str) -> bool:
    """Whether somebody who reads one reads the other; the two Chinese scripts are two."""
    one, other = _tag(first), _tag(second)
    if one.partition("-")[0] != other.partition("-")[0]:
        return False
    return one.startswith(_TRADITIONAL) == other.startswith(_TRADITIONAL)


def _tag(language: str) -> str:
    return language.strip().replace("_", "-").casefold()


def language_chain(wanted: str) -> tuple[str, ...]:
    """The languages that are tried for a reader of ``wanted``, for people to see: that one, its
    other script, English."""
    tag = _tag(wanted)
    if any(tag.startswith(one) for one in _TRADITIONAL):
        return ("zh-Hant", "zh-Hans", "en")
    if tag.partition("-")[0] == "zh":
        return ("zh-Hans", "zh-Hant", "en")
    return tuple(dict.fromkeys(one for one in (tag, tag.partition("-")[0], "en") if one))


def _nearest(wanted: str) -> tuple[str, ...]:
    if any(wanted.startswith(tag) for tag in _TRADITIONAL):
        return (wanted, *_TRADITIONAL, "zh", *_SIMPLIFIED)
    if wanted.partition("-")[0] == "zh":
        return (wanted, *_SIMPLIFIED, *_TRADITIONAL)
    return (wanted, wanted.partition("-")[0])
