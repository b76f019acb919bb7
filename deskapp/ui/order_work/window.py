"""The list of all there is to do about orders: returns, approvals, forms, acts in shops."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from deskapp.desk import Desk
from deskapp.domain.changes import Changes
from deskapp.domain.order_act_rows import ActRow
from deskapp.domain.order_forms import OrderForm
from deskapp.domain.return_cases import ReturnCase
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import label
from deskapp.ui.pieces.scrolled import Scrolled
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .days import today
from .opening import Opening
from .rows import Lines, act_lines, form_lines, return_lines

_AREAS = frozenset({"acts", "returns"})
_Found = tuple[list[ActRow], list[ActRow], list[ReturnCase], list[OrderForm]]


class OrderWork(QDialog):
    """What waits for the one who looks stands on top; a return whose day has gone by is red."""

    def __init__(self, work: Work, shell: ShellActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Returns and order work"))
        self.resize(640, 620)
        self._work, self._shell = work, shell
        self._opening = Opening(work, shell, self, self.read_again)
        self._mine = Lines(self.tr("WAITING FOR YOUR APPROVAL"))
        self._acts = Lines(self.tr("IN THE SHOPS"))
        self._returns = Lines(self.tr("OPEN RETURN CASES"))
        self._forms = Lines(self.tr("ORDER FORMS"))
        self._nothing = label(self.tr("Nothing is open."), tone="muted")
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for part in (self._mine, self._acts, self._returns, self._forms, self._nothing):
            column.addWidget(part)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 12)
        outer.addWidget(Scrolled(inside, margins=(20, 16, 20, 8), widest=760), 1)
        row = QHBoxLayout()
        row.setContentsMargins(20, 0, 20, 0)
        row.addStretch(1)
        row.addWidget(push_button(self.tr("Close"), self.accept))
        outer.addLayout(row)
        shell.desk_changed.connect(self._changed)
        self.read_again()

    def read_again(self) -> None:
        self._work.ask(_read, self._came, self._shell.trouble, owner=self, topic="work")

    def _changed(self, changes: Changes) -> None:
        if changes.areas & _AREAS:
            self.read_again()

    def _came(self, found: _Found) -> None:
        mine, acts, cases, forms = found
        waiting = {one.id for one in mine}
        others = [one for one in acts if one.id not in waiting]
        to = self._opening
        self._mine.show_lines(act_lines(mine, to))
        self._acts.show_lines(act_lines(others, to))
        self._returns.show_lines(return_lines(cases, to, today()))
        self._forms.show_lines(form_lines(forms, to))
        self._nothing.setVisible(not any((acts, cases, forms)))


def _read(desk: Desk) -> _Found:
    return (
        desk.order_acts.for_me(),
        desk.order_acts.open(),
        desk.returns.open(),
        desk.order_forms.open(),
    )
