"""Keys that Qt's own shortcuts do not serve: Cyrillic layouts, single letters, input methods."""

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, Slot
from PySide6.QtGui import QAction, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QWidget
from shiboken6 import isValid

from .keymap import is_bare, is_letter, key_id, keymap
from .latin import latin_key

_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class KeyWatch(QObject):
    """Stands at a window. Whoever has the keyboard is asked first whether a key is theirs; what
    comes here is a shortcut or nothing. Beside the window only the widget with the keyboard is
    looked at, so that painting and scrolling are not.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._composing = False
        self._focused: QWidget | None = None
        self._found: QAction | None = None
        window.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_went)
        self._focus_went(None, QApplication.focusWidget())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if isinstance(event, QInputMethodEvent) and watched is self._focused:
            self._composing = bool(event.preeditString())
        elif isinstance(event, QKeyEvent):
            if kind is QEvent.Type.KeyPress and self._found is not None:
                action, self._found = self._found, None
                if self._window_has_keys():
                    action.trigger()
                    return True
            elif watched is not self._window:
                return False
            elif kind is QEvent.Type.ShortcutOverride:
                return self._asked(event)
            elif kind is QEvent.Type.KeyPress:
                return self._left_over(event)
        return False

    def _left_over(self, event: QKeyEvent) -> bool:
        """Enter or Esc that no control had a use for."""
        if self._composing or not is_bare(QKeySequence(_bare(event.keyCombination())).toString()):
            return False
        action = self._action_of(event.keyCombination(), moved=True)
        if action is not None:
            action.trigger()
        return action is not None

    def _asked(self, event: QKeyEvent) -> bool:
        """Nobody below wants this key for text. True: it is taken, and comes as a press."""
        self._found = None
        if self._composing:
            event.accept()  # the input method's business: no shortcut may fire
            return True
        meant = latin_key(event)
        keys = meant or event.keyCombination()
        self._found = self._action_of(keys, moved=meant is not None)
        if self._found is not None:
            event.accept()
        return self._found is not None

    def _action_of(self, keys: QKeyCombination, *, moved: bool) -> QAction | None:
        """``moved``: Qt does not know this key, so that every action of the window counts."""
        pressed = QKeySequence(_bare(keys)).toString()
        if not pressed:
            return None
        letter = is_letter(pressed)
        if letter and _is_written_in(QApplication.focusWidget()):
            return None
        if not (letter or moved):
            return None
        wanted = {pressed, pressed.removeprefix("Shift+")} if _sign(pressed) else {pressed}
        found = [
            one
            for one in keymap().live()
            if one.isEnabled() and wanted & set(keymap().keys(key_id(one)))
        ]
        return min(
            (one for one in found if self._is_near(one)), key=lambda one: _reach(one), default=None
        )

    def _is_near(self, action: QAction) -> bool:
        """Whether its context holds here and now, as Qt would see it."""
        owner, focus = action.parent(), QApplication.focusWidget()
        if self._window in action.associatedObjects():  # also the main window's, lent to this one
            return True
        if not isinstance(owner, QWidget) or owner.window() is not self._window:
            return False
        context = action.shortcutContext()
        if context is Qt.ShortcutContext.WidgetShortcut:
            return owner is focus
        if context is Qt.ShortcutContext.WidgetWithChildrenShortcut:
            return focus is not None and (owner is focus or owner.isAncestorOf(focus))
        return owner is self._window or owner.isVisibleTo(self._window)

    def _window_has_keys(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is None or focus.window() is self._window

    @Slot(QWidget, QWidget)
    def _focus_went(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._focused is not None and isValid(self._focused):
            self._focused.removeEventFilter(self)
        self._composing, self._found, self._focused = False, None, None
        if new is not None and new is not self._window and new.window() is self._window:
            new.installEventFilter(self)
            self._focused = new


def _bare(keys: QKeyCombination) -> QKeyCombination:
    return QKeyCombination(keys.keyboardModifiers() & ~_KEYPAD, keys.key())


def _is_written_in(widget: QWidget | None) -> bool:
    """Whether a letter would be text in here, or choose among the lines of a box."""
    if widget is None or isinstance(widget, QAbstractItemView):
        return False
    return isinstance(widget, QComboBox) or widget.testAttribute(
        Qt.WidgetAttribute.WA_InputMethodEnabled
    )


def _sign(pressed: str) -> bool:
    """A sign that a layout gives with Shift: "?" is Shift+/ on one, Shift+ß on another."""
    last = pressed.removeprefix("Shift+")
    return len(last) == 1 and not last.isalnum()


def _reach(action: QAction) -> int:
    """Actions with the nearer context first."""
    order = (
        Qt.ShortcutContext.WidgetShortcut,
        Qt.ShortcutContext.WidgetWithChildrenShortcut,
    )
    context = action.shortcutContext()
    return order.index(context) if context in order else len(order)
