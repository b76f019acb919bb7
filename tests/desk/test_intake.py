"""What becomes of a mail that comes in."""

from dataclasses import replace
from datetime import timedelta

from deskapp.desk.customers import Customers
from deskapp.domain.kinds import Direction, MailKind, TicketStatus, View
from deskapp.domain.tickets import TicketEdit

from .ground import Ground
from .letters import START, letter


def test_a_first_mail_becomes_a_new_ticket_with_its_customer(ground: Ground) -> None:
    assert ground.arrive(letter()).tickets == 1
    [row] = ground.tickets.rows(ground.tickets.view_ids(View.UNASSIGNED))
    assert (row.number, row.status, row.subject) == (1, TicketStatus.NEW, "Where is order #10482?")
    assert (row.customer_name, row.snippet) == ("Mai Lan", "Where is my parcel?")
    assert row.waiting_since == START and row.unread


def test_a_customer_is_one_since_their_first_mail_whenever_it_is_filed(ground: Ground) -> None:
    lan = Customers(ground.context)
    ground.arrive(letter("second", hours=20), letter("first", hours=10))
    [row] = lan.find("mai@customer.example")
    assert row.created_at == START + timedelta(hours=10)
    for hours in (15, 5, 22):
        ground.arrive(letter(f"at {hours}", hours=hours))
    [row] = lan.find("mai@customer.example")
    assert row.created_at == START + timedelta(hours=5)


def test_an_answer_joins_its_ticket_by_its_ids_and_not_by_its_subject(ground: Ground) -> None:
    ground.arrive(letter(message_id="a@customer.example"))
    ground.arrive(
        letter("Still nothing.", subject="totally else", answers=("a@customer.example",), hours=1),
        letter("Another matter", sender="Tom <tom@other.example>", hours=2),
    )
    counts = [row.message_count for row in ground.tickets.rows(ground.tickets.view_ids(View.ALL))]
    assert sorted(counts) == [1, 2]


def test_a_stranger_who_names_a_ticket_gets_a_marked_ticket_of_their_own(ground: Ground) -> None:
    ground.arrive(letter(message_id="a@customer.example"))
    ground.arrive(
        letter("Pay here", sender="Eve <eve@evil.example>", answers=("a@customer.example",))
    )
    rows = ground.tickets.rows(ground.tickets.view_ids(View.ALL))
    assert [row.message_count for row in rows] == [1, 1]
    [eve] = [row for row in rows if row.customer_name == "Eve"]
    [message] = ground.tickets.conversation(eve.id).messages
    assert message.marked and message.joined_by == "claim"


def test_an_answer_reopens_what_was_solved_and_an_automatic_one_does_not(ground: Ground) -> None:

    ground.arrive(letter(message_id="a@customer.example"))
    one = ground.only()
    ground.tickets.edit(one, TicketEdit(status=TicketStatus.SOLVED))
    away = {"Auto-Submitted": "auto-replied", "X-Autoreply": "yes"}
    ground.arrive(letter("I am away", answers=("a@customer.example",), hours=1, headers=away))
    assert ground.tickets.row(one).status is TicketStatus.SOLVED
    ground.arrive(letter("Not solved!", answers=("a@customer.example",), hours=2))
    assert ground.tickets.row(one).status is TicketStatus.OPEN
    assert ground.tickets.row(one).message_count == 3


def test_newest_first_ends_like_oldest_first(ground: Ground) -> None:
    first = letter(message_id="1@c.example")
    second = letter("And?", message_id="2@c.example", answers=("1@c.example",), hours=1)
    third = letter("Hello?", answers=("1@c.example", "2@c.example"), hours=2)
    for raw in (third, second, first):
        ground.arrive(raw)
    row = ground.tickets.row(ground.only())
    assert (row.message_count, row.waiting_since) == (3, START)
    assert row.snippet == "Hello?"
    texts = [m.text.strip() for m in ground.tickets.conversation(row.id).messages]
    assert texts == ["Where is my parcel?", "And?", "Hello?"]


def test_our_answer_found_in_sent_counts_as_ours_and_the_ticket_waits_for_them(
    ground: Ground,
) -> None:
    ground.arrive(letter(message_id="a@customer.example"))
    phone = letter(
        "On its way",
        sender="Lotus <support@shop.example>",
        to="mai@customer.example",
        answers=("a@customer.example",),
        hours=3,
    )
    ground.arrive(phone, role="sent")
    row = ground.tickets.row(ground.only())
    assert (row.status, row.waiting_since) == (TicketStatus.WAITING, None)
    ours = ground.tickets.conversation(row.id).messages[-1]
    assert ours.direction is Direction.OUT


def test_a_forged_sender_of_ours_in_the_inbox_is_not_taken_for_us(ground: Ground) -> None:
    ground.arrive(letter("Refund me", sender="Boss <support@shop.example>"))
    [message] = ground.tickets.conversation(ground.only()).messages
    assert message.direction is Direction.IN


def test_the_same_bytes_are_one_message_however_often_they_are_filed(ground: Ground) -> None:
    raw = letter()
    ground.arrive(raw, raw)
    assert ground.arrive(raw).duplicates == 1
    assert ground.tickets.row(ground.only()).message_count == 1


def test_the_same_letter_by_two_ways_is_one_message(ground: Ground) -> None:
    raw = letter(message_id="same@customer.example")
    ground.arrive(raw)
    other_way = b"Delivered-To: orders@shop.example\r\n" + raw
    assert ground.arrive(other_way).duplicates == 1


def test_an_equal_message_id_alone_drops_nothing(ground: Ground) -> None:
    ground.arrive(letter("First text", message_id="same@customer.example"))
    ground.arrive(letter("Other text", message_id="same@customer.example", hours=1))
    messages = ground.tickets.conversation(ground.only()).messages
    assert [m.text.strip() for m in messages] == ["First text", "Other text"]
    assert messages[-1].marked and "same_id" in messages[-1].defects


def test_a_scanner_that_sends_two_files_under_one_id_and_text_sends_two_mails(
    ground: Ground,
) -> None:
    scan = {"text": "scan from printer", "message_id": "scan@printer.example"}
    first = letter(**scan, file=("scan.pdf", b"page one"))  # type: ignore[arg-type]
    second = letter(**scan, file=("scan.pdf", b"page two"))  # type: ignore[arg-type]
    ground.arrive(first)
    assert ground.arrive(second, b"X-Way: other\r\n" + second).duplicates == 1
    assert ground.arrive(b"X-Way: third\r\n" + first).duplicates == 1
    assert ground.tickets.row(ground.only()).message_count == 2


def test_mail_without_an_id_is_kept_and_never_taken_for_another(ground: Ground) -> None:
    ground.arrive(letter("one"), letter("two", hours=1))
    assert len(ground.tickets.view_ids(View.ALL)) == 2


def test_old_mail_is_filed_closed_and_waits_for_nobody(ground: Ground) -> None:
    ground.arrive(
        letter(message_id="a@c.example"), letter("more", answers=("a@c.example",), hours=1),
        old=True,
    )  # fmt: skip
    row = ground.tickets.row(ground.only())
    assert (row.status, row.waiting_since, row.unread) == (TicketStatus.CLOSED, None, False)


def test_unreadable_mail_is_held_and_the_ones_behind_it_arrive(ground: Ground) -> None:
    filed = ground.arrive(b"", letter())
    assert (filed.held, filed.messages) == (1, 1)


def test_a_contact_form_writes_for_the_person_in_reply_to(ground: Ground) -> None:
    ground.arrive(
        letter(
            sender="Shop form <support@shop.example>",
            headers={"Reply-To": "Trần Văn Minh <minh@customer.example>"},
        )
    )
    assert ground.tickets.row(ground.only()).customer_name == "Trần Văn Minh"


def test_a_bounce_reopens_the_ticket_it_reports_on(ground: Ground) -> None:
    ground.arrive(letter(message_id="a@customer.example"))
    draft = ground.replies.draft(ground.only())

    sent = ground.replies.send(replace(draft, body="On its way"), delay=timedelta(0))
    bounce = (
        f"From: Mail Delivery System <MAILER-DAEMON@mx.example>\r\nTo: support@shop.example\r\n"
        f"Subject: Undelivered Mail Returned to Sender\r\nMessage-ID: <b@mx.example>\r\n"
        f"In-Reply-To: <{sent.message_id}>\r\nAuto-Submitted: auto-replied\r\n"
        f"Date: Tue, 03 Nov 2026 12:00:00 +0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nUser unknown\r\n--b\r\n"
        "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        "Final-Recipient: rfc822; mai@customer.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
        "--b--\r\n"
    )
    ground.later(hours=9)
    ground.arrive(bounce.encode())
    conversation = ground.tickets.conversation(ground.only())
    assert conversation.messages[-1].kind is MailKind.BOUNCE
    assert conversation.ticket.status is TicketStatus.OPEN


def test_filing_two_hundred_mails_writes_one_change(ground: Ground) -> None:
    from deskapp.data.queries.changes import changes_since, newest_change

    with ground.database.reading() as connection:
        before = newest_change(connection)
    ground.arrive(*(letter(f"text {n}", sender=f"c{n}@c.example", hours=n) for n in range(20)))
    with ground.database.reading() as connection:
        after, changes = changes_since(connection, before)
    assert after.number - before.number <= 2 and len(changes.tickets) == 20
