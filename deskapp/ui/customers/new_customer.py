"""A customer who has not written yet."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from deskapp.domain.ids import CustomerId
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui.errors import explain
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import label
from deskapp.ui.work import Work


class NewCustomer(QDialog):
    """``made`` carries the CustomerId: a new one, or on request the one who has the contact."""

    made = Signal(object)

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._owner: CustomerId | None = None
        self.setWindowTitle(self.tr("New customer"))
        self.setMinimumWidth(440)
        self.name, self.email, self.phone = form.line(), form.line(), form.line()
        fields = form.Form(96)
        fields.add(self.tr("Name"), self.name)
        fields.add(self.tr("Mail"), self.email)
        fields.add(self.tr("Phone"), self.phone)
        self.told = label(tone="bad", wrap=True)
        self.told.hide()
        self.owner = push_button(self.tr("Open who has it"), self._open_owner)
        self.owner.hide()
        self.create_one = push_button(self.tr("Create"), self._create, kind="primary")
        self.create_one.setDefault(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.owner)
        buttons.addStretch(1)
        buttons.addWidget(push_button(self.tr("Cancel"), self.reject))
        buttons.addWidget(self.create_one)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(16)
        column.addWidget(fields)
        column.addWidget(self.told)
        column.addLayout(buttons)

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
        told = explain(problem)
        said = f"{told.happened} {told.todo}"
        if problem.kind is ProblemKind.EMPTY:
            said = self.tr("Write a name, a mail address or a phone number.")
        self.told.setText(said)
        self.told.show()
        owner = problem.details.get("customer")
        self._owner = CustomerId(owner) if isinstance(owner, int) else None
        self.owner.setVisible(self._owner is not None)
        form.make_room(self)

    def _open_owner(self) -> None:
        if self._owner is not None:
            self._made(self._owner)
