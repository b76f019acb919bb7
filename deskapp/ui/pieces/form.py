"""Labelled fields under each other, each with its buddy and a name for everyone."""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from deskapp.ui.icons import pixmap

from .labels import label, plain_tip

NAMES_WIDTH = 136
CARET = 8  # px left of a choice's caret
_LIST_MARGIN, _WIDEST_LIST = 24, 480  # px


class Form(QWidget):
    """Names at the left, fields at the right, a muted hint below a field where there is one."""

    def __init__(self, names_width: int = NAMES_WIDTH, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnMinimumWidth(0, names_width)
        self._grid.setColumnStretch(1, 1)
        self._named: dict[QWidget, QLabel] = {}

    def add(self, name: str, field: QWidget, hint: str = "") -> QLabel:
        """A field with its name; returns the label of its hint."""
        row = self._grid.rowCount()
        named = label(name, tone="muted")
        named.setBuddy(field)
        self._named[field] = named
        if not field.accessibleName():
            field.setAccessibleName(name)
        tall = isinstance(field, QPlainTextEdit) or field.layout() is not None
        if tall:
            named.setContentsMargins(0, 5, 0, 0)
        place = Qt.AlignmentFlag.AlignTop if tall else Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(named, row, 0, place)
        self._grid.addWidget(field, row, 1)
        below = label(hint, size="small", tone="muted", wrap=True)
        below.setVisible(bool(hint))
        self._grid.addWidget(below, row + 1, 1)
        return below

    def show_row(self, field: QWidget, shown: bool) -> None:
        """Whether a field without a hint is there at all, with its name."""
        field.setVisible(shown)
        self._named[field].setVisible(shown)

    def add_wide(self, part: QWidget) -> None:
        """A part over both columns."""
        self._grid.addWidget(part, self._grid.rowCount(), 0, 1, 2)


def put_named(row: QHBoxLayout, name: str, field: QWidget, stretch: int = 0) -> None:
    """A field beside others in one line, after its name."""
    named = label(name, tone="muted")
    named.setBuddy(field)
    if not field.accessibleName():
        field.setAccessibleName(name)
    row.addWidget(named)
    row.addWidget(field, stretch)
    row.addSpacing(8)


class Choice(QComboBox):
    """One of several, with our own caret. The wheel scrolls the page and not the value.

    Words that do not fit are cut with a mark, shown whole in the tip and in the open list.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "choice")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """The longest choice with our caret beside it."""
        return super().sizeHint() + QSize(CARET, 0)

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint() + QSize(CARET, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        whole, edit = option.currentText, QStyle.SubControl.SC_ComboBoxEditField
        room = (
            self.style()
            .subControlRect(QStyle.ComplexControl.CC_ComboBox, option, edit, self)
            .width()
        )
        cut = self.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideRight, room - CARET)
        self.setToolTip("" if cut == whole else plain_tip(whole))
        option.currentText = cut
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        place = self.rect().adjusted(0, (self.height() - 12) // 2, -8, 0)
        painter.drawPixmap(place.right() - 12, place.top(), pixmap("down", 12))
        painter.end()

    def showPopup(self) -> None:
        """The list is as wide as its longest line, within reason."""
        widest = self.view().sizeHintForColumn(0) + _LIST_MARGIN
        self.view().setMinimumWidth(min(max(widest, self.width()), _WIDEST_LIST))
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def line(
    text: str = "", *, name: str = "", placeholder: str = "", secret: bool = False
) -> QLineEdit:
    """A one-line field; ``secret`` hides what is typed and keeps it out of input suggestions."""
    made = QLineEdit(text)
    made.setPlaceholderText(placeholder)
    if name:
        made.setAccessibleName(name)
    if secret:
        made.setEchoMode(QLineEdit.EchoMode.Password)
        made.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
    return made


def paragraph(text: str = "", *, name: str = "", lines: int = 4) -> QPlainTextEdit:
    """A field of several lines. Tab leaves it, as in every other field."""
    made = QPlainTextEdit(text)
    made.setTabChangesFocus(True)
    if name:
        made.setAccessibleName(name)
    made.setFixedHeight(lines * made.fontMetrics().lineSpacing() + 20)
    return made


def choice(
    entries: Iterable[tuple[str, object]], chosen: object = None, *, name: str = ""
) -> QComboBox:
    """One of several; each entry is what is shown and the value behind it."""
    made = Choice()
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    if name:
        made.setAccessibleName(name)
    for shown, value in entries:
        made.addItem(shown, value)
    choose(made, chosen)
    return made


def choose(box: QComboBox, value: object) -> None:
    """Selects the entry with this value; leaves it alone when there is none."""
    for place in range(box.count()):
        if box.itemData(place) == value:
            box.setCurrentIndex(place)
            return


class NumberField(QLineEdit):
    """A whole number between two limits; Up and Down count. What is no number is its lower limit.

    A line and not a spin box: with a style sheet those lose their text.
    """

    changed = Signal()

    def __init__(self, value: int, lowest: int, highest: int, name: str = "") -> None:
        super().__init__(str(value))
        self._limits = (lowest, highest)
        self.setValidator(QIntValidator(lowest, highest, self))
        self.setMaxLength(len(str(highest)))
        self.setAccessibleName(name)
        self.textEdited.connect(self._edited)

    def value(self) -> int:
        lowest, highest = self._limits
        digits = self.text()
        return min(max(int(digits), lowest), highest) if digits.isdecimal() else lowest

    def set_value(self, value: int) -> None:
        """Shows a number; nothing is announced."""
        self.setText(str(value))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        lowest, highest = self._limits
        self.set_value(min(max(self.value() + step, lowest), highest))
        self.changed.emit()

    def _edited(self, _text: str) -> None:
        self.changed.emit()


def make_room(window: QWidget) -> None:
    """Makes a window high enough for what stands in it now, as after a sentence was added."""
    layout = window.layout()
    if layout is None:
        return
    layout.activate()
    wanted = layout.totalHeightForWidth(window.width()) if layout.hasHeightForWidth() else 0
    window.resize(window.width(), max(window.height(), wanted, layout.totalMinimumSize().height()))


def mark_wrong(field: QLineEdit, wrong: bool) -> None:
    """A red edge around a field that does not fit; the words stand elsewhere."""
    field.setProperty("wrong", "true" if wrong else "false")
    field.style().unpolish(field)
    field.style().polish(field)
