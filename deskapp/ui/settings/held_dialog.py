"""Mail that is stored but cannot be read: why, try again, look at its bytes."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from deskapp.domain.mailboxes import HeldMail
from deskapp.domain.problem import Problem
from deskapp.ui import text, words
from deskapp.ui.inbox.original import OriginalDialog
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import label
from deskapp.ui.pieces.states import Stated
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

_MOST = 500


class HeldDialog(QDialog):
    """A table with the reason of each; nothing of it is lost."""

    def __init__(self, work: Work, shell: ShellActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work, self._shell = work, shell
        self._held: tuple[HeldMail, ...] = ()
        self.setWindowTitle(self.tr("Held mail"))
        self.resize(820, 460)
        self.table = QTableWidget(0, 5)
        self.table.setAccessibleName(self.tr("Held mail"))
        self.table.setHorizontalHeaderLabels(
            [
                self.tr("Reason"),
                self.tr("Mailbox"),
                self.tr("Folder"),
                self.tr("Number"),
                self.tr("Since"),
            ]
        )
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for place, width in ((1, 260), (2, 120), (3, 112), (4, 96)):
            self.table.setColumnWidth(place, width)
        self.table.itemSelectionChanged.connect(self._show_state)
        self._stated = Stated(self.table, row_height=32)
        self.again = push_button(self.tr("Try all again"), self._retry)
        self.raw = push_button(self.tr("Show as text"), self._show_raw)
        close = push_button(self.tr("Close"), self.accept)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.again)
        buttons.addWidget(self.raw)
        buttons.addStretch(1)
        buttons.addWidget(close)
        said = self.tr("These mails are kept as they came, but could not be read yet.")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(label(said, tone="muted", wrap=True))
        column.addWidget(self._stated, 1)
        column.addLayout(buttons)
        self._show_state()
        self.read_again()

    def read_again(self) -> None:
        self._stated.show_loading()
        self._work.ask(
            lambda desk: desk.mailboxes.held(),
            self._came,
            self._failed,
            owner=self,
            topic="held",
        )

    def _came(self, held: tuple[HeldMail, ...]) -> None:
        self._held = held[:_MOST]
        self.table.setRowCount(len(self._held))
        for row, mail in enumerate(self._held):
            cells = (
                words.held_reason(mail.reason),
                mail.mailbox,
                mail.folder,
                str(mail.uid),
                text.day(mail.first_seen_at),
            )
            for column, cell in enumerate(cells):
                self.table.setItem(row, column, QTableWidgetItem(cell))
        self._show_state()
        if held:
            self._stated.show_content()
            return
        self._stated.show_words(
            self.tr("No mail is held."), self.tr("Every mail that arrived could be read.")
        )

    def _failed(self, problem: Problem) -> None:
        self._stated.show_problem(problem, self.read_again)

    def _chosen(self) -> HeldMail | None:
        rows = {index.row() for index in self.table.selectedIndexes()}
        return self._held[rows.pop()] if len(rows) == 1 else None

    def _show_state(self) -> None:
        chosen = self._chosen()
        self.raw.setEnabled(chosen is not None and chosen.has_bytes)
        self.again.setEnabled(bool(self._held))

    def _retry(self) -> None:
        self._work.do(
            lambda desk: desk.mailboxes.retry_held(),
            self._retried,
            self._shell.trouble,
            owner=self,
        )

    def _retried(self, count: int) -> None:
        self._shell.outside.restart_engine()
        self._shell.tell(self.tr("%n mail(s) will be read again", "", count))
        self.read_again()

    def _show_raw(self) -> None:
        mail = self._chosen()
        if mail is None:
            return
        dialog = OriginalDialog(self._shell, self)
        self._work.ask(
            lambda desk: desk.mailboxes.held_raw(mail.id),
            dialog.show_raw,
            self._shell.trouble,
            owner=dialog,
        )
        dialog.open()
