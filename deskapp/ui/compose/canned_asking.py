"""What only the agent knows, asked before a canned reply is put in."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QScrollArea, QVBoxLayout, QWidget

from deskapp.ui.canned.doing import question_words
from deskapp.ui.pieces.labels import label

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AskForm(QScrollArea):
    """A field for each question. ``answered`` and ``typed`` carry the answers by question; nothing
    is remembered from one time to the next: yesterday's day is wrong today."""

    answered = Signal(object)
    typed = Signal(object)
    back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.fields: dict[str, QLineEdit] = {}
        self._composing = False
        self.hide()

    def ask(self, questions: Sequence[str]) -> None:
        """Empty fields for these questions, the first one with the keyboard."""
        held = QWidget()
        held.setProperty("role", "surface")
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(3)
        self.fields = {}
        self._composing = False
        for question in questions:
            field = QLineEdit()
            field.setAccessibleName(question_words(question))
            field.installEventFilter(self)
            field.textEdited.connect(self._edited)
            column.addWidget(label(question_words(question), size="small", tone="muted"))
            column.addWidget(field)
            self.fields[question] = field
        column.addStretch(1)
        self.setWidget(held)
        self.show()
        next(iter(self.fields.values())).setFocus()

    def answers(self) -> Mapping[str, str]:
        """What is answered so far; blank ones are not."""
        told = {question: field.text().strip() for question, field in self.fields.items()}
        return {question: text for question, text in told.items() if text}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Esc, unless an input method is composing: then they are its own."""
        if isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
        elif isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain and not self._composing and event.key() in _ENTER:
                self.answered.emit(self.answers())
                return True
            if plain and not self._composing and event.key() == Qt.Key.Key_Escape:
                self.back.emit()
                return True
        return super().eventFilter(watched, event)

    def _edited(self) -> None:
        self.typed.emit(self.answers())
