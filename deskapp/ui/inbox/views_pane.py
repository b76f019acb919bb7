"""The views with their counts; what is kept aside stands last."""

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import (
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetrics,
    QPainter,
    QPen,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from deskapp.domain.dropping import TAKES_DROPS
from deskapp.domain.kinds import View
from deskapp.domain.saved_views import CountedView
from deskapp.domain.tickets import ViewCount
from deskapp.ui import text, words
from deskapp.ui.theme import theme

from .ticket_drag import DRAGGED

Index = QModelIndex | QPersistentModelIndex

HELD = "held"
_KEPT_ASIDE = (View.SPAM.value,)
_ROW, _GROUP = 28, 36


class ViewRole(IntEnum):
    NAME = Qt.ItemDataRole.UserRole + 1  # the view's value; "" for the title of a group
    MORE = Qt.ItemDataRole.UserRole + 3  # whether there are more than COUNT
    COUNT = Qt.ItemDataRole.UserRole + 2  # int, or None while it is not known


class ViewsPane(QListView):
    """``chosen`` carries a view's name, or ``HELD`` for mail that could not be read; ``dropped``
    the view that the selected tickets were dropped on."""

    chosen = Signal(str)
    dropped = Signal(str)
    counted = Signal()  # new numbers are here: pinned views may have others too

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "views")
        self.setAccessibleName(self.tr("Views"))
        self._lines = QStandardItemModel(self)
        self.setModel(self._lines)
        self.setItemDelegate(_ViewDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setViewportMargins(8, 10, 8, 8)
        self.setAcceptDrops(True)
        self.target = ""  # the view below what is dragged, "" for none that takes it
        self._counts: dict[str, int] = {}
        self._held = 0
        self._pinned: dict[str, CountedView] = {}
        self._fill([ViewCount(view.value, -1) for view in View if view is not View.MY_TEAM])
        self.selectionModel().currentChanged.connect(self._current_changed)

    def show_counts(self, counts: Sequence[ViewCount]) -> None:
        """New numbers; the lines are made anew only when other views are there."""
        if {line.view for line in counts} != self._counts.keys() - {HELD}:
            self._fill(counts)
        for line in counts:
            self._put(line.view, line.count)
        self.counted.emit()

    def show_pinned(self, views: Sequence[CountedView]) -> None:
        """The pinned views with their numbers, in their order."""
        before = [(one.view.key, one.view.name) for one in self._pinned.values()]
        self._pinned = {one.view.key: one for one in views}
        if before != [(one.view.key, one.view.name) for one in views]:
            self._fill([ViewCount(name, n) for name, n in self._counts.items() if name != HELD])
        for key, one in self._pinned.items():
            self._put(key, one.count, more=one.more)

    def pinned(self, view: str) -> CountedView | None:
        """The pinned view of that key."""
        return self._pinned.get(view)

    def all_pinned(self) -> list[CountedView]:
        """In their order."""
        return list(self._pinned.values())

    def view_at(self, place: QPoint) -> str:
        """The view there, "" for none."""
        return self.indexAt(place).data(ViewRole.NAME) or ""

    def show_held(self, count: int) -> None:
        """How many mails could not be read; its line is there only when there are some."""
        if bool(count) != bool(self._held):
            self._held = count
            self._fill([ViewCount(name, n) for name, n in self._counts.items() if name != HELD])
        self._held = count
        self._put(HELD, count)

    def select(self, view: str) -> None:
        """Marks a view without announcing it."""
        self.selectionModel().blockSignals(True)
        for row in range(self._lines.rowCount()):
            if self._lines.item(row).data(ViewRole.NAME) == view:
                self.setCurrentIndex(self._lines.index(row, 0))
        self.selectionModel().blockSignals(False)
        self.viewport().update()

    def unselect(self) -> None:
        """No view is marked, as while a search is shown."""
        if not self.currentIndex().isValid():
            return  # each letter typed comes here, and would paint all views anew
        self.selectionModel().blockSignals(True)
        self.clearSelection()
        self.setCurrentIndex(QModelIndex())
        self.selectionModel().blockSignals(False)
        self.viewport().update()

    def names(self) -> list[tuple[str, str, int]]:
        """(name, words, count) of every view, for the menu that stands in on narrow windows."""
        pinned = [(key, one.view.name, one.count) for key, one in self._pinned.items()]
        return [(name, _title(name), count) for name, count in self._counts.items()] + pinned

    def count(self, view: str) -> int:
        """How many tickets; -1 while it is not known."""
        return self._counts.get(view, -1)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.setAccepted(self._is_ours(event))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        name = self.indexAt(event.position().toPoint()).data(ViewRole.NAME)
        self._aim(name if self._is_ours(event) and name in TAKES_DROPS else "")
        event.setAccepted(bool(self.target))

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._aim("")

    def dropEvent(self, event: QDropEvent) -> None:
        view = self.target
        self._aim("")
        if view:
            event.acceptProposedAction()
            self.dropped.emit(view)

    def _is_ours(self, event: QDropEvent) -> bool:
        """From the list of this window: another one's are not what is selected here."""
        source = event.source()
        here = isinstance(source, QWidget) and source.window() is self.window()
        return here and event.mimeData().hasFormat(DRAGGED)

    def _aim(self, view: str) -> None:
        if view != self.target:
            self.target = view
            self.viewport().update()

    def _fill(self, counts: Sequence[ViewCount]) -> None:
        current = self.currentIndex().data(ViewRole.NAME) if self.currentIndex().isValid() else ""
        self.selectionModel().blockSignals(True)
        self._lines.clear()
        aside = [line for line in counts if line.view in _KEPT_ASIDE]
        ours = [line for line in counts if line.view not in _KEPT_ASIDE]
        self._counts = {line.view: line.count for line in (*ours, *aside)}
        for line in ours:
            self._lines.appendRow(_line(line.view))
        if self._pinned:
            self._lines.appendRow(_group(self.tr("Pinned")))
        for key, one in self._pinned.items():
            self._lines.appendRow(_line(key, one.view.name))
        self._lines.appendRow(_group(self.tr("Kept aside")))
        for name in ([HELD] if self._held else []) + [line.view for line in aside]:
            self._lines.appendRow(_line(name))
        if self._held:
            self._counts[HELD] = self._held
        for name, count in self._counts.items():
            self._put(name, count)
        for key, one in self._pinned.items():
            self._put(key, one.count, more=one.more)
        self.selectionModel().blockSignals(False)
        if current:
            self.select(current)

    def _put(self, view: str, count: int, *, more: bool = False) -> None:
        if view in self._counts:
            self._counts[view] = count
        for row in range(self._lines.rowCount()):
            item = self._lines.item(row)
            if item.data(ViewRole.NAME) == view:
                item.setData(count if count >= 0 else None, ViewRole.COUNT)
                item.setData(more, ViewRole.MORE)
                said = self.tr("{view}, %n ticket(s)", "", max(count, 0)).replace(
                    "{view}", item.text()
                )
                item.setData(said, Qt.ItemDataRole.AccessibleTextRole)

    def _current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid() and (name := current.data(ViewRole.NAME)):
            self.chosen.emit(name)


def _title(view: str) -> str:
    return (
        QCoreApplication.translate("ViewsPane", "Held mail") if view == HELD else words.view(view)
    )


def _group(title: str) -> QStandardItem:
    item = QStandardItem(title)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    item.setData("", ViewRole.NAME)
    return item


def _line(view: str, title: str = "") -> QStandardItem:
    item = QStandardItem(title or _title(view))
    item.setData(view, ViewRole.NAME)
    return item


class _ViewDelegate(QStyledItemDelegate):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, _ROW if index.data(ViewRole.NAME) else _GROUP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, rect = theme(), option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.data(ViewRole.NAME):
            self._view(painter, option, index)
        else:
            painter.setFont(look.fonts.text(look.fonts.small_px, bold=True))
            painter.setPen(look.colour("muted"))
            place = rect.adjusted(8, 0, -8, -4)
            bottom = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
            painter.drawText(place, bottom, index.data())
        painter.restore()

    def _view(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme()
        rect: QRect = option.rect.adjusted(0, 1, 0, -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(look.colour("accent_soft" if chosen else "sunken"))
            painter.drawRoundedRect(QRectF(rect), 6, 6)
        pane = self.parent()
        if isinstance(pane, ViewsPane) and pane.target == index.data(ViewRole.NAME):
            painter.setBrush(look.colour("accent_soft"))
            painter.setPen(QPen(look.colour("accent"), 1.5))
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), 6, 6)
        painter.setFont(look.fonts.text(bold=chosen))
        inner = rect.adjusted(8, 0, -8, 0)
        count = index.data(ViewRole.COUNT)
        number = "" if count is None else text.number(count)
        number += "+" if index.data(ViewRole.MORE) else ""
        metrics = QFontMetrics(painter.font())
        painter.setPen(look.colour("accent" if chosen else "muted"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, number)
        room = inner.width() - metrics.horizontalAdvance(number) - 8
        title = metrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, room)
        painter.setPen(look.colour("accent" if chosen else "text"))
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignLeft, title)
