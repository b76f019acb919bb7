"""What a search shows above its tickets, and the views that searches are pinned as."""

from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from deskapp.desk import Desk
from deskapp.domain.last_edits import About
from deskapp.domain.problem import Problem
from deskapp.domain.saved_views import CountedView, SavedView, SavedViewId, Sorting
from deskapp.domain.search_answers import SearchGroups
from deskapp.ui.pieces.shared_order import SharedOrder, Standing
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import LATER, Work

from .list_pane import ListPane
from .search_groups import GroupsLine
from .view_dialog import ViewDialog
from .views_pane import ViewsPane


class Finding(QObject):
    """Counts of pinned views are asked when those of the others came: after every change."""

    def __init__(
        self, work: Work, shell: ShellActions, views: ViewsPane, listing: ListPane
    ) -> None:
        super().__init__(listing)
        self._work, self._shell = work, shell
        self._views, self._listing = views, listing
        self.groups = GroupsLine(shell)
        self.order: SharedOrder[SavedViewId] = SharedOrder(
            work,
            listing,
            self.tr("Order of the views"),
            _standing,
            lambda desk, ids, seen: desk.views.reorder(ids, seen),
            self._ask,
            shell.trouble,
        )
        listing.put_above(self.groups)
        listing.searched.connect(self._searched)
        listing.pin_wanted.connect(self._pin)
        views.counted.connect(self._ask)
        views.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        views.customContextMenuRequested.connect(self._show_menu)

    def _searched(self, words: str) -> None:
        if not words:
            self.groups.show_groups(SearchGroups())
            return
        self._work.ask(
            lambda desk: desk.search.groups(words),
            self._groups_came,
            self._groups_failed,
            owner=self,
            topic="groups",
        )

    def _groups_came(self, groups: SearchGroups) -> None:
        self.groups.show_groups(groups if self._listing.searching else SearchGroups())

    def _groups_failed(self, _problem: Problem) -> None:
        """The list of tickets says what is wrong."""
        self.groups.show_groups(SearchGroups())

    def _ask(self) -> None:
        self._work.ask(
            lambda desk: desk.views.counts(), self._came, owner=self, lane=LATER, topic="pinned"
        )

    def _came(self, views: tuple[CountedView, ...]) -> None:
        self._views.show_pinned(views)
        self.order.shown()
        self._listing.know_views(one.view for one in views)
        self._listing.show_menu(self._views.names())

    def _pin(self, words: str) -> None:
        self._edit(SavedView(None, "", words, Sorting.NEWEST))

    def _edit(self, view: SavedView) -> None:
        dialog = ViewDialog(self._work, view, self._listing, self._listing.columns.shown)
        dialog.saved.connect(self._saved)
        dialog.open()

    def _saved(self, view: SavedView) -> None:
        self._work.ask(
            lambda desk: desk.views.counts(),
            partial(self._came_and_shown, view),
            owner=self,
            topic="pinned",
        )

    def _came_and_shown(self, view: SavedView, views: tuple[CountedView, ...]) -> None:
        self._came(views)
        self._listing.view_wanted.emit(view.key)

    def _show_menu(self, place: QPoint) -> None:
        pinned = self._views.pinned(self._views.view_at(place))
        if pinned is None:
            return
        menu = QMenu(self._views)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_menu(menu, pinned.view)
        menu.popup(self._views.viewport().mapToGlobal(place))

    def fill_menu(self, menu: QMenu, view: SavedView) -> None:
        """What can be done with a pinned view."""
        menu.addAction(self.tr("Rename or change…"), partial(self._edit, view))
        menu.addAction(self.tr("Move up"), partial(self._move, view, -1))
        menu.addAction(self.tr("Move down"), partial(self._move, view, 1))
        menu.addSeparator()
        menu.addAction(self.tr("Delete this view"), partial(self._delete, view))

    def _move(self, view: SavedView, by: int) -> None:
        order = self.order.standing(
            [one.view.id for one in self._views.all_pinned() if one.view.id is not None]
        )
        if view.id not in order:
            return
        at = order.index(view.id)
        to = min(max(at + by, 0), len(order) - 1)
        seen = tuple(order)
        order.insert(to, order.pop(at))
        self.order.put(order, seen)

    def _delete(self, view: SavedView) -> None:
        if view.id is None:
            return
        one: SavedViewId = view.id
        self._work.do(lambda desk: desk.views.delete(one), self._done, owner=self)
        if self._listing.view == view.key:
            self._listing.view_wanted.emit("mine")

    def _done(self, _nothing: object) -> None:
        self._ask()


def _standing(desk: Desk) -> Standing[SavedViewId]:
    names = {one.id: one.name for one in desk.views.list() if one.id is not None}
    return Standing(names, desk.last_edits.of(About.VIEW_ORDER))
