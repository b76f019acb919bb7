"""Where orders come from, and when each source was last read: shown while no order is open."""

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskapp.domain.order_rows import OrderSourceRow
from deskapp.ui import text
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.card import Card
from deskapp.ui.pieces.labels import ElidedLabel, label

from .file_words import profile_name


class SourcesPage(QWidget):
    """``imports`` opens the import of a file."""

    def __init__(self, sources: tuple[OrderSourceRow, ...], imports: Callable[[], None]) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Order sources"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(self.tr("Order sources"), size="title"))
        said = self.tr(
            "Choose an order to see it whole. Import a shop's file again whenever you like: known "
            "orders are brought up to date, none is doubled."
        )
        column.addWidget(label(said, tone="muted", wrap=True))
        column.addSpacing(4)
        for source in sources:
            column.addWidget(self._source(source))
        if not sources:
            column.addWidget(label(self.tr("No file was imported yet."), wrap=True))
        row = QHBoxLayout()
        row.addWidget(push_button(self.tr("Import a file…"), imports, kind="primary"))
        row.addStretch(1)
        column.addSpacing(4)
        column.addLayout(row)
        column.addStretch(1)

    def _source(self, source: OrderSourceRow) -> Card:
        card = Card()
        line = QHBoxLayout(card)
        line.setContentsMargins(16, 10, 16, 10)
        line.setSpacing(8)
        line.addWidget(label(source.name, size="strong", selectable=True))
        line.addWidget(ElidedLabel(profile_name(source.profile), tone="muted"), 1)
        line.addWidget(label(self.tr("%n order(s)", "", source.orders)))
        when = self.tr("never read")
        if source.read_at is not None:
            stamp = text.stamp(source.read_at, datetime.now(UTC))
            when = self.tr("read {when}").replace("{when}", stamp)
        line.addWidget(label(when, tone="muted"))
        return card
