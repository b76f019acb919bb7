"""What should be otherwise: the comment with which a reply goes back to its writer."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.form_dialog import ask_one
from deskapp.ui.pieces.labels import label


class ReturnDialog(QDialog):
    """Opened beside the work, not over it. ``said`` carries the comment."""

    said = Signal(str)

    def __init__(self, writer: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Return with a comment"))
        self.comment = QPlainTextEdit()
        self.comment.setTabChangesFocus(True)
        self.comment.setMinimumHeight(96)
        self.comment.setAccessibleName(self.tr("Comment to the writer"))
        self.comment.setPlaceholderText(self.tr("For example: say which day it arrives."))
        question = self.tr("What should {name} write otherwise?").replace("{name}", writer)
        self.go = push_button(self.tr("Return it"), self._go, kind="primary")
        kept = self.tr("The reply is their draft again, with this comment above it.")
        ask_one(self, label(question, wrap=True), self.comment, self.go, label(kept, tone="muted"))
        self.comment.textChanged.connect(self._show_state)
        self._show_state()
        self.resize(460, self.sizeHint().height())

    def _show_state(self) -> None:
        self.go.setEnabled(bool(self.comment.toPlainText().strip()))

    def _go(self) -> None:
        self.said.emit(self.comment.toPlainText().strip())
        self.accept()
