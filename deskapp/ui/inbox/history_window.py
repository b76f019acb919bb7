"""The whole history of a ticket: when, what and by whom, and why, newest first."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from deskapp.domain.ids import MoveId
from deskapp.domain.moving import MoveRow
from deskapp.domain.tickets import Conversation
from deskapp.ui import text, words
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import ElidedLabel

from .history_words import move_line, why

_WHEN, _WHAT, _WHY = range(3)
_FIRST_SIZE = (860, 520)
_WHY_LEAST = 160  # px: most rows have no reason, and what happened gets the room
_AROUND = 24  # px beside a cell's words
_MOVES = 6  # undoable ones that have a line


class HistoryWindow(QDialog):
    """Every event in a whole sentence. It can be copied as text, and stays beside the work.

    ``undo_wanted`` carries the MoveId of a merge, split or move that is to be undone.
    """

    undo_wanted = Signal(object)

    def __init__(self, conversation: Conversation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        number = conversation.ticket.number
        self.setWindowTitle(self.tr("History of ticket {number}").format(number=number))
        self.resize(*_FIRST_SIZE)
        rows = [
            (
                f"{text.day(one.at)} {text.clock(one.at)}",
                words.event(one),
                why(one, conversation.messages, conversation.events),
            )
            for one in reversed(conversation.events)
        ]
        self.table = self._table(rows)
        buttons = QHBoxLayout()
        buttons.addWidget(push_button(self.tr("Copy as text"), self.copy))
        buttons.addStretch(1)
        close = push_button(self.tr("Close"), self.close)
        close.setDefault(True)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.table, 1)
        for move in conversation.moves[-_MOVES:]:
            column.addLayout(self._undoable(move))
        column.addLayout(buttons)

    def _undoable(self, move: MoveRow) -> QHBoxLayout:
        """A line for what can still be undone, whoever did it."""
        words = move_line(move)
        line = QHBoxLayout()
        line.addWidget(ElidedLabel(words), 1)
        undo = push_button(self.tr("Undo this"), partial(self._want_undo, move.id))
        undo.setAccessibleName(self.tr("Undo: {act}").replace("{act}", words))
        line.addWidget(undo)
        return line

    def _want_undo(self, move: MoveId) -> None:
        self.undo_wanted.emit(move)
        self.close()  # what it shows is old now

    def copy(self) -> None:
        """The lines with tabs between, for a mail or a sheet."""
        cells = (
            [self._said(row, place) for place in range(3)] for row in range(self.table.rowCount())
        )
        QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in cells))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Why gets the room that what happened leaves; where there is too little, both wrap."""
        super().resizeEvent(event)
        self._share.start()

    def _share_room(self) -> None:
        head, fonts = self.table.horizontalHeader(), self.table.fontMetrics()
        room = self.table.viewport().width() - head.sectionSize(_WHEN)
        what, reason = (
            max(
                (
                    fonts.horizontalAdvance(self._said(row, place)) + _AROUND
                    for row in range(self.table.rowCount())
                ),
                default=_AROUND,
            )
            for place in (_WHAT, _WHY)
        )
        left = max(room - what, room * reason // (what + reason), _WHY_LEAST)
        head.resizeSection(_WHY, min(max(left, _WHY_LEAST), max(room // 2, room - what)))

    def _columns_moved(self, _section: int, _before: int, _now: int) -> None:
        self._fit.start()

    def _said(self, row: int, place: int) -> str:
        item = self.table.item(row, place)
        return item.text() if item is not None else ""

    def _table(self, rows: list[tuple[str, str, str]]) -> QTableWidget:
        table = QTableWidget(len(rows), 3, self)
        table.setAccessibleName(self.windowTitle())
        table.setHorizontalHeaderLabels([self.tr("When"), self.tr("What"), self.tr("Why")])
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setWordWrap(True)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        for row, cells in enumerate(rows):
            for place, said in enumerate(cells):
                item = QTableWidgetItem(said)
                item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
                table.setItem(row, place, item)
        head = table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        head.setSectionResizeMode(_WHEN, QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(_WHAT, QHeaderView.ResizeMode.Stretch)
        # Once the columns stand: fitted while one of them is still narrow, rows stay too high.
        self._fit = QTimer(self)
        self._fit.setSingleShot(True)
        self._fit.setInterval(0)
        self._fit.timeout.connect(table.resizeRowsToContents)
        head.sectionResized.connect(self._columns_moved)
        self._share = QTimer(self)
        self._share.setSingleShot(True)
        self._share.setInterval(0)
        self._share.timeout.connect(self._share_room)
        return table
