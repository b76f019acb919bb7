"""Sizes and places of windows, kept from one start to the next in an INI file."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QPoint, QRect, QSettings
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSplitter, QWidget

_GRIP, _GRIP_HEIGHT = 120, 30  # pixels of a window's upper edge that must be on a screen


class Remembered:
    """One file; each window and splitter under a name. A damaged value counts as none."""

    def __init__(self, file: Path) -> None:
        self._store = QSettings(str(file), QSettings.Format.IniFormat)

    def put_window(self, name: str, window: QWidget) -> None:
        """Where it stands, for these monitors and for any others."""
        for key in (f"{name}/geometry", f"{name}/{_monitors()}"):
            self._store.setValue(key, window.saveGeometry())
        place = window.normalGeometry() if window.isMaximized() else window.geometry()
        self._store.setValue(f"{name}/place", _said(place))

    def place_window(self, name: str, window: QWidget) -> bool:
        """Puts the window where it was; False when that is not known.

        One whose monitor is gone comes to the first, whole, and back when the monitor is.
        """
        kept = self._store.value(f"{name}/{_monitors()}") or self._store.value(f"{name}/geometry")
        place = QRect()
        if isinstance(kept, QByteArray) and window.restoreGeometry(kept):
            place = window.geometry()
        elif isinstance(said := self._store.value(f"{name}/place"), str):
            place = _rect(said)  # Qt refuses what stood on a monitor of quite another width
        if not place.isValid():
            return False
        rooms = [one.availableGeometry() for one in QGuiApplication.screens()]
        if (there := reachable(place, rooms)) != window.geometry():
            window.setGeometry(there)
        return True

    def put_splitter(self, name: str, splitter: QSplitter) -> None:
        self._store.setValue(f"{name}/splitter", splitter.saveState())

    def place_splitter(self, name: str, splitter: QSplitter) -> bool:
        kept = self._store.value(f"{name}/splitter")
        return isinstance(kept, QByteArray) and splitter.restoreState(kept)

    def put_state(self, name: str, state: QByteArray) -> None:
        """What Qt saves of a widget."""
        self._store.setValue(name, state)

    def state(self, name: str) -> QByteArray:
        """What was saved, empty where that is not known."""
        kept = self._store.value(name)
        return kept if isinstance(kept, QByteArray) else QByteArray()

    def put_flag(self, name: str, on: bool) -> None:
        self._store.setValue(name, "yes" if on else "no")

    def flag(self, name: str, default: bool) -> bool:
        kept = self._store.value(name)
        return default if kept not in ("yes", "no") else kept == "yes"

    def put_names(self, name: str, names: list[str]) -> None:
        """A short list, as of what was used last."""
        self._store.setValue(name, "\n".join(names))

    def names(self, name: str) -> list[str]:
        kept = self._store.value(name)
        return [one for one in kept.split("\n") if one] if isinstance(kept, str) else []

    def sync(self) -> None:
        """Writes the file now."""
        self._store.sync()


def _monitors() -> str:
    """Which there are and how they stand: a desk at home and one at work are told apart."""
    return "on " + ", ".join(sorted(_said(one.geometry()) for one in QGuiApplication.screens()))


def _said(place: QRect) -> str:
    return f"{place.x()} {place.y()} {place.width()} {place.height()}"


def _rect(said: str) -> QRect:
    numbers = said.split()
    whole = len(numbers) == 4 and all(one.lstrip("-").isdecimal() for one in numbers)
    return QRect(*map(int, numbers)) if whole else QRect()


def reachable(place: QRect, rooms: Sequence[QRect]) -> QRect:
    """``place`` where enough of its upper edge to take hold of lies on a screen; else as large a
    part of it as fits, in the middle of the first screen. ``rooms``: of each screen."""
    grip = QRect(place.left(), place.top(), place.width(), _GRIP_HEIGHT)
    for room in rooms:
        seen = grip.intersected(room)
        if seen.width() >= min(_GRIP, place.width()) and seen.height() >= _GRIP_HEIGHT // 2:
            return place
    if not rooms:
        return place
    first = rooms[0]
    moved = QRect(QPoint(), place.size().boundedTo(first.size()))
    moved.moveCenter(first.center())
    return moved
