"""Two people changed one thing: both values side by side, and a person decides."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui.announce import announce
from deskapp.ui.errors import explain

from .both_values import BothValues, Difference
from .buttons import push_button
from .card import Card
from .labels import label
from .scrolled import KeptInSight, Scrolled

__all__ = ["ConflictCard", "Difference"]

_RING = 1  # px around what scrolls
_TALLEST = 260  # px of values
_USUAL_PX = 13  # of letters; larger ones get more room


class ConflictCard(Card):
    """Hidden until there is a conflict. ``keep_mine`` saves over theirs, seen and on purpose.

    ``tallest``: pixels from which on the values scroll, so that the buttons stay in sight.
    """

    keep_mine = Signal()
    take_theirs = Signal()

    def __init__(self, parent: QWidget | None = None, *, tallest: int = _TALLEST) -> None:
        super().__init__("note", "note_edge", parent)
        told = explain(Problem(ProblemKind.CHANGED_MEANWHILE))
        self._tallest = tallest
        self._values = BothValues((), choosing=False)
        self._area = self._scrolled(self._values)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 10, 12, 12)
        self._column.setSpacing(6)
        self.words = label(f"{told.happened} {told.safe}", wrap=True)
        self._column.addWidget(label(told.title, size="strong"))
        self._column.addWidget(self.words)
        self._column.addWidget(self._area)
        self._said = self.tr("Save mine"), self.tr("Take theirs")
        self.mine = push_button(self._said[0], self.keep_mine.emit)
        self.theirs = push_button(self._said[1], self.take_theirs.emit)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.mine)
        row.addWidget(self.theirs)
        row.addStretch(1)
        self._column.addLayout(row)
        self._in_sight = KeptInSight(self)
        self.hide()

    def name(self, words: str, mine: str, theirs: str) -> None:
        """Says it in words that fit one place; ``mine`` and ``theirs`` stand on the buttons."""
        self.words.setText(words)
        self._said = mine, theirs
        self._name_buttons(choosing=False)

    def taken(self) -> tuple[int, ...]:
        """Of which differences a person chose theirs."""
        return self._values.taken()

    def show_both(self, differences: tuple[Difference, ...], *, choosing: bool = False) -> None:
        """The fields where keeping mine would replace something. ``choosing``: of several fields
        a person can choose each, and asks ``taken`` afterwards."""
        choosing = choosing and len(differences) > 1
        self._name_buttons(choosing=choosing)
        self._values = BothValues(differences, choosing=choosing)
        area = self._scrolled(self._values)
        self._column.replaceWidget(self._area, area)
        self._area.deleteLater()
        self._area = area
        area.setVisible(bool(differences))
        self.show()
        self.fit(self.width())
        self._order_keys()
        if differences:
            announce(self, self.words.text(), urgent=True)
            self._in_sight.begin()
            Scrolled.bring(self)

    def _name_buttons(self, *, choosing: bool) -> None:
        mine, theirs = self._said
        self.mine.setText(self.tr("Save as chosen") if choosing else mine)
        self.theirs.setText(self.tr("Take all of theirs") if choosing else theirs)

    def _order_keys(self) -> None:
        """Tab goes over the values to the buttons: what is new stands at the window's end else."""
        before: QWidget | None = self.mine
        while before is not None:
            before = before.previousInFocusChain()
            if before is self.mine or before is None:
                return
            stop = before.focusPolicy() is not Qt.FocusPolicy.NoFocus
            if stop and not self._area.isAncestorOf(before):
                break
        for one in self._values.stops():
            if before is not None:
                QWidget.setTabOrder(before, one)
            before = one

    def _scrolled(self, values: QWidget) -> QScrollArea:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setAccessibleName(self.tr("What was changed"))
        area.setWidget(values)
        values.setProperty("role", "scrolled")
        return area

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is wrapped is higher in a narrower window."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit(event.size().width())

    def showEvent(self, event: QShowEvent) -> None:
        """Now its fonts are known."""
        super().showEvent(event)
        self.fit(self.width())

    def fit(self, width: int) -> None:
        """As tall as the values need at that width, and no taller than ``tallest``: what is wrapped
        says its height only when its width is known."""
        layout = self._values.layout()
        margins = self._column.contentsMargins()
        room = width - margins.left() - margins.right() - 2 * _RING
        if layout is not None and room > 0:
            self._values.fit(room)
            wanted = layout.totalHeightForWidth(room) + 2 * _RING
            if layout.totalMinimumSize().width() > room:  # one word is wider than all of it
                wanted += self._area.horizontalScrollBar().sizeHint().height()
            tallest = self._tallest * self.fontInfo().pixelSize() // _USUAL_PX
            self._area.setFixedHeight(min(wanted, tallest))
            self._column.invalidate()  # who asks for its height now is told the new one
            self.updateGeometry()
