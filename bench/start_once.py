"""One start of the windows on a desk, ended as soon as the inbox shows rows; see ``start.py``."""

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QTableView

from deskapp.ui.application import prepare_application
from deskapp.ui.bridge import Bridge
from deskapp.ui.inbox.page import InboxPage
from deskapp.ui.remembered import Remembered
from deskapp.ui.shell import Shell
from deskapp.ui.work import Work
from deskapp.wiring import open_house


def main(path: str) -> None:
    """Ends the process at the first row in sight."""
    app = prepare_application(appearance="light")
    bridge = Bridge()
    desk = open_house(path, agent_name="Anna", announce=bridge.changed.emit)
    shell = Shell(Work(desk), bridge, Remembered(Path(path).with_suffix(".ini")), "Bench")
    shell.show()
    page = shell.page("inbox")
    assert isinstance(page, InboxPage)
    listing = page.list.list
    while not _has_rows(listing):
        app.processEvents()
    os._exit(0)  # what comes after is not start-up


def _has_rows(listing: QTableView) -> bool:
    first = listing.indexAt(listing.viewport().rect().center())
    return first.isValid() and first.data() not in (None, "…")


if __name__ == "__main__":
    main(sys.argv[1])
