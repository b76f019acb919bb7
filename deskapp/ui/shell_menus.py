"""The main window's menu bar: its own entries, and a menu that each page fills."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from .keys.keymap import make_action
from .pages import PAGES

Act = Callable[[], object]


class ShellMenus(QObject):
    """``acts`` by the ids of the table of actions; ``go`` and ``apart`` take a page's name,
    ``fill_edit`` fills the menu Edit."""

    def __init__(
        self,
        window: QMainWindow,
        acts: Mapping[str, Act],
        go: Callable[[str], object],
        apart: Callable[[str], object],
        fill_edit: Callable[[QMenu], object],
    ) -> None:
        super().__init__(window)
        self._window, self._go, self._apart = window, go, apart
        self._fill_edit, self._made = fill_edit, dict[str, QAction]()
        bar = window.menuBar()
        desk = bar.addMenu(self.tr("Desk"))
        self._add(desk, acts, "desk.new_ticket", "desk.fetch")
        desk.addSeparator()
        self._add(desk, acts, "desk.quit")
        fill_edit(bar.addMenu(self.tr("Edit")))
        places = bar.addMenu(self.tr("Go"))
        self._add(places, acts, "desk.palette", "desk.search")
        places.addSeparator()
        self._add(places, acts, "go.outbox", "go.approvals")
        self.approvals = self._made["go.approvals"]
        for name in PAGES:
            self._entry(places, f"go.{name}", self._gone).setData(name)
        self._page = bar.addMenu(self.tr("Ticket"))
        self._windows(bar.addMenu(self.tr("Window")))
        self._add(bar.addMenu(self.tr("Help")), acts, "desk.keys")

    def show_page(self, page: QWidget) -> None:
        """The menu of the page that is shown; hidden where it has none."""
        self._page.clear()
        fill = getattr(page, "fill_menu", None)
        self._page.menuAction().setVisible(callable(fill))
        if callable(fill):
            fill(self._page)

    def lend(self, window: QMainWindow) -> None:
        """The same actions, with their keys, for a page or ticket in a window of its own."""
        bar = window.menuBar()
        edit, places = bar.addMenu(self.tr("Edit")), bar.addMenu(self.tr("Go"))
        self._fill_edit(edit)
        for name in ("desk.palette", "desk.search", "desk.new_ticket", "desk.fetch"):
            places.addAction(self._made[name])
        for name in ("go.outbox", "go.approvals"):
            places.addAction(self._made[name])
        places.addSeparator()
        for name in PAGES:
            places.addAction(self._made[f"go.{name}"])
        menu = bar.addMenu(self.tr("Window"))
        menu.addAction(make_action("desk.close_window", window, window.close))
        guide = bar.addMenu(self.tr("Help"))
        guide.addAction(self._made["desk.keys"])
        window.addActions([*self._made.values(), *edit.actions()])

    def _add(self, menu: QMenu, acts: Mapping[str, Act], *names: str) -> None:
        for name in names:
            self._entry(menu, name, acts[name])

    def _entry(self, menu: QMenu, name: str, act: Act) -> QAction:
        action = make_action(name, self._window, act)
        menu.addAction(action)
        self._made[name] = action
        return action

    def _windows(self, menu: QMenu) -> None:
        for name, entry in PAGES.items():
            said = self.tr("Open {name} in its own window").replace("{name}", entry.name_shown)
            action = menu.addAction(said)
            action.setData(name)
            action.triggered.connect(self._put_apart)

    def _gone(self) -> None:
        if isinstance(action := self.sender(), QAction):
            self._go(action.data())

    def _put_apart(self) -> None:
        if isinstance(action := self.sender(), QAction):
            self._apart(action.data())
