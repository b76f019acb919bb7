"""A canned reply on its way: its status and files go with it, and it is counted."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from deskapp.domain.kinds import TicketStatus
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui.compose.send_button import WAIT, SendChoice

from .asked import Asked, asked

__all__ = ["asked"]


@pytest.mark.parametrize(("typed", "edited"), [(" See you.", 0), ("\b\b\bten.", 1)])
def test_what_was_edited_before_it_left_is_counted(
    asked: Asked, qtbot: QtBot, typed: str, edited: int
) -> None:
    asked.ask()
    asked.answer()
    asked.acted()
    for letter in typed:
        if letter == "\b":
            qtbot.keyClick(asked.editor, Qt.Key.Key_Backspace)
        else:
            asked.counter.type(letter)
    asked.counter.composer.send()
    qtbot.waitUntil(lambda: (asked.row().sent, asked.row().edited) == (1, edited))
    assert asked.row().uses == 1


@pytest.mark.parametrize("pick", [None, WAIT])
def test_send_takes_the_status_that_the_reply_wants_unless_another_way_is_picked(
    asked: Asked, qtbot: QtBot, pick: SendChoice | None
) -> None:
    composer, tickets, one = (
        asked.counter.composer,
        asked.counter.desk.tickets,
        asked.counter.ticket,
    )
    assert composer.at.send.main.text() == "Send and wait"
    asked.ask()
    asked.answer()
    asked.acted()
    assert composer.at.send.main.text() == "Send, on hold"
    if pick is None:
        composer.at.send.main.click()
    else:
        composer.at.send.wanted.emit(pick)
    qtbot.waitUntil(lambda: composer.at.undo.counting)
    wanted = TicketStatus.ON_HOLD if pick is None else TicketStatus.WAITING
    assert tickets.row(one).status is wanted
    qtbot.waitUntil(lambda: composer.at.send.main.text() == "Send and wait")


def test_the_status_and_the_count_survive_a_restart(asked: Asked, qtbot: QtBot) -> None:
    asked.ask()
    asked.answer()
    asked.acted()
    asked.counter.settle()
    qtbot.waitUntil(lambda: not asked.counter.composer.keeper.line("reply").unsaved)
    again = asked.counter.new_composer()
    with qtbot.waitActive(again):
        again.show()
    asked.counter.open(asked.counter.ticket, again)
    assert again.at.send.main.text() == "Send, on hold"
    again.at.editor.insert(" Bye.")
    again.send()
    qtbot.waitUntil(lambda: again.at.undo.counting)
    asked.counter.settle()
    qtbot.waitUntil(lambda: asked.row().sent == 1)
    assert (asked.row().uses, asked.row().edited) == (1, 0)


def test_undoing_it_gives_the_send_button_its_words_back(asked: Asked, qtbot: QtBot) -> None:
    asked.ask()
    asked.answer()
    asked.acted()
    qtbot.keyClick(asked.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert asked.counter.composer.at.send.main.text() == "Send and wait"


def test_a_discarded_draft_that_is_put_back_still_counts(asked: Asked, qtbot: QtBot) -> None:
    composer = asked.counter.composer
    asked.ask()
    asked.answer()
    asked.acted()
    asked.counter.settle()
    composer.discard()
    qtbot.waitUntil(lambda: asked.editor.text() == "")
    composer.at.notice.choose("Undo")
    qtbot.waitUntil(lambda: "Monday" in asked.editor.text())
    asked.counter.settle()
    composer.send()
    qtbot.waitUntil(lambda: composer.at.undo.counting)
    asked.counter.settle()
    qtbot.waitUntil(lambda: asked.row().sent == 1)


def test_sent_at_once_the_reply_waits_for_its_file_and_goes_with_it(
    asked: Asked, qtbot: QtBot
) -> None:
    asked.ask()
    asked.answer()
    composer = asked.counter.composer
    line = composer.keeper.line("reply")
    assert line is not None and line.files_coming  # before the event loop had a turn
    with qtbot.waitSignal(composer.sent) as sent:
        composer.at.send.main.click()
    raw = asked.counter.desk.tickets.raw(sent.args[0].message)
    assert b"Form.pdf" in raw
    asked.counter.settle()
    assert len(asked.counter.desk.replies.outbox()) == 1


def test_a_reply_that_waits_for_its_file_goes_though_its_ticket_is_left(
    asked: Asked, qtbot: QtBot
) -> None:
    asked.ask()
    asked.answer()
    composer = asked.counter.composer
    with qtbot.waitSignal(composer.sent) as sent:
        composer.at.send.main.click()
        asked.counter.open(asked.counter.other)
    assert b"Form.pdf" in asked.counter.desk.tickets.raw(sent.args[0].message)


def test_a_reply_whose_file_cannot_be_put_on_stays(
    asked: Asked, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> dict[str, bytes]:
        raise Problem(ProblemKind.DATABASE_UNREACHABLE)

    asked.ask()
    monkeypatch.setattr(asked.counter.desk.canned, "file_bytes", away)
    asked.answer()
    composer = asked.counter.composer
    composer.at.send.main.click()
    line = composer.keeper.line("reply")
    assert line is not None
    qtbot.waitUntil(lambda: line.files_missed and not line.files_coming)
    asked.counter.settle()
    assert asked.counter.desk.replies.outbox() == ()
    assert composer.at.send.main.isEnabled()
    assert not composer.at.notice.isHidden()
