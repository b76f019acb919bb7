"""The automatic reply: who gets one, what it carries, and how it stops itself."""

import email

import pytest

from deskapp.data.queries.blobs import get_blob
from deskapp.data.queries.desk_info import desk_secret
from deskapp.data.tables.people import contact_point
from deskapp.desk.auto_replies import AutoReplies
from deskapp.desk.canned import Canned
from deskapp.desk.customers import Customers
from deskapp.domain.auto_reply import MOST_OF_MAILBOX
from deskapp.domain.ids import CannedId, MailboxId
from deskapp.domain.kinds import Direction, EventKind, MailKind, OutboxState, Purpose, TicketStatus
from deskapp.domain.message_ids import is_ours
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import CannedReply, OutboxRow
from deskapp.domain.tickets import MessageRow

from .ground import Ground
from .letters import letter

TEXTS = (("en", "Your ticket is #{{ ticket.number }}."), ("vi", "Phiếu số {{ ticket.number }}."))
NOW = 24  # hours after the letters' START, as the ground's clock stands


class Receiver(Ground):
    """A ground whose mailbox answers by itself."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.auto, self.canned = AutoReplies(self.context), Canned(self.context)
        self.text = self.keep("Received", TEXTS)
        self.auto.switch_on(self.mailbox, self.text)

    def keep(
        self, name: str, texts: tuple[tuple[str, str], ...], mailbox: MailboxId | None = None
    ) -> CannedId:
        kept = self.canned.save(CannedReply(None, name, "", texts, 1, mailbox_id=mailbox)).id
        assert kept is not None
        return kept

    def given(self) -> list[MessageRow]:
        """All automatic replies of the desk, oldest first."""
        every = (one for row in self.rows() for one in self.messages(row.id))
        return [
            one
            for one in every
            if one.direction is Direction.OUT and one.kind is MailKind.AUTO_REPLY
        ]

    def waiting(self) -> tuple[OutboxRow, ...]:
        return self.replies.outbox()


@pytest.fixture
def receiver(desk_url: str):  # type: ignore[no-untyped-def]
    made = Receiver(desk_url)
    yield made
    made.database.close()


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
