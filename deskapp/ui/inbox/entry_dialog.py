"""Writing down what did not come by mail: a call, a chat, a message elsewhere, a review."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QWidget

from deskapp.domain.entries import LONGEST_MINUTES, Channel, Entry, Heard
from deskapp.domain.ids import TicketId
from deskapp.domain.problem import Problem
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.form_dialog import FormDialog
from deskapp.ui.pieces.once import Once
from deskapp.ui.pieces.optional_day import OptionalDay
from deskapp.ui.work import Work

from .entry_words import what_it_was

_WAYS = [Entry(channel, heard) for channel in Channel for heard in Heard]


class EntryDialog(FormDialog):
    """``written`` carries the ticket, once the entry stands on it. What was typed stays on screen
    until the desk has it."""

    written = Signal(object)

    def __init__(self, ticket: TicketId, today: date, work: Work, parent: QWidget) -> None:
        super().__init__("", label_width=124, least_width=480, parent=parent)
        self.setWindowTitle(self.tr("Log a call or chat"))
        self._ticket, self._work, self._once = ticket, work, Once()
        self.way = form.choice([(what_it_was(way), way) for way in _WAYS])
        self.contact = form.line(placeholder=self.tr("Number, name or link"))
        self.minutes = form.line()
        self.minutes.setValidator(QIntValidator(0, LONGEST_MINUTES, self))
        self.text = form.paragraph(lines=5)
        self.outcome = form.line(placeholder=self.tr("What came of it, in a few words"))
        names = self.tr("Follow up on a day"), self.tr("Day to follow up")
        self.follow_up = OptionalDay(self.tr("On"), names, today)
        self._lay_fields()
        self._keep = push_button(self.tr("Put on the ticket"), self._write, kind="primary")
        self.lay_out(self._keep)
        self.text.setFocus()

    def entry(self) -> Entry:
        """What the fields say."""
        way: Entry = self.way.currentData()
        minutes = self.minutes.text().strip()
        return Entry(
            way.channel,
            way.heard,
            self.contact.text().strip(),
            int(minutes) if minutes else None,
            self.outcome.text().strip(),
            self.follow_up.value(),
        )

    def _lay_fields(self) -> None:
        self.fields.add(self.tr("What it was"), self.way)
        self.fields.add(self.tr("With"), self.contact)
        self.fields.add(self.tr("Minutes"), self.minutes)
        self.fields.add(self.tr("What was said"), self.text)
        self.fields.add(self.tr("Outcome"), self.outcome)
        self.fields.add(self.tr("Follow up"), self.follow_up)

    def _write(self) -> None:
        entry, words, ticket = self.entry(), self.text.toPlainText(), self._ticket
        if not words.strip() and not entry.outcome:
            self.say(self.tr("Write what was said, or what came of it."))
            self.text.setFocus()
            return
        self._keep.setEnabled(False)
        self._work.do(
            lambda desk: self._once.do(
                desk, (words, entry), lambda: desk.tickets.note(ticket, words, entry)
            ),
            self._was_written,
            self._failed,
            owner=self,
        )

    def _was_written(self, _note: object) -> None:
        self.accept()
        self.written.emit(self._ticket)

    def _failed(self, problem: Problem) -> None:
        self._keep.setEnabled(True)
        self.refused(problem)
