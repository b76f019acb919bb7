"""The automatic reply: what it carries, from which mailbox, and which text can be chosen for it."""

import email

import pytest

from deskapp.data.queries.blobs import get_blob
from deskapp.data.queries.desk_info import desk_secret
from deskapp.domain.kinds import EventKind, OutboxState, TicketStatus
from deskapp.domain.message_ids import is_ours
from deskapp.domain.problem import Problem, ProblemKind

from .letters import letter
from .receiver import NOW, Receiver, receiver

__all__ = ["receiver"]


def test_a_new_matter_gets_one_with_the_headers_of_rfc_3834(receiver: Receiver) -> None:
    receiver.arrive(letter(message_id="a@c.example", answers=("older@c.example",), hours=NOW))
    [given] = receiver.given()
    with receiver.database.reading() as connection:
        assert given.sha256 is not None
        mail = email.message_from_bytes(get_blob(connection, given.sha256))
        secret = desk_secret(connection)
    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail["X-Auto-Response-Suppress"] == "All" and mail["Precedence"] is None
    assert (mail["To"], mail["Cc"]) == ("Mai Lan <mai@customer.example>", None)
    assert mail["From"] == "Lotus support <support@shop.example>"
    assert mail["In-Reply-To"] == "<a@c.example>"
    assert mail["References"].split() == ["<older@c.example>", "<a@c.example>"]
    assert is_ours(secret, mail["Message-ID"])
    assert mail.get_payload(decode=True).strip() == b"Your ticket is #1."  # type: ignore[union-attr]
    [row] = receiver.waiting()
    assert (row.state, row.to, row.not_before) == (
        OutboxState.QUEUED,
        ("mai@customer.example",),
        receiver.time,
    )


def test_it_is_no_answer_the_ticket_stands_as_without_it(receiver: Receiver) -> None:
    receiver.arrive(letter(message_id="a@c.example", hours=NOW))
    [row] = receiver.rows()
    conversation = receiver.tickets.conversation(row.id)
    asked, _given = conversation.messages
    assert (row.status, row.assignee_id, row.waiting_since) == (TicketStatus.NEW, None, asked.at)
    assert row.snippet == "Where is my parcel?"
    kinds = [one.kind for one in conversation.events]
    assert EventKind.AUTO_REPLIED in kinds and EventKind.REPLIED not in kinds
    # A person's answer goes to the customer's mail, brings its signature, and is not stopped.
    receiver.answer()
    written = receiver.messages(row.id)[-1]
    assert "Anna, Lotus" in written.text and "Your ticket is" not in written.text
    assert receiver.tickets.row(row.id).status is TicketStatus.WAITING


def test_it_speaks_the_customers_language(receiver: Receiver) -> None:
    text = "Em đặt từ hai tuần trước mà vẫn chưa nhận được hàng, shop kiểm tra giúp em với ạ."
    receiver.arrive(letter(text, subject="Đơn hàng chưa giao", hours=NOW))
    assert [one.reply_text.strip() for one in receiver.given()] == ["Phiếu số 1."]


def test_a_text_without_a_value_is_not_sent_but_said(receiver: Receiver) -> None:
    broken = receiver.keep("Order", (("en", "Order {{ order.number }} is on its way."),))
    receiver.auto.switch_on(receiver.mailbox, broken)
    receiver.arrive(letter(hours=NOW))
    assert receiver.given() == [] and len(receiver.rows()) == 1
    row = receiver.auto.of(receiver.mailbox)
    assert (row.fault, row.fault_about, row.fault_ticket) == (
        ProblemKind.UNRESOLVED_PLACEHOLDER.value,
        "order.number",
        1,
    )
    assert row.works and row.needs_a_person
    assert not receiver.auto.resume(receiver.mailbox).needs_a_person


def test_a_fault_of_the_program_in_it_keeps_no_mail_from_being_filed(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("deskapp.desk.auto_answer.filled_by_nobody", broken)
    receiver.arrive(letter(hours=NOW))
    assert len(receiver.rows()) == 1
    assert receiver.auto.of(receiver.mailbox).fault == "internal"


def test_each_mailbox_has_its_own_and_it_leaves_from_where_the_mail_came_to(
    receiver: Receiver,
) -> None:
    sales = receiver.add_mailbox("sales@shop.example")
    receiver.arrive(letter(to="sales@shop.example", hours=NOW), mailbox=sales)
    assert receiver.given() == []
    receiver.auto.switch_on(sales, receiver.text)
    raw = letter(sender="b@c.example", to="sales@shop.example", subject="b", hours=NOW)
    receiver.arrive(raw, mailbox=sales)
    receiver.arrive(raw, mailbox=receiver.mailbox)  # the same letter by two ways
    [given] = receiver.given()
    assert given.sender.address == "sales@shop.example"
    assert [row.on for row in receiver.auto.list()] == [True, True]


def test_a_text_that_needs_an_agent_or_is_anothers_cannot_be_chosen(receiver: Receiver) -> None:
    sales = receiver.add_mailbox("sales@shop.example")
    for chosen in (
        receiver.keep("Asks", (("en", "On {{ ask.day }}."),)),
        receiver.keep("Signed", (("en", "{{ agent.name }}"),)),
        receiver.keep("Elsewhere", (("en", "Hello."),), mailbox=sales),
    ):
        with pytest.raises(Problem) as refused:
            receiver.auto.switch_on(receiver.mailbox, chosen)
        assert refused.value.kind is ProblemKind.INVALID


def test_a_waiting_one_can_be_given_up(receiver: Receiver) -> None:
    receiver.arrive(letter(hours=NOW))
    [row] = receiver.waiting()
    receiver.replies.cancel(row.id)
    assert receiver.waiting() == () and receiver.given() == []
