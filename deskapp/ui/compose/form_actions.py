"""The forms of a text as actions: each with words, a key, an icon and an entry in a menu."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu

from deskapp.ui.icons import icon
from deskapp.ui.keys.keymap import keymap, make_action
from deskapp.ui.theme import theme

if TYPE_CHECKING:
    from .editor import Editor

_ALSO_PLAIN = {"paste_plain"}
_WITHOUT_ICON = {"deeper", "shallower", "paste_plain"}


class FormActions(QObject):
    """Kept by the editor. The keys are its own while it has the keyboard, whatever they do
    elsewhere in the window; on layouts without these letters KeyWatch finds them by place."""

    def __init__(self, editor: "Editor") -> None:
        super().__init__(editor)  # so that the theme speaks to no editor that is gone
        forms = editor.formatting
        acts: dict[str, Callable[[], object]] = {
            "bold": forms.bold,
            "italic": forms.italic,
            "bullets": forms.bullets,
            "numbers": forms.numbers,
            "deeper": forms.deeper,
            "shallower": forms.shallower,
            "link": forms.link_wanted.emit,
            "quote": forms.quote,
            "code": forms.code,
            "paste_plain": editor.paste_plain,
        }
        self._editor = editor
        self.named = {name: self._made(name, act) for name, act in acts.items()}
        self._by_key: dict[int, QAction] = {}
        keymap().changed.connect(self._learn_keys)
        self._learn_keys()
        self.menu = QMenu(QCoreApplication.translate("Formatting", "Form of the text"), editor)
        self.menu.addActions(list(self.named.values()))
        self.menu.aboutToShow.connect(self.show_state)
        self.menu.aboutToHide.connect(self._free)  # greyed out, a key would do nothing later
        theme().changed.connect(self._dress)
        self._dress()

    def takes_key(self, event: QKeyEvent, *, act: bool) -> bool:
        """Whether a key is one of these, here and now; ``act``: it is pressed, not asked for."""
        action = self._by_key.get(event.keyCombination().toCombined())
        if action is None or not self._may(action):
            return False
        if act:
            action.trigger()
        return True

    def show_state(self) -> None:
        """Ticks the forms at the caret, and greys out what cannot be done here."""
        held = self._editor.formatting.now()
        for name, action in self.named.items():
            action.setChecked(name in held)
            action.setEnabled(self._may(action))

    def _free(self) -> None:
        for action in self.named.values():
            action.setEnabled(True)

    def _made(self, name: str, act: Callable[[], object]) -> QAction:
        action = make_action(f"text.{name}", self._editor)
        action.setObjectName(name)
        action.setCheckable(name not in _WITHOUT_ICON and name != "link")
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(partial(self._act, action, act))
        return action

    def _learn_keys(self) -> None:
        self._by_key = {
            key[0].toCombined(): action  # type: ignore[index]
            for action in self.named.values()
            for key in action.shortcuts()
        }

    def _may(self, action: QAction) -> bool:
        editor = self._editor
        if action.objectName() in _ALSO_PLAIN:
            return not (editor.composing or editor.isReadOnly())
        return editor.formatting.may_act()

    def _act(self, action: QAction, act: Callable[[], object], _checked: bool = False) -> None:
        if self._may(action):
            act()

    def _dress(self) -> None:
        for name, action in self.named.items():
            if name not in _WITHOUT_ICON:
                action.setIcon(icon(name, "muted", "accent"))
