"""The canned replies at the left: searched, by folder, with words where there are none."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListView, QToolButton, QVBoxLayout, QWidget

from deskapp.domain.ids import CannedId
from deskapp.domain.problem import Problem
from deskapp.domain.replies import CannedRow
from deskapp.ui.pieces.buttons import IconButton
from deskapp.ui.pieces.states import Stated
from deskapp.ui.work import Work

from .reply_delegate import ReplyDelegate
from .reply_model import ReplyModel, ReplyRole


class ListPane(QWidget):
    """``picked`` carries a CannedId; ``new_wanted`` asks for an empty one."""

    picked = Signal(object)
    new_wanted = Signal()
    more_wanted = Signal()
    known = Signal(object, object)  # folders, languages: what the replies here use
    named = Signal(object)  # the names of all replies

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._work = work
        self._wanted: CannedId | None = None
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search name or text"))
        self.search.setAccessibleName(self.tr("Search canned replies"))
        self.search.setClearButtonEnabled(True)
        for clear in self.search.findChildren(QToolButton):
            clear.setAccessibleName(self.tr("Clear the search"))
        self.search.textChanged.connect(self.read_again)
        new = IconButton("new", self.tr("New canned reply (Ctrl+Shift+N)"))
        new.clicked.connect(self.new_wanted)
        self.more = IconButton("more", self.tr("Duplicate, archive, import, export"))
        self.more.clicked.connect(self.more_wanted)
        self.rows = ReplyModel(self)
        self.list = QListView()
        self.list.setModel(self.rows)
        self.list.setItemDelegate(ReplyDelegate(self.list))
        self.list.setAccessibleName(self.tr("Canned replies"))
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self._stated = Stated(self.list, row_height=54)
        row = QHBoxLayout()
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(6)
        row.addWidget(self.search, 1)
        row.addWidget(new)
        row.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._stated, 1)

    def read_again(self) -> None:
        words = self.search.text().strip()
        self._stated.show_loading()
        self._work.ask(
            lambda desk: (words, desk.canned.list(words)),
            self._came,
            self._failed,
            owner=self,
            topic="list",
        )

    def choose(self, canned: CannedId | None) -> None:
        """Marks a line without asking for it again; None marks none."""
        self._wanted = canned
        self._mark()

    def _came(self, answer: tuple[str, Sequence[CannedRow]]) -> None:
        words, rows = answer
        self.rows.show_rows(rows, by_folder=not words)
        self._mark()
        if rows:
            self._stated.show_content()
        elif words:
            self._stated.show_words(
                self.tr("No canned reply has these words."),
                self.tr("Shorten the search, or clear it to see all."),
                self.tr("Clear the search"),
                self.search.clear,
            )
        else:
            self._stated.show_words(
                self.tr("There are no canned replies yet."),
                self.tr("Write down once what you answer every day."),
                self.tr("Write the first one"),
                self.new_wanted.emit,
            )
        if not words:
            folders = sorted({row.folder for row in rows if row.folder})
            languages = sorted({tag for row in rows for tag in row.languages})
            self.known.emit(folders, languages)
            self.named.emit([row.name for row in rows])

    def _failed(self, problem: Problem) -> None:
        self._stated.show_problem(problem, self.read_again)

    def _mark(self) -> None:
        if self._wanted is None:
            self.list.selectionModel().clear()
        else:
            self.list.setCurrentIndex(self.rows.place_of(self._wanted))

    def _chosen(self, current: QModelIndex) -> None:
        entry = current.data(ReplyRole.ENTRY) if current.isValid() else None
        if isinstance(entry, CannedRow) and entry.id != self._wanted:
            self._wanted = entry.id
            self.picked.emit(entry.id)
