"""Replies of juniors over the window: read, edited, approved, or returned with a comment."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from deskapp.domain.approvals import ApprovalRow, ApprovalState, Reviewed, Standing
from deskapp.domain.changes import Changes
from deskapp.domain.deeds import Deed
from deskapp.domain.ids import ApprovalId
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import News
from deskapp.domain.reply_changes import difference
from deskapp.ui import text
from deskapp.ui.bridge import Bridge
from deskapp.ui.compose.doubts import news_words
from deskapp.ui.errors import explain
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import label
from deskapp.ui.pieces.notice import Notice
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .told import changes_told, goes_told, legend_told, round_told, text_shown

if TYPE_CHECKING:
    from deskapp.desk import Desk


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
        self.resize(860, 600)
        self.words = label("", tone="muted", wrap=True)
        self.notice = Notice()
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Replies that wait for a senior"))
        self.list.setWordWrap(True)
        self.heading = label("", wrap=True)
        self.rounds = label("", tone="muted", wrap=True)
        self.body = QPlainTextEdit()
        self.body.setAccessibleName(self.tr("The reply, to be edited"))
        self.goes = label("", tone="muted", wrap=True)
        self.news = label("", tone="warn", wrap=True)
        self.edits = label("", tone="muted", wrap=True)
        self.comment = QLineEdit()
        self.comment.setAccessibleName(self.tr("Comment to the writer"))
        self.comment.setPlaceholderText(self.tr("What should be otherwise?"))
        self.ticket = push_button(self.tr("Open the ticket"), self._show_ticket)
        self.take = push_button(self.tr("Take it back"), self._take_back)
        self.back = push_button(self.tr("Return with the comment"), self._give_back)
        self.go = push_button(self.tr("Approve and send"), self._approve, kind="primary")
        self._lay_out()
        self.list.currentRowChanged.connect(self._chosen)
        self.body.textChanged.connect(self._edited)
        bridge.changed.connect(self._changed)
        self._show(None)
        self.read_again()

    def _lay_out(self) -> None:
        one = QWidget()
        inside = QVBoxLayout(one)
        inside.setContentsMargins(12, 0, 0, 0)
        inside.setSpacing(8)
        for part in (self.heading, self.goes, self.rounds, self.news):
            inside.addWidget(part)
        inside.addWidget(self.body, 1)
        inside.addWidget(self.edits)
        inside.addWidget(self.comment)
        buttons = QHBoxLayout()
        buttons.addWidget(self.ticket)
        buttons.addStretch(1)
        buttons.addWidget(self.take)
        buttons.addWidget(self.back)
        buttons.addWidget(self.go)
        inside.addLayout(buttons)
        both = QSplitter(Qt.Orientation.Horizontal)
        both.addWidget(self.list)
        both.addWidget(one)
        both.setSizes([260, 600])
        both.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addWidget(self.notice)
        column.addWidget(self.words)
        column.addWidget(both, 1)

    def read_again(self) -> None:
        """Asks what waits now; what is being edited stays."""
        self._work.ask(
            lambda desk: desk.approvals.standing(), self._came, owner=self, topic="approvals"
        )

    def _changed(self, changes: Changes) -> None:
        if "approvals" in changes.areas and self.isVisible():
            self.read_again()

    def show_one(self, one: ApprovalId) -> None:
        """A round, whether or not it is in the list: what was changed in one that was sent."""
        self._wanted = one
        self.list.setCurrentRow(-1)
        self._read(one)

    def _came(self, found: Standing) -> None:
        rows, self._junior = found.last_rounds(), found.junior
        self._fill(rows)
        self._say_how_many(len(rows))
        chosen = self._open.row.id if self._open else self._wanted
        if chosen in [row.id for row in rows]:
            return
        if self._open is not None and self.body.toPlainText() != self._open.row.body:
            if self._open.row.state is ApprovalState.WAITING:
                self.notice.say(self.tr("Somebody decided about this reply meanwhile."))
        elif self._wanted is None and rows:
            self.list.setCurrentRow(0)
        elif self._wanted is None:
            self._show(None)

    def _say_how_many(self, count: int) -> None:
        if self._junior:
            said = self.tr("Yours that wait for a senior, or came back: %n", "", count)
            nothing = self.tr("No reply of yours waits for approval.")
        else:
            said = self.tr("Waiting for a senior: %n", "", count)
            nothing = self.tr("No reply waits for approval.")
        self.words.setText(said if count else nothing)

    def _fill(self, rows: tuple[ApprovalRow, ...]) -> None:
        chosen = self._open.row.id if self._open else self._wanted
        self.list.blockSignals(True)
        self.list.clear()
        for row in rows:
            said = self.tr("{who}: ticket {number}, {subject}")
            if row.state is ApprovalState.RETURNED:
                said = self.tr("Returned: ticket {number}, {subject}")
            said = said.replace("{who}", row.writer_name).replace("{number}", str(row.number))
            item = QListWidgetItem(said.replace("{subject}", row.subject))
            item.setToolTip(text.full(row.submitted_at))
            item.setData(Qt.ItemDataRole.UserRole, row.id)
            self.list.addItem(item)
            if row.id == chosen:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)

    def _chosen(self, _place: int) -> None:
        if self.list.currentRow() < 0:
            return
        self._wanted = None
        self._read(self.list.currentItem().data(Qt.ItemDataRole.UserRole))

    def _read(self, one: ApprovalId) -> None:
        self._work.ask(
            lambda desk: (desk.approvals.open(one), desk.approvals.news(one)),
            lambda came: self._show(*came),
            self.notice.say_problem,
            owner=self,
            topic="approval",
        )

    def _show(self, found: Reviewed | None, news: Sequence[News | Deed] = ()) -> None:
        self._open = found
        self.notice.clear()
        waits = found is not None and found.row.state is ApprovalState.WAITING
        for part in (self.comment, self.back, self.go, self.take):
            part.setEnabled(waits)
        self.ticket.setEnabled(found is not None)
        for part in (self.comment, self.back, self.go):
            part.setVisible(not self._junior and (waits or found is None))
        self.take.setVisible(self._junior)
        self.body.setEnabled(found is not None)
        self.body.setReadOnly(self._junior or not waits)
        self.comment.clear()
        self.body.setPlainText("" if found is None else text_shown(found.row))
        for words in (self.heading, self.rounds, self.goes, self.news):
            words.setText("")
        if found is not None:
            self.goes.setText(goes_told(found.draft))
            if news and waits:
                self.news.setText(self.tr("New on the ticket since:") + "\n" + news_words(news))
            said = self.tr("{who} wrote this on ticket {number}: {subject}")
            said = said.replace("{who}", found.row.writer_name)
            said = said.replace("{number}", str(found.row.number))
            self.heading.setText(said.replace("{subject}", found.row.subject))
            self.rounds.setText("\n".join(round_told(row) for row in found.rounds))
        for words in (self.heading, self.rounds, self.goes, self.news):
            words.setVisible(bool(words.text()))

    def _edited(self) -> None:
        """What the senior changes is shown while it is changed, and kept when it is sent."""
        before = self._open.row.body if self._open else ""
        after = self.body.toPlainText()
        if self._open is None or self._open.row.state is not ApprovalState.WAITING:
            self.edits.setText("" if self._open is None else legend_told(self._open.row))
            return
        if after == before:
            self.edits.setText("")
            return
        said = self.tr("What you changed: {text}")
        said = said.replace("{text}", changes_told(difference(before, after)))
        if self._open.draft.html and not self._open.draft.plain:
            said += "\n" + self.tr("Changed here, it loses its bold words, lists and links.")
        self.edits.setText(said)

    def _approve(self) -> None:
        self._send(force=False)

    def _send(self, *, force: bool) -> None:
        found = self._open
        if found is None:
            return
        one, version = found.row.id, found.row.version
        final = replace(found.draft, body=self.body.toPlainText())
        self._do(lambda desk: desk.approvals.approve(one, version, final, force=force))

    def _give_back(self) -> None:
        found, said = self._open, self.comment.text()
        if found is not None:
            one, version = found.row.id, found.row.version
            self._do(lambda desk: desk.approvals.give_back(one, version, said))

    def _take_back(self) -> None:
        if self._open is not None:
            one = self._open.row.id
            self._do(lambda desk: desk.approvals.withdraw(one))

    def _do(self, job: "Callable[[Desk], object]") -> None:
        def done(_outcome: object) -> None:
            self._show(None)
            self.read_again()

        self._work.do(job, done, self._stopped, owner=self)

    def _stopped(self, problem: Problem) -> None:
        """A ticket that moved on asks; everything else is said. What was edited stays."""
        what = str(problem.details.get("what", ""))
        if problem.kind is ProblemKind.CHANGED_MEANWHILE and what.startswith("ticket"):
            self.notice.say(
                explain(problem).in_one(),
                (self.tr("Open the ticket"), self._show_ticket),
                (self.tr("Send it all the same"), lambda: self._send(force=True)),
            )
        else:
            self.notice.say_problem(problem)

    def _show_ticket(self) -> None:
        if self._open is not None:
            self._shell.open_ticket(self._open.row.ticket_id)


def show_approvals(
    parent: QWidget,
    work: Work,
    bridge: Bridge,
    shell: ShellActions,
    one: ApprovalId | None = None,
) -> ApprovalPanel:
    """The one panel of a window, in front; ``one``: with this round open."""
    panel = parent.findChild(ApprovalPanel) or ApprovalPanel(work, bridge, shell, parent)
    panel.show()
    panel.raise_()
    panel.read_again()
    if one is not None:
        panel.show_one(one)
    return panel
