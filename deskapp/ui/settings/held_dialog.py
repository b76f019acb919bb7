"""Held mail over the settings: the same list as in the Inbox."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from deskapp.ui.inbox.held_pane import HeldPane
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work


class HeldDialog(QDialog):
    """Each held mail with its reason; nothing of it is lost."""

    def __init__(self, work: Work, shell: ShellActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Held mail"))
        self.resize(760, 520)
        self.pane = HeldPane(work, shell)
        close = push_button(self.tr("Close"), self.accept)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(16, 8, 16, 12)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pane, 1)
        column.addLayout(buttons)
        self.pane.read_again()
