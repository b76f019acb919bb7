"""All records that may be one person's, with the reason; a person decides about each."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from deskapp.domain.duplicates import DuplicatePair
from deskapp.domain.ids import CustomerId
from deskapp.domain.problem import Problem
from deskapp.ui.errors import explain
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.card import Card
from deskapp.ui.pieces.emptying import clear
from deskapp.ui.pieces.labels import ElidedLabel, label, set_tone
from deskapp.ui.pieces.scrolled import Scrolled
from deskapp.ui.work import Work

from .customer_look import shown_name
from .duplicate_words import why

_SHOWN = 100


class DuplicatesDialog(QDialog):
    """``compare_wanted`` carries two CustomerIds, the older record's first."""

    compare_wanted = Signal(object, object)

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self.setWindowTitle(self.tr("Duplicates"))
        self.resize(640, 520)
        self.setMinimumSize(480, 360)
        self.told = label(self.tr("Looking…"), tone="muted", wrap=True)
        rows = QWidget()
        self._rows = QVBoxLayout(rows)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(push_button(self.tr("Close"), self.accept))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addWidget(self.told)
        column.addWidget(Scrolled(rows), 1)
        column.addLayout(foot)
        self.read_again()

    def read_again(self) -> None:
        """What is proposed now."""
        self._work.ask(
            lambda desk: desk.duplicates.pairs(_SHOWN),
            self._came,
            self._failed,
            owner=self,
            topic="pairs",
        )

    def _came(self, pairs: Sequence[DuplicatePair]) -> None:
        clear(self._rows)
        set_tone(self.told, "muted")
        said = self.tr("No two records look like one person's.")
        if pairs:
            said = self.tr("These may be one person's. Nothing is merged by itself.")
        self.told.setText(said)
        for pair in pairs:
            self._rows.addWidget(self._row(pair))
        self._rows.addStretch(1)

    def _row(self, pair: DuplicatePair) -> QWidget:
        row = _PairRow(pair)
        row.compare_wanted.connect(self._compare)
        row.refused.connect(self._refuse)
        return row

    def _compare(self, one: CustomerId, other: CustomerId) -> None:
        self.accept()
        self.compare_wanted.emit(one, other)

    def _refuse(self, one: CustomerId, other: CustomerId) -> None:
        self._work.do(
            lambda desk: desk.duplicates.refuse(one, other), self._refused, self._failed, owner=self
        )

    def _refused(self, _nothing: None) -> None:
        self.read_again()

    def _failed(self, problem: Problem) -> None:
        set_tone(self.told, "bad")
        self.told.setText(explain(problem).in_one())


class _PairRow(Card):
    """Two names, the reason below them, and what can be done; the signals carry both ids."""

    compare_wanted = Signal(object, object)
    refused = Signal(object, object)

    def __init__(self, pair: DuplicatePair) -> None:
        super().__init__()
        self._ids = (pair.one.id, pair.other.id)
        names = QVBoxLayout()
        names.setSpacing(2)
        for one in (pair.one, pair.other):
            reached = one.email or one.phone
            named = shown_name(one)
            said = named if reached in ("", named) else f"{named} · {reached}"
            names.addWidget(ElidedLabel(said))
        names.addWidget(ElidedLabel(why(self, pair), tone="muted"))
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 12, 10)
        row.setSpacing(8)
        row.addLayout(names, 1)
        row.addWidget(push_button(self.tr("Compare…"), self._compare))
        row.addWidget(push_button(self.tr("Not the same"), self._refuse))

    def _compare(self) -> None:
        self.compare_wanted.emit(*self._ids)

    def _refuse(self) -> None:
        self.refused.emit(*self._ids)
