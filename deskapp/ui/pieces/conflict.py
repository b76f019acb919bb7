"""Two people changed one thing: both values side by side, and a person decides."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui import text
from deskapp.ui.errors import explain

from .buttons import push_button
from .card import Card
from .labels import label

_RING = 1  # px around what scrolls


@dataclass(frozen=True, slots=True)
class Difference:
    """One field by its name on screen, as they have it and as we have it.

    ``seen``: what stood there when we looked, None where nobody says. ``who`` set theirs ``at``.
    """

    field: str
    theirs: str
    mine: str
    seen: str | None = None
    who: str = ""
    at: datetime | None = None


class ConflictCard(Card):
    """Hidden until there is a conflict. ``keep_mine`` saves over theirs, seen and on purpose.

    ``tallest``: pixels from which on the values scroll, so that the buttons stay in sight; 0: they
    take the room they need. Then ``fit`` wants to be told the width.
    """

    keep_mine = Signal()
    take_theirs = Signal()

    def __init__(self, parent: QWidget | None = None, *, tallest: int = 0) -> None:
        super().__init__("note", "note_edge", parent)
        told = explain(Problem(ProblemKind.CHANGED_MEANWHILE))
        self._tallest = tallest
        self._grid_holder = QWidget()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 10, 12, 12)
        self._column.setSpacing(6)
        self.words = label(f"{told.happened} {told.safe}", wrap=True)
        self._column.addWidget(label(told.title, size="strong"))
        self._column.addWidget(self.words)
        self._column.addWidget(self._grid_holder)
        self.mine = push_button(self.tr("Save mine"), self.keep_mine.emit)
        self.theirs = push_button(self.tr("Take theirs"), self.take_theirs.emit)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.mine)
        row.addWidget(self.theirs)
        row.addStretch(1)
        self._column.addLayout(row)
        self.hide()

    def name(self, words: str, mine: str, theirs: str) -> None:
        """Says it in words that fit one place; ``mine`` and ``theirs`` stand on the buttons."""
        self.words.setText(words)
        self.mine.setText(mine)
        self.theirs.setText(theirs)

    def show_both(self, differences: tuple[Difference, ...]) -> None:
        """The fields where keeping mine would replace something."""
        seen = any(one.seen is not None for one in differences)
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        heads = [self.tr("Field"), *([self.tr("You saw")] if seen else [])]
        for column, head in enumerate([*heads, self.tr("Theirs"), self.tr("Yours")]):
            grid.addWidget(label(head, size="small", tone="muted"), 0, column)
            grid.setColumnStretch(column, 1 if column else 0)
        top = Qt.AlignmentFlag.AlignTop
        for row, one in enumerate(differences, 1):
            grid.addWidget(label(one.field), row, 0, top)
            values = [one.seen or "", one.theirs, one.mine] if seen else [one.theirs, one.mine]
            for column, value in enumerate(values, 1):
                shown = label(value or self.tr("(empty)"), wrap=True, selectable=True)
                place = _with_author(shown, one) if column == len(values) - 1 else shown
                grid.addWidget(place, row, column, top)
        field_values = self._scrolled(holder) if self._tallest else holder
        self._column.replaceWidget(self._grid_holder, field_values)
        self._grid_holder.deleteLater()
        self._grid_holder = field_values
        field_values.setVisible(bool(differences))
        self.show()

    def _scrolled(self, holder: QWidget) -> QScrollArea:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(self.tr("What was changed"))
        area.setWidget(holder)
        holder.setProperty("role", "scrolled")
        return area

    def fit(self, width: int) -> None:
        """As tall as the values need at that width, and no taller than ``tallest``: what is wrapped
        says its height only when its width is known."""
        area = self._grid_holder
        inside = area.widget() if isinstance(area, QScrollArea) else None
        if inside is not None and (layout := inside.layout()) is not None:
            margins = self._column.contentsMargins()
            room = width - margins.left() - margins.right() - 2 * _RING
            wanted = layout.totalHeightForWidth(room) + 2 * _RING
            area.setFixedHeight(min(wanted, self._tallest))


def _with_author(shown: QWidget, one: Difference) -> QWidget:
    """Theirs, with who set it and how long ago below it."""
    if one.at is None:
        return shown
    now = datetime.now(one.at.tzinfo)
    ago = QCoreApplication.translate("ConflictCard", "{who}, {span} ago")
    if now - one.at < timedelta(minutes=1):
        ago = QCoreApplication.translate("ConflictCard", "{who}, just now")
    itself = QCoreApplication.translate("ConflictCard", "by itself")
    said = ago.replace("{who}", one.who or itself).replace("{span}", text.age(one.at, now))
    both = QWidget()
    column = QVBoxLayout(both)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(shown)
    column.addWidget(label(said, size="small", tone="muted", wrap=True))
    return both
