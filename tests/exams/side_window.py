"""The real windowed program, with a hole to look through: `python -m tests.exams.side_window URL`.

It is `deskapp.app.run` and nothing less; only when its windows stand, a timer looks at what they
show and says each change of it on standard output, painted, with the time. On standard input it is
told what a person does: JSON objects, one a line.
"""

import json
import sys
import threading
import time
from collections import Counter
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from sqlalchemy import Engine, event

from deskapp import app
from deskapp.domain.ids import TicketId
from deskapp.domain.problem import Problem
from deskapp.ui.inbox.page import InboxPage

_LOOK_MS = 50

met: Counter[str] = Counter()
"""The kinds of Problem that were made, whether or not anybody was told."""
asked = 0


class Hole(QObject):
    """Looks, says, and does what is asked; in the GUI thread."""

    told = Signal(object)

    def __init__(self, windows: app.Windows) -> None:
        super().__init__(windows.shell)
        self._windows, self._shell = windows, windows.shell
        page = self._shell.page("inbox")
        assert isinstance(page, InboxPage)
        self._page = page
        self._before: dict[str, Any] = {}
        self.told.connect(self._do)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(_LOOK_MS)
        threading.Thread(target=self._hear, daemon=True).start()
        page.show_view("all_open")

    def _hear(self) -> None:
        for line in sys.stdin:
            self.told.emit(json.loads(line))

    def _look(self) -> None:
        now = self._state()
        if now == self._before:
            return
        self._before = now
        self._shell.repaint()
        self._say(at=time.time(), **now)

    def _state(self) -> dict[str, Any]:
        listed, pane = self._page.list.list, self._page.conversation
        composer, model = pane.composer, listed.tickets
        rows, first = model.rowCount(), max(listed.rowAt(0), 0)
        last = listed.rowAt(listed.viewport().height() - 1)
        in_sight = model.ids_between(first, rows - 1 if last < 0 else last)
        opened = pane.conversation
        line = composer.page.line
        return {
            "rows": rows,
            "subjects": {row.id: row.subject for row in model.rows_here(in_sight)},
            "opened": None if opened is None else opened.ticket.id,
            "status": None if opened is None else opened.ticket.status,
            "texts": [] if opened is None else [one.text.strip() for one in opened.messages],
            "people": {} if opened is None else self._people(opened.ticket.id),
            "current": listed.current(),
            "scrolls": [
                listed.verticalScrollBar().value(),
                pane.messages.verticalScrollBar().value(),
            ],
            "editor": composer.at.editor.text(),
            "caret": composer.at.editor.textCursor().position(),
            "ready": line is not None and not composer.page.held,
            "notice": composer.at.notice.words.text() if composer.at.notice.isVisible() else "",
            "banner": self._shell.banner.isVisible(),
            "met": dict(met),
        }

    def _people(self, ticket: TicketId) -> dict[str, str]:
        there = self._shell.shell_actions.colleagues.on(ticket)
        return {one.name: one.doing.value for one in there}

    def _do(self, asks: dict[str, Any]) -> None:
        composer = self._page.conversation.composer
        match asks.pop("do"):
            case "open":
                self._page.open_ticket(TicketId(asks["ticket"]))
            case "place":
                self._shell.setGeometry(*asks["at"])
            case "note":
                composer.focus_note()
            case "reply":
                composer.focus_reply()
            case "type":
                composer.at.editor.moveCursor(QTextCursor.MoveOperation.End)
                QTest.keyClicks(composer.at.editor, asks["text"])
            case "send":
                composer.send()
            case "scroll":
                self._page.list.list.verticalScrollBar().setValue(asks["to"])
            case "count":
                self._say(statements=asked, at=time.time())
            case "quit":
                self._shell.close()

    def _say(self, **told: object) -> None:
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


def _watch_problems() -> None:
    made = Problem.__init__

    def noted(self: Problem, kind: Any, **details: Any) -> None:
        met[str(kind.value)] += 1
        made(self, kind, **details)

    Problem.__init__ = noted  # type: ignore[method-assign]


def _count_statements() -> None:
    def count(*_: object) -> None:
        global asked
        asked += 1

    event.listen(Engine, "before_cursor_execute", count)


def _with_a_hole() -> None:
    begin = app.begin_work

    def begin_work(windows: app.Windows, secrets: Any) -> None:
        begin(windows, secrets)
        Hole(windows)

    app.begin_work = begin_work


if __name__ == "__main__":
    _watch_problems()
    _count_statements()
    _with_a_hole()
    sys.exit(app.run(sys.argv[1]))
