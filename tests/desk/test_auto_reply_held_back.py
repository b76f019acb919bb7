"""The automatic reply: who gets none, how often one gets it, and how it stops itself."""

import pytest

from deskapp.data.tables.people import contact_point
from deskapp.desk.customers import Customers
from deskapp.domain.auto_reply import MOST_OF_MAILBOX
from deskapp.domain.kinds import Purpose

from .letters import letter
from .receiver import NOW, Receiver, receiver

__all__ = ["receiver"]


_OF_MACHINES = (
    ("Auto-Submitted", "auto-replied"),
    ("Auto-Submitted", "auto-generated"),
    ("Precedence", "bulk"),
    ("X-Precedence", "junk"),
    ("List-Id", "<news.shop.example>"),
    ("List-Post", "<mailto:all@c.example>"),
    ("X-Auto-Response-Suppress", "OOF, AutoReply"),
    ("Return-Path", "<>"),
    ("X-Autoreply", "yes"),
    ("X-Loop", "mai@customer.example"),
    ("X-Spam-Flag", "YES"),
    ("X-Failed-Recipients", "who@c.example"),
)


def test_machines_lists_and_spam_get_none(receiver: Receiver) -> None:
    for name, value in _OF_MACHINES:
        who = f"{name}.{value[:6].strip('<')}@c.example"
        receiver.arrive(letter(subject=name, sender=who, headers={name: value}, hours=NOW))
    receiver.arrive(letter(subject="Automatic reply: I am away", hours=NOW))
    assert len(receiver.rows()) > 10 and receiver.given() == []
    receiver.arrive(
        letter(
            headers={"Auto-Submitted": "no", "Return-Path": "<m@c.example>"},
            sender="m@c.example",
            hours=NOW,
        )
    )
    assert len(receiver.given()) == 1


def test_nobody_is_answered_at_an_address_that_no_person_reads_or_that_is_ours(
    receiver: Receiver,
) -> None:
    receiver.add_mailbox("sales@shop.example")
    receiver.give_address(receiver.olga, "olga@home.example")
    senders = (
        *("no-reply@c.example", "MAILER-DAEMON@c.example", "bounces+7=x@c.example"),
        *("owner-news@c.example", "news-request@c.example", "Sales@shop.example"),
        *("support+x@shop.example", "olga@home.example", "not an address"),
    )
    for number, sender in enumerate(senders):
        receiver.arrive(letter(subject=f"matter {number}", sender=sender, hours=NOW))
    assert receiver.given() == []


def test_what_is_old_imported_or_came_before_the_switch_is_left_to_people(
    receiver: Receiver,
) -> None:
    receiver.arrive(letter(subject="yesterday", hours=NOW - 13))
    receiver.arrive(letter(subject="history", hours=NOW), old=True)
    receiver.arrive(letter(subject="before", hours=NOW), internal_at=receiver.time)
    assert [row.subject for row in receiver.rows() if row.message_count == 2] == ["before"]
    receiver.later(hours=3)
    receiver.auto.switch_on(receiver.mailbox, receiver.text)
    receiver.arrive(letter(subject="an hour ago", hours=NOW + 2))
    assert len(receiver.given()) == 1


def test_a_forged_claim_and_a_copy_get_none(receiver: Receiver) -> None:
    receiver.auto.switch_off(receiver.mailbox)
    receiver.arrive(letter(message_id="a@c.example", hours=NOW))
    ours = receiver.answer()
    receiver.auto.switch_on(receiver.mailbox, receiver.text)
    receiver.arrive(letter("me too", sender="eve@evil.example", answers=(ours,), hours=NOW))
    receiver.arrive(letter("again", message_id="a@c.example", hours=NOW))
    receiver.arrive(letter(sender="x@evil.example", message_id=ours, subject="loop", hours=NOW))
    assert receiver.given() == []


def test_a_conversation_that_goes_on_gets_none(receiver: Receiver) -> None:
    receiver.auto.switch_off(receiver.mailbox)
    receiver.arrive(letter(message_id="a@c.example", hours=NOW))
    ours = receiver.answer()
    receiver.auto.switch_on(receiver.mailbox, receiver.text)
    receiver.arrive(letter("Thank you!", answers=("a@c.example", ours), hours=NOW))
    assert len(receiver.rows()) == 1 and receiver.given() == []


def test_one_to_a_customer_on_a_ticket_also_by_another_address(receiver: Receiver) -> None:
    receiver.arrive(letter(message_id="a@c.example", hours=NOW))
    owner = receiver.rows()[0].customer_id
    with receiver.database.writing() as unit:
        unit.connection.execute(
            contact_point.insert().values(
                customer_id=owner,
                kind="mail",
                value="mai@work.example",
                value_key="mai@work.example",
                created_at=receiver.time,
            )
        )
    receiver.later(hours=2)
    for sender in ("mai@customer.example", "mai@work.example"):
        receiver.arrive(letter("Hello?", sender=sender, answers=("a@c.example",), hours=NOW + 2))
    assert len(receiver.rows()) == 1 and len(receiver.given()) == 1


def test_who_wants_no_mail_gets_none(receiver: Receiver) -> None:
    customers = Customers(receiver.context)
    mai = customers.create("Mai", "mai@customer.example")
    customers.consent(mai, Purpose.MAIL, False)
    receiver.arrive(letter(message_id="a@c.example", hours=NOW))
    assert receiver.given() == []


def test_three_a_day_to_one_customer_and_an_hour_between_them(receiver: Receiver) -> None:
    for number in range(10):
        raw = letter(subject=f"matter {number}", hours=NOW + number / 2)
        receiver.arrive(raw)
        receiver.later(minutes=30)
    numbers = [one.ticket_id for one in receiver.given()]
    assert len(numbers) == 3
    receiver.later(hours=20)
    receiver.arrive(letter(subject="the next day", hours=NOW + 25))
    assert len(receiver.given()) == 4


def test_a_flood_in_one_batch_from_one_sender_gets_one(receiver: Receiver) -> None:
    receiver.arrive(*(letter(subject=f"bomb {number}", hours=NOW) for number in range(60)))
    assert (len(receiver.rows()), len(receiver.given())) == (60, 1)
    assert receiver.auto.of(receiver.mailbox).works


def test_after_too_many_in_ten_minutes_it_pauses_until_a_person_resumes_it(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_OF_MAILBOX == 30  # the exam of loops goes that far
    monkeypatch.setattr("deskapp.desk.auto_answer.MOST_OF_MAILBOX", 5)

    def storm(first: int, count: int) -> None:
        receiver.arrive(
            *(
                letter(subject=f"q {number}", sender=f"c{number}@c.example", hours=NOW)
                for number in range(first, first + count)
            )
        )

    storm(0, 3)
    storm(3, 5)
    assert len(receiver.given()) == 5
    row = receiver.auto.of(receiver.mailbox)
    assert (row.paused, row.works, row.given) == (receiver.time, False, 5)
    assert row.needs_a_person
    receiver.later(hours=1)
    storm(100, 1)
    assert len(receiver.given()) == 5
    assert receiver.auto.resume(receiver.mailbox).works
    receiver.arrive(letter(subject="new", sender="n@c.example", hours=NOW + 1))
    assert len(receiver.given()) == 6
