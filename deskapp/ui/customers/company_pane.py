"""A company in a window of its own: what to know, its people, notes, all of it on one axis."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskapp.desk import Desk
from deskapp.domain.changes import Changes
from deskapp.domain.companies import CompanyEdit, CompanyNote, CompanyRecord
from deskapp.domain.ids import CompanyId
from deskapp.domain.last_edits import About, LastEdit
from deskapp.domain.people import CustomerRow
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.sites import in_letters
from deskapp.domain.timeline import TimelineAsk, TimelinePage
from deskapp.ui import text
from deskapp.ui.bridge import Bridge
from deskapp.ui.errors import explain
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.card import Card
from deskapp.ui.pieces.conflict import ConflictCard, Difference
from deskapp.ui.pieces.emptying import clear
from deskapp.ui.pieces.labels import ElidedLabel, label
from deskapp.ui.pieces.scrolled import Scrolled
from deskapp.ui.pieces.states import Stated
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .axis import Axis
from .customer_look import customer_look, shown_name
from .head import vip_chip
from .opening import Opening
from .timeline import Timeline

_WIDEST, _MARGINS = 760, (32, 24, 32, 24)


@dataclass(frozen=True, slots=True)
class _Shown:
    record: CompanyRecord
    page: TimelinePage


class CompanyPane(QWidget):
    """Keeps what is being typed while it changes. ``titled`` carries the window's title."""

    titled = Signal(str)

    def __init__(self, work: Work, bridge: Bridge, shell: ShellActions, company: CompanyId) -> None:
        super().__init__()
        self._work, self._shell, self._company = work, shell, company
        self._base: CompanyRecord | None = None  # what the fields were filled from
        self.setProperty("role", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = label(size="title", wrap=True, selectable=True)
        self.domains = label(tone="muted", wrap=True, selectable=True)
        self.name = form.line()
        self.must_know = form.paragraph(lines=2)
        self.domain = form.line(placeholder=self.tr("another domain of its mail"))
        self.save = push_button(self.tr("Save"), self._save, kind="primary")
        self.told = label(tone="bad", wrap=True)
        self.told.hide()
        self.conflict = ConflictCard()
        self.conflict.keep_mine.connect(self._save)
        self.conflict.take_theirs.connect(self._take_theirs)
        self.people = QVBoxLayout()
        self.people.setSpacing(2)
        self.notes = QVBoxLayout()
        self.notes.setSpacing(4)
        self.note = form.paragraph(name=self.tr("New note"), lines=2)
        self.note.setPlaceholderText(self.tr("A note for colleagues about this company"))
        self.add_note = push_button(self.tr("Add note"), self._add_note)
        self.timeline = Timeline()
        self._axis = Axis(work, shell, self.timeline)
        self._axis.read = lambda desk, ask: desk.companies.timeline(company, ask)
        self._stated = Stated(Scrolled(self._page(), margins=_MARGINS, widest=_WIDEST))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stated)
        self._stated.show_loading()
        bridge.changed.connect(self._changed)
        self.read_again()

    def read_again(self) -> None:
        company, ask = self._company, self.timeline.ask()
        self._work.ask(
            lambda desk: _read(desk, company, ask),
            self._came,
            self._failed,
            owner=self,
            topic="company",
        )

    def _page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        fields = form.Form()
        fields.add(self.tr("Name"), self.name)
        fields.add(self.tr("Must know"), self.must_know, self.tr("Above every answer to them."))
        fields.add(
            self.tr("Add domain"),
            self.domain,
            self.tr("Who writes from there later belongs to it."),
        )
        noted = QHBoxLayout()
        noted.setSpacing(8)
        noted.addWidget(self.note, 1)
        noted.addWidget(self.add_note, 0, Qt.AlignmentFlag.AlignTop)
        for part in (self.title, self.domains, fields, self.conflict, self.told):
            column.addWidget(part)
        column.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(label(self.tr("People"), size="card"))
        column.addLayout(self.people)
        column.addWidget(label(self.tr("Notes"), size="card"))
        column.addLayout(self.notes)
        column.addLayout(noted)
        column.addWidget(label(self.tr("Everything with its people"), size="card"))
        column.addWidget(self.timeline)
        column.addStretch(1)
        return page

    def _came(self, shown: _Shown) -> None:
        record = shown.record
        if self._base is None or self._written() in (_fields(self._base), _fields(record)):
            self._fill(record)
        self.title.setText(record.row.name)
        count = self.tr("%n customer(s)", "", record.row.people)
        self.domains.setText(" · ".join((count, *map(in_letters, record.domains))))
        clear(self.people)
        for row in record.people:
            self.people.addWidget(_Member(row, self._shell))
        if not record.people:
            self.people.addWidget(label(self.tr("Nobody works here any more."), tone="muted"))
        clear(self.notes)
        for note in record.notes:
            self.notes.addWidget(_Note(note))
        self.timeline.show_page(shown.page, {})
        self._stated.show_content()
        self.titled.emit(record.row.name)

    def _failed(self, problem: Problem) -> None:
        self._stated.show_problem(problem, self.read_again)

    def _changed(self, changes: Changes) -> None:
        if changes.customers or changes.tickets or "orders" in changes.areas:
            self.read_again()

    def _save(self) -> None:
        if self._base is None:
            return
        one, version = self._company, self._base.row.version
        edit = self._written()
        domain = self.domain.text().strip()

        def save(desk: Desk) -> None:
            if domain:
                desk.companies.add_domain(one, domain)
            desk.companies.edit(one, edit, version)

        self.told.hide()
        self._work.do(save, self._saved, self._refused, owner=self)

    def _saved(self, _nothing: None) -> None:
        self.domain.clear()
        self._base = None
        self._end_conflict()
        self._shell.tell(self.tr("Saved"))
        self.read_again()

    def _refused(self, problem: Problem) -> None:
        if problem.kind is ProblemKind.CHANGED_MEANWHILE:
            one = self._company
            self._work.ask(
                lambda desk: (desk.companies.record(one), desk.last_edits.of(About.COMPANY, one)),
                lambda found: self._theirs_came(*found),
                self._shell.trouble,
                owner=self,
            )
            return
        self.told.setText(explain(problem).in_one())
        self.told.show()

    def _theirs_came(self, theirs: CompanyRecord, last: LastEdit | None) -> None:
        """What they changed elsewhere is taken over; where both changed one field, a person
        decides."""
        if self._base is None:
            return
        before, mine, newest = _fields(self._base), self._written(), _fields(theirs)
        if mine.name == before.name:
            self.name.setText(theirs.row.name)
        if mine.must_know == before.must_know:
            self.must_know.setPlainText(theirs.must_know)
        self._base = theirs
        sides = (
            (self.tr("Name"), before.name, newest.name, mine.name),
            (self.tr("Must know"), before.must_know, newest.must_know, mine.must_know),
        )
        disputed = tuple(
            Difference(name, their or "", our or "").told_by(last)
            for name, was, their, our in sides
            if our not in (was, their) and their != was
        )
        if not disputed:
            self._save()
            return
        self.save.hide()  # the conflict has its own buttons
        self.conflict.show_both(disputed)

    def _take_theirs(self) -> None:
        if self._base is not None:
            self._fill(self._base)
        self._end_conflict()

    def _end_conflict(self) -> None:
        self.conflict.hide()
        self.save.show()

    def _written(self) -> CompanyEdit:
        return CompanyEdit(self.name.text(), self.must_know.toPlainText())

    def _fill(self, record: CompanyRecord) -> None:
        self._base = record
        self.name.setText(record.row.name)
        self.must_know.setPlainText(record.must_know)

    def _add_note(self) -> None:
        one, said = self._company, self.note.toPlainText()
        if said.strip():
            self._work.do(
                lambda desk: desk.companies.add_note(one, said),
                self._noted,
                self._shell.trouble,
                owner=self,
            )

    def _noted(self, _nothing: None) -> None:
        self.note.clear()
        self.read_again()


class _Member(Opening):
    """One of its people; a click opens the record."""

    def __init__(self, row: CustomerRow, shell: ShellActions) -> None:
        super().__init__()
        self._row, self._shell = row, shell
        look = customer_look(row)
        line = QHBoxLayout(self)
        line.setContentsMargins(4, 3, 4, 3)
        line.setSpacing(8)
        line.addWidget(ElidedLabel(shown_name(row), size="strong"))
        line.addWidget(ElidedLabel(look.subject, tone="muted"), 1)
        if row.vip:
            line.addWidget(vip_chip(self))
        line.addWidget(label(look.when, tone="muted"))
        said = (shown_name(row), look.subject, look.when)
        self.setAccessibleName(", ".join(filter(None, said)))

    def open(self) -> None:
        self._shell.open_customer(self._row.id)


class _Note(Card):
    def __init__(self, note: CompanyNote) -> None:
        super().__init__("note", "note_edge")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 7, 12, 8)
        column.setSpacing(2)
        head = " · ".join(filter(None, (note.agent_name, text.day(note.at))))
        column.addWidget(label(head, size="small", tone="muted"))
        column.addWidget(label(note.text, wrap=True, selectable=True))


def _fields(record: CompanyRecord) -> CompanyEdit:
    return CompanyEdit(record.row.name, record.must_know)


def _read(desk: Desk, company: CompanyId, ask: TimelineAsk) -> _Shown:
    return _Shown(desk.companies.record(company), desk.companies.timeline(company, ask))
