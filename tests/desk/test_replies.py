"""Answering: drafts, what leaves, and what it makes of the ticket."""

import email
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from deskapp.data.tables.replies import outbox
from deskapp.desk.wording import with_signature
from deskapp.domain.kinds import OutboxState, TicketStatus
from deskapp.domain.mail import Address
from deskapp.domain.problem import Problem, ProblemKind

from .asked import asked
from .ground import Ground
from .letters import START, letter

__all__ = ["asked"]

ADDRESSES = "Mai Lan <mai@customer.example>"


def test_a_fresh_draft_answers_who_wrote_and_keeps_their_copies(asked: Ground) -> None:
    draft = asked.replies.draft(asked.only())
    assert draft.to == (Address("Mai Lan", "mai@customer.example"),)
    assert draft.cc == (Address("Her boss", "boss@customer.example"),)


def test_a_draft_is_there_again_as_it_was_left(asked: Ground) -> None:
    draft = asked.replies.draft(asked.only())
    saved = asked.replies.save(replace(draft, body="Chào chị Lan,\nđơn 訂單", caret=5))
    saved = asked.replies.attach(saved, "label.pdf", "application/pdf", b"%PDF-1")
    assert asked.replies.draft(asked.only()) == saved
    assert asked.as_olga().replies.draft(asked.only()).body == "", "everybody has their own"


def test_two_windows_of_one_person_do_not_overwrite_each_other(asked: Ground) -> None:
    first = asked.replies.save(replace(asked.replies.draft(asked.only()), body="one"))
    asked.replies.save(replace(first, body="two"))
    with pytest.raises(Problem) as refused:
        asked.replies.save(replace(first, body="three"))
    assert refused.value.kind is ProblemKind.CHANGED_MEANWHILE
    assert asked.replies.draft(asked.only()).body == "two"


def test_a_sent_reply_is_in_the_outbox_with_its_final_bytes(asked: Ground) -> None:
    draft = replace(asked.replies.draft(asked.only()), body="On its way.")
    preview = asked.replies.preview(draft).text
    sent = asked.replies.send(draft)
    conversation = asked.tickets.conversation(asked.only())
    ours = conversation.messages[-1]
    mail = email.message_from_bytes(asked.tickets.raw(ours.id))
    assert mail["Message-ID"] == f"<{sent.message_id}>"
    assert mail["In-Reply-To"] == "<a@customer.example>" == mail["References"]
    assert mail["Subject"] == "Re: Where is order #10482?"
    assert mail["To"] == ADDRESSES and "support@shop.example" in mail["From"]
    payload = mail.get_payload(decode=True)
    assert isinstance(payload, bytes)
    assert payload.decode().replace("\r\n", "\n").strip() == preview.strip() == ours.text.strip()
    assert preview.startswith("On its way.\n\nAnna, Lotus\n") and "> Where is my parcel?" in preview
    assert sent.not_before == asked.time + timedelta(seconds=15)
    [waiting] = asked.replies.outbox()
    assert (waiting.state, waiting.to) == (
        OutboxState.QUEUED,
        ("mai@customer.example", "boss@customer.example"),
    )


def test_answering_turns_the_ticket_and_makes_it_ours(asked: Ground) -> None:
    asked.replies.send(replace(asked.replies.draft(asked.only()), body="Hello"))
    row = asked.tickets.row(asked.only())
    assert (row.status, row.assignee_id, row.waiting_since) == (
        TicketStatus.WAITING,
        asked.anna,
        None,
    )
    assert asked.replies.draft(asked.only()).body == "", "the sent draft is closed"


def test_our_own_reply_found_in_sent_is_not_a_second_message(asked: Ground) -> None:
    sent = asked.replies.send(replace(asked.replies.draft(asked.only()), body="Hello"))
    ours = asked.tickets.conversation(asked.only()).messages[-1]
    rewritten = b"X-Provider: yes\r\n" + asked.tickets.raw(ours.id)
    assert asked.arrive(rewritten, role="sent").duplicates == 1
    assert sent.message_id == ours.message_id


def test_after_a_bounce_the_customer_is_answered_and_not_the_mail_server(ground: Ground) -> None:
    lan = Address("Mai Lan", "mai@customer.example")
    one = ground.tickets.new_ticket(lan, "Your parcel", ground.mailbox)
    sent = ground.replies.send(replace(ground.replies.draft(one), body="It is here."))
    away = {"Auto-Submitted": "auto-replied", "X-Autoreply": "yes"}
    robot = "Mail System <robot@customer.example>"
    ground.arrive(letter("Away", sender=robot, answers=(sent.message_id,), headers=away, hours=25))
    assert ground.tickets.row(one).message_count == 2
    assert ground.replies.draft(one).to == (lan,)


def test_a_signature_that_is_part_of_a_word_is_still_put_below() -> None:
    assert with_signature("Dear Mai Lan,\nthank you.", "Mai").endswith("\n\nMai\n")
    assert with_signature("Thank you.\n\nMai", "Mai") == "Thank you.\n\nMai\n"


def test_a_mail_that_crossed_our_reply_still_waits_for_an_answer(asked: Ground) -> None:
    """It reached the server before we wrote and this desk after: nobody has read it."""
    asked.replies.send(replace(asked.replies.draft(asked.only()), body="It leaves today."))
    conversation = asked.tickets.conversation(asked.only())
    assert conversation.newest is not None
    asked.tickets.seen(asked.only(), conversation.newest)
    asked.arrive(letter("Cancel it!", answers=("a@customer.example",), hours=23))
    row = asked.tickets.row(asked.only())
    assert (row.status, row.unread) == (TicketStatus.OPEN, True)
    assert row.waiting_since == START + timedelta(hours=23)


def test_mail_older_than_what_our_reply_answered_waits_for_nothing(ground: Ground) -> None:
    """A first pull brings the newest mail first, and somebody answers before the rest is here."""
    ground.arrive(letter("And?", message_id="2@c.example", answers=("1@c.example",), hours=2))
    ground.replies.send(replace(ground.replies.draft(ground.only()), body="It leaves today."))
    ground.arrive(letter("Hello", message_id="1@c.example"))
    row = ground.tickets.row(ground.only())
    assert (row.status, row.waiting_since) == (TicketStatus.WAITING, None)


def test_a_colleagues_draft_is_seen_and_ones_own_and_notes_are_not(ground: Ground) -> None:
    ground.arrive(letter("Where is it?", message_id="q@mail.example"))
    one, theirs = ground.only(), ground.as_olga().replies
    theirs.save(replace(theirs.draft(one), body="Not sent yet"))
    theirs.save(replace(theirs.draft(one, "note"), body="For us"))
    [seen] = ground.tickets.drafts_of_others(one)
    assert (seen.writer, seen.body, seen.kind) == ("Olga", "Not sent yet", "reply")
    assert ground.as_olga().tickets.drafts_of_others(one) == ()


def test_two_programs_of_one_person_cannot_begin_two_drafts(ground: Ground) -> None:
    """Of two open ones the older would not be seen any more."""
    ground.arrive(letter("Where is it?", message_id="q@mail.example"))
    here, there = (ground.replies.draft(ground.only()) for _ in range(2))
    ground.replies.save(replace(here, body="Written at home"))
    with pytest.raises(Problem) as refused:
        ground.replies.save(replace(there, body="Written in the office"))
    assert refused.value.kind is ProblemKind.CHANGED_MEANWHILE
    assert ground.replies.draft(ground.only()).body == "Written at home"


def test_of_a_reply_that_a_person_knows_to_have_left_the_copy_in_sent_is_made(
    asked: Ground,
) -> None:
    draft = replace(asked.replies.draft(asked.only()), body="It leaves today.")
    queued = asked.replies.send(draft).outbox_id
    with asked.database.writing() as unit:
        unit.connection.execute(update(outbox).values(state="uncertain", sent_copy="pending"))
    asked.replies.uncertain_was_sent(queued, True)
    with asked.database.reading() as connection:
        row = connection.execute(select(outbox.c.state, outbox.c.sent_copy)).one()
    assert tuple(row) == ("sent", "pending")
