"""Odd input from the world and from people: kept or refused in words, never lost, never a crash."""

from dataclasses import replace

import pytest

from deskapp.domain.kinds import View
from deskapp.domain.mail import Address
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.tickets import TicketEdit

from .ground import Ground
from .letters import letter

HALF = "half \ud83d of a sign, and a NUL \x00."


@pytest.mark.parametrize(
    "sender",
    ["a" * 400 + "@c.example", "ŉ" * 300 + "@c.example", "<" + "x@" * 2000 + "c.example>"],
    ids=["long", "long once folded", "longer than any index"],
)
def test_a_sender_longer_than_an_address_can_be_is_filed(ground: Ground, sender: str) -> None:
    raw = letter("hello").replace(b"Mai Lan <mai@customer.example>", f"<{sender}>".encode())
    assert ground.arrive(raw).tickets == 1
    assert ground.tickets.row(ground.only()).customer_id is None


def test_huge_fields_are_filed(ground: Ground) -> None:
    big = letter(
        "word " * 400_000,
        subject="s" * 60_000,
        message_id="m" * 100_000 + "@c.example",
        answers=("r" * 100_000 + "@c.example",),
    )
    astral = letter("\U0001f600" * 5000, sender="\U0001f600 <b@c.example>", hours=1)
    assert ground.arrive(big, astral).tickets == 2


def test_our_own_id_on_a_strangers_mail_hides_nothing(ground: Ground) -> None:
    ground.arrive(letter(message_id="a@customer.example"))
    sent = ground.replies.send(replace(ground.replies.draft(ground.only()), body="Hello"))
    ground.arrive(letter("Where is my money?", message_id=sent.message_id, hours=25))
    shown = [
        message.text.strip()
        for one in ground.tickets.view_ids(View.ALL)
        for message in ground.tickets.conversation(one).messages
    ]
    assert "Where is my money?" in shown


def test_what_no_database_keeps_is_left_out_of_what_people_write(ground: Ground) -> None:
    ground.arrive(letter())
    one = ground.only()
    ground.tickets.note(one, HALF)
    ground.tickets.edit(one, TicketEdit(subject=HALF, add_tags=(HALF,)))
    draft = ground.replies.save(replace(ground.replies.draft(one), body=HALF))
    assert draft.body == "half  of a sign, and a NUL ."
    draft = ground.replies.attach(draft, "caf\udce9.pdf", "application/pdf", b"%PDF-1")
    ground.replies.send(draft)
    ground.tickets.new_ticket(Address(HALF, "b@c.example"), HALF, None)
    assert ground.search.find(HALF) != ()


def test_a_subject_is_one_line(ground: Ground) -> None:
    lan = Address("Mai Lan", "mai@customer.example")
    one = ground.tickets.new_ticket(lan, "Your\u2028parcel\r\nBcc: e@e.example", None)
    ground.replies.send(replace(ground.replies.draft(one), body="It is here."))
    assert ground.tickets.row(one).subject == "Your parcel Bcc: e@e.example"


@pytest.mark.parametrize("number", [0, -1, 2**31, 10**30])
def test_a_number_no_ticket_can_have_is_not_found(ground: Ground, number: int) -> None:
    with pytest.raises(Problem) as unknown:
        ground.tickets.by_number(number)
    assert unknown.value.kind is ProblemKind.NOT_FOUND


def test_a_tag_longer_than_tags_are_comes_off_again(ground: Ground) -> None:
    ground.arrive(letter())
    long = "very long tag " * 20
    ground.tickets.edit(ground.only(), TicketEdit(add_tags=(long,)))
    assert len(ground.tickets.row(ground.only()).tags) == 1
    ground.tickets.edit(ground.only(), TicketEdit(remove_tags=(long,)))
    assert ground.tickets.row(ground.only()).tags == ()


def test_a_customer_written_to_needs_an_address(ground: Ground) -> None:
    for wrong in ("@", "lan", "a b@c.example", "x" * 400 + "@c.example"):
        with pytest.raises(Problem) as refused:
            ground.tickets.new_ticket(Address("", wrong), "Hello", None)
        assert refused.value.kind is ProblemKind.INVALID
