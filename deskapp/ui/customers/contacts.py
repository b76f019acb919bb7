"""The ways to reach a customer: which is first, which bounced; added, changed, removed, undone."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from deskapp.domain.handles import NETWORKS
from deskapp.domain.ids import CustomerId
from deskapp.domain.kinds import ContactKind
from deskapp.domain.people import ContactPoint
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui.errors import explain
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.card import Card
from deskapp.ui.pieces.emptying import clear
from deskapp.ui.pieces.labels import label
from deskapp.ui.pieces.notice import Notice

from .contact_row import ContactRow, kind_name

_ANY = ""


class ContactsCard(Card):
    """What is being typed stays while the contacts above it change.

    ``added`` carries (ContactKind, text, network), ``wanted`` (what, ContactPoint): "edit",
    "prefer", "verify", "doubt", "works" or "remove". ``owner_wanted`` and ``merge_wanted`` carry
    the CustomerId who has what was to be added.
    """

    added = Signal(object, str, str)
    wanted = Signal(str, object)
    owner_wanted = Signal(object)
    merge_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(self.tr("Contacts"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        kinds = [(kind_name(kind), kind.value) for kind in ContactKind]
        self.kind = form.choice(kinds, ContactKind.MAIL.value, name=self.tr("Kind of contact"))
        networks = [(self.tr("network"), _ANY), *((one.capitalize(), one) for one in NETWORKS)]
        self.network = form.choice(networks, _ANY, name=self.tr("Network of the handle"))
        self.value = form.line(name=self.tr("New contact"))
        self.add = push_button(self.tr("Add"), self._add)
        self.add.setAccessibleName(self.tr("Add this contact"))
        self.value.returnPressed.connect(self._add)
        self.value.textChanged.connect(self._typed)
        self.kind.currentIndexChanged.connect(self._kind_chosen)
        self.told = label(tone="bad", wrap=True)
        self.notice = Notice()
        self._owners = QHBoxLayout()
        self._owner: CustomerId | None = None
        self.owner: QPushButton = push_button(self.tr("Open their record"), self._go_there)
        self.merge: QPushButton = push_button(self.tr("Merge the two…"), self._merge)
        self._lay_out()
        self._kind_chosen()
        self._typed("")

    def show_contacts(self, contacts: tuple[ContactPoint, ...]) -> None:
        clear(self._rows)
        for one in contacts:
            row = ContactRow(one, _is_choice(one, contacts))
            row.wanted.connect(self.wanted)
            self._rows.addWidget(row)
        if not contacts:
            self._rows.addWidget(label(self.tr("No contact is known."), tone="muted"))

    def forget_typing(self) -> None:
        """After it was added, or for another customer."""
        self.value.clear()
        self.notice.clear()

    def show_problem(self, problem: Problem) -> None:
        """Why it was not added; what was typed stays. Whose it is can be gone to, or merged."""
        told = explain(problem)
        self.told.setText(f"{told.happened} {told.todo}")
        self.told.show()
        owner = problem.details.get("customer")
        known = problem.kind is ProblemKind.DUPLICATE and isinstance(owner, int)
        self._owner = CustomerId(int(str(owner))) if known else None
        if known:
            self.told.setText(self.tr("Another customer has this contact already."))
        self.owner.setVisible(known)
        self.merge.setVisible(known)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.kind)
        line.addWidget(self.network)
        line.addWidget(self.value, 1)
        line.addWidget(self.add)
        self._owners.setSpacing(8)
        self._owners.addWidget(self.owner)
        self._owners.addWidget(self.merge)
        self._owners.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 12, 12)
        column.setSpacing(8)
        column.addLayout(self._rows)
        column.addWidget(self.notice)
        column.addLayout(line)
        column.addWidget(self.told)
        column.addLayout(self._owners)

    def _kind_chosen(self) -> None:
        kind = ContactKind(str(self.kind.currentData()))
        self.network.setVisible(kind is ContactKind.HANDLE)
        self.value.setPlaceholderText(
            {
                ContactKind.MAIL: self.tr("Add a mail address"),
                ContactKind.PHONE: self.tr("Add a number as they write it"),
                ContactKind.HANDLE: self.tr("Add a name, or paste the link of a profile"),
                ContactKind.POSTAL: self.tr("Add street, town"),
            }[kind]
        )

    def _typed(self, typed: str) -> None:
        self.add.setEnabled(bool(typed.strip()))
        self._owner = None
        for part in (self.told, self.owner, self.merge):
            part.hide()

    def _add(self) -> None:
        if typed := self.value.text().strip():
            kind = ContactKind(str(self.kind.currentData()))
            network = str(self.network.currentData()) if kind is ContactKind.HANDLE else ""
            self.added.emit(kind, typed, network)

    def _go_there(self) -> None:
        self.owner_wanted.emit(self._owner)

    def _merge(self) -> None:
        self.merge_wanted.emit(self._owner)


def _is_choice(one: ContactPoint, contacts: tuple[ContactPoint, ...]) -> bool:
    """Whether there is another of its kind to be used instead."""
    return sum(other.kind is one.kind for other in contacts) > 1
