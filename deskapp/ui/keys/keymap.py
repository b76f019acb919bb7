"""Which key does what for this person: a preset, and what they changed in it."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from .table import ENTRIES, PRESETS, overlap

_ID, _SAYS = "keyId", "keySays"
_PLAIN = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
_ENTER = Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape


class KeyMap(QObject):
    """``changed`` comes after every action got its new keys."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._preset: Mapping[str, tuple[str, ...]] = {}
        self._own: dict[str, tuple[str, ...]] = {}
        self._actions: list[QAction] = []

    def choose(self, preset: str, own: Mapping[str, Sequence[str]]) -> None:
        """Takes over a person's keys. An unknown preset is the default, an unknown id is left."""
        self._preset = PRESETS.get(preset, {})
        self._own = {name: tuple(keys) for name, keys in own.items() if name in ENTRIES}
        self._actions = [action for action in self._actions if isValid(action)]
        for action in self._actions:
            self._dress(action)
        self.changed.emit()

    def keys(self, name: str) -> tuple[str, ...]:
        """The keys of an action, as portable text. Raises KeyError for an unknown id."""
        entry = ENTRIES[name]
        return self._own.get(name, self._preset.get(name, entry.keys))

    def first(self, name: str) -> str:
        """The key to be told of, as this computer writes it; "" for none."""
        keys = self.keys(name)
        return native(keys[0]) if keys else ""

    def own(self, name: str) -> bool:
        """Whether the person changed this one."""
        return name in self._own

    def taken(self, key: str, name: str) -> list[str]:
        """The other actions that this key would get in the way of."""
        room = ENTRIES[name].room
        return [
            other.id
            for other in ENTRIES.values()
            if other.id != name and key in self.keys(other.id) and overlap(room, other.room)
        ]

    def give(self, action: QAction, name: str) -> QAction:
        """Ties an action to its line of the table: from now on its keys follow the person's."""
        action.setProperty(_ID, name)
        self._dress(action)
        self._actions.append(action)
        return action

    def words(self, name: str) -> str:
        """What an action is called: by the table, or otherwise for this person (``rename``)."""
        live = (one.property(_SAYS) for one in self.live() if key_id(one) == name)
        return next((said for said in live if isinstance(said, str)), ENTRIES[name].shown)

    def live(self) -> list[QAction]:
        """The actions that windows have made."""
        return [action for action in self._actions if isValid(action)]

    def _dress(self, action: QAction) -> None:
        keys = self.keys(key_id(action))
        # Qt would take these from fields, buttons and bars that have a use for them themselves.
        kept = [key for key in keys if not (is_letter(key) or is_bare(key))]
        action.setShortcuts([QKeySequence(key) for key in kept])


def key_id(action: QAction) -> str:
    """The id under which an action stands in the table; "" for one that does not."""
    found = action.property(_ID)
    return found if isinstance(found, str) else ""


def rename(action: QAction, words: str) -> None:
    """Says otherwise what it does: a junior's reply is handed in, not sent."""
    action.setText(words)
    action.setProperty(_SAYS, words)


def native(key: str) -> str:
    """A key as this computer writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def is_letter(key: str) -> bool:
    """Whether a key types something by itself: a letter, a digit, a sign."""
    sequence = QKeySequence(key)
    if sequence.count() != 1:
        return False
    combination = sequence[0]  # type: ignore[index]  # Qt's stubs know no __getitem__
    return combination.keyboardModifiers() in _PLAIN and combination.key() < Qt.Key.Key_Escape


def is_bare(key: str) -> bool:
    """Whether a key is Enter or Esc by itself, which many controls have a use for."""
    sequence = QKeySequence(key)
    if sequence.count() != 1:
        return False
    combination = sequence[0]  # type: ignore[index]  # Qt's stubs know no __getitem__
    return combination.keyboardModifiers() == _PLAIN[0] and combination.key() in _ENTER


@cache
def keymap() -> KeyMap:
    """The one there is."""
    return KeyMap()


def make_action(name: str, owner: QWidget, act: Callable[[], object] | None = None) -> QAction:
    """An action of the table, with its words and keys. Raises KeyError for an unknown id."""
    action = QAction(ENTRIES[name].shown, owner)
    keymap().give(action, name)
    if act is not None:
        action.triggered.connect(act)
    owner.addAction(action)
    return action
