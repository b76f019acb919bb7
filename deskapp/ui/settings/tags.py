"""The tags of the desk: names, colours and counts; two that are one are merged, and unmerged."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QMessageBox,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from deskapp.desk import Desk
from deskapp.domain.ids import TagMergeId
from deskapp.domain.problem import Problem
from deskapp.domain.ticket_facts import TagColour, TagMerge, TagRow
from deskapp.ui import fact_words, text
from deskapp.ui.errors import explain
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.emptying import clear
from deskapp.ui.pieces.labels import ElidedLabel, label
from deskapp.ui.pieces.row_chips import TAG_TOKENS
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.theme import theme
from deskapp.ui.work import Work

from .section import Section, side_by_side
from .tag_dialog import TagDialog, TagMergeDialog

_TAG = Qt.ItemDataRole.UserRole
_LEAST_HEIGHT = 280
_MERGES_SHOWN = 5

Shown = tuple[tuple[TagRow, ...], list[TagMerge]]


class TagsSection(Section):
    """A list to choose from, and what can be done to the chosen one below it."""

    areas = frozenset({"tags"})

    def __init__(self, work: Work, shell: ShellActions) -> None:
        super().__init__(work, shell)
        self.introduce(
            self.tr("Tags"),
            self.tr("A tag's former name goes on meaning it, in canned replies and searches too."),
        )
        self.list = QTreeWidget()
        self.list.setHeaderLabels([self.tr("Tag"), self.tr("Colour"), self.tr("Tickets")])
        self.list.setRootIsDecorated(False)
        self.list.setAccessibleName(self.tr("Tags"))
        self.list.setMinimumHeight(_LEAST_HEIGHT)
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        at_right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self.list.headerItem().setTextAlignment(2, at_right)
        self.list.itemSelectionChanged.connect(self._selected)
        self.list.itemActivated.connect(self._edit)
        self._rows: tuple[TagRow, ...] = ()
        self.told = label(tone="bad", wrap=True)
        self.told.hide()
        self.add = push_button(self.tr("Add a tag…"), self._add, kind="primary")
        self.edit = push_button(self.tr("Edit…"), self._edit)
        self.merge = push_button(self.tr("Merge into…"), self._merge)
        self.delete = push_button(self.tr("Delete…"), self._delete, kind="danger")
        self._merges = QVBoxLayout()
        self._merges.setSpacing(6)
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self.told)
        self.column.addWidget(side_by_side(self.add, self.edit, self.merge, self.delete))
        self.column.addLayout(self._merges)
        self._selected()

    def read_again(self) -> None:
        self.work.ask(_shown, self._came, self._failed, owner=self, topic="tags")

    def chosen(self) -> TagRow | None:
        """The selected tag."""
        items = self.list.selectedItems()
        row = items[0].data(0, _TAG) if items else None
        return row if isinstance(row, TagRow) else None

    def rows(self) -> list[TagRow]:
        """All that are listed."""
        return list(self._rows)

    def _came(self, shown: Shown) -> None:
        rows, merges = shown
        self._rows = rows
        before = self.chosen()
        self.told.hide()
        self.list.clear()
        for row in rows:
            item = QTreeWidgetItem(
                [row.name, fact_words.colour(row.colour), text.number(row.tickets)]
            )
            item.setData(0, _TAG, row)
            said = self.tr("{tag}, {colour}, %n ticket(s)", "", row.tickets)
            said = said.replace("{tag}", row.name).replace("{colour}", item.text(1))
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, said)
            item.setTextAlignment(2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setIcon(0, dot(row.colour))
            self.list.addTopLevelItem(item)
            if before is not None and row.id == before.id:
                self.list.setCurrentItem(item)
        self.list.resizeColumnToContents(1)
        self._show_merges(merges)
        self._selected()

    def _show_merges(self, merges: list[TagMerge]) -> None:
        clear(self._merges)
        for one in merges[:_MERGES_SHOWN]:
            said = self.tr("“{merged}” became “{kept}” on %n ticket(s).", "", one.tickets)
            said = said.replace("{merged}", one.merged).replace("{kept}", one.kept)
            self._merges.addWidget(_MergeLine(one.id, said, self))

    def _failed(self, problem: Problem) -> None:
        self.told.setText(explain(problem).in_one())
        self.told.show()

    def _selected(self) -> None:
        there = self.chosen() is not None
        for button in (self.edit, self.delete):
            button.setEnabled(there)
        self.merge.setEnabled(there and self.list.topLevelItemCount() > 1)

    def _add(self) -> None:
        self._open(TagDialog(self.work, None, self))

    def _edit(self) -> None:
        if (row := self.chosen()) is not None:
            self._open(TagDialog(self.work, row, self))

    def _merge(self) -> None:
        if (row := self.chosen()) is not None:
            self._open(TagMergeDialog(self.work, row, self.rows(), self))

    def _open(self, dialog: TagDialog | TagMergeDialog) -> None:
        dialog.accepted.connect(self.read_again)
        dialog.open()

    def _delete(self) -> None:
        row = self.chosen()
        if row is None:
            return
        asked = self.tr("Take “{name}” off %n ticket(s) and delete it?", "", row.tickets)
        more = self.tr("This cannot be undone. The tickets' history keeps that they had it.")
        box = QMessageBox(QMessageBox.Icon.Question, self.tr("Delete a tag"), "", parent=self)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(asked.replace("{name}", row.name))
        box.setInformativeText(more)
        gone = box.addButton(self.tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.exec()
        if box.clickedButton() is gone:
            self.work.do(
                lambda desk: desk.tags.delete(row.id), self._gone, self._failed, owner=self
            )

    def _gone(self, tickets: int) -> None:
        self.shell.tell(self.tr("The tag is gone; %n ticket(s) had it.", "", tickets))
        self.read_again()

    def undo(self, merge: TagMergeId) -> None:
        """Takes a merge back."""
        self.work.do(
            lambda desk: desk.tags.undo_merge(merge), self._undone, self._failed, owner=self
        )

    def _undone(self, tickets: int) -> None:
        self.shell.tell(self.tr("The tags are two again, on %n ticket(s).", "", tickets))
        self.read_again()


class _MergeLine(QWidget):
    """A merge that can be taken back."""

    def __init__(self, merge: TagMergeId, said: str, section: TagsSection) -> None:
        super().__init__(section)
        self._merge, self._section = merge, section
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        undo = push_button(self.tr("Undo"), self._undo)
        undo.setAccessibleName(self.tr("Undo: {what}").replace("{what}", said))
        line.addWidget(ElidedLabel(said, tone="muted"), 1)
        line.addWidget(undo)

    def _undo(self) -> None:
        self._section.undo(self._merge)


def _shown(desk: Desk) -> Shown:
    return desk.tags.list(), desk.tags.merges()


def dot(colour: TagColour) -> QIcon:
    """A tag's colour as a small picture, empty for none; its name stands beside it."""
    drawn = QPixmap(QSize(24, 24))
    drawn.setDevicePixelRatio(2)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    token = TAG_TOKENS.get(colour.value)
    painter.setBrush(theme().colour(token) if token else QColor(Qt.GlobalColor.transparent))
    painter.drawEllipse(2, 2, 8, 8)
    painter.end()
    return QIcon(drawn)
