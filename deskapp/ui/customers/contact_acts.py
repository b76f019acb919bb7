"""What the contacts card asks for, done on the desk; a removed contact can be put back."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from deskapp.desk import Desk
from deskapp.domain.ids import CustomerId
from deskapp.domain.kinds import ContactKind
from deskapp.domain.people import ContactEdit, ContactPoint, RemovedContact
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .contact_dialog import ContactDialog
from .contacts import ContactsCard


class ContactActs(QObject):
    """``changed`` comes after each write. ``customer`` is whose contacts the card shows."""

    changed = Signal()

    def __init__(self, work: Work, shell: ShellActions, card: ContactsCard) -> None:
        super().__init__(card)
        self._work, self._shell, self._card = work, shell, card
        self.customer: CustomerId | None = None
        card.added.connect(self._add)
        card.wanted.connect(self._wanted)
        card.owner_wanted.connect(shell.open_customer)

    def remove(self, one: ContactPoint) -> None:
        """Takes a contact off at once; the card offers to put it back."""
        self._work.do(
            lambda desk: desk.customers.remove_contact(one.id),
            self._removed,
            self._shell.trouble,
            owner=self._card,
        )

    def _add(self, kind: ContactKind, value: str, network: str) -> None:
        customer = self.customer
        if customer is not None:
            self._work.do(
                lambda desk: desk.customers.add_contact(customer, kind, value, network=network),
                self._added,
                self._card.show_problem,
                owner=self._card,
            )

    def _added(self, _contact: object) -> None:
        self._card.forget_typing()
        self.changed.emit()

    def _wanted(self, what: str, one: ContactPoint) -> None:
        if what == "edit":
            dialog = ContactDialog(self._work, one, self._card)
            dialog.accepted.connect(self.changed)
            dialog.open()
        elif what == "remove":
            self.remove(one)
        else:
            self._write(_ACTS[what](one))

    def _write(self, job: Callable[[Desk], object]) -> None:
        self._work.do(job, self._written, self._shell.trouble, owner=self._card)

    def _written(self, _done: object) -> None:
        self.changed.emit()

    def _removed(self, removed: RemovedContact) -> None:
        said = self.tr("{contact} is removed. Orders that came under it alone show here no more.")
        said = said.replace("{contact}", " ".join(removed.contact.value.split()))

        def put_back() -> None:
            self._write(lambda desk: desk.customers.put_back_contact(removed))

        self._card.notice.say(said, (self.tr("Put back"), put_back))
        self.changed.emit()


_ACTS: dict[str, Callable[[ContactPoint], Callable[[Desk], object]]] = {
    "prefer": lambda one: lambda desk: desk.customers.make_primary(one.id),
    "works": lambda one: lambda desk: desk.customers.clear_bounce(one.id),
    "verify": lambda one: (
        lambda desk: desk.customers.edit_contact(one.id, ContactEdit(verified=True))
    ),
    "doubt": lambda one: (
        lambda desk: desk.customers.edit_contact(one.id, ContactEdit(verified=False))
    ),
}
