"""Helps whoever types into the search field: offers completions, shows operators as chips."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QBrush, QInputMethodEvent, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QListWidgetItem

from deskapp.domain.search_line import operator_places
from deskapp.ui.announce import say_current
from deskapp.ui.compose.look import popup_sheet
from deskapp.ui.theme import theme

from .completing import Completion, completions

_ROW, _WIDTH, _EDGE = 28, 300, 10
_TAKES = (Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SearchAssist(QObject):
    """Sits on a field. ``names`` gives the desk's own words for an operator, at once.

    Down and Up go through what is offered, Tab takes it, Esc closes. Enter takes it only when
    somebody went into the offer: else it searches, as it always did.
    """

    def __init__(self, field: QLineEdit, names: Callable[[str], Sequence[str]]) -> None:
        super().__init__(field)
        self._field, self._names = field, names
        self._composing = self._colouring = self._entered = False
        self._offered: list[Completion] = []
        self.list = QListWidget(field.window())
        self.list.setAccessibleName(self.tr("Completions"))
        say_current(self.list, field)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the field keeps the keys
        self.list.setProperty("role", "popup")
        self.list.hide()
        self.list.itemClicked.connect(self._clicked)
        field.textEdited.connect(self._edited)
        field.textChanged.connect(self._colour)
        field.installEventFilter(self)
        theme().changed.connect(self._dress)
        self._dress()

    @property
    def open(self) -> bool:
        return self.list.isVisible()

    def close(self) -> None:
        self.list.hide()
        self._entered = False

    def look_again(self) -> None:
        """Names came that were not known when the letters were typed."""
        if self._field.hasFocus():
            self._edited(self._field.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
        elif event.type() is QEvent.Type.FocusOut:
            self.close()
        elif isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and self.open:
            return self._takes_key(event)
        elif (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.ShortcutOverride
            and self.open
            and event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Tab)
        ):
            event.accept()
        return super().eventFilter(watched, event)

    def _takes_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if self._composing:
            return False
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            self.close()
        elif key in _TAKES and (self._entered or key == Qt.Key.Key_Tab):
            self._take(self._offered[max(self.list.currentRow(), 0)])
        else:
            return False
        return True

    def _step(self, by: int) -> None:
        row = self.list.currentRow() + by if self._entered else 0
        self._entered = True
        self.list.setCurrentRow(min(max(row, 0), self.list.count() - 1))

    def _edited(self, _text: str) -> None:
        before = self._field.text()[: self._field.cursorPosition()]
        self._offered = [] if self._composing else completions(before, self._names)
        self._entered = False
        self.list.clear()
        if not self._offered:
            self.list.hide()
            return
        for one in self._offered:
            item = QListWidgetItem(f" {one.shown}")
            item.setSizeHint(QSize(_WIDTH - _EDGE, _ROW))
            self.list.addItem(item)
        self._place()

    def _place(self) -> None:
        window = self._field.window()
        if self.list.parent() is not window:
            self.list.setParent(window)
        start = min(self._field.cursorRect().left(), self._field.width() - _WIDTH)
        corner = self._field.mapTo(window, QPoint(max(start, 0), self._field.height() + 2))
        self.list.setGeometry(corner.x(), corner.y(), _WIDTH, _ROW * self.list.count() + _EDGE)
        self.list.show()
        self.list.raise_()

    def _clicked(self, _item: QListWidgetItem) -> None:
        self._take(self._offered[self.list.currentRow()])

    def _take(self, one: Completion) -> None:
        text, at = self._field.text(), self._field.cursorPosition()
        self._field.setText(text[: one.start] + one.text + text[at:])
        self._field.setCursorPosition(one.start + len(one.text))
        self.close()
        self._field.textEdited.emit(self._field.text())

    def _colour(self, _text: str = "") -> None:
        """Operators stand on a ground of their own. Qt takes formats of a line edit only from an
        input method; while a real one composes they are left alone."""
        if self._composing or self._colouring:
            return
        self._colouring = True
        chip = QTextCharFormat()
        chip.setBackground(QBrush(theme().colour("accent_soft")))
        chip.setForeground(QBrush(theme().colour("accent")))
        at = self._field.cursorPosition()
        attributes = [
            QInputMethodEvent.Attribute(
                QInputMethodEvent.AttributeType.TextFormat, start - at, end - start, chip
            )
            for start, end in operator_places(self._field.text())
        ]
        QApplication.sendEvent(self._field, QInputMethodEvent("", attributes))
        self._colouring = False

    def _dress(self) -> None:
        look = theme()
        self.list.setStyleSheet(popup_sheet(look.colours, look.fonts))
        self._colour()
