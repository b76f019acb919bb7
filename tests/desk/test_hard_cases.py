"""Mail as customers and colleagues really send it, where a helpdesk goes wrong easily."""

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from deskapp.domain.kinds import Direction, TicketStatus
from deskapp.domain.mail import Address
from deskapp.domain.messages import Ask, AskKind

from .ground import Ground
from .letters import letter

FIRST = "a@customer.example"
JANE = Address("Jane Doe", "jane@c.example")


def _forward(inner: bytes, sender: str = "Anna <anna@private.example>") -> bytes:
    """Forwarded as an attachment, the way Thunderbird and Outlook do it on wish."""
    mail = EmailMessage()
    mail["From"], mail["To"] = sender, "support@shop.example"
    mail["Subject"], mail["Date"] = "Fwd: Help", "Mon, 02 Nov 2026 10:00:00 +0000"
    mail.set_content("Please look.")
    mail.add_attachment(message_from_bytes(inner, policy=policy.default))
    return mail.as_bytes()


def test_a_mail_that_staff_forward_as_an_attachment_proposes_its_sender(ground: Ground) -> None:
    ground.give_address(ground.anna, "anna@private.example")
    ground.arrive(_forward(letter("Where is it?", sender="Jane Doe <jane@c.example>")))
    [row], [message] = ground.rows(), ground.messages()
    assert (row.customer_id, message.ask) == (None, Ask(AskKind.FORWARDED, JANE))
    ground.newcomers.make_customer(row.id, JANE)
    assert ground.replies.draft(row.id).to == (JANE,)


def test_a_forward_of_a_forward_and_one_of_our_own_mail_propose_nobody_wrong(
    ground: Ground,
) -> None:
    ground.give_address(ground.anna, "anna@private.example")
    inner = _forward(letter("Where?", sender="Jane Doe <jane@c.example>"))
    ground.arrive(_forward(inner), _forward(letter("Ours", sender="support@shop.example")))
    asks = [one.ask for row in ground.rows() for one in ground.messages(row.id)]
    assert [ask.who.key for ask in asks if ask] in ([], ["jane@c.example"])


def test_until_a_customer_is_chosen_the_answer_to_a_forward_goes_back_to_the_colleague(
    ground: Ground,
) -> None:
    ground.give_address(ground.anna, "anna@private.example")
    ground.arrive(_forward(letter("Where is it?", sender="Jane Doe <jane@c.example>")))
    [to] = ground.replies.draft(ground.only()).to
    assert to.key == "anna@private.example"


@pytest.mark.parametrize("known", [True, False])
def test_a_spouse_answers_and_nothing_changes_by_itself(ground: Ground, known: bool) -> None:
    """Copied before, they take part; else an answer to what we signed is theirs with a mark."""
    spouse = "Tom <tom@home.example>"
    ground.arrive(letter(message_id=FIRST, cc=spouse if known else ""))
    signed = ground.answer()
    ground.arrive(letter("It came", sender=spouse, answers=(FIRST, signed), hours=26))
    [row] = ground.rows()
    last = ground.messages()[-1]
    assert row.customer_name == "Mai Lan"
    assert last.marked is not known
    assert last.ask == Ask(AskKind.NEWCOMER, Address("Tom", "tom@home.example"))


def test_a_list_copy_of_a_mail_that_came_directly_too_is_one_message(ground: Ground) -> None:
    """The list's copy has its mark in the subject, its own headers, and the writer's Message-ID."""
    direct = letter("Hello both", message_id=FIRST, to="support@shop.example, all@lists.example")
    listed = direct.replace(b"Subject: ", b"Subject: [all] ", 1)
    listed = b"List-Id: <all.lists.example>\r\nPrecedence: list\r\n" + listed
    assert ground.arrive(direct, listed).duplicates == 1
    assert not ground.messages()[0].marked


def test_a_letter_sent_twice_from_a_phone_is_on_one_ticket_and_both_are_kept(
    ground: Ground,
) -> None:
    ground.arrive(letter("Half a", message_id=FIRST))
    ground.arrive(letter("Half a mail, now whole", message_id=FIRST, hours=0.01))
    [row] = ground.rows()
    assert row.message_count == 2
    assert [one.joined_by for one in ground.messages()] == ["new", "same_id"]
    assert all(one.marked and "same_id" in one.defects for one in ground.messages())


def test_the_person_is_the_sender_and_the_answer_goes_to_reply_to(ground: Ground) -> None:
    ground.arrive(letter(message_id=FIRST, headers={"Reply-To": "Mai <mai@office.example>"}))
    [row] = ground.rows()
    assert ground.customers.by_address("mai@customer.example") == row.customer_id
    assert [one.key for one in ground.replies.draft(row.id).to] == ["mai@office.example"]
    ground.arrive(letter("me", sender="mai@office.example", answers=(FIRST,), hours=1))
    assert not ground.messages()[-1].marked


def test_group_addresses_and_nobody_named_make_no_customer_of_a_group(ground: Ground) -> None:
    ground.arrive(
        letter("1", to="undisclosed-recipients:;", message_id=FIRST),
        letter("2", to="Team: bob@x.example, eva@x.example;", hours=1, subject="Group"),
    )
    assert [row.customer_name for row in ground.rows()] == ["Mai Lan", "Mai Lan"]
    assert {row.mailbox_address for row in ground.rows()} == {"support@shop.example"}


def test_what_we_sent_to_hidden_recipients_alone_is_ours_without_a_customer(
    ground: Ground,
) -> None:
    raw = letter("News", sender="support@shop.example", to="undisclosed-recipients:;")
    ground.arrive(raw, role="sent")
    [row] = ground.rows()
    assert (row.customer_id, row.status) == (None, TicketStatus.WAITING)
    assert ground.messages()[0].direction is Direction.OUT


def test_answers_to_both_halves_of_a_split_ticket_go_to_their_half(ground: Ground) -> None:
    ground.arrive(
        letter("one", message_id=FIRST),
        letter("two", message_id="b@customer.example", answers=(FIRST,), hours=1),
    )
    new = ground.tickets.split(ground.only(), [ground.messages()[1].id])
    ground.arrive(letter("to two", answers=("b@customer.example",), hours=2))
    ground.arrive(letter("to one", answers=(FIRST,), hours=3))
    assert [one.text.strip() for one in ground.messages(new)] == ["two", "to two"]
    [old] = [row.id for row in ground.rows() if row.id != new]
    assert [one.text.strip() for one in ground.messages(old)] == ["one", "to one"]


def test_a_thread_that_comes_backwards_is_one_ticket(ground: Ground) -> None:
    chain = [f"{n}@customer.example" for n in range(6)]
    for n in reversed(range(6)):
        answers = tuple(chain[:n])
        ground.arrive(letter(str(n), message_id=chain[n], answers=answers, hours=n))
    assert [one.text.strip() for one in ground.messages()] == list("012345")
