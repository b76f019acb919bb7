"""What staff write from a phone lies in Sent and stands on the ticket as ours."""

import pytest

from deskapp.domain.kinds import Direction, TicketStatus

from .ground import Ground
from .letters import START, letter

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


def test_an_answer_to_a_phones_mail_joins(ground: Ground) -> None:
    ground.arrive(phone(to="Tom <tom@new.example>", answers=(), message_id="p@x"), role="sent")
    ground.arrive(
        letter("Thanks", sender="Tom <tom@new.example>", answers=("p@x",), message_id="t@t")
    )
    assert [row.message_count for row in ground.rows()] == [2]
