"""How a shop writes its order numbers, as an admin states it: a small part of regular expressions.

Letters, digits and signs stand for themselves, ``\\d`` for a digit, ``[A-Z]`` for one of these
signs; ``{4}``, ``{4,6}``, ``?`` and ``+`` say how often, ``|`` stands between two ways. No groups
and no "any sign": a pattern is looked for in strangers' mail, and must not be able to take long.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from .problem import Problem, ProblemKind

LONGEST = 200
_MOST_WAYS, _MOST_TIMES, _MOST_OPEN, _SHORTEST = 6, 20, 4, 3

_SIGN = r"[^\W_]|[#＃№ /:_-]|\\[#./:_ -]"
_DIGITS = {"\\d": "[0-9０-９]"}
_PART = re.compile(
    rf"(?P<atom>\\d|\[(?:[A-Za-z0-9]-[A-Za-z0-9]|[A-Za-z0-9])+\]|{_SIGN})"
    r"(?P<times>\{(?P<least>[0-9]{1,2})(?:,(?P<most>[0-9]{1,2}))?\}|[?+])?"
)


def checked_pattern(pattern: str) -> str:
    """The pattern as it is kept; "" stays "". Raises Problem(INVALID, what="number_pattern")."""
    plain = pattern.strip()
    if plain:
        _compiled(plain)
    return plain


@lru_cache(maxsize=16)
def joined_patterns(patterns: tuple[str, ...]) -> str:
    """One regular expression for the patterns of all sources, "" for none; ways that cannot be
    read, as an older version may have stored them, are left out."""
    ways: list[str] = []
    for pattern in dict.fromkeys(patterns):
        try:
            ways += _compiled(pattern.strip()) if pattern.strip() else []
        except Problem:
            continue
    return "|".join(ways)


def _compiled(pattern: str) -> Sequence[str]:
    ways = pattern.split("|")
    if len(pattern) > LONGEST or len(ways) > _MOST_WAYS:
        raise _wrong(pattern)
    return [_way(one.strip(), pattern) for one in ways]


def _way(way: str, pattern: str) -> str:
    at = shortest = open_ended = 0
    made = []
    while at < len(way):
        part = _PART.match(way, at)
        if part is None:
            raise _wrong(pattern)
        least, most = _times(part)
        if not 0 <= least <= most <= _MOST_TIMES or not most:
            raise _wrong(pattern)
        shortest += least
        open_ended += least != most
        atom = part["atom"]
        signs = atom if atom.startswith(("[", "\\")) else re.escape(atom)
        made.append(f"{_DIGITS.get(atom, signs)}{{{least},{most}}}")
        at = part.end()
    if shortest < _SHORTEST or open_ended > _MOST_OPEN:
        raise _wrong(pattern)
    return "".join(made)


def _times(part: re.Match[str]) -> tuple[int, int]:
    if part["times"] in ("?", "+"):
        return (0, 1) if part["times"] == "?" else (1, _MOST_TIMES)
    least = int(part["least"] or 1)
    return least, int(part["most"] or least)


def _wrong(pattern: str) -> Problem:
    return Problem(ProblemKind.INVALID, what="number_pattern", value=pattern[:80])
