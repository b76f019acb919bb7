"""The pages of the main window: what each is called, its icon, and where it is built.

A page is a QWidget made from (work, bridge, shell). It may offer, and the shell then uses:
``fill_menu(menu)`` for the menu bar, ``search(words)`` for the search field, ``save_places()``
before closing, ``open_ticket(id)``, ``open_customer(id)`` or ``find_order(number)``, and
``new_ticket()``. The keys of its own actions work wherever the keyboard is in its window.
"""

import importlib
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from .bridge import Bridge
from .pieces.states import Words
from .shell_actions import ShellActions
from .translatable import N
from .work import Work


@dataclass(frozen=True, slots=True)
class PageEntry:
    """``module`` and ``widget`` name the page's class, which is imported when first shown."""

    title: str
    icon: str
    module: str
    widget: str

    @property
    def name_shown(self) -> str:
        return QCoreApplication.translate("Pages", self.title)


PAGES: dict[str, PageEntry] = {
    "inbox": PageEntry(N("Pages", "Inbox"), "inbox", "deskapp.ui.inbox.page", "InboxPage"),
    "customers": PageEntry(
        N("Pages", "Customers"), "customers", "deskapp.ui.customers.page", "CustomersPage"
    ),
    "canned": PageEntry(N("Pages", "Replies"), "canned", "deskapp.ui.canned.page", "CannedPage"),
    "orders": PageEntry(N("Pages", "Orders"), "orders", "deskapp.ui.orders.page", "OrdersPage"),
    "settings": PageEntry(
        N("Pages", "Settings"), "settings", "deskapp.ui.settings.page", "SettingsPage"
    ),
}


def make_page(name: str, work: Work, bridge: Bridge, shell: ShellActions) -> QWidget:
    """Builds a page. One whose room is not there yet says so, until it is."""
    entry = PAGES[name]
    try:
        room = importlib.import_module(entry.module)
    except ModuleNotFoundError as missing:
        if missing.name is None or not entry.module.startswith(missing.name):
            raise
        words = Words()
        words.say(
            entry.name_shown,
            QCoreApplication.translate("Pages", "This window is not part of this version yet."),
        )
        return words
    page: QWidget = getattr(room, entry.widget)(work, bridge, shell)
    for action in page.actions():
        # Also after a click into the rail or the top bar. Pages that are hidden, or stand in a
        # window of their own, do not hear the keys of this window.
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
    return page
