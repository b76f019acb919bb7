"""On a junior's reply: who approved it and whether they changed it, with the difference at hand."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskapp.domain.tickets import MessageRow
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import ElidedLabel
from deskapp.ui.shell_actions import ShellActions


class ApprovedLine(QWidget):
    """For a message that has ``approved``."""

    def __init__(
        self, message: MessageRow, shell: ShellActions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        approved = message.approved
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        if approved is None:
            return
        # Its writer's name stands in the head of the card, above this.
        short = self.tr("Approved by {senior}")
        whole = self.tr("Written by {writer}, approved by {senior}")
        if approved.changed:
            short = self.tr("Changed and approved by {senior}")
            whole = self.tr("Written by {writer}, changed and approved by {senior}")
        whole = whole.replace("{writer}", message.agent_name)
        self.words = ElidedLabel(
            short.replace("{senior}", approved.senior), tone="muted", size="small"
        )
        self.words.setAccessibleName(whole.replace("{senior}", approved.senior))
        row.addWidget(self.words, 1)
        if approved.changed:
            one = approved.id
            look = push_button(
                self.tr("What was changed"),
                lambda: shell.approvals_wanted.emit(one),
                kind="quiet",
            )
            row.addWidget(look)


def add_approved(message: MessageRow, shell: ShellActions, column: QVBoxLayout) -> None:
    """Puts the line into a card, where there is anything to be said; mostly there is not."""
    if message.approved is not None:
        column.addWidget(ApprovedLine(message, shell))
