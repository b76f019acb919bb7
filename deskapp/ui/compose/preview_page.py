"""Exactly what leaves: to whom, and which text."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from deskapp.domain.mail import Address
from deskapp.domain.replies import Draft
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import ElidedLabel
from deskapp.ui.work import Work


class PreviewPage(QWidget):
    """Stands in the editor's place. ``came``: it has something to show; ``back``: write on."""

    came = Signal()
    back = Signal()
    failed = Signal(object)  # Problem

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self.head = ElidedLabel(tone="muted")
        back = push_button(self.tr("Back to writing"), self.back.emit, kind="quiet")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setProperty("role", "preview")
        self.text.setAccessibleName(self.tr("The text that leaves"))
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.head, 1)
        row.addWidget(back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self.text, 1)

    def ask(self, draft: Draft) -> None:
        """Asks the Desk for the text of this draft; the last one asked for is shown."""
        self._work.ask(
            lambda desk: (draft, desk.replies.preview(draft).text),
            self._show,
            self.failed.emit,
            owner=self,
            topic="preview",
        )

    def _show(self, answer: tuple[Draft, str]) -> None:
        draft, text = answer
        to, cc = _listed(draft.to), _listed(draft.cc)
        if cc:
            head = self.tr("This leaves, to {to}, Cc {cc}").format(to=to, cc=cc)
        else:
            head = self.tr("This leaves, to {to}").format(to=to or self.tr("nobody yet"))
        self.head.setText(head)
        self.text.setPlainText(text)
        self.came.emit()


def _listed(people: tuple[Address, ...]) -> str:
    return ", ".join(person.address for person in people)
