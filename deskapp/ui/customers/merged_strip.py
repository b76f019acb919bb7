"""Lines above a record: what was merged into it, who may be the same person, who was erased."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from deskapp.desk import Desk
from deskapp.domain.duplicates import DuplicatePair
from deskapp.domain.erasing import StoneKind
from deskapp.domain.ids import CustomerId
from deskapp.domain.merging_people import MergeRow
from deskapp.domain.people import CustomerRecord
from deskapp.ui import text
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.emptying import clear
from deskapp.ui.pieces.labels import ElidedLabel

from .customer_look import shown_name
from .duplicate_words import why

_MOST = 2  # lines of a sort; more would push the record out of sight


@dataclass(frozen=True, slots=True)
class Beside:
    """What a record's lines are made of."""

    customer: CustomerId
    merges: tuple[MergeRow, ...]
    pairs: tuple[DuplicatePair, ...]
    erased_at: datetime | None


def read_beside(desk: Desk, record: CustomerRecord) -> Beside:
    """In a lane."""
    one = record.row.id
    stones = [
        (StoneKind(contact.kind.value), contact.key)
        for contact in record.contacts
        if contact.kind.value in set(StoneKind)
    ]
    return Beside(one, desk.customers.merges(one), desk.duplicates.of(one), desk.erasing.erased_before(stones))


class MergedStrip(QWidget):
    """``undo_wanted`` carries the CustomerId of the record that went into the other;
    ``compare_wanted`` and ``refused`` that of a record which may be the same person's."""

    undo_wanted = Signal(object)
    compare_wanted = Signal(object)
    refused = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(1)
        self.hide()

    def show_beside(self, beside: Beside) -> None:
        """Nothing is shown where there is nothing to say."""
        clear(self._lines)
        for row in beside.merges[:_MOST]:
            self._add(self._merge_words(row), [self._undo(row.merged)])
        for pair in beside.pairs[:_MOST]:
            other = pair.other if pair.one.id == beside.customer else pair.one
            said = self.tr("{name} may be the same person: {why}.")
            said = said.replace("{name}", shown_name(other)).replace("{why}", why(self, pair))
            compare = push_button(self.tr("Compare…"), partial(self._compare, other.id))
            refuse = push_button(self.tr("Not the same"), partial(self._refuse, other.id))
            self._add(said, [compare, refuse])
        if beside.erased_at is not None:
            said = self.tr(
                "Somebody with this contact was erased here on {date}. What was before is gone."
            )
            self._add(said.replace("{date}", text.day(beside.erased_at)), [])
        self.setVisible(self._lines.count() > 0)

    def _merge_words(self, row: MergeRow) -> str:
        said = self.tr("{name} was merged into this record on {date}.")
        if row.agent_name:
            said = self.tr("{agent} merged {name} into this record on {date}.")
        named = row.name or self.tr("Another record")
        said = said.replace("{agent}", row.agent_name).replace("{date}", text.day(row.at))
        return said.replace("{name}", named)

    def _add(self, said: str, buttons: Sequence[QPushButton]) -> None:
        line = QWidget()
        line.setProperty("role", "banner")
        line.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(line)
        row.setContentsMargins(32, 6, 12, 6)
        row.setSpacing(8)
        row.addWidget(ElidedLabel(said), 1)
        for button in buttons:
            row.addWidget(button)
        self._lines.addWidget(line)

    def _undo(self, merged: CustomerId) -> QPushButton:
        wanted: Callable[[], None] = partial(self._undo_now, merged)
        return push_button(self.tr("Undo the merge"), wanted)

    def _undo_now(self, merged: CustomerId) -> None:
        self.undo_wanted.emit(merged)

    def _compare(self, other: CustomerId) -> None:
        self.compare_wanted.emit(other)

    def _refuse(self, other: CustomerId) -> None:
        self.refused.emit(other)

