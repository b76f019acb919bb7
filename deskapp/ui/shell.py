"""The main window: rail, pages, search, menus, status line; and pages in windows of their own."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from deskapp.domain.ids import TicketId
from deskapp.settings import Settings
from deskapp.ui import clock

from .approvals import InShell
from .bridge import Bridge
from .keys.keymap import keymap
from .keys.watch import KeyWatch
from .line_banner import LineBanner
from .line_watch import LineWatch
from .outbox import OutboxPanel
from .outside import Outside
from .own_windows import OwnWindows, with_keyboard
from .pages import make_page
from .rail import Rail
from .remembered import Remembered
from .shell_actions import ShellActions
from .shell_layout import SMALLEST, first_size, stacked, with_rail
from .shell_menus import ShellMenus
from .shortcuts_dialog import ShortcutsDialog
from .status_line import StatusLine
from .top_bar import TopBar
from .troubles import Troubles
from .undo.bar import ActBar
from .undo.stack import UndoStack
from .work import Work

if TYPE_CHECKING:
    from .palette.palette import Palette


class Shell(QMainWindow):
    """Pages are made when first shown. ``closed`` comes when the main window goes.

    ``now``: the clock by which replies that wait are late.
    """

    closed = Signal()
    sync_wanted = Signal()

    def __init__(
        self,
        work: Work,
        bridge: Bridge,
        remembered: Remembered,
        desk_name: str = "",
        outside: Outside | None = None,
        now: Callable[[], datetime] = clock.now,
    ) -> None:
        super().__init__()
        self._now = now
        self.stays_hidden: Callable[[], bool] = _never  # asked when the window is closed
        self._work, self._bridge, self._remembered = work, bridge, remembered
        self._pages: dict[str, QWidget] = {}
        self._words: dict[QWidget, str] = {}  # what was searched for on each page
        self._outbox: OutboxPanel | None = None
        self.shell_actions = ShellActions(remembered, self)
        bridge.changed.connect(self.shell_actions.desk_changed)
        if outside is not None:
            self.shell_actions.outside = outside
        title = desk_name or self.tr("deskapp")
        self._take_settings(self.shell_actions.outside.settings)
        self.shell_actions.settings_changed.connect(self._take_settings)
        self.setWindowTitle(title)
        self.setMinimumSize(*SMALLEST)
        self.rail, self.top = Rail(), TopBar(title)
        self.top.assist_with(work, self.shell_actions.colleagues)
        self.status = StatusLine(work, bridge, now=now)
        self.banner = LineBanner(LineWatch(work, bridge, self))
        self._stack = QStackedWidget()
        self.act_bar = ActBar()
        self.undo = UndoStack(work, bridge, self.shell_actions, self.act_bar, self)
        beside = with_rail(self.rail, self._stack)
        self.setCentralWidget(stacked(self.top, self.banner, beside, self.act_bar, self.status))
        self._menu_bar = self._menus()
        own = OwnWindows(work, bridge, self.shell_actions, title, self._menu_bar.lend, self)
        self._own_windows, own.line = own, self.banner.line
        self._connect()
        KeyWatch(self)
        if not remembered.place_window("shell", self):
            self.resize(first_size())
        self.show_page("inbox").setFocus()

    def page(self, name: str) -> QWidget:
        """The page of that name, made now if it is not there yet. Raises KeyError."""
        if name not in self._pages:
            made = make_page(name, self._work, self._bridge, self.shell_actions)
            self._pages[name] = made
            self._stack.addWidget(made)
        return self._pages[name]

    def show_page(self, name: str) -> QWidget:
        """Brings a page to the front."""
        page = self.page(name)
        if page is not self._stack.currentWidget():
            self._words[self._shown()] = self.top.field.text()
            self.top.put_words(self._words.get(page, ""))
        self._stack.setCurrentWidget(page)
        self.rail.mark(name)
        self._menu_bar.show_page(page)
        self._come_before_own_windows()
        return page

    @property
    def waiting(self) -> bool:
        """Whether an answer of the Desk is still to come."""
        return self._work.waiting

    def looked_at(self) -> TicketId | None:
        """The ticket open in the window that has the keyboard, None where none of ours has it."""
        window = with_keyboard(self)
        pane = getattr(
            self._shown() if window is self else window.centralWidget(), "conversation", None
        )
        return pane.ticket if pane is not None and window.isActiveWindow() else None

    def show_outbox(self) -> OutboxPanel:
        """Replies that have not left, beside the work."""
        self._outbox = self._outbox or OutboxPanel(
            self._work, self._bridge, self.shell_actions, self, self._now
        )
        return self._outbox.come_forward()

    def show_palette(self) -> "Palette":
        """One field for everything: actions, views, tickets, customers, orders, canned replies;
        over the window that has the keyboard."""
        from .palette.palette import Palette  # made when it is first asked for

        window, page = with_keyboard(self), self._shown()
        if window is not self:
            page = window.centralWidget() or page
        palette = window.findChild(Palette) or Palette(self._work, self, window)
        palette.open_over(page)
        return palette

    def open_in_own_window(self, name: str) -> QMainWindow:
        """A second page of that kind in a window of its own."""
        return self._own_windows.open_page(name)

    def come_forward(self) -> None:
        """The window, also one that was closed to the tray."""
        QApplication.setQuitOnLastWindowClosed(True)
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def show_view(self, view: str) -> None:
        """A view of the Inbox."""
        self._offered(self.show_page("inbox"), "show_view", view)

    def quit(self) -> None:
        """Ends the program, also where closing the window only hides it."""
        self.stays_hidden = _never
        QApplication.setQuitOnLastWindowClosed(True)
        if self.isVisible():
            self.close()
        else:  # a hidden window is not asked whether it closes
            self.closeEvent(QCloseEvent())
            QApplication.quit()

    def closeEvent(self, event: QCloseEvent) -> None:
        for page in self._pages.values():
            if callable(save := getattr(page, "save_places", None)):
                save()
        self._own_windows.close_all()
        self._remembered.put_window("shell", self)
        self._remembered.sync()
        if self.stays_hidden():
            # What else is closed meanwhile must not end the program: the engine works on.
            QApplication.setQuitOnLastWindowClosed(False)
            event.ignore()
            self.hide()
            return
        super().closeEvent(event)
        self.closed.emit()

    def _menus(self) -> ShellMenus:
        acts: dict[str, Callable[[], object]] = {
            "desk.new_ticket": self._new_ticket,
            "desk.fetch": self.sync_wanted.emit,
            "desk.quit": self.quit,
            "desk.palette": self.show_palette,
            "desk.search": self._focus_search,
            "desk.keys": self._show_shortcuts,
            "go.outbox": self.show_outbox,
            "go.approvals": lambda: self.shell_actions.approvals_wanted.emit(None),
        }
        return ShellMenus(self, acts, self.show_page, self.open_in_own_window, self.undo.fill)

    def _connect(self) -> None:
        self.rail.chosen.connect(self.show_page)
        self.top.searched.connect(self._search)
        self.top.new_ticket.connect(self._new_ticket)
        self.top.left_downwards.connect(self._into_page)
        asked = self.shell_actions
        asked.search_left.connect(self._search_left)
        asked.page_wanted.connect(self.show_page)
        asked.ticket_wanted.connect(self._open_ticket)
        asked.ticket_window_wanted.connect(self._own_windows.open_ticket)
        asked.customer_wanted.connect(self._show_in("customers", "open_customer"))
        asked.canned_wanted.connect(self._show_in("canned", "open_reply"))
        asked.order_wanted.connect(self._show_in("orders", "find_order"))
        InShell(self, self._work, self._bridge, asked, self._menu_bar.approvals)
        asked.told.connect(self.status.tell)
        self.sync_wanted.connect(self.status.fetching.begin)
        self.status.outbox_wanted.connect(self.show_outbox)
        Troubles(self._work, asked, self.act_bar, self.banner.line, self)

    def _shown(self) -> QWidget:
        return self._stack.currentWidget() or self.page("inbox")

    def _come_before_own_windows(self) -> None:
        """What was asked for in a window beside this one is shown in here."""
        if with_keyboard(self) is not self:
            self.come_forward()

    def _focus_search(self) -> None:
        self._come_before_own_windows()
        self.top.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.top.field.selectAll()

    def _into_page(self) -> None:
        self._offered(self._shown(), "focus_list")

    def _search(self, words: str) -> None:
        """The page that is open searches itself; one that cannot lets the Inbox do it."""
        page = self._shown()
        if not callable(getattr(page, "search", None)):
            page = self.show_page("inbox")
        self._offered(page, "search", words)

    def _search_left(self, page: object) -> None:
        if page is self._stack.currentWidget():  # a page being made is not shown yet
            self.top.clear_search()

    def _open_ticket(self, ticket: object) -> None:
        self._offered(self.show_page("inbox"), "open_ticket", ticket)

    def _show_in(self, page: str, name: str) -> Callable[[object], None]:
        return lambda what: self._offered(self.show_page(page), name, what)

    def _new_ticket(self) -> None:
        self._offered(self.show_page("inbox"), "new_ticket")

    def _offered(self, page: QWidget, name: str, *what: object) -> None:
        """Calls what a page offers; one that is not built yet shows its words instead."""
        if callable(offer := getattr(page, name, None)):
            offer(*what)

    def _show_shortcuts(self) -> None:
        ShortcutsDialog(with_keyboard(self)).open()

    def _take_settings(self, settings: Settings) -> None:
        keymap().choose(settings.key_preset, settings.own_keys)


def _never() -> bool:
    return False
