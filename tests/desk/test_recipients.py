"""The people of a reply, as the desk knows them."""

import email
from dataclasses import replace

import pytest
from sqlalchemy import update

from deskapp.data.tables.mail import mailbox
from deskapp.data.tables.people import contact_point
from deskapp.desk.signatures import Signatures
from deskapp.domain.problem import Problem
from deskapp.domain.recipients import Heading, Role, Who
from deskapp.domain.signatures import Signature

from .ground import Ground
from .letters import START, letter


def test_the_desk_says_who_is_who_and_which_address_is_dead(ground: Ground) -> None:
    ground.give_address(ground.olga, "Olga@shop.example")
    ground.arrive(letter(message_id="a@c.example", cc="boss@c.example"))
    ground.arrive(
        letter(
            "And now?",
            answers=("a@c.example",),
            message_id="b@c.example",
            cc="boss@c.example, lawyer@l.example",
            hours=1,
        )
    )
    with ground.database.writing() as unit:
        unit.connection.execute(update(contact_point).values(bounced_at=START))
    keys = ["mai@customer.example", "boss@c.example", "lawyer@l.example", "x@x.example"]
    keys += ["olga@shop.example", "support@shop.example"]
    assert ground.replies.people(ground.only(), keys) == {
        "mai@customer.example": Who(Role.CUSTOMER, bounced=True),
        "boss@c.example": Who(Role.TAKES_PART),
        "lawyer@l.example": Who(Role.NEW),
        "x@x.example": Who(Role.UNKNOWN),
        "olga@shop.example": Who(Role.COLLEAGUE),
        "support@shop.example": Who(Role.COLLEAGUE),
    }


def test_the_reply_leaves_from_the_address_the_customer_wrote_to_last(ground: Ground) -> None:
    ground.arrive(letter(message_id="a@c.example"))
    sales = ground.add_mailbox("sales@shop.example")
    ground.arrive(
        letter("And now?", answers=("a@c.example",), to="sales@shop.example", hours=1),
        mailbox=sales,
    )
    draft = replace(ground.replies.draft(ground.only()), body="Hello")
    sent = ground.replies.send(draft)
    mail = email.message_from_bytes(ground.tickets.raw(sent.message))
    assert "sales@shop.example" in mail["From"]
    [row] = ground.replies.outbox()
    assert row.mailbox == "sales@shop.example"


def test_a_chosen_sender_is_kept_by_the_draft_and_by_the_mail_its_server_and_its_signature(
    ground: Ground,
) -> None:
    ground.arrive(letter(message_id="a@c.example"))
    sales = ground.add_mailbox("sales@shop.example")
    Signatures(ground.context).put(Signature(None, sales, "en", "Lotus sales team"))
    Signatures(ground.context).put(Signature(ground.anna, sales, "", "Anna of sales"))
    begun = replace(ground.replies.draft(ground.only()), body="Hello", sender="Sales@shop.example")
    draft = ground.replies.save(begun)
    assert ground.replies.draft(ground.only()).sender == "Sales@shop.example"
    assert ground.replies.heading(ground.only()).usual == "support@shop.example"
    assert ground.replies.signing(ground.only(), draft.sender).text == "Anna of sales"
    sent = ground.replies.send(draft)
    mail = email.message_from_bytes(ground.tickets.raw(sent.message))
    assert "sales@shop.example" in mail["From"] and "Anna of sales" in str(mail)
    assert ground.replies.outbox()[0].mailbox == "sales@shop.example"
    with pytest.raises(Problem) as none_of_ours:
        ground.replies.send(replace(begun, sender="boss@rival.example"))
    assert none_of_ours.value.details["what"] == "sender"


def test_an_alias_that_the_customer_wrote_to_is_the_sender_and_never_a_recipient(
    ground: Ground,
) -> None:
    with ground.database.writing() as unit:
        unit.connection.execute(update(mailbox).values(aliases="hello@shop.example\nvip@x.example"))
    ground.arrive(letter(message_id="a@c.example", to="Hello@Shop.example, boss@c.example"))
    draft = replace(ground.replies.draft(ground.only()), body="Hello")
    assert [one.address for one in draft.cc] == ["boss@c.example"]
    assert ground.replies.heading(ground.only()) == Heading(
        "hello@shop.example", ("support@shop.example", "hello@shop.example", "vip@x.example")
    )
    assert ground.replies.people(ground.only(), ["vip@x.example"])["vip@x.example"] == Who(
        Role.COLLEAGUE
    )
    sent = ground.replies.send(draft)
    assert (
        "hello@shop.example" in email.message_from_bytes(ground.tickets.raw(sent.message))["From"]
    )
    assert ground.replies.outbox()[0].mailbox == "support@shop.example"
    ground.arrive(letter("Note to self", sender="VIP@x.example", message_id="b@c.example", hours=2))
    assert all(row.customer_name != "VIP@x.example" for row in ground.rows())


def test_an_answer_goes_where_the_mail_asks_and_it_is_said_when_that_is_elsewhere(
    ground: Ground,
) -> None:
    ground.arrive(
        letter(
            message_id="a@c.example",
            headers={"Reply-To": "Mai <mai@evil.example>, support@shop.example"},
        )
    )
    draft = ground.replies.draft(ground.only())
    assert [one.address for one in draft.to] == ["mai@evil.example"] and draft.cc == ()
    found = ground.replies.heading(ground.only()).elsewhere
    assert found is not None and found.stranger
    assert [one.address for one in found.asked] == ["mai@evil.example"]
    assert found.sender.address == "mai@customer.example"


def test_who_had_our_first_mail_has_the_second_too(ground: Ground) -> None:
    ground.arrive(
        letter(
            "We write first.",
            sender="support@shop.example",
            to="mai@customer.example",
            cc="boss@c.example, support@shop.example",
            message_id="ours@shop.example",
        ),
        role="sent",
    )
    draft = ground.replies.draft(ground.only())
    assert [one.address for one in draft.to] == ["mai@customer.example"]
    assert [one.address for one in draft.cc] == ["boss@c.example"]
