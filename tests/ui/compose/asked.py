"""The composer with a canned reply that has all that one can have."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from deskapp.domain.kinds import TicketStatus
from deskapp.domain.replies import CannedActions, CannedReply, CannedRow
from deskapp.ui.compose.canned_picker import CannedPicker
from deskapp.ui.compose.editor import Editor

from .counter import Counter

Show = Callable[[], None]
ACTIONS = CannedActions(TicketStatus.ON_HOLD, to_me=True, add_tags=("return",))


class Asked:
    """The composer with a reply "Collect" that has all that a canned reply can have."""

    def __init__(self, counter: Counter, qtbot: QtBot) -> None:
        self.counter, self.qtbot = counter, qtbot
        form = counter.desk.canned.keep_file("Form.pdf", "application/pdf", b"%PDF-1.4 form")
        text = "We come on {{ ask.delivery_day }}, between {{ ask.hours }}."
        reply = CannedReply(None, "Collect", "", (("en", text),), 1)
        counter.desk.canned.save(replace(reply, actions=ACTIONS, files=(form,)))

    @property
    def picker(self) -> CannedPicker:
        return self.counter.composer.canned.picker

    @property
    def editor(self) -> Editor:
        return self.counter.composer.at.editor

    def ask(self) -> None:
        self.counter.type(";coll")
        self.qtbot.waitUntil(lambda: self.picker.isVisible() and self.picker._filled is not None)
        self.qtbot.keyClick(self.editor, Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: self.picker.form.fields["delivery_day"].hasFocus())

    def answer(self) -> None:
        day, hours = self.picker.form.fields.values()
        self.qtbot.keyClicks(day, "Monday")
        self.qtbot.keyClick(day, Qt.Key.Key_Tab)
        self.qtbot.waitUntil(hours.hasFocus)
        self.qtbot.keyClicks(hours, "9 and 12")
        self.qtbot.keyClick(hours, Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: "Monday" in self.editor.text())

    def acted(self) -> None:
        tickets, one = self.counter.desk.tickets, self.counter.ticket
        self.qtbot.waitUntil(lambda: tickets.row(one).tags == ("return",))
        self.qtbot.waitUntil(
            lambda: bool(self.files()) and bool(self.counter.composer.at.notice.choices())
        )

    def files(self) -> list[str]:
        line = self.counter.composer.keeper.line("reply")
        return [file.filename for file in line.shown.files] if line else []

    def row(self) -> CannedRow:
        return next(row for row in self.counter.desk.canned.list() if row.name == "Collect")


@pytest.fixture
def asked(counter: Counter, at_work: Show, qtbot: QtBot) -> Iterator[Asked]:
    made = Asked(counter, qtbot)
    at_work()
    return made
