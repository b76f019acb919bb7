"""The page that Customers and Orders are: a searchable list, and beside it what was picked."""

from typing import Generic

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSplitter, QWidget

from deskapp.ui.keys.keymap import make_action
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .paged_list import Listed, PagedList
from .paged_model import R
from .states import Stated

_LIST_WIDTH, _NARROWEST_LIST, _NARROWEST_BESIDE = 372, 260, 340


class SearchedPage(QWidget, Generic[R]):
    """``panes`` is the name under which the splitter's place is remembered, ``find`` the action of
    the table of keys that leads into the search field."""

    def __init__(
        self,
        work: Work,
        shell: ShellActions,
        listed: Listed[R],
        panes: str,
        find: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._work, self._shell, self._panes = work, shell, panes
        self._actions: list[QAction] = []
        self.setProperty("role", "surface")
        self.list = PagedList(work, listed)
        self.list.setMinimumWidth(_NARROWEST_LIST)
        self.find_key = self.add_key(find)
        self.find_key.triggered.connect(self._focus_search)

    def put_beside(self, beside: QWidget) -> None:
        """Ends the making of the page: what stands at the right of the list."""
        beside.setProperty("role", "window")
        beside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.stated = Stated(beside)
        self.stated.setMinimumWidth(_NARROWEST_BESIDE)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(1)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.list)
        self.split.addWidget(self.stated)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([_LIST_WIDTH, 900])
        self._shell.remembered.place_splitter(self._panes, self.split)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.split)

    def add_key(self, name: str) -> QAction:
        """An action of the table, for this page's menu; it acts while the page has the focus."""
        action = make_action(name, self)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._actions.append(action)
        return action

    def search(self, words: str) -> None:
        """What the shell's search field asks for."""
        self.list.search(words)

    def focus_list(self) -> None:
        """The keyboard goes into the list."""
        self.list.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def fill_menu(self, menu: QMenu) -> None:
        """The shell's menu of this page."""
        menu.addActions(self._actions)

    def save_places(self) -> None:
        """Called before the window closes."""
        self._shell.remembered.put_splitter(self._panes, self.split)

    @Slot()
    def _focus_search(self) -> None:
        self.list.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.list.field.selectAll()
