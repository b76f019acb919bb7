"""Delivery reports: on the ticket they belong to, and at the message that came back."""

import pytest

from deskapp.domain.kinds import TicketStatus
from deskapp.domain.messages import Returned
from deskapp.domain.tickets import TicketEdit

from .ground import Ground
from .letters import letter

FIRST = "a@customer.example"


def report(returned: str, *, status: str = "5.1.1", action: str = "failed") -> bytes:
    """A report as RFC 3464 has it: no In-Reply-To; the id is in the headers it returns."""
    return (
        "From: Mail Delivery System <MAILER-DAEMON@mx.example>\r\nTo: support@shop.example\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\nMessage-ID: <b@mx.example>\r\n"
        "Auto-Submitted: auto-replied\r\nDate: Tue, 03 Nov 2026 12:00:00 +0000\r\n"
        "MIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nUser unknown\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; mai@customer.example\r\nAction: {action}\r\n"
        f"Status: {status}\r\n\r\n"
        "--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        f"From: support@shop.example\r\nMessage-ID: <{returned}>\r\nSubject: Re\r\n\r\n--b--\r\n"
    ).encode()


@pytest.fixture
def answered(ground: Ground) -> Ground:
    """A question, and our answer, which solved it."""
    ground.arrive(letter(message_id=FIRST))
    ground.signed = ground.answer()
    ground.tickets.edit(ground.only(), TicketEdit(status=TicketStatus.SOLVED))
    ground.later(hours=9)
    return ground


def test_an_answer_that_came_back_for_good_is_marked_and_brings_the_ticket_back(
    answered: Ground,
) -> None:
    answered.arrive(report(answered.signed))
    [row] = answered.rows()
    assert (row.status, row.waiting_since, row.message_count) == (TicketStatus.OPEN, None, 3)
    assert row.returned, "the list says: delivery failed"
    ours = next(one for one in answered.messages() if one.returned)
    assert ours.message_id == answered.signed
    assert [(one.recipient, one.status, one.permanent) for one in ours.returned] == [
        ("mai@customer.example", "5.1.1", True)
    ]
    [about] = [one for one in answered.messages() if one.kind == "bounce"]
    assert (about.joined_by, about.marked) == ("returned", False)
    assert row.customer_id is not None
    [mail] = answered.customers.record(row.customer_id).contacts
    assert (mail.bounced, mail.bounced_status) == (True, "5.1.1")
    assert answered.check() == ()


def test_every_recipient_that_a_report_names_is_marked(answered: Ground) -> None:
    named = report(answered.signed)
    other = b"Final-Recipient: rfc822; boss@customer.example\r\nAction: failed\r\nStatus: 5.2.2"
    first = named.index(b"Final-Recipient")
    answered.arrive(named[:first] + other + b"\r\n\r\n" + named[first:])
    [told] = [one.returned for one in answered.messages() if one.returned]
    assert {(one.recipient, one.status) for one in told} == {
        ("boss@customer.example", "5.2.2"),
        ("mai@customer.example", "5.1.1"),
    }
    [row] = answered.rows()
    assert row.returned and row.customer_id is not None
    assert answered.customers.record(row.customer_id).contacts[0].bounced


def test_who_writes_again_has_their_address_again(answered: Ground) -> None:
    answered.arrive(report(answered.signed, status="5.2.2"))
    answered.later(hours=9)
    answered.arrive(letter("Room again", message_id="again@customer.example", hours=30))
    customer = answered.rows()[0].customer_id
    assert customer is not None
    [mail] = answered.customers.record(customer).contacts
    assert (mail.bounced, mail.bounced_status) == (False, "")


def test_an_answer_that_is_late_is_marked_and_brings_nothing_back(answered: Ground) -> None:
    answered.arrive(report(answered.signed, status="4.4.1", action="delayed"))
    assert answered.rows()[0].status is TicketStatus.SOLVED
    assert not answered.rows()[0].returned
    [told] = [one.returned for one in answered.messages() if one.returned]
    assert isinstance(told[0], Returned) and not told[0].permanent


def test_a_report_about_no_mail_of_ours_touches_no_ticket(answered: Ground) -> None:
    answered.arrive(report(FIRST), report("0" * 32 + "." + "0" * 24 + "@shop.example"))
    assert answered.rows()[0].status is TicketStatus.SOLVED
    assert not any(one.returned for one in answered.messages(answered.rows()[0].id))


def test_a_report_about_a_mail_from_a_phone_joins_with_a_mark(ground: Ground) -> None:
    """Its id is not signed, so nothing proves that the reporter had it."""
    phone = letter("Hi", sender="support@shop.example", to="mai@customer.example", message_id="p@x")
    ground.arrive(phone, role="sent")
    ground.later(hours=9)
    ground.arrive(report("p@x"))
    [ours, about] = ground.messages()
    assert ours.returned and about.marked
    assert ground.rows()[0].status is TicketStatus.OPEN
