"""A mail that came as a file inside another one, shown like a mail."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from deskapp.domain.mail import ParsedMail, UnreadableMail
from deskapp.domain.senders import with_marks_seen
from deskapp.ui import words
from deskapp.ui.pieces.labels import ElidedLabel, label
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .message_card import MessageCard
from .message_source import LooseMail
from .original import OriginalDialog

if TYPE_CHECKING:
    from deskapp.desk import Desk

_WIDTH, _HEIGHT = 720, 560
_MARGIN = 20


def show_mail(raw: bytes, work: Work, shell: ShellActions, parent: QWidget) -> None:
    """Reads the mail in a lane and opens its window; one that cannot be read is shown raw."""
    read = shell.outside.read_mail

    def parse(_desk: "Desk") -> ParsedMail | str:
        try:
            return read(raw)
        except UnreadableMail as why:
            return why.reason

    def came(mail: ParsedMail | str) -> None:
        if isinstance(mail, str):
            source = OriginalDialog(shell, parent, reason=words.held_reason(mail))
            source.show_raw(raw)
            source.open()
        else:
            source_of_it = LooseMail(raw, mail, shell.outside.read_file)
            MailWindow(source_of_it, work, shell, parent).open()

    work.ask(parse, came, shell.trouble, owner=parent)


class MailWindow(QDialog):
    """Subject and card of a mail that belongs to no ticket."""

    def __init__(self, mail: LooseMail, work: Work, shell: ShellActions, parent: QWidget) -> None:
        super().__init__(parent)
        message = mail.message()
        subject = with_marks_seen(message.subject) or self.tr("(no subject)")
        self.setWindowTitle(self.tr("Forwarded mail: {subject}").replace("{subject}", subject))
        self.resize(_WIDTH, _HEIGHT)
        page = QWidget()
        page.setProperty("role", "surface")
        inner = QVBoxLayout(page)
        inner.setContentsMargins(_MARGIN, 14, _MARGIN, 16)
        title = ElidedLabel(size="title")
        title.say(subject, message.language)
        inner.addWidget(title)
        said = self.tr("This mail lies inside another one. It belongs to no ticket of its own.")
        inner.addWidget(label(said, tone="muted", size="small", wrap=True))
        width = _WIDTH - 2 * _MARGIN - 20
        self.card = MessageCard(message, datetime.now(UTC), width, work, shell, source=mail)
        inner.addWidget(self.card)
        inner.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(page)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 8, 16, 12)
        foot.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(area, 1)
        column.addLayout(foot)
        self.finished.connect(self.deleteLater)
