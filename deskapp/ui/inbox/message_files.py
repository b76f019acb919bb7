"""The files of a message on its card: the first of them, and a way to the others."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from deskapp.domain.messages import AttachmentRow
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.flow import FlowLayout
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .attachments import AttachmentChip
from .message_source import MessageSource

_AT_ONCE = 60


class MessageFiles(QWidget):
    """A mail may bring a thousand, and each is a button with a menu."""

    def __init__(
        self,
        files: Sequence[AttachmentRow],
        source: MessageSource,
        work: Work,
        shell: ShellActions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._left = list(files)
        self._source, self._work, self._shell = source, work, shell
        holder = QWidget()
        self._flow = FlowLayout(6, holder)
        self._more = push_button("", self._show_next, kind="quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(holder)
        column.addWidget(self._more)
        self._show_next()

    def _show_next(self) -> None:
        for part in self._left[:_AT_ONCE]:
            self._flow.addWidget(self._chip(part))
        del self._left[:_AT_ONCE]
        self._more.setVisible(bool(self._left))
        self._more.setText(self.tr("show %n more file(s)", "", len(self._left)))

    def _chip(self, part: AttachmentRow) -> AttachmentChip:
        chip = AttachmentChip(part, self._source, self._work, self._shell)
        chip.mail_wanted.connect(self._show_mail)
        return chip

    def _show_mail(self, raw: bytes) -> None:
        from .mail_window import show_mail  # it shows cards itself

        show_mail(raw, self._work, self._shell, self.window())
