"""Since when a customer waits, over ends without an answer and reopenings by hand."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from deskapp.data.tables.tickets import ticket
from deskapp.desk.upkeep import Upkeep
from deskapp.domain.kinds import TicketStatus
from deskapp.domain.tickets import TicketEdit
from deskapp.domain.upkeep import FindingKind

from .ground import Ground
from .letters import START, letter

FIRST = ("a@customer.example",)


@pytest.fixture
def thanked(ground: Ground) -> Ground:
    """A question, our answer, and "Thanks!", which stands unanswered."""
    ground.arrive(letter(message_id=FIRST[0]))
    ground.replies.send(replace(ground.replies.draft(ground.only()), body="It is here."))
    ground.later(hours=2)
    ground.arrive(letter("Thanks!", message_id="t@customer.example", answers=FIRST, hours=25))
    return ground


def _set(ground: Ground, status: TicketStatus) -> None:
    ground.tickets.edit(ground.only(), TicketEdit(status=status))


def _stands(ground: Ground) -> tuple[TicketStatus, datetime | None]:
    assert Upkeep(ground.context).check() == ()
    row = ground.tickets.row(ground.only())
    return row.status, row.waiting_since


@pytest.mark.parametrize("end", [TicketStatus.SOLVED, TicketStatus.CLOSED])
def test_a_new_question_after_an_end_without_an_answer_waits_since_itself(
    thanked: Ground, end: TicketStatus
) -> None:
    _set(thanked, end)
    assert _stands(thanked) == (end, None)
    thanked.later(days=13)
    thanked.arrive(letter("It broke.", answers=FIRST, hours=25 + 12 * 24))
    assert _stands(thanked) == (TicketStatus.OPEN, START + timedelta(hours=25 + 12 * 24))


def test_mail_that_crossed_the_end_reopens_and_waits(thanked: Ground) -> None:
    """Dated before the ticket was closed and here only after: nobody has read it."""
    thanked.later(hours=5)
    _set(thanked, TicketStatus.SOLVED)
    thanked.arrive(letter("One more thing", answers=FIRST, hours=26))
    assert _stands(thanked) == (TicketStatus.OPEN, START + timedelta(hours=26))


def test_what_is_not_our_turn_waits_for_nobody_and_waits_again_when_it_is(thanked: Ground) -> None:
    asked = START + timedelta(hours=25)
    for status in (TicketStatus.ON_HOLD, TicketStatus.WAITING):
        _set(thanked, status)
        assert _stands(thanked) == (status, None)
        _set(thanked, TicketStatus.OPEN)
        assert _stands(thanked) == (TicketStatus.OPEN, asked)


def test_a_ticket_reopened_by_hand_waits_since_then_until_we_write(thanked: Ground) -> None:
    _set(thanked, TicketStatus.SPAM)
    again = thanked.later(days=1)
    _set(thanked, TicketStatus.OPEN)
    assert _stands(thanked) == (TicketStatus.OPEN, again)
    thanked.later(hours=1)
    thanked.tickets.note(thanked.only(), "not spam")
    assert _stands(thanked) == (TicketStatus.OPEN, again)
    draft = replace(thanked.replies.draft(thanked.only()), body="Which colour?")
    sent = thanked.replies.send(draft, status=TicketStatus.OPEN)
    assert _stands(thanked) == (TicketStatus.OPEN, None)
    thanked.replies.undo(sent.outbox_id)
    assert _stands(thanked) == (TicketStatus.OPEN, again)


def test_an_end_that_was_taken_back_with_its_reply_covers_nothing(thanked: Ground) -> None:
    draft = replace(thanked.replies.draft(thanked.only()), body="You are welcome.")
    sent = thanked.replies.send(draft, status=TicketStatus.CLOSED)
    assert _stands(thanked) == (TicketStatus.CLOSED, None)
    thanked.replies.undo(sent.outbox_id)
    assert _stands(thanked) == (TicketStatus.OPEN, START + timedelta(hours=25))


def test_a_status_set_after_a_reply_stays_when_the_reply_is_taken_back(thanked: Ground) -> None:
    draft = replace(thanked.replies.draft(thanked.only()), body="You are welcome.")
    sent = thanked.replies.send(draft)
    _set(thanked, TicketStatus.CLOSED)
    thanked.replies.undo(sent.outbox_id)
    assert _stands(thanked) == (TicketStatus.CLOSED, None)


def test_history_is_not_what_a_reopened_ticket_waits_since(ground: Ground) -> None:
    ground.intake.import_mails(
        [
            letter(message_id=FIRST[0]),
            letter("Hello?", message_id="h@customer.example", answers=FIRST, hours=1),
        ]
    )
    assert _stands(ground) == (TicketStatus.CLOSED, None)
    ground.later(days=30)
    ground.arrive(letter("It broke.", answers=FIRST, hours=300))
    assert _stands(ground) == (TicketStatus.OPEN, START + timedelta(hours=300))


def test_history_reopened_by_hand_waits_since_then(ground: Ground) -> None:
    ground.intake.import_mails([letter(message_id=FIRST[0])])
    _set(ground, TicketStatus.OPEN)
    assert _stands(ground) == (TicketStatus.OPEN, ground.time)


def test_the_audit_finds_a_waiting_time_that_no_message_gives(thanked: Ground) -> None:
    with thanked.database.writing() as unit:
        unit.connection.execute(update(ticket).values(waiting_since=None))
    assert {one.kind for one in Upkeep(thanked.context).check()} == {FindingKind.TICKET_SUMS}
