"""A section that is a list of cards, with a button below that adds one."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from deskapp.domain.problem import Problem
from deskapp.ui.errors import explain
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.emptying import clear
from deskapp.ui.pieces.labels import label

from .section import Section, side_by_side


class CardsSection(Section):
    """Who inherits calls ``lay_out_cards`` in the constructor and ``show_cards`` when rows came."""

    def lay_out_cards(self, adding: str) -> None:
        """``adding``: what the button says. Not in the constructor: the title comes first."""
        self._cards = QVBoxLayout()
        self._cards.setSpacing(8)
        self.add = push_button(adding, self.add_one, kind="primary")
        self.column.addLayout(self._cards)
        self.column.addWidget(side_by_side(self.add))
        self.column.addStretch(1)

    def add_one(self) -> None:
        """Opens the form for a new one."""
        raise NotImplementedError

    def show_cards(self, cards: Sequence[QWidget], nothing: str = "") -> None:
        """``nothing`` is said where there are none."""
        clear(self._cards)
        for card in cards or [label(nothing, wrap=True)]:
            self._cards.addWidget(card)

    def show_failed(self, problem: Problem) -> None:
        """They could not be read: why, and a button to try again."""
        clear(self._cards)
        self._cards.addWidget(label(explain(problem).in_one(), tone="bad", wrap=True))
        self._cards.addWidget(side_by_side(push_button(self.tr("Try again"), self.read_again)))
