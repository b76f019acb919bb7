"""Tickets were ended whose children are still open: are these to end too?"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from deskapp.domain.ids import TicketId
from deskapp.domain.linking import LinkedTicket
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import ElidedLabel, label

_NAMED = 6


class ChildrenDialog(QDialog):
    """``wanted`` carries the ids of the children, when they are to end too."""

    wanted = Signal(object)

    def __init__(
        self, children: dict[TicketId, tuple[LinkedTicket, ...]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._children = {child.id: child for some in children.values() for child in some}
        count = len(self._children)
        self.setWindowTitle(self.tr("Child tickets are still open"))
        self.setMinimumWidth(440)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(8)
        said = self.tr("%n ticket(s) that belong to what has just ended are open:", "", count)
        column.addWidget(label(said, wrap=True))
        for child in list(self._children.values())[:_NAMED]:
            column.addWidget(ElidedLabel(f"#{child.number}  {' '.join(child.subject.split())}"))
        if (rest := count - _NAMED) > 0:
            column.addWidget(label(self.tr("and %n more", "", rest), tone="muted"))
        column.addSpacing(8)
        leave = push_button(self.tr("Leave them open"), self.reject)
        end = push_button(self.tr("End them too"), self._end, kind="primary")
        leave.setDefault(True)  # Enter, pressed on for the next ticket, ends nothing
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(leave)
        row.addWidget(end)
        column.addLayout(row)

    def _end(self) -> None:
        self.accept()
        self.wanted.emit(list(self._children))
