"""Canned replies beside the editor: opened by key or by typing, put in at the caret."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence

from deskapp.domain.ids import OrderId, TicketId
from deskapp.domain.kinds import TicketStatus
from deskapp.domain.problem import Problem
from deskapp.domain.replies import REVIEW, CannedRow, Draft, OutgoingFile
from deskapp.ui.canned.doing import actions_words
from deskapp.ui.work import Work

from .canned_count import CannedCount
from .canned_picker import CannedPicker
from .canned_pictures import placed, shown_in
from .canned_steps import Step, take_text_out
from .draft_keeper import NOTE, REPLY, DraftKeeper
from .filling import Filled, fill, with_bytes
from .layout import Layout
from .screen import Screen
from .sender import Gone, Sender

if TYPE_CHECKING:
    from deskapp.desk.canned_acts import Acted

_TO_CUSTOMER = (REPLY, REVIEW)


class CannedUse(QObject):
    """``acted``: the TicketId whose status, tags or assignee a canned reply changed."""

    acted = Signal(object)

    def __init__(
        self, work: Work, keeper: DraftKeeper, sender: Sender, at: Layout, page: Screen
    ) -> None:
        super().__init__(at.editor)
        self._work, self._keeper, self._page = work, keeper, page
        self._editor, self._notice = at.editor, at.notice
        self._last: Step | None = None
        self._count = CannedCount(work, self)
        self.picker = CannedPicker(work, self._editor)
        self.picker.chosen.connect(self._insert)
        self.picker.keys_free.connect(self._editor.setFocus)
        self.picker.order = self._order
        self._editor.trigger_typed.connect(self._typed)
        self._editor.left.connect(self._editor_left)
        self._editor.answer_key = self._takes_key
        keeper.opened.connect(self._make_ready)
        sender.gone.connect(self._gone)
        sender.discarded.connect(self._discarded)
        sender.returned.connect(self._returned)

    def open(self) -> None:
        """By key or button; letters already typed after ";" become the search."""
        ticket = self._keeper.ticket
        if ticket is not None and not self._page.says_held():
            self.place()
            self.picker.open_search(ticket, self._editor.trigger())

    def put_in(self, reply: CannedRow) -> None:
        """One that was chosen elsewhere; one with questions is opened to be answered."""
        ticket, order = self._keeper.ticket, self._order()
        if ticket is None:
            return

        def came(filled: Filled) -> None:
            if ticket != self._keeper.ticket:
                return
            if filled.questions:
                self.place()
                self.picker.open_search(ticket, reply.name)
            else:
                self._insert(filled)

        self._work.ask(
            lambda desk: fill(desk, reply.id, ticket, None, order=order),
            came,
            self._notice.say_problem,
            owner=self,
            topic="put in",
        )

    def place(self) -> None:
        self.picker.place(self._editor)

    def close(self) -> None:
        self.picker.close_picker()

    def _order(self) -> OrderId | None:
        return self._page.mail.shown.order if self._page.mail is not None else None

    def _make_ready(self) -> None:
        """The first ";" on a ticket finds its list made."""
        ticket = self._keeper.ticket
        if ticket is not None:
            self._work.ask(
                lambda desk: desk.canned.list("", ticket),
                lambda _rows: None,
                lambda _problem: None,  # told when the picker is opened
                owner=self,
                topic="ready",
            )

    def _typed(self, letters: str) -> None:
        ticket = self._keeper.ticket
        if letters and ticket is not None and self._editor.hasFocus():
            self.place()
            self.picker.open_inline(ticket, letters)
        elif not letters and not self.picker.has_keys:
            self.picker.close_picker()

    def _editor_left(self) -> None:
        if not self.picker.has_keys:
            self.picker.close_picker()

    def _takes_key(self, event: QKeyEvent) -> bool:
        step = self._last
        if step is not None and event.matches(QKeySequence.StandardKey.Undo) and step.more:
            here = step.ticket == self._keeper.ticket and step.kind == self._page.kind
            if here and self._editor.text() == step.after:
                self._undo(step)
                return True
        return self.picker.takes_key(event)

    def _insert(self, filled: Filled) -> None:
        if self._page.says_held():
            return
        ticket, editor = self._keeper.ticket, self._editor
        editor.setFocus()
        before, line = editor.text(), self._page.mail
        shows = line is not None and self._page.kind != NOTE and not editor.plain
        filled = placed(filled, line.shown.files if line is not None and shows else None)
        editor.insert(filled.text, filled.values, shown_in(filled))
        if ticket is None:
            return
        step = Step(ticket, self._page.kind, filled.text, before, editor.text())
        self._last = step
        line = self._keeper.line(step.kind)
        if step.kind in _TO_CUSTOMER and line is not None:
            step.status = line.shown.status
            self._page.typed()
            self._set_status(step.kind, filled.actions.status or step.status)
            self._keeper.flush()
            self._count.put_in(line, filled.canned_id, filled.language, filled.text)
        if filled.files:
            self._bring_files(step, filled)
        if filled.actions_change:
            actions = filled.actions
            self._work.do(
                lambda desk: desk.canned_acts.do(ticket, actions, filled.name),
                partial(self._has_acted, step, filled),
                owner=self,
            )

    def _set_status(self, kind: str, status: TicketStatus | None) -> None:
        """What sending makes of the ticket unless another way to send is picked."""
        self._keeper.change(kind, status=status)
        self._page.at.send.set_status(status)

    def _bring_files(self, step: Step, filled: Filled) -> None:
        if step.kind == NOTE:
            self._notice.say(self.tr("A note carries no files. Attach them to a reply."))
            return
        line = self._page.mail
        if line is None:
            return
        there = {(file.sha256, file.content_id) for file in line.shown.files}

        def came(files: tuple[tuple[OutgoingFile, bytes], ...]) -> None:
            for file, data in files:
                if (file.sha256, file.content_id) not in there:
                    told = file.filename, file.content_type, data, file.content_id
                    self._keeper.attach(line, *told)
                    step.files.append(file.sha256)
            line.files_coming -= 1
            self._keeper.state_changed.emit()

        def missed(problem: Problem) -> None:
            line.files_coming -= 1
            line.files_missed = True
            self._notice.say_problem(problem)
            self._keeper.state_changed.emit()

        line.files_coming += 1
        self._work.do(
            lambda desk: with_bytes(desk, filled), came, missed, owner=self, told="", waits=False
        )
        self._keeper.state_changed.emit()

    def _has_acted(self, step: Step, filled: Filled, acted: "Acted") -> None:
        step.acted = acted
        if not acted.changed:
            return
        self.acted.emit(step.ticket)
        if step.ticket == self._keeper.ticket:
            said = self.tr("“{name}” was put in. {changes}").format(
                name=filled.name, changes=actions_words(filled.actions, filled.colleague)
            )
            self._notice.say(said, (self.tr("Undo all"), partial(self._undo, step)))

    def _undo(self, step: Step) -> None:
        """Text, files, status, tags, assignee and snooze: all of it, in one step."""
        if step is self._last:
            self._last = None
        self._notice.clear()
        acted = step.acted
        if acted is not None and acted.changed:
            self._work.do(
                lambda desk: desk.canned_acts.undo(acted),
                lambda _nothing: self.acted.emit(step.ticket),
                owner=self,
            )
        if step.ticket != self._keeper.ticket or step.kind != self._page.kind:
            return
        if step.kind in _TO_CUSTOMER:
            self._set_status(step.kind, step.status)
        if take_text_out(self._editor, step):
            self._count.taken_out(step.ticket, step.text)
        else:
            self._notice.say(self.tr("The text was edited since and stays."))
        line = self._page.mail
        for sha256 in step.files:
            if line is not None:
                self._keeper.detach(line, sha256)

    def _gone(self, gone: Gone) -> None:
        self._forget(gone.leaving.ticket)
        self._count.sent(gone.leaving.ticket)

    def _discarded(self, draft: Draft) -> None:
        if draft.kind == REPLY:
            self._forget(draft.ticket_id)
            self._count.discarded(draft.ticket_id)

    def _returned(self, draft: Draft) -> None:
        if draft.kind == REPLY:
            self._count.returned(draft.ticket_id, draft.id)

    def _forget(self, ticket: TicketId) -> None:
        """What was sent cannot be taken out of the text any more."""
        if self._last is not None and self._last.ticket == ticket:
            self._last = None
