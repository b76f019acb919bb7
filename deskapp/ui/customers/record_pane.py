"""One customer's record: who, what to know, contacts, notes, and everything on one axis."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMessageBox, QVBoxLayout, QWidget

from deskapp.desk import Desk
from deskapp.domain.ids import CustomerId
from deskapp.domain.kinds import ContactKind
from deskapp.domain.order_rows import OrderDetail
from deskapp.domain.people import ContactPoint, CustomerEdit, CustomerRecord
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.timeline import Happening, TimelineAsk, TimelineEntry, TimelinePage
from deskapp.ui import text
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.card import Card
from deskapp.ui.pieces.emptying import clear
from deskapp.ui.pieces.labels import ElidedLabel, label
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .contacts import ContactsCard
from .customer_look import shown_name
from .editor import Editor
from .timeline import Timeline

_MOST_ORDERS = 200
Shown = tuple[CustomerRecord, Sequence[OrderDetail], TimelinePage]
_KINDS = (Happening.TICKET, Happening.ORDER, Happening.NOTE)


def read_record(desk: Desk, customer: CustomerId) -> Shown:
    """In a lane: the record with its orders, for their states and sums."""
    record = desk.customers.record(customer)
    one = record.row.id
    page = desk.customers.timeline(one, TimelineAsk(_KINDS, limit=200))
    return record, desk.orders.for_customer(one, _MOST_ORDERS), page


class RecordPane(QWidget):
    """Stays while its customer changes: what is being typed anywhere in it is kept.

    ``merge_wanted`` carries the CustomerRecord; ``changed`` comes after a write of ours.
    """

    merge_wanted = Signal(object)
    changed = Signal()

    def __init__(self, work: Work, shell: ShellActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work, self._shell = work, shell
        self._record: CustomerRecord | None = None
        self.editor: Editor | None = None
        self._top = QVBoxLayout()
        self._top.setSpacing(12)
        self.contacts = ContactsCard()
        self.note = form.paragraph(name=self.tr("New note"), lines=2)
        self.note.setPlaceholderText(self.tr("A note for colleagues; customers never see it"))
        self.add_note = push_button(self.tr("Add note"), self._add_note)
        self.timeline = Timeline()
        self._lay_out()
        self.contacts.added.connect(self._add_contact)
        self.contacts.removed.connect(self._remove_contact)
        self.contacts.preferred.connect(self._prefer_contact)
        self.timeline.opened.connect(self._open)
        self.note.textChanged.connect(self._note_typed)
        self._note_typed()

    @property
    def record(self) -> CustomerRecord | None:
        return self._record

    @property
    def dirty(self) -> bool:
        """Whether something was typed here that would be lost with another customer."""
        editing = self.editor is not None and self.editor.dirty
        return editing or bool(self.note.toPlainText().strip() or self.contacts.value.text())

    def show_record(self, shown: Shown) -> None:
        """A customer, or the newest state of the one that is shown."""
        record, orders, page = shown
        same = self._record is not None and self._record.row.id == record.row.id
        self._record = record
        if not same:
            self.editor = None
            self.forget_typing()
            self.timeline.fold()
        if self.editor is None:
            self._show_facts(record)
        self.contacts.show_contacts(record.contacts)
        rows = {detail.row.id: detail.row for detail in orders}
        self.timeline.show_entries(page.entries, rows)

    def forget_typing(self) -> None:
        """Throws away what was typed and not saved."""
        self.note.clear()
        self.contacts.forget_typing()
        if self.editor is not None:
            self._stop_editing()

    def edit(self) -> None:
        """The facts become fields in place."""
        if self._record is None or self.editor is not None:
            return
        clear(self._top)
        self.editor = Editor(self._record)
        self.editor.saving.connect(self._save)
        self.editor.closed.connect(self._stop_editing)
        self._top.addWidget(self.editor)
        self.editor.name.setFocus()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self._top)
        column.addWidget(self.contacts)
        noted = QHBoxLayout()
        noted.setSpacing(8)
        noted.addWidget(self.note, 1)
        side = QVBoxLayout()
        side.addWidget(self.add_note)
        side.addStretch(1)
        noted.addLayout(side)
        column.addLayout(noted)
        column.addSpacing(4)
        column.addWidget(label(self.tr("Everything with this customer"), size="card"))
        column.addWidget(self.timeline)
        column.addStretch(1)

    def _show_facts(self, record: CustomerRecord) -> None:
        clear(self._top)
        row = record.row
        head = QWidget()
        line = QHBoxLayout(head)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(label(shown_name(row), size="title", wrap=True, selectable=True), 1)
        for button in (
            push_button(self.tr("Edit"), self.edit),
            push_button(self.tr("Merge…"), self._merge),
        ):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._top.addWidget(head)
        since = self.tr("customer since {date}").replace("{date}", text.day(row.created_at))
        tickets = self.tr("%n ticket(s)", "", row.ticket_count)
        opened = self.tr("%n open", "", row.open_count)
        orders = self.tr("%n order(s)", "", row.order_count)
        said = " · ".join((since, tickets, opened, orders))
        self._top.addWidget(ElidedLabel(said, tone="muted"))
        if row.must_know:
            known = Card("note", "note_edge")
            known.setAccessibleName(self.tr("Must know"))
            inner = QVBoxLayout(known)
            inner.setContentsMargins(14, 8, 12, 8)
            inner.addWidget(label(row.must_know, wrap=True, selectable=True))
            self._top.addWidget(known)
        facts = (
            (self.tr("Form of address"), record.honorific),
            (self.tr("Language"), text.language_name(row.language)),
            (self.tr("Time zone"), record.time_zone),
            (self.tr("Company"), record.company),
            (self.tr("Address"), record.address),
        )
        if any(value for _, value in facts):
            self._top.addWidget(_grid(facts))

    def _note_typed(self) -> None:
        self.add_note.setEnabled(bool(self.note.toPlainText().strip()))

    def _merge(self) -> None:
        self.merge_wanted.emit(self._record)

    def _stop_editing(self) -> None:
        self.editor = None
        if self._record is not None:
            self._show_facts(self._record)
        self.changed.emit()

    def _save(self, edit: CustomerEdit, version: int) -> None:
        record = self._record
        if record is None:
            return
        customer = record.row.id
        self._work.do(
            lambda desk: desk.customers.edit(customer, edit, version),
            self._saved,
            self._not_saved,
            owner=self,
        )

    def _saved(self, _row: object) -> None:
        self._shell.tell(self.tr("Saved"))
        self._stop_editing()

    def _not_saved(self, problem: Problem) -> None:
        if self.editor is None or self._record is None:
            self._shell.trouble(problem)
            return
        if problem.kind is not ProblemKind.CHANGED_MEANWHILE or "kept" in problem.details:
            self.editor.show_problem(problem)
            return
        customer = self._record.row.id
        self._work.ask(
            lambda desk: desk.customers.record(customer),
            self._theirs_came,
            self.editor.show_problem,
            owner=self,
        )

    def _theirs_came(self, theirs: CustomerRecord) -> None:
        self._record = theirs
        if self.editor is not None:
            self.editor.show_conflict(theirs)

    def _add_contact(self, kind: ContactKind, value: str) -> None:
        if self._record is not None:
            customer = self._record.row.id
            self._work.do(
                lambda desk: desk.customers.add_contact(customer, kind, value),
                self._contact_added,
                self.contacts.show_problem,
                owner=self,
            )

    def _contact_added(self, _contact: object) -> None:
        self.contacts.forget_typing()
        self.changed.emit()

    def _remove_contact(self, one: ContactPoint) -> None:
        box = QMessageBox(self)
        box.setWindowTitle(self.tr("Remove contact"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(self.tr("Remove {contact}?").replace("{contact}", one.value))
        box.setInformativeText(
            self.tr("Tickets stay. Orders that came under it alone no longer show here.")
        )
        removes = box.addButton(self.tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.exec()
        if box.clickedButton() is removes:
            self.remove_contact(one)

    def remove_contact(self, one: ContactPoint) -> None:
        """Takes a contact off without a question."""
        self._write(lambda desk: desk.customers.remove_contact(one.id))

    def _prefer_contact(self, one: ContactPoint) -> None:
        self._write(lambda desk: desk.customers.make_primary(one.id))

    def _add_note(self) -> None:
        noted = self.note.toPlainText()
        if self._record is not None and noted.strip():
            customer = self._record.row.id
            self._work.do(
                lambda desk: desk.customers.add_note(customer, noted),
                self._noted,
                self._shell.trouble,
                owner=self,
            )

    def _noted(self, _nothing: None) -> None:
        self.note.clear()
        self.changed.emit()

    def _write(self, job: Callable[[Desk], object]) -> None:
        self._work.do(job, self._written, self._shell.trouble, owner=self)

    def _written(self, _done: object) -> None:
        self.changed.emit()

    def _open(self, entry: TimelineEntry) -> None:
        if entry.ticket_id is not None:
            self._shell.open_ticket(entry.ticket_id)
        elif entry.order_id is not None:
            self._shell.open_order(entry.title)


def _grid(facts: Sequence[tuple[str, str]]) -> QWidget:
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    grid.setColumnMinimumWidth(0, form.NAMES_WIDTH)
    grid.setColumnStretch(1, 1)
    for line, (name, value) in enumerate(fact for fact in facts if fact[1]):
        named = label(name, tone="muted")
        grid.addWidget(named, line, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(value, wrap=True, selectable=True), line, 1)
    return holder
