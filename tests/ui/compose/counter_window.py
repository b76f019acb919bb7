"""The whole window over the counter's desk, at "All open"."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from deskapp.ui.bridge import Bridge
from deskapp.ui.inbox.page import InboxPage
from deskapp.ui.remembered import Remembered
from deskapp.ui.shell import Shell

from .counter import Counter


def shown_shell(
    counter: Counter, folder: Path, qtbot: QtBot, bridge: Bridge | None = None
) -> Shell:
    """Active, its two tickets in the list; ``folder`` keeps what windows remember."""
    made = Shell(
        counter.work, bridge or Bridge(), Remembered(folder / "windows.ini"), "Lotus Outdoor"
    )
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    page = inbox(made)
    page.show_view("all_open")
    qtbot.waitUntil(lambda: page.list.list.tickets.rowCount() == 2)
    return made


def inbox(shell: Shell) -> InboxPage:
    page = shell.page("inbox")
    assert isinstance(page, InboxPage)
    return page
