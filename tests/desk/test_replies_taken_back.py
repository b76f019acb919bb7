"""Taking a reply back: what comes back with it, and when it is too late."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from deskapp.data.tables.replies import outbox_recipient
from deskapp.domain.kinds import TicketStatus
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.tickets import TicketEdit

from .asked import asked
from .ground import Ground
from .letters import letter

__all__ = ["asked"]


def test_taking_back_brings_draft_files_and_status_as_they_were(asked: Ground) -> None:
    draft = asked.replies.attach(
        replace(asked.replies.draft(asked.only()), body="Hello", caret=3),
        "a.txt",
        "text/plain",
        b"x",
    )
    sent = asked.replies.send(draft, status=TicketStatus.SOLVED)
    assert asked.tickets.row(asked.only()).status is TicketStatus.SOLVED
    back = asked.replies.undo(sent.outbox_id)
    assert (back.body, back.caret, [file.filename for file in back.files]) == (
        "Hello",
        3,
        ["a.txt"],
    )
    row = asked.tickets.row(asked.only())
    assert (row.status, row.message_count) == (TicketStatus.NEW, 1)
    assert row.waiting_since is not None
    assert asked.search.find("Hello") == ()
    again = asked.replies.send(back)
    assert again.message_id != sent.message_id


def test_taking_back_twice_or_too_late_is_refused(asked: Ground) -> None:
    sent = asked.replies.send(replace(asked.replies.draft(asked.only()), body="Hello"))
    asked.replies.undo(sent.outbox_id)
    with pytest.raises(Problem) as late:
        asked.replies.undo(sent.outbox_id)
    assert late.value.kind is ProblemKind.TOO_LATE


def test_taking_back_leaves_a_status_that_was_set_meanwhile(asked: Ground) -> None:
    sent = asked.replies.send(replace(asked.replies.draft(asked.only()), body="Hello"))
    asked.as_olga().tickets.edit(asked.only(), TicketEdit(status=TicketStatus.SPAM))
    asked.replies.undo(sent.outbox_id)
    assert asked.tickets.row(asked.only()).status is TicketStatus.SPAM


def test_giving_a_reply_up_does_not_close_over_what_the_customer_wrote_since(
    asked: Ground,
) -> None:
    asked.tickets.edit(asked.only(), TicketEdit(status=TicketStatus.SOLVED))
    sent = asked.replies.send(replace(asked.replies.draft(asked.only()), body="Hello"))
    asked.later(hours=5)
    asked.arrive(letter("Anybody there?", answers=("a@customer.example",), hours=26))
    assert asked.tickets.row(asked.only()).status is TicketStatus.OPEN
    asked.replies.cancel(sent.outbox_id)
    assert asked.tickets.row(asked.only()).status is TicketStatus.OPEN


def test_a_reply_that_kept_the_status_leaves_it_alone_when_taken_back(asked: Ground) -> None:
    draft = replace(asked.replies.draft(asked.only()), body="Hello")
    sent = asked.replies.send(draft, status=TicketStatus.NEW)
    asked.tickets.edit(asked.only(), TicketEdit(status=TicketStatus.ON_HOLD))
    asked.replies.undo(sent.outbox_id)
    assert asked.tickets.row(asked.only()).status is TicketStatus.ON_HOLD


def test_the_words_of_a_reply_taken_back_are_shown_nowhere(asked: Ground) -> None:
    sent = asked.replies.send(replace(asked.replies.draft(asked.only()), body="Wrong words"))
    assert asked.tickets.row(asked.only()).snippet.startswith("Wrong words")
    asked.replies.undo(sent.outbox_id)
    assert asked.tickets.row(asked.only()).snippet == "Where is my parcel?"


def test_a_reply_that_one_customer_has_already_is_not_taken_back(asked: Ground) -> None:
    sent = asked.replies.send(replace(asked.replies.draft(asked.only()), body="Hello"))
    with asked.database.writing() as unit:  # as the postman leaves it: one took it, one says later
        boss = outbox_recipient.c.address == "boss@customer.example"
        unit.connection.execute(update(outbox_recipient).where(boss).values(state="accepted"))
    with pytest.raises(Problem) as late:
        asked.replies.undo(sent.outbox_id)
    assert late.value.kind is ProblemKind.TOO_LATE
    assert len(asked.replies.outbox()) == 1
