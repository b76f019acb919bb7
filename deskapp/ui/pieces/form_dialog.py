"""A small window with a form: its fields, a sentence when something is wrong, its buttons."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from deskapp.domain.problem import Problem
from deskapp.ui.announce import announce
from deskapp.ui.errors import explain

from . import form
from .buttons import push_button
from .conflict import ConflictCard
from .labels import label

_TALLEST = 640  # px of a window on a small screen
_BOTH_WIDE = 620  # px in which two values stand beside each other


class FormDialog(QDialog):
    """``fields`` is filled by who inherits; ``lay_out`` ends the making."""

    def __init__(
        self, title: str, *, label_width: int, least_width: int = 440, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(least_width)
        self.fields = form.Form(label_width)
        self.told = label(tone="bad", wrap=True)
        self.told.hide()

    def lay_out(self, primary: QPushButton, beside: QWidget | None = None) -> None:
        """Buttons below, as ``buttons`` has them."""
        self._primary = primary
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(16)
        column.addWidget(self.fields)
        column.addWidget(self.told)
        column.addLayout(buttons(self, primary, beside))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter ends it also out of a field where Enter begins a line."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self._primary.isVisible():
                self._primary.click()
        else:
            super().keyPressEvent(event)

    def say(self, sentence: str) -> None:
        """What is wrong, between the fields and the buttons."""
        self.told.setText(sentence)
        self.told.show()
        form.make_room(self)
        announce(self, sentence, urgent=True)

    def deciding(self, card: ConflictCard, on: bool) -> None:
        """``card`` stands above the buttons; Save is one of its own while it does."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        if column.indexOf(card) < 0:
            column.insertWidget(column.indexOf(self.told), card)
        self.told.hide()
        self._primary.setVisible(not on)
        margins = column.contentsMargins()
        if on and self.width() < _BOTH_WIDE:
            self.resize(_BOTH_WIDE, self.height())
        card.fit(self.width() - margins.left() - margins.right())
        self.fields.show()
        if on and column.totalHeightForWidth(self.width()) > _TALLEST:
            self.fields.hide()  # the card says all that is to be decided
            column.activate()
            self.resize(self.width(), column.totalHeightForWidth(self.width()))
        form.make_room(self)

    def refused(self, problem: Problem) -> None:
        """The desk did not take what was typed."""
        self.say(explain(problem).in_one())


def ask_one(
    dialog: QDialog, question: QLabel, answer: QWidget, primary: QPushButton, *more: QWidget
) -> None:
    """Lays out a window with one question: its answer below it, ``more``, and the buttons."""
    question.setBuddy(answer)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(20, 20, 20, 16)
    column.setSpacing(8)
    for part in (question, answer, *more):
        column.addWidget(part)
    column.addSpacing(8)
    column.addLayout(buttons(dialog, primary))


def buttons(dialog: QDialog, primary: QPushButton, beside: QWidget | None = None) -> QHBoxLayout:
    """``primary`` is what Enter presses, ``beside`` stands at the left."""
    primary.setDefault(True)
    row = QHBoxLayout()
    row.setSpacing(8)
    if beside is not None:
        row.addWidget(beside)
    row.addStretch(1)
    row.addWidget(push_button(_tr("Cancel"), dialog.reject))
    row.addWidget(primary)
    return row


def _tr(said: str) -> str:
    return QCoreApplication.translate("FormDialog", said)
