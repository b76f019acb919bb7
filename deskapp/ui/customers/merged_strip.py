"""Lines above a record: what was merged into it, who may be the same person, who was erased."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskapp.desk import Desk
from deskapp.domain.duplicates import DuplicatePair
from deskapp.domain.erasing import StoneKind
from deskapp.domain.ids import CustomerId
from deskapp.domain.merging_people import MergeRow
from deskapp.domain.people import CustomerRecord
from deskapp.ui import text
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.emptying import clear
from deskapp.ui.pieces.labels import label

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
    return Beside(
        one, desk.customers.merges(one), desk.duplicates.of(one), desk.erasing.erased_before(stones)
    )


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
            line = self._add(self._merge_words(row), row.merged)
            line.offer_first(self.tr("Undo the merge"))
            line.first.connect(self.undo_wanted)
        for pair in beside.pairs[:_MOST]:
            other = pair.other if pair.one.id == beside.customer else pair.one
            said = self.tr("{name} may be the same person: {why}.")
            said = said.replace("{name}", shown_name(other)).replace("{why}", why(self, pair))
            line = self._add(said, other.id)
            line.offer_first(self.tr("Compare…"))
            line.first.connect(self.compare_wanted)
            line.offer_second(self.tr("Not the same"))
            line.second.connect(self.refused)
        if beside.erased_at is not None:
            said = self.tr(
                "Somebody with this contact was erased here on {date}. What was before is gone."
            )
            self._add(said.replace("{date}", text.day(beside.erased_at)), beside.customer)
        self.setVisible(self._lines.count() > 0)

    def _merge_words(self, row: MergeRow) -> str:
        said = self.tr("{name} was merged into this record on {date}.")
        if row.agent_name:
            said = self.tr("{agent} merged {name} into this record on {date}.")
        named = row.name or self.tr("Another record")
        said = said.replace("{agent}", row.agent_name).replace("{date}", text.day(row.at))
        return said.replace("{name}", named)

    def _add(self, said: str, about: CustomerId) -> "_Line":
        line = _Line(said, about)
        self._lines.addWidget(line)
        return line


class _Line(QWidget):
    """A sentence about one other record, with up to two buttons: their signals carry its id."""

    first = Signal(object)
    second = Signal(object)

    def __init__(self, said: str, about: CustomerId) -> None:
        super().__init__()
        self._about = about
        self.setProperty("role", "banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(32, 6, 12, 6)
        self._row.setSpacing(8)
        self._row.addWidget(label(said, wrap=True), 1)

    def offer_first(self, words: str) -> None:
        self._row.addWidget(push_button(words, self._first))

    def offer_second(self, words: str) -> None:
        self._row.addWidget(push_button(words, self._second))

    def _first(self) -> None:
        self.first.emit(self._about)

    def _second(self) -> None:
        self.second.emit(self._about)
