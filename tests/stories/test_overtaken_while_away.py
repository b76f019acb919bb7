"""A reply is pressed while the desk is away, and its ticket moves on until the desk is back."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import event

from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui.errors import explain
from tests.ui.compose.counter import CHAU, Counter

OURS = "We sent a second parcel this morning."
AWAY = Problem(ProblemKind.DATABASE_UNREACHABLE, place="db.example")


@dataclass
class Wire:
    """Between the window's lanes and the desk; colleagues, in this thread, are not on it."""

    counter: Counter
    cut: bool = False

    def hold(self, *_facts: Any) -> None:
        if self.cut and threading.current_thread() is not threading.main_thread():
            raise AWAY

    def leave(self) -> None:
        self.cut = True
        self.counter.work.line_is(AWAY)

    def come_back(self) -> None:
        self.cut = False
        self.counter.work.line_is(None)


@pytest.fixture
def wire(desk_url: str, qtbot: QtBot) -> Iterator[Wire]:
    counter = Counter(desk_url, qtbot)
    made = Wire(counter)
    for engine in {counter.desk.database.reader, counter.desk.database.writer}:
        event.listen(engine, "before_cursor_execute", made.hold)
    with qtbot.waitActive(counter.composer):
        counter.composer.show()
    counter.open(counter.ticket)
    counter.composer.focus_reply()
    counter.composer.set_undo_seconds(0)
    yield made
    counter.close()


def _press_while_away(wire: Wire) -> None:
    """Written and kept, then pressed; the lane has met no desk."""
    counter = wire.counter
    counter.type(OURS)
    counter.until(lambda: "saved" in counter.composer.at.state.text().casefold())
    wire.leave()
    with counter.qtbot.waitSignal(counter.work.stands):
        counter.composer.send()
    assert counter.work.waiting_writes() and counter.composer.at.editor.text() == OURS


def _ours(counter: Counter) -> int:
    return sum(row.agent_name == "Anna" for row in counter.desk.replies.outbox())


def test_it_stops_when_the_desk_is_back_and_shows_what_is_new_beside_the_draft(
    wire: Wire,
) -> None:
    counter = wire.counter
    _press_while_away(wire)
    counter.customer_writes_again()
    wire.come_back()
    notice = counter.composer.at.notice
    counter.until(lambda: "Em cần trước ngày 25." in notice.words.text())
    assert CHAU.split(" <")[0] in notice.words.text() and "your text is kept" in notice.words.text()
    assert not notice.isHidden() and counter.composer.at.editor.text() == OURS
    assert _ours(counter) == 0 and not counter.work.waiting_writes()
    counter.composer.steps.send_anyway()
    counter.until(lambda: _ours(counter) == 1)
    assert counter.problems == []


def test_it_goes_once_where_nothing_is_new(wire: Wire) -> None:
    counter = wire.counter
    _press_while_away(wire)
    wire.come_back()
    counter.until(lambda: _ours(counter) == 1)
    counter.until(lambda: counter.composer.at.editor.text() == "")


def test_it_stops_too_where_another_ticket_is_open_by_then_and_stays_a_draft(wire: Wire) -> None:
    counter = wire.counter
    _press_while_away(wire)
    told: list[Problem] = []
    counter.composer.failed.connect(told.append)
    counter.composer.open_ticket(counter.desk.tickets.conversation(counter.other))
    counter.customer_writes_again()
    wire.come_back()
    counter.until(lambda: bool(told))
    assert CHAU.split(" <")[0] in explain(told[0]).in_one()
    assert _ours(counter) == 0 and counter.desk.replies.draft(counter.ticket).body == OURS
