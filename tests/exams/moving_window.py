"""The real windowed program, whose person moves the desk: `… -m tests.exams.moving_window TO`.

It is `deskapp.app.run` and nothing less. Each step is pressed once the one before can be seen; what
is seen is said on standard output, a JSON object a line.
"""

import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest

from deskapp import app
from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import View
from deskapp.ui.inbox.page import InboxPage
from deskapp.ui.settings.desk_move_dialog import DeskMoveDialog
from deskapp.ui.settings.page import SettingsPage
from deskapp.ui.shell import Shell

WORDS = "Half a sentence, and then"
_LOOK_MS = 20

Steps = Iterator[Callable[[], bool]]
"""Yields what is to be waited for."""


def say(**told: object) -> None:
    """One line for whoever started the program."""
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def _inbox(shell: Shell) -> InboxPage:
    page = shell.show_page("inbox")
    assert isinstance(page, InboxPage)
    return page


def _listed(page: InboxPage) -> list[tuple[int, str]]:
    model = page.list.list.tickets
    rows = model.rows_here(model.ids_between(0, max(model.rowCount() - 1, 0)))
    return [(int(row.id), row.subject) for row in rows]


def _opened(page: InboxPage, words: str) -> Steps:
    """The list, then the oldest ticket with its draft; ``words`` are typed into it."""
    page.show_view(View.ALL)
    yield lambda: bool(_listed(page))
    composer = page.conversation.composer
    page.open_ticket(TicketId(1))
    yield lambda: composer.keeper.ticket == TicketId(1) and composer.at.send.isEnabled()
    if words:
        composer.focus_reply()
        QTest.keyClicks(composer.at.editor, words)
        yield lambda: words in composer.at.editor.text()
    else:
        yield lambda: bool(composer.at.editor.text())
    say(listed=_listed(page), draft=composer.at.editor.text(), title=page.window().windowTitle())


def _moves(shell: Shell, to: str) -> Steps:
    page = shell.show_page("settings")
    assert isinstance(page, SettingsPage)
    section: Any = page.show_section("data")
    section.move_desk.click()
    dialog = section.findChild(DeskMoveDialog)
    dialog.address.setText(to)
    for press, until in (
        (dialog.try_out, dialog.move_now.isEnabled),
        (dialog.move_now, dialog.open_there.isVisible),
    ):
        press.click()
        yield until
        say(told=dialog.told.text())
    dialog.open_there.click()


def person(windows: list[app.Windows], to: str) -> Steps:
    """Writes half a reply, moves the desk, and looks whether all is there where it opens."""
    yield from _opened(_inbox(windows[0].shell), WORDS)
    yield from _moves(windows[0].shell, to)
    yield lambda: len(windows) == 2
    shell = windows[1].shell
    page = shell.page("settings")
    assert isinstance(page, SettingsPage)
    section: Any = page.show_section("data")
    yield lambda: bool(section._where.text())
    say(place=section._where.text())
    yield from _opened(_inbox(shell), "")
    shell.quit()


def play(to: str) -> int:
    """Runs the program with its person."""
    windows: list[app.Windows] = []
    begin, steps = app.begin_work, person(windows, to)
    until: list[Callable[[], bool]] = [lambda: bool(windows)]
    timer = QTimer()

    def look() -> None:
        if not until[0]():
            return
        try:
            until[0] = next(steps)
        except StopIteration:
            timer.stop()

    def begin_work(made: app.Windows, secrets: Any) -> None:
        begin(made, secrets)
        windows.append(made)
        timer.start(_LOOK_MS)

    timer.timeout.connect(look)
    app.begin_work = begin_work
    return app.run()


if __name__ == "__main__":
    sys.exit(play(sys.argv[1]))
