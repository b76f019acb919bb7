"""One customer's record: who, what to know and what is promised, contacts, fields, and the axis."""

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskapp.desk import Desk
from deskapp.domain.ids import CustomerId
from deskapp.domain.people import CustomerEdit, CustomerRecord, FieldChange
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.timeline import TimelineAsk, TimelinePage
from deskapp.ui.inbox.tags_dialog import TagsDialog
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.emptying import clear
from deskapp.ui.pieces.labels import label
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .axis import Axis
from .changes_dialog import ChangesDialog
from .consent_dialog import ConsentDialog
from .contact_acts import ContactActs
from .contacts import ContactsCard
from .editor import Editor
from .facts import Facts
from .head import RecordHead
from .own_field_acts import OwnFieldActs
from .own_fields import OwnFieldsCard
from .promises import PromisesCard
from .reading import Shown
from .timeline import Timeline


class RecordPane(QWidget):
    """Stays while its customer changes: what is being typed anywhere in it is kept.

    ``merge_wanted`` carries the CustomerId and that of who is to be merged into it, or None;
    ``changed`` comes after a write of ours, and when another part of the axis is to be read.
    """

    merge_wanted = Signal(object, object)
    export_wanted = Signal()
    erase_wanted = Signal()
    changed = Signal()

    def __init__(self, work: Work, shell: ShellActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work, self._shell = work, shell
        self._shown: Shown | None = None
        self.editor: Editor | None = None
        self._top = QVBoxLayout()
        self._top.setSpacing(12)
        self._facts = QVBoxLayout()
        self.promises = PromisesCard()
        self.contacts = ContactsCard()
        self.acts = ContactActs(work, shell, self.contacts)
        self.own = OwnFieldsCard()
        self._own_acts = OwnFieldActs(work, self.own)
        self.note = form.paragraph(name=self.tr("New note"), lines=2)
        self.note.setPlaceholderText(self.tr("A note for colleagues; customers never see it"))
        self.add_note = push_button(self.tr("Add note"), self._add_note)
        self.timeline = Timeline()
        self._axis = Axis(work, shell, self.timeline)
        self._lay_out()
        self._connect()
        self._note_typed()

    @property
    def record(self) -> CustomerRecord | None:
        return None if self._shown is None else self._shown.record

    @property
    def dirty(self) -> bool:
        """Whether something was typed here that would be lost with another customer."""
        editing = self.editor is not None and self.editor.dirty
        typed = self.note.toPlainText().strip() or self.contacts.value.text()
        return editing or bool(typed) or self.own.dirty

    def ask(self) -> TimelineAsk:
        """The part of the axis that is shown, to be read with the record."""
        return self.timeline.ask()

    def show_record(self, shown: Shown, *, merged: bool = False) -> None:
        """A customer, or the newest state of the one that is shown; ``merged``: the one into whom
        that one was merged, so that what is being typed is about them."""
        before, record = self._shown, shown.record
        same = before is not None and before.record.row.id == record.row.id
        self._shown = shown
        self.acts.customer = self._own_acts.customer = record.row.id
        if merged and self.editor is not None:
            self.editor.outdate()
        elif not same and not merged:
            self.editor = None
            self.forget_typing()
        known = before is not None and (before.record, before.contacted) == (
            record,
            shown.contacted,
        )
        if self.editor is None and not known:  # what has the keyboard is not made anew for nothing
            self._show_facts(shown)
        self.promises.show_promises(shown.promises)
        if not known:
            self.contacts.show_contacts(record.contacts)
        self.own.show_values(record.values)
        self.timeline.own = frozenset(one.key for one in record.contacts)
        self._axis.orders = {detail.row.id: detail.row for detail in shown.orders}
        self._axis.read = partial(_timeline, record.row.id)
        self.timeline.show_page(shown.page, self._axis.orders)

    def begin(self) -> None:
        """Another customer is about to be read: the axis begins with the newest of everything."""
        self.timeline.fold()

    def forget_typing(self) -> None:
        """Throws away what was typed and not saved."""
        self.note.clear()
        self.contacts.forget_typing()
        self.own.forget_typing()
        if self.editor is not None:
            self._stop_editing()

    def edit(self) -> None:
        """The facts become fields in place."""
        if self._shown is None or self.editor is not None:
            return
        clear(self._top)
        clear(self._facts)
        self.editor = Editor(self._shown.record)
        self.editor.saving.connect(self._save)
        self.editor.closed.connect(self._stop_editing)
        self._top.addWidget(self.editor)
        self.editor.name.setFocus()

    def _lay_out(self) -> None:
        noted = QHBoxLayout()
        noted.setSpacing(8)
        noted.addWidget(self.note, 1)
        side = QVBoxLayout()
        side.addWidget(self.add_note)
        side.addStretch(1)
        noted.addLayout(side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self._top)
        column.addWidget(self.promises)
        column.addLayout(self._facts)
        column.addWidget(self.contacts)
        column.addWidget(self.own)
        column.addLayout(noted)
        column.addSpacing(4)
        column.addWidget(label(self.tr("Everything with this customer"), size="card"))
        column.addWidget(self.timeline)
        column.addStretch(1)

    def _connect(self) -> None:
        self.acts.changed.connect(self.changed)
        self.contacts.merge_wanted.connect(self._merge_with)
        self._own_acts.changed.connect(self.changed)
        self.promises.opened.connect(self._axis.open)
        self.note.textChanged.connect(self._note_typed)

    def _show_facts(self, shown: Shown) -> None:
        clear(self._top)
        clear(self._facts)
        head = RecordHead(shown.record, shown.contacted)
        head.edit_wanted.connect(self.edit)
        head.window_wanted.connect(self._own_window)
        head.merge_wanted.connect(self._merge)
        head.export_wanted.connect(self.export_wanted)
        head.erase_wanted.connect(self.erase_wanted)
        facts = Facts(shown.record)
        facts.company_wanted.connect(self._open_company)
        facts.tags_wanted.connect(self._ask_tags)
        facts.consent_wanted.connect(self._ask_consent)
        facts.history_wanted.connect(self._ask_history)
        self._top.addWidget(head)
        self._facts.addWidget(facts)

    def _note_typed(self) -> None:
        self.add_note.setEnabled(bool(self.note.toPlainText().strip()))

    def _merge(self) -> None:
        self._merge_with(None)

    def _merge_with(self, other: CustomerId | None) -> None:
        if self.record is not None:
            self.merge_wanted.emit(self.record.row.id, other)

    def _own_window(self) -> None:
        if self.record is not None:
            self._shell.open_customer_window(self.record.row.id)

    def _open_company(self) -> None:
        if self.record is not None:
            self._shell.open_company(self.record.company_id)

    def _stop_editing(self) -> None:
        self.editor = None
        if self._shown is not None:
            self._show_facts(self._shown)
        self.changed.emit()

    def _save(self, edit: CustomerEdit, version: int) -> None:
        if (record := self.record) is None:
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
        if self.editor is None or self.record is None:
            self._shell.trouble(problem)
            return
        if problem.kind is not ProblemKind.CHANGED_MEANWHILE or "kept" in problem.details:
            self.editor.show_problem(problem)
            return
        customer = self.record.row.id
        self._work.ask(
            lambda desk: (desk.customers.record(customer), desk.customers.history(customer)),
            self._theirs_came,
            self.editor.show_problem,
            owner=self,
        )

    def _theirs_came(self, found: tuple[CustomerRecord, tuple[FieldChange, ...]]) -> None:
        if self.editor is not None:
            self.editor.show_conflict(*found)

    def _ask_history(self) -> None:
        if (record := self.record) is not None:
            one = record.row.id
            self._work.ask(lambda desk: desk.customers.history(one), self._history_came, owner=self)

    def _history_came(self, changes: tuple[FieldChange, ...]) -> None:
        ChangesDialog(changes, self).open()

    def _ask_tags(self) -> None:
        self._work.ask(lambda desk: desk.tickets.tags(), self._tags_known, owner=self)

    def _tags_known(self, known: Iterable[str]) -> None:
        if (record := self.record) is None:
            return
        one, before = record.row.id, record.tags
        dialog = TagsDialog(before, tuple(known), several=False, parent=self)

        def keep() -> None:
            after = dialog.tags()
            add = [tag for tag in after if tag not in before]
            remove = [tag for tag in before if tag not in after]
            self._write(lambda desk: desk.customers.tag(one, add, remove))

        dialog.accepted.connect(keep)
        dialog.open()

    def _ask_consent(self) -> None:
        if (record := self.record) is not None:
            dialog = ConsentDialog(self._work, record, self)
            dialog.accepted.connect(self.changed)
            dialog.open()

    def _add_note(self) -> None:
        noted = self.note.toPlainText()
        if (record := self.record) is not None and noted.strip():
            customer = record.row.id
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


def _timeline(one: CustomerId, desk: Desk, ask: TimelineAsk) -> TimelinePage:
    return desk.customers.timeline(one, ask)
