"""Asks for the password of a desk's database, where nothing kept it or the server refused it."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from deskapp.desk import Desk
from deskapp.domain.desk_address import with_password, without_password
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui.errors import explain
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import label

from .no_keyring import no_keyring_words

_ASKED_FOR = (ProblemKind.NO_SECRET, ProblemKind.SIGN_IN_REFUSED)


class AskDeskPassword(QDialog):
    """``password`` is what was typed. ``lasting`` says whether it will be kept."""

    def __init__(
        self, place: str, problem: Problem, lasting: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Password of the desk"))
        self.setMinimumWidth(480)
        self.field = form.line(secret=True)
        self.field.setAccessibleName(self.tr("Password of the database"))
        fields = form.Form()
        fields.add(self.tr("Password"), self.field)
        said = self.tr("The desk is on a database server that asks for a password: {place}")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(label(said.replace("{place}", place), wrap=True, selectable=True))
        if problem.kind is ProblemKind.SIGN_IN_REFUSED:
            column.addWidget(label(explain(problem).happened, tone="bad", wrap=True))
        column.addWidget(fields)
        if not lasting:
            column.addWidget(label(no_keyring_words(), tone="muted", wrap=True))
        column.addLayout(self._buttons())
        self.field.textChanged.connect(self._typed)
        self._typed("")

    @property
    def password(self) -> str:
        return self.field.text()

    def _buttons(self) -> QHBoxLayout:
        self.give_up = push_button(self.tr("Cancel"), self.reject)
        self.go_on = push_button(self.tr("Open the desk"), self.accept, kind="primary")
        self.go_on.setDefault(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.give_up)
        buttons.addWidget(self.go_on)
        return buttons

    def _typed(self, text: str) -> None:
        self.go_on.setEnabled(bool(text))


def open_asking(
    open_desk: Callable[[str], Desk], address: str, lasting: Callable[[], bool]
) -> tuple[Desk, str] | None:
    """The desk, and its address with the password that opened it; None when somebody gave up.

    ``lasting`` tells whether passwords are kept. Raises what ``open_desk`` raises but for a
    password that is missing or refused.
    """
    while True:
        try:
            return open_desk(address), address
        except Problem as problem:
            if problem.kind not in _ASKED_FOR or problem.details.get("what") != "desk":
                raise
            asked = AskDeskPassword(without_password(address), problem, lasting())
        if not asked.exec():
            return None
        address = with_password(address, asked.password)
