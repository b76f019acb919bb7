"""What can complete the word at the cursor of the search field."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLocale

from deskapp.domain.search_operators import OPERATORS, name_key, operator_named

_MOST = 8
_EXAMPLES = {
    "before": ("7d", "today", "2026-11-01"),
    "after": ("7d", "today", "2026-11-01"),
    "due": ("1d", "7d"),
    "waiting": (">1d", ">2d", ">7d", "<4h"),
}
_operator = re.compile(r'(?P<name>-?[^\s":\uff1a]+)[:\uff1a](?P<value>"[^"]*"?|[^\s"]*)$')
_word = re.compile(r"[^\s\"]+$")
_SCRIPTS: dict[str, Callable[[str], bool]] = {
    "zh": lambda word: word[0] >= "\u4e00",
    "ru": lambda word: "\u0400" <= word[0] < "\u0500",
    "vi": lambda word: not word.isascii() and word[0] < "\u0400",
}


@dataclass(frozen=True, slots=True)
class Completion:
    """``text`` replaces the line from ``start`` to the cursor."""

    text: str
    start: int
    shown: str


def completions(before: str, names: Callable[[str], Sequence[str]]) -> list[Completion]:
    """For what stands before the cursor; ``names`` are the desk's own words for an operator."""
    if before.count('"') % 2 and not _operator.search(before):
        return []  # inside a phrase
    if (found := _operator.search(before)) is not None:
        return _values(found, names)
    word = _word.search(before)
    return [] if word is None else _operators(word)


def _values(found: re.Match[str], names: Callable[[str], Sequence[str]]) -> list[Completion]:
    operator = operator_named(found["name"].removeprefix("-"))
    if operator is None:
        return []
    typed = name_key(found["value"])
    offered: list[tuple[str, str]] = []
    for value, also in operator.values.items():
        keys = [name_key(one) for one in (value, *also)]
        if not typed or any(key.startswith(typed) for key in keys):
            offered.append((value, _local(value, also)))
    known = [one for one in names(operator.name) if typed in name_key(one)]
    known.sort(key=lambda name: not name_key(name).startswith(typed))
    offered += [(one, one) for one in known]
    if operator.reads is not None:
        given = _EXAMPLES.get(operator.name, ())
        offered += [(one, one) for one in given if one.startswith(found["value"])]
    return [
        Completion(f"{found['name']}:{_quoted(value)} ", found.start(), shown)
        for value, shown in offered[:_MOST]
        if value != found["value"]
    ]


def _operators(word: re.Match[str]) -> list[Completion]:
    typed = word[0]
    out = "-" if typed.startswith("-") else ""
    key = name_key(typed.removeprefix("-"))
    if not key:
        return []
    found = []
    for one in OPERATORS:
        fits = [name for name in (one.name, *one.also) if name_key(name).startswith(key)]
        if fits:
            name = fits[0].replace(" ", "-")
            shown = name if name == one.name else f"{name} · {one.name}"
            found.append(Completion(f"{out}{name}:", word.start(), f"{out}{shown}:"))
    return found[:_MOST]


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value


def _local(value: str, also: Sequence[str]) -> str:
    """The value with its word in the language of the windows, if it has one."""
    fits = _SCRIPTS.get(QLocale().name()[:2])
    local = next((word for word in also if fits is not None and fits(word)), "")
    return f"{value} · {local}" if local else value
