"""A reply is under way while another program acts on its ticket: it stops, and goes once."""

import os
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.cli.program import Program
from tests.ui.compose.counter import Counter

from .overtaken import ACTS, OURS, Overtaken, note

WHOLE = "DESKAPP_ALL_THAT_OVERTAKES" in os.environ
NAMES = tuple(ACTS) if WHOLE else ("merged away", "merged into", "note")
"""The others take as long again; each is an act of ``check_not_moved``, which tests/desk plays."""


@pytest.fixture
def at(desk_url: str, qtbot: QtBot) -> Iterator[Overtaken]:
    counter = Counter(desk_url, qtbot)
    with qtbot.waitActive(counter.composer):
        counter.composer.show()
    counter.open(counter.ticket)
    counter.composer.focus_reply()
    yield Overtaken(counter, Program(desk_url))
    counter.close()


@pytest.mark.parametrize("name", NAMES)
def test_it_stops_says_who_did_what_beside_the_draft_and_goes_once_all_the_same(
    at: Overtaken, name: str
) -> None:
    at.write()
    words = ACTS[name](at)
    at.send()
    at.wait_told(*words, "your text is kept")
    at.counter.composer.steps.send_anyway()
    at.counter.composer.steps.send_anyway()
    at.counter.until(lambda: at.ours() >= 1)
    at.counter.settle()
    assert at.counter.composer.at.editor.text() == "" and at.ours() == 1


def test_one_that_was_taken_back_in_time_stops_for_what_came_meanwhile(at: Overtaken) -> None:
    at.counter.composer.set_undo_seconds(60)
    at.counter.type(OURS)
    at.send()
    at.counter.until(lambda: at.ours() == 1)
    words = note(at)
    at.counter.composer.at.undo.take_back()
    at.counter.until(lambda: at.counter.composer.at.editor.text() == OURS)
    at.send()
    at.wait_told(*words)
    at.counter.composer.steps.send_anyway()
    at.counter.until(lambda: at.ours() == 1)


def test_one_to_somebody_who_was_erased_meanwhile_does_not_leave_and_its_text_stays(
    at: Overtaken,
) -> None:
    at.write()
    customer = at.counter.desk.tickets.row(at.counter.ticket).customer_id
    assert customer is not None
    at.run("customer", "erase", str(customer), "--yes")
    at.send()
    at.counter.until(lambda: bool(at.told()))
    assert at.counter.composer.at.editor.text() == OURS and at.ours() == 0
    assert "not here any more" in at.told()
