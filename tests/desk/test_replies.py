"""Answering: drafts, what leaves, and taking it back."""

import email
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from deskapp.data.tables.mail import mailbox
from deskapp.data.tables.replies import outbox, outbox_recipient
from deskapp.desk.wording import with_signature
from deskapp.domain.kinds import OutboxState, TicketStatus, View
from deskapp.domain.mail import Address
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.tickets import TicketEdit

from .ground import Ground
from .letters import START, letter

ADDRESSES = "Mai Lan <mai@customer.example>"


@pytest.fixture
def asked(ground: Ground) -> Ground:
    ground.arrive(letter(message_id="a@customer.example", cc="Her boss <boss@customer.example>"))
    return ground


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


def test_a_reply_to_a_ticket_that_moved_on_is_stopped_until_forced(asked: Ground) -> None:
    draft = replace(asked.replies.draft(asked.only()), body="Hello")
    asked.arrive(letter("It came!", answers=("a@customer.example",), hours=2))
    with pytest.raises(Problem) as stopped:
        asked.replies.send(draft)
    assert stopped.value.kind is ProblemKind.CHANGED_MEANWHILE
    assert asked.replies.outbox() == ()
    asked.replies.send(draft, force=True)
    assert len(asked.replies.outbox()) == 1


def test_a_colleagues_note_stops_a_reply_and_ones_own_does_not(asked: Ground) -> None:
    draft = replace(asked.replies.draft(asked.only()), body="Hello")
    asked.tickets.note(asked.only(), "my own")
    asked.as_olga().tickets.note(asked.only(), "do not answer, I called her")
    with pytest.raises(Problem):
        asked.replies.send(draft)


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


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"body": " \n"}, ProblemKind.EMPTY),
        ({"body": "Dear {{ customer.first_name }}"}, ProblemKind.UNRESOLVED_PLACEHOLDER),
        ({"body": "Dear ⟦customer.first_name⟧"}, ProblemKind.UNRESOLVED_PLACEHOLDER),
        ({"body": "x", "to": ()}, ProblemKind.INVALID),
        ({"body": "x", "cc": (Address("", "not an address"),)}, ProblemKind.INVALID),
        (
            {"body": "x", "to": (Address("", "a@b.example\r\nBcc: e@e.example"),)},
            ProblemKind.INVALID,
        ),
    ],
)
def test_a_reply_that_is_not_right_does_not_leave(
    asked: Ground, change: dict[str, object], kind: ProblemKind
) -> None:
    draft = replace(asked.replies.draft(asked.only()), **change)  # type: ignore[arg-type]
    with pytest.raises(Problem) as stopped:
        asked.replies.send(draft)
    assert stopped.value.kind is kind
    assert asked.replies.outbox() == ()


def test_our_own_reply_found_in_sent_is_not_a_second_message(asked: Ground) -> None:
    sent = asked.replies.send(replace(asked.replies.draft(asked.only()), body="Hello"))
    ours = asked.tickets.conversation(asked.only()).messages[-1]
    rewritten = b"X-Provider: yes\r\n" + asked.tickets.raw(ours.id)
    assert asked.arrive(rewritten, role="sent").duplicates == 1
    assert sent.message_id == ours.message_id


def test_a_customers_braces_in_the_quote_block_nothing(ground: Ground) -> None:
    ground.arrive(letter("My code is {{ broken }}"))
    ground.replies.send(replace(ground.replies.draft(ground.only()), body="Thanks"))
    assert len(ground.tickets.view_ids(View.WAITING)) == 1


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


def test_a_draft_that_was_sent_is_not_sent_again(asked: Ground) -> None:
    draft = asked.replies.save(replace(asked.replies.draft(asked.only()), body="Hello"))
    asked.replies.send(draft)
    for again in (draft, replace(draft, body="Hello again")):
        with pytest.raises(Problem) as refused:
            asked.replies.send(again)
        assert refused.value.kind is ProblemKind.CHANGED_MEANWHILE
    assert len(asked.replies.outbox()) == 1


def test_a_reply_that_one_customer_has_already_is_not_taken_back(asked: Ground) -> None:
    sent = asked.replies.send(replace(asked.replies.draft(asked.only()), body="Hello"))
    with asked.database.writing() as unit:  # as the postman leaves it: one took it, one says later
        boss = outbox_recipient.c.address == "boss@customer.example"
        unit.connection.execute(update(outbox_recipient).where(boss).values(state="accepted"))
    with pytest.raises(Problem) as late:
        asked.replies.undo(sent.outbox_id)
    assert late.value.kind is ProblemKind.TOO_LATE
    assert len(asked.replies.outbox()) == 1


def test_a_note_that_was_there_already_does_not_stop_a_reply(asked: Ground) -> None:
    asked.as_olga().tickets.note(asked.only(), "I called her")
    asked.replies.send(replace(asked.replies.draft(asked.only()), body="Hello"))
    assert len(asked.replies.outbox()) == 1


def test_a_colleagues_note_stops_a_reply_of_somebody_without_a_name(asked: Ground) -> None:
    asked.context.agent = None
    draft = replace(asked.replies.draft(asked.only()), body="Hello")
    asked.as_olga().tickets.note(asked.only(), "do not answer, I called her")
    with pytest.raises(Problem):
        asked.replies.send(draft)


def test_after_a_bounce_the_customer_is_answered_and_not_the_mail_server(ground: Ground) -> None:
    lan = Address("Mai Lan", "mai@customer.example")
    one = ground.tickets.new_ticket(lan, "Your parcel", ground.mailbox)
    sent = ground.replies.send(replace(ground.replies.draft(one), body="It is here."))
    away = {"Auto-Submitted": "auto-replied", "X-Autoreply": "yes"}
    robot = "Mail System <robot@customer.example>"
    ground.arrive(letter("Away", sender=robot, answers=(sent.message_id,), headers=away, hours=25))
    assert ground.tickets.row(one).message_count == 2
    assert ground.replies.draft(one).to == (lan,)


def _support_is(ground: Ground, address: str) -> None:
    with ground.database.writing() as unit:
        unit.connection.execute(update(mailbox).values(address=address, address_key=address))


def test_a_mailbox_with_an_underscore_in_its_domain_can_send(asked: Ground) -> None:
    _support_is(asked, "help@my_shop.local")
    sent = asked.replies.send(replace(asked.replies.draft(asked.only()), body="Hello"))
    ours = asked.tickets.conversation(asked.only()).messages[-1]
    copy = b"X-Provider: yes\r\n" + asked.tickets.raw(ours.id)
    assert sent.message_id.isascii()
    assert asked.arrive(copy, role="sent").duplicates == 1


@pytest.mark.parametrize("address", ["help@[127.0.0.1]", "help@_x", "help@а..б"])
def test_a_mailbox_whose_domain_no_mail_can_carry_is_a_problem_and_no_fault(
    asked: Ground, address: str
) -> None:
    _support_is(asked, address)
    with pytest.raises(Problem) as refused:
        asked.replies.send(replace(asked.replies.draft(asked.only()), body="Hello"))
    assert refused.value.details["value"] == address


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


def test_ones_own_words_are_not_news_to_oneself(asked: Ground) -> None:
    newest = asked.tickets.conversation(asked.only()).newest
    assert newest is not None
    asked.tickets.seen(asked.only(), newest)
    asked.as_olga().tickets.seen(asked.only(), newest)
    asked.tickets.note(asked.only(), "calling her")
    draft = replace(asked.replies.draft(asked.only()), body="Which colour?")
    asked.replies.send(draft, status=TicketStatus.OPEN)
    assert not asked.tickets.row(asked.only()).unread
    assert asked.as_olga().tickets.row(asked.only()).unread


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
