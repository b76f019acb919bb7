"""One start of the program's windows on a desk, ended once the inbox shows rows; see ``start.py``.

Everything is made as ``deskapp.app.run`` makes it, except that no engine follows.
"""

import gc
import os
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING

from deskapp.__main__ import ALLOCATIONS

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTableView


def main(path: str) -> None:
    """Ends the process at the first row in sight."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    gc.set_threshold(ALLOCATIONS)  # before anything is loaded, like the program's own entry
    from PySide6.QtCore import QEventLoop

    from deskapp import app, logs, settings
    from deskapp.secrets import OpenedLater
    from deskapp.ui.application import prepare_application
    from deskapp.ui.bridge import Bridge
    from deskapp.ui.inbox.page import InboxPage
    from deskapp.wiring import open_house

    logs.start("window")
    mine = settings.load()
    running = prepare_application(appearance=mine.appearance)
    bridge = Bridge()
    desk = open_house(path, agent_name="Anna", announce=bridge.changed.emit)
    with ExitStack() as house:
        shell = app.build(desk, bridge, mine, OpenedLater(), house).shell
        shell.show()
        page = shell.page("inbox")
        assert isinstance(page, InboxPage)
        listing = page.list.list
        while not _has_rows(listing):
            running.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        listing.viewport().repaint()
        os._exit(0)  # what comes after is not start-up


def _has_rows(listing: "QTableView") -> bool:
    first = listing.indexAt(listing.viewport().rect().center())
    return first.isValid() and first.data() not in (None, "…")


if __name__ == "__main__":
    main(sys.argv[1])
