"""What one line of a list shows: the parts that RowDelegate paints."""

from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import Qt


class RowRole(IntEnum):
    """What a row's index answers beside DisplayRole and AccessibleTextRole."""

    ID = Qt.ItemDataRole.UserRole + 1  # its id
    LOOK = Qt.ItemDataRole.UserRole + 2  # RowLook, or None while the row is on its way
    ROW = Qt.ItemDataRole.UserRole + 3  # the row itself, or None


@dataclass(frozen=True, slots=True)
class ChipLook:
    """A chip of a row; tone and ground are theme tokens. ``dot`` marks a person, ``colour`` is
    a TagColour by name."""

    text: str
    tone: str = "muted"
    ground: str = "sunken"
    dot: bool = False
    clip: bool = False
    colour: str = ""
    picture: str = ""  # an icon before the words


@dataclass(frozen=True, slots=True)
class RowLook:
    """The texts of a row in their places, with the tone of what stands at the right.

    ``strong`` makes the first line semi-bold without the dot of an unread one.
    """

    who: str
    when: str
    when_tone: str
    subject: str
    snippet: str
    chips: tuple[ChipLook, ...]
    unread: bool
    language: str
    strong: bool = False
    subject_tone: str = "text"
    starred: bool = False
