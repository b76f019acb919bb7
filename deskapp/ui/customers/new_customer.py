"""A customer who has not written yet."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from deskapp.domain.ids import CustomerId
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.form_dialog import FormDialog
from deskapp.ui.work import Work


class NewCustomer(FormDialog):
    """``made`` carries the CustomerId: a new one, or on request the one who has the contact."""

    made = Signal(object)

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(_tr("New customer"), label_width=96, parent=parent)
        self._work = work
        self._owner: CustomerId | None = None
        self.name, self.email, self.phone = form.line(), form.line(), form.line()
        self.fields.add(self.tr("Name"), self.name)
        self.fields.add(self.tr("Mail"), self.email)
        self.fields.add(self.tr("Phone"), self.phone)
        self.owner = push_button(self.tr("Open who has it"), self._open_owner)
        self.owner.hide()
        self.create_one = push_button(self.tr("Create"), self._create, kind="primary")
        self.lay_out(self.create_one, self.owner)

    def _create(self) -> None:
        name, email, phone = self.name.text(), self.email.text(), self.phone.text()
        self._work.do(
            lambda desk: desk.customers.create(name, email, phone),
            self._made,
            self._refused,
            owner=self,
        )

    def _made(self, customer: CustomerId) -> None:
        self.made.emit(customer)
        self.accept()

    def _refused(self, problem: Problem) -> None:
        owner = problem.details.get("customer")
        self._owner = CustomerId(owner) if isinstance(owner, int) else None
        self.owner.setVisible(self._owner is not None)
        if problem.kind is ProblemKind.EMPTY:
            self.say(self.tr("Write a name, a mail address or a phone number."))
        else:
            self.refused(problem)

    def _open_owner(self) -> None:
        if self._owner is not None:
            self._made(self._owner)


def _tr(said: str) -> str:
    return QCoreApplication.translate("NewCustomer", said)
