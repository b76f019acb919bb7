"""The people of a reply, as the desk knows them."""

import email
from dataclasses import replace

from sqlalchemy import update

from deskapp.data.tables.people import contact_point
from deskapp.domain.recipients import Role, Who

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
