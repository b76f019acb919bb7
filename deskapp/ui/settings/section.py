"""What every section of the settings is: a title, a sentence, and parts below each other."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskapp.domain.changes import Changes
from deskapp.ui.pieces.labels import label
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

WIDEST = 760


class Section(QWidget):
    """``areas`` of a Changes that concern it make it read again."""

    areas: frozenset[str] = frozenset()

    def __init__(self, work: Work, shell: ShellActions) -> None:
        super().__init__()
        self.work, self.shell = work, shell
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)

    def introduce(self, title: str, lead: str = "") -> None:
        """The title and the sentence on top. Not in the constructor: tr() needs it done."""
        self.setAccessibleName(title)
        self.column.addWidget(label(title, size="title"))
        if lead:
            self.column.addWidget(label(lead, tone="muted", wrap=True))

    def read_again(self) -> None:
        """Shows what is there now; called when the section is opened."""

    def changed(self, changes: Changes) -> None:
        if changes.areas & self.areas:
            self.read_again()


def side_by_side(*parts: QWidget, gap: int = 8) -> QWidget:
    """Parts in a row that keep their size, with room at the right."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(gap)
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    return holder
