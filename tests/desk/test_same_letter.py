"""When two mails are one: by their bytes, or by all that a letter is. Never by an id alone."""

import pytest

from deskapp.domain.kinds import Direction

from .ground import Ground
from .letters import letter

ID = "same@customer.example"


def test_one_letter_to_two_of_our_mailboxes_is_one_message_answered_from_the_first(
    ground: Ground,
) -> None:
    sales = ground.add_mailbox("sales@shop.example")
    raw = letter(message_id=ID, to="support@shop.example, sales@shop.example")
    ground.arrive(b"Delivered-To: sales@shop.example\r\n" + raw, mailbox=sales)
    filed = ground.arrive(b"Delivered-To: support@shop.example\r\n" + raw)
    assert (filed.duplicates, filed.messages) == (1, 0)
    [row] = ground.rows()
    assert (row.mailbox_address, row.message_count) == ("support@shop.example", 1)
    [message] = ground.messages()
    assert not message.marked


def test_mail_to_none_of_our_addresses_is_answered_from_where_it_came(ground: Ground) -> None:
    sales = ground.add_mailbox("sales@shop.example")
    ground.arrive(letter(to="all@shop.example"), mailbox=sales)
    assert ground.rows()[0].mailbox_address == "sales@shop.example"


@pytest.mark.parametrize(
    "other",
    [
        letter("word " * 300 + "end", message_id=ID),
        letter("word " * 300, message_id=ID, hours=1),
        letter("word " * 300, message_id=ID, subject="Another matter"),
        letter("word " * 300, message_id=ID, sender="Eve <eve@evil.example>"),
        letter("word " * 300, message_id=ID, file=("a.pdf", b"page")),
    ],
    ids=["text", "date", "subject", "sender", "file"],
)
def test_whatever_differs_under_one_id_is_kept_and_both_are_marked(
    ground: Ground, other: bytes
) -> None:
    ground.arrive(letter("word " * 300, message_id=ID))
    assert ground.arrive(other).duplicates == 0
    both = [one for row in ground.rows() for one in ground.messages(row.id)]
    assert [one.marked and "same_id" in one.defects for one in both] == [True, True]


def test_two_under_one_id_in_one_batch_are_marked_both(ground: Ground) -> None:
    ground.arrive(letter("one", message_id=ID), letter("two", message_id=ID, hours=1))
    assert [one.defects.count("same_id") for one in ground.messages()] == [1, 1]


def test_empty_ids_make_no_letter_the_same(ground: Ground) -> None:
    empty = letter("same text").replace(b"\nTo:", b"\nMessage-ID: <>\nTo:", 1)
    other_way = b"X-Way: other\r\n" + empty
    assert ground.arrive(empty, other_way).duplicates == 0
    assert not any(one.marked for row in ground.rows() for one in ground.messages(row.id))


def test_our_reply_that_comes_back_to_another_mailbox_is_not_a_second_message(
    ground: Ground,
) -> None:
    ground.arrive(letter(message_id="a@customer.example"))
    ground.answer()
    [_, ours] = ground.messages()
    raw = ground.tickets.raw(ours.id)
    assert ground.arrive(b"Received: by mx.example\r\n" + raw).duplicates == 1
    assert ground.arrive(b"X-Copy: 1\r\n" + raw, role="sent").duplicates == 1


def test_a_forged_copy_of_our_reply_is_not_ours_and_is_marked(ground: Ground) -> None:
    """Who got our answer knows its signed id and can write our address."""
    ground.arrive(letter(message_id="a@customer.example"))
    signed = ground.answer()
    forged = letter(
        "Please pay to this account.",
        sender="Lotus support <support@shop.example>",
        to="mai@customer.example",
        message_id=signed,
        answers=("a@customer.example",),
    )
    ground.arrive(forged)
    told = [one for one in ground.messages() if "account" in one.text]
    assert [one.direction for one in told] == [Direction.IN]
    assert told[0].marked
