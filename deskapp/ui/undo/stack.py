"""Ctrl+Z outside a text field: what the agent did last, in words, taken back and done again."""

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QMenu, QWidget

from deskapp.domain.changes import Changes
from deskapp.domain.ids import OutboxId
from deskapp.domain.problem import Problem
from deskapp.domain.stale import Clash
from deskapp.domain.undoing import MAILS, STAR, Act, ActKind, TakenBack
from deskapp.ui import clock, text
from deskapp.ui.bridge import Bridge
from deskapp.ui.keys.keymap import keymap, make_action
from deskapp.ui.shell_actions import BulkEdit, BulkReply, ShellActions
from deskapp.ui.work import Work

from .bar import ActBar
from .long_run import LongRun, Step
from .words import act_words, taken_back_words

if TYPE_CHECKING:
    from deskapp.desk import Desk

_FIRST_READ_MS = 200  # at a start the list has the processor for itself
_LONG = 500  # tickets: more than one write does
_MAILS = 20  # of a bulk reply, written one after the other: each is a write of its own
_JUST_NOW = timedelta(seconds=20)
_TOLD_BY_COMPOSER = (ActKind.SEND, ActKind.MACRO)


class UndoStack(QObject):
    """The two actions of the Edit menu, the bar, and work on many tickets that runs meanwhile."""

    def __init__(
        self, work: Work, bridge: Bridge, shell: ShellActions, bar: ActBar, owner: QWidget
    ) -> None:
        super().__init__(owner)
        self._work, self._shell, self._bar = work, shell, bar
        self._last: Act | None = None
        self._again: Act | None = None
        self._seen: int | None = None  # the newest act known of: what is newer is told
        self._seen_before: int | None = None  # what runs now
        self._hushed = False  # what is read next has been told already
        self._run: LongRun | None = None
        self.undo = make_action("desk.undo", owner, self.take_back)
        self.redo = make_action("desk.redo", owner, self.do_again)
        bridge.changed.connect(self._changed)
        shell.did.connect(self._tell_done)
        shell.bulk_wanted.connect(self.edit_many)
        shell.bulk_reply_wanted.connect(self.reply_to_many)
        self._show()
        QTimer.singleShot(_FIRST_READ_MS, self, self.refresh)

    def fill(self, menu: QMenu) -> None:
        """The Edit menu."""
        menu.addActions([self.undo, self.redo])

    def refresh(self) -> None:
        """Reads what there is to take back."""
        self._work.ask(
            lambda desk: desk.undo.stack(), self._came, self._silent, owner=self, topic="stack"
        )

    def take_back(self) -> None:
        """The newest act that can be."""
        if self._last is not None and self._run is None:
            self._take_back(self._last)

    def do_again(self) -> None:
        """What was taken back last."""
        if self._again is not None and self._run is None:
            self._take_back(self._again)

    def edit_many(self, bulk: BulkEdit) -> None:
        """Changes thousands of tickets in short writes; one act for all of them."""
        ids, act, place = bulk.tickets, None, 0
        left: list[Clash] = []

        def step(desk: "Desk") -> int | None:
            nonlocal act, place
            part = ids[place : place + _LONG]
            if not part:
                return None
            made = desk.tickets.as_seen.edit(part, bulk.edit, bulk.seen, act)
            act, place = made.act, place + len(part)
            left.extend(made.clashes)
            return len(part)

        run = self._begin(step, len(ids), self.tr("Changing tickets: {done} of {total}"))
        run.ended.connect(partial(self._edited, bulk, left))

    def reply_to_many(self, bulk: BulkReply) -> None:
        """Queues a mail for each, some at a time; they leave at their own times."""
        act, place, queued, begun = None, 0, 0, clock.now()

        def step(desk: "Desk") -> int | None:
            nonlocal act, place, queued
            some = bulk.tickets[place : place + _MAILS]
            if not some:
                return None
            part = desk.bulk_replies.send_part(
                some, bulk.canned, begun=begun, before=queued, per_minute=bulk.per_minute, act=act
            )
            act, place, queued = part.act, place + len(some), queued + part.queued
            return len(some)

        def ended(_done: int, _stopped: bool) -> None:
            said = self.tr("%n mail(s) wait in the outbox and leave one by one.", "", queued)
            left = len(bulk.tickets) - queued
            if left:
                said += " " + self.tr("%n ticket(s) got none.", "", left)
            self._bar.say(said, self._undo_words(), self.take_back)
            self._hushed = True
            self.refresh()

        run = self._begin(step, len(bulk.tickets), self.tr("Writing replies: {done} of {total}"))
        run.ended.connect(ended)

    def _edited(self, bulk: BulkEdit, left: list[Clash], done: int, stopped: bool) -> None:
        if stopped:
            said = self.tr("Stopped: {done} of {total} tickets were changed.")
            numbers = {"done": text.number(done), "total": text.number(len(bulk.tickets))}
            self._bar.say(said.format(**numbers), self._undo_words(), self.take_back)
        else:
            self._seen = self._seen_before
        self._hushed = stopped
        self.refresh()
        bulk.then(left)

    def _take_back(self, act: Act) -> None:
        self._last = self._again = None  # pressed twice it is not taken back twice
        self._show()
        if act.kind in MAILS:
            self._take_reply_back(act)
        elif act.kind is ActKind.BULK_SEND:
            self._take_replies_back(act)
        elif act.count > _LONG:
            self._take_back_long(act)
        else:
            self._work.do(
                lambda desk: desk.undo.take_back(act.id), self._taken_back, self._failed, owner=self
            )

    def _take_back_long(self, act: Act) -> None:
        parts: list[TakenBack] = []

        def step(desk: "Desk") -> int | None:
            if parts and parts[-1].done:
                return None
            again = parts[-1].again if parts else None
            parts.append(desk.undo.take_back_part(act.id, again))
            return parts[-1].restored

        def ended(_done: int, stopped: bool) -> None:
            kept = tuple(one for part in parts for one in part.kept)
            count = sum(part.kept_count for part in parts)
            if parts and not stopped:
                self._taken_back(TakenBack(act, sum(p.restored for p in parts), kept, count))
            else:
                self._bar.say(self.tr("Stopped. What is left can be undone later."))
                self.refresh()

        run = self._begin(step, act.count, self.tr("Undoing: {done} of {total}"))
        run.ended.connect(ended)

    def _begin(self, step: Step, total: int, said: str) -> LongRun:
        run = LongRun(self._work, step, self)

        def words(done: int) -> str:
            return said.format(done=text.number(done), total=text.number(total))

        self._bar.run(words(0), total, run.stop)
        run.advanced.connect(lambda done: self._bar.advance(words(done), done))
        run.failed.connect(self._shell.trouble)
        run.ended.connect(self._run_ended)
        self._run, self._seen_before = run, self._seen
        self._show()
        run.start()
        return run

    def _run_ended(self, _done: int, _stopped: bool) -> None:
        self._run = None
        self._bar.hide()
        self._show()

    def _take_reply_back(self, act: Act) -> None:
        outbox = OutboxId(int(act.detail))

        def back(_draft: object) -> None:
            self._shell.open_ticket(act.ticket)
            self._bar.say(self.tr("Undone: {act}.").format(act=act_words(act)))
            self.refresh()

        self._work.do(
            lambda desk: desk.replies.undo(outbox, join=True), back, self._failed, owner=self
        )

    def _take_replies_back(self, act: Act) -> None:
        def back(counts: tuple[int, int]) -> None:
            said = self.tr("%n mail(s) taken back.", "", counts[0])
            if counts[1]:
                said += " " + self.tr("%n had left already.", "", counts[1])
            self._bar.say(said)
            self.refresh()

        self._work.do(
            lambda desk: desk.bulk_replies.take_back(act.id), back, self._failed, owner=self
        )

    def _taken_back(self, done: TakenBack) -> None:
        again = self.tr("Redo") if not done.act.redoes else self.tr("Undo")
        act = self.do_again if not done.act.redoes else self.take_back
        self._bar.say(taken_back_words(done), again, act)
        self._hushed = True
        self.refresh()

    def _tell_done(self, sentence: str) -> None:
        """In words that say more than the act does, as why it was this ticket."""
        self._bar.say(sentence, self._undo_words(), self.take_back)
        self._hushed = True
        self.refresh()

    def _failed(self, problem: Problem) -> None:
        self._shell.trouble(problem)
        self.refresh()

    def _changed(self, changes: Changes) -> None:
        if "acts" in changes.areas or "outbox" in changes.areas:
            self.refresh()

    def _came(self, stack: tuple[Act | None, Act | None]) -> None:
        self._last, self._again = stack
        self._show()
        newest = 0 if self._last is None else self._last.id
        before, self._seen = self._seen, max(self._seen or 0, newest)
        hushed, self._hushed = self._hushed, False
        if hushed:
            return
        if self._last is None or self._run is not None or before is None or newest <= before:
            return
        fresh = clock.now() - self._last.at < _JUST_NOW
        if fresh and not _told_elsewhere(self._last):
            said = self.tr("Done: {act}.").format(act=act_words(self._last))
            self._bar.say(said, self._undo_words(), self.take_back)

    def _undo_words(self) -> str:
        key = keymap().first("desk.undo")
        return self.tr("Undo ({key})").format(key=key) if key else self.tr("Undo")

    def _silent(self, _problem: Problem) -> None:
        """A desk out of reach is told by whoever asked it for something."""

    def _show(self) -> None:
        undo, redo = self.tr("Undo"), self.tr("Redo")
        if self._last is not None:
            undo = self.tr("Undo: {act}").format(act=act_words(self._last))
        if self._again is not None:
            redo = self.tr("Redo: {act}").format(act=act_words(self._again))
        for action, said, act in (
            (self.undo, undo, self._last),
            (self.redo, redo, self._again),
        ):
            action.setText(said)
            action.setEnabled(act is not None and self._run is None)


def _told_elsewhere(act: Act) -> bool:
    """By the composer; or by the star itself, which is seen where it was pressed."""
    return act.kind in _TOLD_BY_COMPOSER or set(act.fields) == {STAR}
