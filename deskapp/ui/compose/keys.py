"""What can be done in the composer: each with a key and an entry in its menu."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from deskapp.ui.keys.keymap import make_action

from .editor import Editor

Act = Callable[[], object]

_IN_MENU = ("canned", "attach", "quote", "preview", "recipients", "discard")
# In the send button's own menu; the last is shown where something held a reply back.
_AT_BUTTON = ("send", "send_close_next", "send_later", "send_anyway")
_ENDING = {"discard"}  # like sending, only while the keyboard is in the composer: not by accident


def add_keys(owner: QWidget, menu: QMenu, acts: dict[str, Act], editor: Editor) -> None:
    """Gives ``owner`` its actions, and the menu also the editor's own. None acts while an input
    method is composing."""

    def may_act() -> bool:
        return not editor.composing

    for name in _IN_MENU:
        action = _action(owner, name, acts[name], may_act)
        menu.addAction(action)
        if name in _ENDING:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    menu.addMenu(editor.forms.menu)
    for name in _AT_BUTTON:
        action = _action(owner, name, acts[name], may_act)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)


def _action(owner: QWidget, name: str, act: Act, may_act: Callable[[], bool]) -> QAction:
    return make_action(f"reply.{name}", owner, lambda: act() if may_act() else None)
