"""Replies of juniors over the window: read, approved, returned, or taken to the composer."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from deskapp.domain.approvals import ApprovalRow, ApprovalState, Reviewed, Standing
from deskapp.domain.changes import Changes
from deskapp.domain.deeds import Deed
from deskapp.domain.ids import ApprovalId, OutboxId
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import News
from deskapp.ui import text
from deskapp.ui.bridge import Bridge
from deskapp.ui.compose.doubts import news_words
from deskapp.ui.errors import explain
from deskapp.ui.inbox.picture_decode import decode_pictures
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import label
from deskapp.ui.pieces.notice import Notice
from deskapp.ui.pieces.row import RowRole
from deskapp.ui.pieces.row_delegate import RowDelegate
from deskapp.ui.read_again import ReadAgain
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .reply_view import ReplyView
from .return_dialog import ReturnDialog
from .rows import look_of, own_version, spoken_row

if TYPE_CHECKING:
    from deskapp.desk import Desk
    from deskapp.desk.sending import Sent

_Read = tuple[Reviewed, Sequence[News | Deed], dict[str, QImage]]


class ApprovalPanel(QDialog):
    """The list of all that waits, and one of them to decide about. Stays open beside the work."""

    def __init__(
        self, work: Work, bridge: Bridge, shell: ShellActions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._work, self._shell = work, shell
        self._open: Reviewed | None = None
        self._wanted: ApprovalId | None = None  # asked for from outside the list
        self._junior = False
        self.setWindowTitle(self.tr("Waiting for approval"))
        self.resize(1060, 620)
        self.words = label("", tone="muted", wrap=True)
        self.notice = Notice()
        self.list = QListWidget()
        self.list.setItemDelegate(RowDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMinimumWidth(280)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(self.tr("Replies that wait for a senior"))
        self.view = ReplyView()
        self.ticket = push_button(self.tr("Open the ticket"), self._show_ticket)
        self.take = push_button(self.tr("Take it back"), self._take_back)
        self.back = push_button(self.tr("Return with a comment…"), self._ask_for_comment)
        self.edit = push_button(self.tr("Edit in the composer"), self._edit)
        self.go = push_button(self.tr("Approve and send"), self._approve, kind="primary")
        self._lay_out()
        self.list.currentRowChanged.connect(self._chosen)
        self._again = ReadAgain(self)  # for what others write and decide
        self._again.due.connect(self._read_all)
        bridge.changed.connect(self._changed)
        self._show(None)
        self.read_again()

    def _lay_out(self) -> None:
        one = QWidget()
        inside = QVBoxLayout(one)
        inside.setContentsMargins(12, 0, 0, 0)
        inside.setSpacing(10)
        inside.addWidget(self.view, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.ticket)
        buttons.addStretch(1)
        for button in (self.take, self.back, self.edit, self.go):
            buttons.addWidget(button)
        inside.addLayout(buttons)
        both = QSplitter(Qt.Orientation.Horizontal)
        both.addWidget(self.list)
        both.addWidget(one)
        both.setSizes([340, 700])
        both.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addWidget(self.notice)
        column.addWidget(self.words)
        column.addWidget(both, 1)

    def read_again(self) -> None:
        """Asks what waits now."""
        self._again.asked()
        self._work.ask(
            lambda desk: desk.approvals.standing(),
            self._came,
            self._failed,
            owner=self,
            topic="approvals",
        )

    def _changed(self, changes: Changes) -> None:
        if changes.areas & {"approvals", "drafts"} and self.isVisible():
            self._again.want()

    def _read_all(self) -> None:
        self.read_again()
        if self._open is not None:
            self._read(self._open.row.id)

    def _failed(self, problem: Problem) -> None:
        self._again.answered()
        self._work.troubled.emit(problem)

    def show_one(self, one: ApprovalId) -> None:
        """A round, whether or not it is in the list: what was changed in one that was sent."""
        self._wanted = one
        self.list.setCurrentRow(-1)
        self._read(one)

    def _came(self, found: Standing) -> None:
        self._again.answered()
        rows, self._junior = found.last_rounds(), found.junior
        self._say_how_many(len(rows))
        shown = self._open.row.id if self._open else self._wanted or (rows[0].id if rows else None)
        self._fill(rows, shown)
        if self._open is None and shown is not None:  # no click: what the notice offers stays
            self._read(shown)

    def _say_how_many(self, count: int) -> None:
        if self._junior:
            said = self.tr("Yours that wait for a senior, or came back: %n", "", count)
            nothing = self.tr("No reply of yours waits for approval.")
        else:
            said = self.tr("Waiting for a senior: %n", "", count)
            nothing = self.tr("No reply waits for approval.")
        self.words.setText(said if count else nothing)

    def _fill(self, rows: tuple[ApprovalRow, ...], chosen: ApprovalId | None) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for row in rows:
            item = QListWidgetItem()
            item.setData(RowRole.LOOK, look_of(row))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken_row(row))
            item.setToolTip(text.full(row.submitted_at))
            item.setData(Qt.ItemDataRole.UserRole, row.id)
            self.list.addItem(item)
            if row.id == chosen:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        self.list.setVisible(bool(rows))

    def _chosen(self, _place: int) -> None:
        if self.list.currentRow() < 0:
            return
        self._wanted = None
        self.notice.clear()
        self._read(self.list.currentItem().data(Qt.ItemDataRole.UserRole))

    def _read(self, one: ApprovalId) -> None:
        def read(desk: "Desk") -> _Read:
            found = desk.approvals.open(one)
            shown = [file for file in found.draft.files if file.content_id]
            pictures = {file.content_id: desk.replies.file(file.sha256) for file in shown}
            return found, desk.approvals.news(one), decode_pictures(pictures)

        self._work.ask(read, self._read_in, self.notice.say_problem, owner=self, topic="approval")

    def _read_in(self, came: _Read) -> None:
        found, news, images = came
        before = self._open
        self._show(found, news, images)
        if before is not None and before.row.id == found.row.id:
            waited = before.row.state is ApprovalState.WAITING
            if waited and found.row.state is not ApprovalState.WAITING:
                self.notice.say(self._what_became(found.row))

    def _what_became(self, row: ApprovalRow) -> str:
        if row.state is ApprovalState.APPROVED:
            said = self.tr("{senior} approved this reply meanwhile.")
        elif row.state is ApprovalState.RETURNED:
            said = self.tr("{senior} returned this reply meanwhile.")
        else:
            said = self.tr("{who} took this reply back meanwhile.")
        return said.replace("{senior}", row.senior_name).replace("{who}", row.writer_name)

    def _show(
        self,
        found: Reviewed | None,
        news: Sequence[News | Deed] = (),
        images: dict[str, QImage] | None = None,
    ) -> None:
        self._open = found
        waits = found is not None and found.row.state is ApprovalState.WAITING
        told = self.tr("New on the ticket since:") + "\n" + news_words(news) if news else ""
        self.view.show_reply(found, told if waits else "", images)
        for part in (self.back, self.go, self.edit, self.take):
            part.setEnabled(waits)
        self.ticket.setEnabled(found is not None)
        for part in (self.back, self.go, self.edit):
            part.setVisible(not self._junior and (waits or found is None))
        self.take.setVisible(self._junior and waits)
        own = found is not None and own_version(found)
        self.go.setText(
            self.tr("Approve my version and send") if own else self.tr("Approve and send")
        )

    def _approve(self, _checked: bool = False, *, force: bool = False) -> None:
        if (found := self._open) is None:
            return
        one, version, final = found.row.id, found.row.version, found.mine
        delay = timedelta(seconds=self._shell.outside.settings.undo_seconds)

        def sent(done: "Sent") -> None:
            self._decided()
            leaves = self.tr("Approved. It leaves at {when}.")
            self.notice.say(
                leaves.replace("{when}", text.clock(done.not_before)),
                (self.tr("Undo"), lambda: self._undo(done.outbox_id, one)),
            )

        self._work.do(
            lambda desk: desk.approvals.approve(one, version, final, force=force, delay=delay),
            sent,
            self._stopped,
            owner=self,
        )

    def _undo(self, outbox: OutboxId, one: ApprovalId) -> None:
        """It waits for approval again, and is shown."""
        self._do(lambda desk: desk.replies.undo(outbox), one)

    def _ask_for_comment(self) -> None:
        if (found := self._open) is None:
            return
        one, version, mine = found.row.id, found.row.version, found.mine
        dialog = ReturnDialog(found.row.writer_name, self)
        dialog.said.connect(
            lambda said: self._do(lambda desk: desk.approvals.give_back(one, version, said, mine))
        )
        dialog.open()

    def _edit(self) -> None:
        if self._open is not None:
            self._shell.review_wanted.emit(self._open.row)
            self.hide()

    def _take_back(self) -> None:
        if self._open is not None:
            one = self._open.row.id
            self._do(lambda desk: desk.approvals.withdraw(one))

    def _do(self, job: "Callable[[Desk], object]", then_show: ApprovalId | None = None) -> None:
        self._work.do(job, lambda _done: self._decided(then_show), self._stopped, owner=self)

    def _decided(self, then_show: ApprovalId | None = None) -> None:
        self._wanted = then_show
        self.notice.clear()
        self._show(None)
        self.read_again()

    def _stopped(self, problem: Problem) -> None:
        """A ticket that moved on asks; everything else is said."""
        what = str(problem.details.get("what", ""))
        if problem.kind is ProblemKind.CHANGED_MEANWHILE and what.startswith("ticket"):
            self.notice.say(
                explain(problem).in_one(),
                (self.tr("Open the ticket"), self._show_ticket),
                (self.tr("Send it all the same"), lambda: self._approve(force=True)),
            )
        else:
            self.notice.say_problem(problem)
        if self._open is not None:
            self._read(self._open.row.id)

    def _show_ticket(self) -> None:
        if self._open is not None:
            self._shell.open_ticket(self._open.row.ticket_id)
