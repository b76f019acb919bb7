"""What is typed before a ticket's draft has come is kept, and for that ticket only."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import Draft
from deskapp.ui.compose.draft_keeper import NOTE, REPLY

from .counter import Counter

Show = Callable[[], None]


def here(counter: Counter, qtbot: QtBot) -> None:
    """Waits until the drafts of the ticket that is open are on screen."""
    qtbot.waitUntil(lambda: counter.composer.keeper.line(REPLY) is not None)
    counter.settle()


def test_typing_begins_before_the_draft_is_here(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    counter.composer.expect_ticket(counter.other)
    counter.type("Dear ")
    assert not counter.composer.at.send.isEnabled()
    counter.composer.open_ticket(counter.desk.tickets.conversation(counter.other))
    counter.type("Yijun")
    here(counter, qtbot)
    counter.type(", thanks")
    assert counter.composer.at.editor.text() == "Dear Yijun, thanks"
    counter.composer.flush()
    counter.settle()
    assert counter.desk.replies.draft(counter.other).body == "Dear Yijun, thanks"
    assert counter.desk.replies.draft(counter.ticket).body == ""


def test_early_letters_join_a_begun_draft_at_its_caret(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    draft = counter.desk.replies.draft(counter.other)
    counter.desk.replies.save(replace(draft, body="Dear .\nBye", caret=5))
    at_work()
    counter.composer.expect_ticket(counter.other)
    counter.type("Yijun")
    counter.composer.open_ticket(counter.desk.tickets.conversation(counter.other))
    here(counter, qtbot)
    assert counter.composer.at.editor.text() == "Dear Yijun.\nBye"
    assert counter.composer.at.editor.caret() == len("Dear Yijun")


def test_a_ticket_left_before_its_draft_came_keeps_what_was_typed(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    draft = counter.desk.replies.draft(counter.other)
    counter.desk.replies.save(replace(draft, body="Begun. ", caret=7))
    at_work()
    counter.composer.expect_ticket(counter.other)
    counter.type("Hurried")
    counter.composer.expect_ticket(counter.ticket)
    assert counter.composer.at.editor.text() == ""
    counter.composer.open_ticket(counter.desk.tickets.conversation(counter.ticket))
    here(counter, qtbot)
    assert counter.composer.at.editor.text() == ""
    assert counter.desk.replies.draft(counter.other).body == "Begun. Hurried"


def test_going_away_and_back_at_once_shows_what_was_typed(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    counter.composer.expect_ticket(counter.other)
    counter.type("one ")
    counter.composer.open_ticket(counter.desk.tickets.conversation(counter.ticket))
    counter.composer.open_ticket(counter.desk.tickets.conversation(counter.other))
    counter.type("two")
    here(counter, qtbot)
    assert counter.composer.at.editor.text() == "one two"


def test_reply_and_note_typed_early_stay_apart(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    counter.composer.expect_ticket(counter.other)
    counter.type("to her")
    counter.composer.focus_note()
    counter.type("to us")
    counter.composer.open_ticket(counter.desk.tickets.conversation(counter.other))
    here(counter, qtbot)
    counter.composer.flush()
    counter.settle()
    assert counter.desk.replies.draft(counter.other, REPLY).body == "to her"
    assert counter.desk.replies.draft(counter.other, NOTE).body == "to us"


def test_early_letters_that_could_not_be_saved_are_told_and_come_back(
    counter: Counter, at_work: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_work()
    counter.composer.expect_ticket(counter.other)
    counter.type("kept")
    with monkeypatch.context() as broken:

        def full(_draft: Draft) -> Draft:
            raise Problem(ProblemKind.DISK_FULL, path="disk")

        broken.setattr(counter.desk.replies, "save", full)
        with qtbot.waitSignal(counter.composer.failed) as told:
            counter.composer.expect_ticket(counter.ticket)
    assert told.args[0].kind is ProblemKind.DISK_FULL
    counter.composer.open_ticket(counter.desk.tickets.conversation(counter.other))
    here(counter, qtbot)
    assert counter.composer.at.editor.text() == "kept"


def test_closing_the_program_saves_early_letters(counter: Counter, at_work: Show) -> None:
    at_work()
    counter.composer.expect_ticket(counter.other)
    counter.type("last words")
    counter.composer._quitting()
    counter.settle()
    assert counter.desk.replies.draft(counter.other).body == "last words"
