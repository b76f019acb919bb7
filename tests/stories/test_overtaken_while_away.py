"""A reply is pressed while the desk is away, and its ticket moves on until the desk is back."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from pytestqt.qtbot import QtBot
from sqlalchemy import event

from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui.compose import Composer
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


def test_who_comes_back_to_it_finds_it_on_its_way_and_loses_nothing_typed(wire: Wire) -> None:
    counter = wire.counter
    _press_while_away(wire)
    for ticket in (counter.other, counter.ticket):
        counter.composer.open_ticket(counter.desk.tickets.conversation(ticket))
    at = counter.composer.at
    assert at.editor.text() == OURS and at.editor.isReadOnly()
    assert not at.send.isEnabled() and not at.recipients.isEnabled()
    assert at.state.text() == "being sent"
    counter.type(" And a voucher.")
    counter.composer.insert_text("10482")
    assert at.editor.text() == OURS and "cannot be changed" in at.notice.words.text()
    counter.composer.send()
    counter.composer.discard()
    assert len(counter.work.waiting_writes()) == 1
    wire.come_back()
    counter.until(lambda: at.editor.text() == "" and not at.editor.isReadOnly())
    assert at.notice.isHidden() and at.recipients.isEnabled()
    counter.settle()
    assert counter.desk.replies.draft(counter.ticket).id is None
    assert _ours(counter) == 1 and counter.problems == []


def _close_its_own_window(wire: Wire, said: str, folder: Path) -> None:
    """Said and pressed in a window of its own while the desk is away; the window closes."""
    counter = wire.counter
    own = Composer(counter.work)
    own.set_undo_seconds(0)
    own.keeper.safe.begin(folder)
    counter.open(counter.ticket, own)
    counter.settle()
    wire.leave()
    own.insert_text(said)
    with counter.qtbot.waitSignal(counter.work.stands):
        own.send()
    own.flush()
    assert [*folder.rglob("*.json")]
    shiboken6.delete(own)


def _told(counter: Counter) -> str:
    counter.until(lambda: bool(counter.problems))
    [problem] = counter.problems
    return explain(problem).in_one()


def test_it_is_told_whose_reply_stopped_though_its_own_window_is_gone(
    wire: Wire, tmp_path: Path
) -> None:
    counter = wire.counter
    _close_its_own_window(wire, OURS, tmp_path)
    counter.customer_writes_again()
    wire.come_back()
    told = _told(counter)
    assert CHAU.split(" <")[0] in told and "kept as a draft" in told
    assert _ours(counter) == 0 and counter.desk.replies.draft(counter.ticket).body == OURS


def test_a_doubt_about_it_is_told_too_and_its_text_becomes_a_draft(
    wire: Wire, tmp_path: Path
) -> None:
    counter = wire.counter
    _close_its_own_window(wire, "The invoice is attached.", tmp_path)
    wire.come_back()
    told = _told(counter)
    assert CHAU.split(" <")[0] in told and "needs a second look" in told
    counter.settle()
    assert counter.desk.replies.draft(counter.ticket).body == "The invoice is attached."
    assert _ours(counter) == 0


def test_one_that_left_without_its_window_does_not_come_back_as_a_draft(
    wire: Wire, tmp_path: Path
) -> None:
    counter = wire.counter
    _close_its_own_window(wire, OURS, tmp_path)
    wire.come_back()
    counter.until(lambda: not [*tmp_path.rglob("*.json")])
    assert _ours(counter) == 1 and counter.problems == []
