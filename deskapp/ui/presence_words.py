"""Who is on a ticket, in words: those who write first."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from deskapp.domain.presence import Doing, OnTicket

from .translatable import N

_CONTEXT, _LONGEST = "Presence", 20  # letters of a name
_ONE = {
    Doing.WRITING: N("Presence", "{name} is writing a reply"),
    Doing.NOTING: N("Presence", "{name} is writing a note"),
    Doing.LOOKING: N("Presence", "{name} is looking"),
}
_TWO = {
    Doing.WRITING: N("Presence", "{name} and {other} are writing a reply"),
    Doing.NOTING: N("Presence", "{name} and {other} are writing a note"),
    Doing.LOOKING: N("Presence", "{name} and {other} are looking"),
}
_MORE = {
    Doing.WRITING: N("Presence", "{name} and %n others are writing a reply"),
    Doing.NOTING: N("Presence", "{name} and %n others are writing a note"),
    Doing.LOOKING: N("Presence", "{name} and %n others are looking"),
}
_ORDER = (Doing.WRITING, Doing.NOTING, Doing.LOOKING)
PICTURES = {Doing.WRITING: "pencil", Doing.NOTING: "note", Doing.LOOKING: "eye"}
TOKENS = {
    Doing.WRITING: ("draft_edge", "draft"),
    Doing.NOTING: ("text", "note"),
    Doing.LOOKING: ("muted", "sunken"),
}
"""Tone and ground of what is said of each; the picture and the words say the same."""


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence about all who do the same; ``brief`` cuts long names, so that what they do is
    seen in a narrow window. ``names``: every one of them."""

    doing: Doing
    words: str
    brief: str
    names: tuple[str, ...]


def sentences(people: Sequence[OnTicket]) -> list[Said]:
    """A sentence for each thing that is done on a ticket, what matters most first."""
    told = []
    for doing in _ORDER:
        names = tuple(one.name for one in people if one.doing is doing)
        if names:
            cut = tuple(_cut(name) for name in names)
            told.append(Said(doing, _sentence(doing, names), _sentence(doing, cut), names))
    return told


def spoken_people(people: Sequence[OnTicket]) -> str:
    """All of it in one line, for a screen reader or a tool tip."""
    return ", ".join(said.words for said in sentences(people))


def here_words(names: Sequence[str]) -> str:
    """Who has the desk open beside oneself; nothing where one is alone."""
    if not names:
        return ""
    you = QCoreApplication.translate(_CONTEXT, "you")
    said = QCoreApplication.translate(_CONTEXT, "%n here: {names}", "", len(names) + 1)
    return said.replace("{names}", ", ".join((*names, you)))


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"


def _sentence(doing: Doing, names: tuple[str, ...]) -> str:
    if len(names) > 2:
        more = QCoreApplication.translate(_CONTEXT, _MORE[doing], "", len(names) - 1)
        return more.replace("{name}", names[0])
    said = QCoreApplication.translate(_CONTEXT, (_ONE if len(names) == 1 else _TWO)[doing])
    # The second place first: a name may hold what looks like the other place.
    before, _place, after = said.partition("{other}")
    other = names[1] if len(names) == 2 else ""
    return before.replace("{name}", names[0]) + other + after.replace("{name}", names[0])
