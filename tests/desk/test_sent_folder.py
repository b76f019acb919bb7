"""What staff write from a phone lies in Sent and stands on the ticket as ours."""

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from deskapp.domain.kinds import Direction, TicketStatus

from .ground import Ground
from .letters import START, letter
from .test_returned_mail import report

FIRST = "a@customer.example"


def phone(
    text: str = "On its way", sender: str = "Lotus <support@shop.example>", **more: object
) -> bytes:
    facts: dict[str, object] = {"to": "mai@customer.example", "hours": 3, "answers": (FIRST,)}
    return letter(text, sender=sender, **(facts | more))  # type: ignore[arg-type]


def test_an_answer_from_a_phone_ends_the_waiting(ground: Ground) -> None:
    ground.arrive(letter(message_id=FIRST))
    ground.arrive(phone(message_id="p@phone.example"), role="sent")
    [row] = ground.rows()
    assert (row.status, row.waiting_since, row.unread) == (TicketStatus.WAITING, None, False)
    ours = ground.messages()[-1]
    assert (ours.direction, ours.agent_name, ours.marked) == (Direction.OUT, "", False)


@pytest.mark.parametrize(
    "sender", ["Anna <support@shop.example>", "Somebody <anna@private.example>"]
)
def test_who_wrote_it_is_found_by_name_or_own_address(ground: Ground, sender: str) -> None:
    ground.give_address(ground.anna, "anna@private.example")
    ground.arrive(letter(message_id=FIRST))
    ground.arrive(phone(sender=sender), role="sent")
    assert ground.messages()[-1].agent_name == "Anna"


def test_mail_to_somebody_new_opens_a_ticket_as_ours_that_nobody_need_read(ground: Ground) -> None:
    ground.arrive(phone(to="Tom <tom@new.example>", subject="Your parcel", answers=()), role="sent")
    [row] = ground.rows()
    assert (row.status, row.unread, row.customer_name) == (TicketStatus.WAITING, False, "Tom")
    assert row.waiting_since is None


def test_our_own_automatic_answer_in_sent_answers_nobody(ground: Ground) -> None:
    ground.arrive(letter(message_id=FIRST))
    away = {"Auto-Submitted": "auto-replied"}
    ground.arrive(phone("We are closed today.", headers=away), role="sent")
    [row] = ground.rows()
    assert (row.status, row.waiting_since) == (TicketStatus.NEW, START)


def test_a_forward_from_a_phone_to_somebody_else_is_ours_and_unmarked(ground: Ground) -> None:
    ground.arrive(letter(message_id=FIRST))
    ground.arrive(phone("Please look", to="courier@post.example"), role="sent")
    assert not ground.messages()[-1].marked


@pytest.mark.parametrize("together", [True, False])
def test_an_answer_that_we_copy_to_ourselves_is_one_message_of_ours(
    ground: Ground, together: bool
) -> None:
    ground.arrive(letter(message_id=FIRST))
    raw = phone(message_id="p@phone.example", cc="support@shop.example")
    copy = b"Received: by mx.example\r\n" + raw
    if together:
        ground.arrive(copy)
        assert ground.messages()[-1].marked  # until Sent proves it, anybody may have written it
    ground.arrive(raw, role="sent")
    ground.arrive(copy)
    [_, ours] = ground.messages()
    assert (ours.direction, ours.marked) == (Direction.OUT, False)
    [row] = ground.rows()
    assert (row.status, row.waiting_since) == (TicketStatus.WAITING, None)
    assert ground.check() == ()


def test_sent_before_what_it_answers_ends_as_the_other_way_round(ground: Ground) -> None:
    ground.arrive(phone(message_id="p@phone.example"), role="sent")
    ground.arrive(letter(message_id=FIRST))
    [row] = ground.rows()
    assert (row.message_count, row.status, row.waiting_since) == (2, TicketStatus.WAITING, None)


def _given_another_id(raw: bytes, given: str = "0100018f@email.server.example") -> bytes:
    """As some servers give our letter back: their id, HTML beside the text, our id gone."""
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    del mail["Message-ID"]
    mail["Message-ID"] = f"<{given}>"
    mail.add_alternative("<p>It is on its way.</p>", subtype="html")
    return mail.as_bytes()


@pytest.mark.parametrize("first", ["ours", "theirs"])
def test_our_reply_whose_id_the_server_changed_is_one_message_and_answers_to_both_ids_join(
    ground: Ground, first: str
) -> None:
    ground.arrive(letter(message_id=FIRST))
    ground.answer()
    [_, ours] = ground.messages()
    copy = _given_another_id(ground.tickets.raw(ours.id))
    assert ground.arrive(copy, role="sent").duplicates == 1
    assert ground.arrive(b"X-Again: 1\r\n" + copy, role="sent").duplicates == 1
    given = "0100018f@email.server.example" if first == "theirs" else ours.message_id
    wife = "Eve <eve@customer.example>"
    ground.arrive(letter("Thanks", answers=(given,), hours=26, subject="Other words"))
    ground.arrive(letter("Who is this?", sender=wife, answers=(given,), hours=27))
    told = [
        (one.text.strip(), one.marked) for row in ground.rows() for one in ground.messages(row.id)
    ]
    assert told[2:] == [("Thanks", False), ("Who is this?", True)]
    assert len(ground.rows()) == (1 if first == "ours" else 2)
    assert ground.check() == ()


def test_a_report_about_the_id_that_a_server_gave_stands_at_our_reply(ground: Ground) -> None:
    ground.arrive(letter(message_id=FIRST))
    ground.answer()
    raw = ground.tickets.raw(ground.messages()[-1].id)
    ground.arrive(_given_another_id(raw, "given@server.example"), role="sent")
    ground.arrive(report("given@server.example"))
    [_, ours, _] = ground.messages()
    assert [one.recipient for one in ours.returned] == ["mai@customer.example"]


@pytest.mark.parametrize("change", ["text", "date", "people"])
def test_another_letter_in_sent_is_another_message(ground: Ground, change: str) -> None:
    ground.arrive(letter(message_id=FIRST))
    ground.answer()
    raw = _given_another_id(ground.tickets.raw(ground.messages()[-1].id))
    mail = message_from_bytes(raw, policy=policy.default)
    if change == "text":
        raw = raw.replace(b"on its way", b"not on its way")
    elif change == "date":
        mail.replace_header("Date", "Tue, 03 Nov 2026 09:00:01 +0000")
        raw = mail.as_bytes()
    else:
        mail.replace_header("To", "tom@other.example")
        raw = mail.as_bytes()
    assert ground.arrive(raw, role="sent").duplicates == 0


def test_a_colleagues_phone_with_a_wrong_clock_answers_where_its_mail_says(ground: Ground) -> None:
    """Ten years ahead is no later than now; an hour slow is not before what it answers."""
    ground.arrive(letter(message_id=FIRST, hours=1))
    ground.arrive(phone("Ahead", hours=87_600, message_id="ahead@phone.example"), role="sent")
    ground.arrive(letter("And?", hours=4, answers=("ahead@phone.example",), message_id="b@c"))
    ground.arrive(phone("Slow", hours=3, answers=("b@c",)), role="sent")
    [row] = ground.rows()
    assert (row.status, row.waiting_since) == (TicketStatus.WAITING, None)
    assert [one.text.strip() for one in ground.messages()][2:] == ["Slow", "Ahead"]


def test_an_answer_to_a_phones_mail_joins(ground: Ground) -> None:
    ground.arrive(phone(to="Tom <tom@new.example>", answers=(), message_id="p@x"), role="sent")
    ground.arrive(
        letter("Thanks", sender="Tom <tom@new.example>", answers=("p@x",), message_id="t@t")
    )
    assert [row.message_count for row in ground.rows()] == [2]
