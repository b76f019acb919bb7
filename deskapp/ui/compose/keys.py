"""What can be done in the composer: each with a key and an entry in its menu."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from deskapp.ui.translatable import N

from .editor import Editor

Act = Callable[[], object]

_IN_MENU = (
    ("canned", N("Composer", "Insert a canned reply…"), "F8"),
    ("attach", N("Composer", "Attach files…"), "Ctrl+Shift+L"),
    ("quote", N("Composer", "Quote more, or nothing"), "Ctrl+Shift+Y"),
    ("preview", N("Composer", "See exactly what leaves"), "Ctrl+Shift+P"),
    ("recipients", N("Composer", "Change recipients"), "Ctrl+Shift+O"),
    ("discard", N("Composer", "Discard the draft"), "Ctrl+Shift+D"),
)
_AT_BUTTON = (  # in the send button's own menu
    ("send", N("Composer", "Send and wait"), ("Ctrl+Return", "Ctrl+Enter")),
    ("send_close_next", N("Composer", "Send, close and go to the next"), ("Ctrl+Shift+Return",)),
    ("send_later", N("Composer", "Send later…"), ("Ctrl+Shift+F9",)),
    ("send_anyway", N("Composer", "Send anyway"), ("F9",)),  # shown where something held it back
)
_ENDING = {"discard"}  # like sending, only while the keyboard is in the composer: not by accident


def add_keys(owner: QWidget, menu: QMenu, acts: dict[str, Act], editor: Editor) -> None:
    """Gives ``owner`` its actions, and the menu also the editor's own. None acts while an input
    method is composing."""

    def may_act() -> bool:
        return not editor.composing

    for name, words, key in _IN_MENU:
        action = _action(owner, words, (key,), acts[name], may_act)
        menu.addAction(action)
        if name in _ENDING:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    menu.addMenu(editor.forms.menu)
    for name, words, keys in _AT_BUTTON:
        action = _action(owner, words, keys, acts[name], may_act)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)


def _action(
    owner: QWidget, words: str, keys: tuple[str, ...], act: Act, may_act: Callable[[], bool]
) -> QAction:
    action = QAction(QCoreApplication.translate("Composer", words), owner)
    action.setShortcuts([QKeySequence(key) for key in keys])
    action.triggered.connect(lambda: act() if may_act() else None)
    owner.addAction(action)
    return action
