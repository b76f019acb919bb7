"""One act in a shop through its life: what would happen, the typed yes, how it ended."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from deskapp.domain.act_states import ActState
from deskapp.domain.changes import Changes
from deskapp.domain.ids import OrderActId
from deskapp.domain.order_act_rows import ActRow, amount_of
from deskapp.domain.problem import Problem
from deskapp.ui import text
from deskapp.ui.announce import announce
from deskapp.ui.errors import explain
from deskapp.ui.order_events import act_kind
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.card import Chip
from deskapp.ui.pieces.emptying import clear
from deskapp.ui.pieces.labels import label
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .act_facts import ActFacts
from .words import act_sentence, act_state

if TYPE_CHECKING:
    from deskapp.desk import Desk


class ActSheet(QDialog):
    """Follows what the engine makes of it. Closing it changes nothing: what was confirmed goes on,
    what was not is not done."""

    settled = Signal()

    def __init__(
        self, work: Work, shell: ShellActions, act: OrderActId, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("In the shop"))
        self.setMinimumWidth(580)
        self._work, self._act = work, act
        self._row: ActRow | None = None
        self._own = False
        self._asking = False  # a second press of the same button waits for the answer to the first
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 20, 20, 16)
        self._column.setSpacing(12)
        self._page = QVBoxLayout()
        self._page.setSpacing(10)
        self.told = label(tone="bad", wrap=True)
        self.told.hide()
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._column.addLayout(self._page)
        self._column.addWidget(self.told)
        self._column.addStretch(1)
        self._column.addLayout(self._buttons)
        self.typed = form.line()
        self.words = form.line()
        self._page.addWidget(label(self.tr("Reading…"), tone="muted"))
        shell.desk_changed.connect(self._changed)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.read_again()

    def read_again(self) -> None:
        """How it stands now."""
        act = self._act
        self._work.ask(
            lambda desk: (desk.order_acts.get(act), desk.agent),
            lambda found: self._came(*found),
            self._refused,
            owner=self,
            topic="act",
        )

    def _changed(self, changes: Changes) -> None:
        if "acts" in changes.areas:
            self.read_again()

    def _came(self, row: ActRow, me: object) -> None:
        self._asking = False
        if self._row is not None and self._row.version == row.version:
            return
        closes = self._row is not None and self._row.is_open and not row.is_open
        self._row, self._own = row, row.asked_by == me
        self.told.hide()
        written, there = self.words.text(), self.words.hasFocus()
        clear(self._page)
        self.typed, self.words = form.line(), form.line()
        self._add_head(row)
        self._page.addWidget(ActFacts(row))
        self._add_questions(row)
        self.words.setText(written)  # the engine asking the shop again must not wipe it
        if there:
            self.words.setFocus()
        self._add_buttons(row)
        QTimer.singleShot(0, self._fit)  # once the labels know their width
        if closes:
            announce(self, act_sentence(row), urgent=True)
            self.settled.emit()

    def _add_head(self, row: ActRow) -> None:
        said = act_kind(row.kind)
        head = QHBoxLayout()
        head.setSpacing(8)
        named = f"{said[:1].upper()}{said[1:]}"
        head.addWidget(label(f"{named} {row.order_number}".rstrip(), size="card"))
        words, tone = act_state(row)
        if row.state is ActState.WANTED and row.shown is None:
            words = self.tr("asking the shop…")
        head.addWidget(Chip(words, tone=tone))
        head.addStretch(1)
        holder = QWidget()
        head.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(head)
        self._page.addWidget(holder)
        who = self.tr("Wanted by {who}, {when}").replace("{who}", row.asked_name or "–")
        who = who.replace("{when}", text.full(row.asked_at))
        self._page.addWidget(label(who, tone="muted", size="small"))
        sentence = act_sentence(row)
        if row.state is ActState.WAITING and not self._own:
            sentence = self.tr("It is above what they may do alone. Look at it before you say yes.")
        if sentence:
            tone = "bad" if row.state in (ActState.UNCLEAR, ActState.NOT_DONE) else ""
            self._page.addWidget(label(sentence, tone=tone, wrap=True, selectable=True))

    def _add_questions(self, row: ActRow) -> None:
        if row.state is ActState.WANTED and row.shown is not None and self._own:
            self.typed = form.line(name=self.tr("Type the order's number or the amount"))
            self.typed.returnPressed.connect(self._confirm)
            self._page.addWidget(label(self._to_type(row), wrap=True))
            self._page.addWidget(self.typed)
            self.typed.setFocus()
        second = row.state is ActState.WAITING and not self._own
        if second or row.can_settle:
            asked = (
                self.tr("What you saw in the shop, in a few words:")
                if row.can_settle
                else self.tr("If you say no, why:")
            )
            self.words = form.line(name=asked)
            self._page.addWidget(label(asked, wrap=True))
            self._page.addWidget(self.words)

    def _to_type(self, row: ActRow) -> str:
        amount = amount_of(row.act, row.shown)[1] if row.act and row.shown else None
        money = "" if amount is None else f"{amount:f}"
        if row.order_number and money:
            said = self.tr("To confirm, type {number} or {amount}:")
        elif row.order_number:
            said = self.tr("To confirm, type {number}:")
        else:
            said = self.tr("To confirm, type {amount} or the customer's mail address:")
        return said.replace("{number}", row.order_number).replace("{amount}", money)

    def _add_buttons(self, row: ActRow) -> None:
        clear(self._buttons)
        if row.can_withdraw and self._own:
            self._button(self.tr("Do not do it"), self._withdraw)
        if row.can_settle:
            self._button(self.tr("Ask the shop again"), self._ask_again)
        self._buttons.addStretch(1)
        self._button(self.tr("Close"), self.accept)
        if row.can_settle:
            self._button(self.tr("It was not done"), self._not_done)
            self._button(self.tr("It was done"), self._done)
        if row.state is ActState.WAITING and not self._own:
            self._button(self.tr("No"), self._decline)
            self._button(self.tr("Yes, do it"), self._approve, "danger")
        if row.state is ActState.WANTED and row.shown is not None and self._own:
            self._button(self.tr("Do it in the shop"), self._confirm, "danger")

    def _fit(self) -> None:
        form.make_room(self)

    def _button(self, said: str, act: Callable[[], object], kind: str = "") -> QPushButton:
        made = push_button(said, act, kind=kind)
        self._buttons.addWidget(made)
        return made

    def _confirm(self) -> None:
        act, typed, version = self._act, self.typed.text(), self._version()
        self._do(lambda desk: desk.order_acts.confirm(act, typed, version))

    def _approve(self) -> None:
        act, version = self._act, self._version()
        self._do(lambda desk: desk.order_acts.approve(act, version))

    def _decline(self) -> None:
        act, words, version = self._act, self.words.text(), self._version()
        self._do(lambda desk: desk.order_acts.decline(act, words, version))

    def _withdraw(self) -> None:
        act = self._act
        self._do(lambda desk: desk.order_acts.withdraw(act))

    def _ask_again(self) -> None:
        act = self._act
        self._do(lambda desk: desk.order_acts.ask_again(act))

    def _done(self) -> None:
        self._settle(True)

    def _not_done(self) -> None:
        self._settle(False)

    def _settle(self, done: bool) -> None:
        act, words, version = self._act, self.words.text(), self._version()
        self._do(lambda desk: desk.order_acts.settle(act, done, words, version))

    def _version(self) -> int | None:
        return None if self._row is None else self._row.version

    def _do(self, job: "Callable[[Desk], object]") -> None:
        if not self._asking:
            self._asking = True
            self._work.do(job, lambda _row: self.read_again(), self._refused, owner=self)

    def _refused(self, problem: Problem) -> None:
        self._asking = False
        said = explain(problem).in_one()
        self.told.setText(said)
        self.told.show()
        form.make_room(self)
        announce(self, said, urgent=True)
