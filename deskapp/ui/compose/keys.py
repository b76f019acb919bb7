"""What can be done in the composer: each with a key and an entry in its menu."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from deskapp.ui.keys.keymap import make_action, rename

from .editor import Editor
from .send_button import SendButton
from .send_words import Say, send_words

Act = Callable[[], object]

_IN_MENU = ("canned", "attach", "quote", "preview", "recipients", "discard")
# In the send button's own menu; the last is shown where something held a reply back.
_AT_BUTTON = {
    "send": Say.USUAL,
    "send_close_next": Say.CLOSE_NEXT,
    "send_later": Say.LATER,
    "send_anyway": Say.ANYWAY,
}
_ENDING = {"discard"}  # like sending, only while the keyboard is in the composer: not by accident


def add_keys(
    owner: QWidget, menu: QMenu, acts: dict[str, Act], editor: Editor, send: SendButton
) -> None:
    """Gives ``owner`` its actions, and the menu also the editor's own. None acts while an input
    method is composing. Those at the button say what it does."""

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
        says = partial(_say, action, send, _AT_BUTTON[name])
        send.renamed.connect(says)


def _say(action: QAction, send: SendButton, what: Say) -> None:
    rename(action, send_words(send.sending, what))


def _action(owner: QWidget, name: str, act: Act, may_act: Callable[[], bool]) -> QAction:
    return make_action(f"reply.{name}", owner, lambda: act() if may_act() else None)
