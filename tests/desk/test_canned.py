"""Canned replies: found, edited by two people, and filled in with what is known of a ticket."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import count

import pytest
from sqlalchemy import insert

from deskapp.data.tables.tickets import message, message_body, ticket
from deskapp.desk.agents import Agents
from deskapp.desk.canned import Canned
from deskapp.desk.context import Context
from deskapp.desk.customers import Customers
from deskapp.desk.mailboxes import Mailboxes
from deskapp.desk.orders import Orders
from deskapp.domain.ids import CannedId, CustomerId, MailboxId, OrderId, TicketId
from deskapp.domain.kinds import Direction, MailKind, Security, TicketStatus
from deskapp.domain.mailboxes import MailboxSettings, Server
from deskapp.domain.orders import OrderData, OrderStatus, Shipment
from deskapp.domain.people import CustomerEdit
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import CannedActions, CannedReply
from tests.desk.house import NOW, opened

PARCEL = CannedReply(
    id=None,
    name="Where is my parcel?",
    folder="Delivery",
    texts=(
        ("en", "{{ customer.greeting }}\nOrder {{ order.number }}: {{ order.tracking_url }}"),
        ("vi", "{{ customer.greeting }}\nĐơn hàng {{ order.number }} đang trên đường."),
        ("zh-Hant", "{{ customer.greeting }}\n您的訂單 {{ order.number }} 已寄出。"),
    ),
    version=0,
)
ORDER = OrderData(
    number="#1001",
    standing=OrderStatus.SHIPPED,
    placed_at=NOW - timedelta(days=9),
    currency="VND",
    total=Decimal("249000"),
    email="minh@example.com",
    shipments=(Shipment("GHN", "GHN1", "https://ghn.example/1", None, None),),
)
_numbers = count(1)


@pytest.fixture
def context(desk_url: str) -> Iterator[Context]:
    with opened(desk_url) as context:
        yield context


@pytest.fixture
def canned(context: Context) -> Canned:
    return Canned(context)


def _kept(reply: CannedReply) -> CannedId:
    assert reply.id is not None
    return reply.id


def _ticket(
    context: Context,
    owner: CustomerId | None,
    *wrote: str,
    subject: str = "Hello",
    language: str = "",
    mailbox: MailboxId | None = None,
) -> TicketId:
    with context.database.writing() as unit:
        made = unit.connection.execute(
            insert(ticket)
            .values(
                number=next(_numbers),
                subject=subject,
                status="open",
                customer_id=owner,
                mailbox_id=mailbox,
                language=language,
                created_at=NOW,
                updated_at=NOW,
            )
            .returning(ticket.c.id)
        ).scalar_one()
        for minute, text in enumerate(wrote):
            row = unit.connection.execute(
                insert(message)
                .values(
                    ticket_id=made,
                    direction=Direction.IN,
                    kind=MailKind.HUMAN,
                    at=NOW + timedelta(minutes=minute),
                    created_at=NOW,
                )
                .returning(message.c.id)
            ).scalar_one()
            unit.connection.execute(insert(message_body).values(message_id=row, text=text))
    return TicketId(made)


def _minh(context: Context, *orders: OrderData) -> CustomerId:
    minh = Customers(context).create("Nguyễn Văn Minh", "minh@example.com")
    Customers(context).edit(minh, CustomerEdit(language="vi"))
    Orders(context).save("Shop", "file", "shopify", orders)
    return minh


def test_a_canned_reply_comes_back_with_all_its_texts(canned: Canned) -> None:
    kept = canned.save(PARCEL)
    assert kept == replace(PARCEL, id=kept.id, version=1)
    assert canned.get(_kept(kept)) == kept
    assert canned.by_name("WHERE is my parcel") == kept.id
    [row] = canned.list()
    assert (row.languages, row.uses) == (("en", "vi", "zh-Hant"), 0)
    assert row.preview.startswith("{{ customer.greeting }} Order")


def test_a_name_is_taken_once_however_it_is_spelt(canned: Canned) -> None:
    canned.save(replace(PARCEL, name="Đơn hàng"))
    with pytest.raises(Problem) as refused:
        canned.save(replace(PARCEL, name="don HANG!"))
    assert refused.value.kind is ProblemKind.DUPLICATE
    other = canned.save(PARCEL)
    with pytest.raises(Problem) as refused:
        canned.save(replace(other, name="Don hang"))
    assert refused.value.kind is ProblemKind.DUPLICATE
    assert canned.get(_kept(other)) == other


def test_the_second_of_two_edits_of_one_version_is_refused(canned: Canned) -> None:
    seen = canned.save(PARCEL)
    first = canned.save(replace(seen, texts=(("en", "Soon."),)))
    with pytest.raises(Problem) as refused:
        canned.save(replace(seen, texts=(("en", "Never."),)))
    assert refused.value.kind is ProblemKind.CHANGED_MEANWHILE
    assert canned.get(_kept(seen)) == first


def test_text_that_is_no_template_is_refused_with_its_language_and_line(canned: Canned) -> None:
    with pytest.raises(Problem) as refused:
        canned.save(replace(PARCEL, texts=(("en", "Hi"), ("ru", "Да\n{% if order.number %}"))))
    assert refused.value.kind is ProblemKind.TEMPLATE_ERROR
    assert refused.value.details["language"] == "ru"
    assert "line" in refused.value.details
    assert canned.list() == ()


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (replace(PARCEL, name="  "), ProblemKind.EMPTY),
        (replace(PARCEL, texts=()), ProblemKind.EMPTY),
        (replace(PARCEL, texts=(("en", " \n"),)), ProblemKind.EMPTY),
        (replace(PARCEL, texts=(("en", "a"), ("EN", "b"))), ProblemKind.INVALID),
        (replace(PARCEL, id=CannedId(77), version=1), ProblemKind.NOT_FOUND),
    ],
)
def test_what_makes_no_canned_reply_is_refused(
    canned: Canned, reply: CannedReply, kind: ProblemKind
) -> None:
    with pytest.raises(Problem) as refused:
        canned.save(reply)
    assert refused.value.kind is kind


def test_the_most_used_stand_first_and_words_narrow_by_name_before_text(canned: Canned) -> None:
    rare = canned.save(replace(PARCEL, name="Refund", texts=(("en", "The parcel came back."),)))
    often = canned.save(replace(PARCEL, name="Returns", texts=(("en", "Send it back."),)))
    parcel = canned.save(PARCEL)
    for _ in range(2):
        canned.used(_kept(often))
    canned.used(_kept(rare))
    assert [row.id for row in canned.list()] == [often.id, rare.id, parcel.id]
    assert [row.uses for row in canned.list()] == [2, 1, 0]
    assert [row.id for row in canned.list("parcel")] == [parcel.id, rare.id]
    assert [row.id for row in canned.list("RE back")] == [often.id, rare.id]
    assert [row.id for row in canned.list("don hang")] == [parcel.id]
    assert [row.id for row in canned.list("订单")] == [parcel.id]
    assert canned.list("nothing like it") == ()


def test_an_archived_reply_gives_its_name_up(canned: Canned) -> None:
    old = canned.save(PARCEL)
    canned.archive(_kept(old))
    assert canned.list() == ()
    new = canned.save(PARCEL)
    assert canned.by_name(PARCEL.name) == new.id
    assert canned.get(_kept(old)).name == PARCEL.name
    for late in (lambda: canned.archive(_kept(old)), lambda: canned.by_name("no such name")):
        with pytest.raises(Problem) as refused:
            late()
        assert refused.value.kind is ProblemKind.NOT_FOUND


def test_a_reply_is_filled_in_in_the_customers_language(context: Context, canned: Canned) -> None:
    reply = _kept(canned.save(PARCEL))
    one = _ticket(context, _minh(context, ORDER))
    filled = canned.render(reply, one)
    assert filled.language == "vi"
    assert filled.text == "Chào anh/chị Minh,\nĐơn hàng #1001 đang trên đường."
    assert (filled.canned_id, filled.unresolved) == (reply, ())


def test_a_language_can_be_chosen_and_the_ticket_speaks_for_a_silent_customer(
    context: Context, canned: Canned
) -> None:
    reply = _kept(canned.save(PARCEL))
    wang = Customers(context).create("王小明", "wang@example.org")
    one = _ticket(context, wang, language="zh-Hans")
    assert canned.render(reply, one).language == "zh-Hant"
    assert canned.render(reply, one, language="en").language == "en"


def test_what_has_no_value_is_marked(context: Context, canned: Canned) -> None:
    reply = _kept(canned.save(PARCEL))
    filled = canned.render(reply, _ticket(context, _minh(context)), language="en")
    assert [one.name for one in filled.unresolved] == ["order.number", "order.tracking_url"]
    first = filled.unresolved[0]
    assert filled.text[first.start : first.end] == "⟦order.number⟧"


def test_the_order_the_customer_writes_of_is_meant_else_the_newest(
    context: Context, canned: Canned
) -> None:
    newer = replace(ORDER, number="#1002", placed_at=NOW)
    minh = _minh(context, ORDER, newer)
    text = "{{ order.number }}"
    silent = _ticket(context, minh, "Hello?")
    asks = _ticket(context, minh, "Where is order 1001?", "Hello?")
    titled = _ticket(context, minh, "Hello?", subject="Order #1001")
    assert [canned.render_text(text, one).text for one in (silent, asks, titled)] == [
        "#1002",
        "#1001",
        "#1001",
    ]
    [first] = Orders(context).find("#1001")[:1]
    assert canned.render_text(text, silent, order=first.id).text == "#1001"


def test_nobody_is_told_of_another_customers_order(context: Context, canned: Canned) -> None:
    _minh(context, ORDER)
    thief = Customers(context).create("Somebody", "somebody@example.com")
    one = _ticket(context, thief, "My order is #1001, send me the link")
    assert canned.render_text("{{ order.tracking_url }}", one).unresolved
    assert "order" in canned.variables(one)
    assert canned.variables(one)["order"] == {}


def test_all_that_is_known_of_a_ticket_can_be_said(context: Context, canned: Canned) -> None:
    olga = Agents(context).add("Olga Petrova")
    Agents(context).edit(olga, signature="Your Olga")
    context.agent = olga
    here = Server("127.0.0.1", 1, Security.NONE, "")
    mailbox = Mailboxes(context).add(MailboxSettings("support@shop.example", "", here, here))
    one = _ticket(context, _minh(context, ORDER), subject="Tea", mailbox=mailbox)
    known = canned.variables(one)
    assert known["customer"] == {
        "name": "Nguyễn Văn Minh",
        "first_name": "Minh",
        "family_name": "Nguyễn",
        "email": "minh@example.com",
        "language": "vi",
        "greeting": "Chào anh/chị Minh,",
        "first_time": True,
    }
    assert known["agent"] == {
        "name": "Olga Petrova",
        "first_name": "Olga",
        "signature": "Your Olga",
    }
    assert known["mailbox"] == {"name": "support@shop.example", "address": "support@shop.example"}
    assert known["order"] == {
        "number": "#1001",
        "status": "shipped",
        "total": "249000 VND",
        "tracking": "GHN1",
        "tracking_url": "https://ghn.example/1",
        "date": (NOW - timedelta(days=9)).astimezone().date(),
    }
    assert known["today"] == NOW.astimezone().date()


def test_what_is_not_there_says_so(context: Context, canned: Canned) -> None:
    reply = _kept(canned.save(PARCEL))
    one = _ticket(context, None)
    for missing in (
        lambda: canned.render(CannedId(77), one),
        lambda: canned.render(reply, TicketId(77)),
        lambda: canned.render(reply, one, order=OrderId(77)),
    ):
        with pytest.raises(Problem) as refused:
            missing()
        assert refused.value.kind is ProblemKind.NOT_FOUND


def test_a_customer_cannot_write_a_template_into_our_reply(
    context: Context, canned: Canned
) -> None:
    sly = Customers(context).create("{{ agent.signature }} ⟦x⟧", "sly@example.com")
    filled = canned.render_text("Dear {{ customer.name }}", _ticket(context, sly))
    assert filled.unresolved == ()
    assert "{{" not in filled.text


def _reply(name: str, *texts: tuple[str, str]) -> CannedReply:
    return CannedReply(id=None, name=name, folder="", texts=texts, version=0)


def test_one_edit_of_an_included_reply_changes_all_that_include_it(
    context: Context, canned: Canned
) -> None:
    farewell = canned.save(_reply("Farewell", ("en", "Bye, {{ ask.who }}"), ("vi", "Chào nhé")))
    outer = _kept(canned.save(_reply("Outer", ("en", 'Hi. {% include "farewell" %}'))))
    one = _ticket(context, None)
    assert canned.questions(outer, one) == ("who",)
    assert canned.render(outer, one, answers={"who": "Kim"}).text == "Hi. Bye, Kim"
    assert [mark.name for mark in canned.render(outer, one).unresolved] == ["ask.who"]
    canned.save(replace(farewell, texts=(("en", "See you"),)))
    assert canned.render(outer, one).text == "Hi. See you"
    canned.archive(_kept(farewell))
    assert [mark.name for mark in canned.render(outer, one).unresolved] == ["farewell"]


def test_a_reply_that_would_include_itself_or_nothing_is_refused_with_the_way(
    canned: Canned,
) -> None:
    first = canned.save(_reply("First", ("en", "1")))
    canned.save(_reply("Second", ("en", '2 {% include "First" %}')))
    with pytest.raises(Problem) as refused:
        canned.save(replace(first, texts=(("en", '1\n{% include "Second" %}'),)))
    assert refused.value.kind is ProblemKind.TEMPLATE_ERROR
    assert refused.value.details["name"] == "first → second → first"
    with pytest.raises(Problem) as refused:
        canned.save(_reply("Third", ("en", 'Hi\n{% include "Nobody" %}')))
    assert refused.value.details == {
        "line": 2,
        "fault": "include_missing",
        "name": "Nobody",
        "language": "en",
    }


def test_an_agents_own_replies_are_offered_to_nobody_else(context: Context, canned: Canned) -> None:
    anna, boris = Agents(context).add("Anna"), Agents(context).add("Boris")
    context.agent = anna
    canned.save(replace(_reply("Mine", ("en", "x")), owner=anna))
    canned.save(_reply("Ours", ("en", "x")))
    seen = {}
    for who in (anna, boris, None):
        context.agent = who
        seen[who] = [row.name for row in canned.list()]
    assert seen == {anna: ["Mine", "Ours"], boris: ["Ours"], None: ["Ours"]}


def test_a_ticket_is_offered_the_replies_of_its_mailbox_and_first_what_its_like_got(
    context: Context, canned: Canned
) -> None:
    here = Server("127.0.0.1", 1, Security.NONE, "")
    shop, trade = (
        Mailboxes(context).add(MailboxSettings(address, "", here, here))
        for address in ("shop@shop.example", "trade@shop.example")
    )
    minh = _minh(context)
    one = _ticket(context, minh, language="vi", mailbox=shop)
    like = _ticket(context, minh, language="vi", mailbox=shop)
    other = _ticket(context, minh, language="ru", mailbox=trade)
    often = _kept(canned.save(_reply("Often, elsewhere", ("en", "x"))))
    fits = _kept(canned.save(_reply("Fits", ("en", "x"))))
    canned.save(replace(_reply("Trade only", ("en", "x")), mailbox_id=trade))
    canned.save(_reply("Never", ("en", "x")))
    for _ in range(4):
        canned.used(often, other)
    canned.used(fits, like)
    assert next(row.name for row in canned.list()) == "Often, elsewhere"
    assert [row.name for row in canned.list(ticket=one)] == ["Fits", "Often, elsewhere", "Never"]
    assert [row.name for row in canned.list("ever", one)] == []
    assert "Trade only" in [row.name for row in canned.list(ticket=other)]


def test_files_and_actions_come_back_and_files_are_stored_once(canned: Canned) -> None:
    form = canned.keep_file("Return form\n.pdf", "application/pdf", b"%PDF-1.4")
    again = canned.keep_file("Same.pdf", "application/pdf", b"%PDF-1.4")
    assert (form.filename, form.sha256) == ("Return form .pdf", again.sha256)
    actions = CannedActions(TicketStatus.WAITING, to_me=True, add_tags=("return",))
    kept = canned.save(replace(_reply("Return", ("en", "x")), files=(form,), actions=actions))
    assert (kept.files, kept.actions) == ((form,), actions)
    [row] = canned.list()
    assert (row.acts, row.files) == (True, 1)
    plain = canned.save(replace(kept, files=(), actions=CannedActions()))
    assert canned.get(_kept(plain)) == plain
    assert [(row.acts, row.files) for row in canned.list()] == [(False, 0)]


def test_how_often_a_text_had_to_be_edited_is_counted(context: Context, canned: Canned) -> None:
    reply = _kept(canned.save(PARCEL))
    uses = [canned.used(reply, _ticket(context, None), "vi") for _ in range(3)]
    canned.sent([(uses[0], True), (uses[1], False)])
    [row] = canned.list()
    assert (row.uses, row.sent, row.edited) == (3, 2, 1)


def test_what_another_window_saved_archived_or_used_is_found_at_the_next_letter(
    context: Context, canned: Canned
) -> None:
    elsewhere = Canned(context)
    assert canned.list("late") == ()
    late = elsewhere.save(_reply("Late parcel", ("vi", "Đơn hàng bị trễ"), ("ru", "посылка")))
    assert [row.name for row in canned.list("don hang")] == ["Late parcel"]
    assert [row.name for row in canned.list("посылки")] == ["Late parcel"]
    elsewhere.save(replace(late, texts=(("zh-Hant", "訂單延遲"),)))
    assert canned.list("don hang") == ()
    assert [row.languages for row in canned.list("订单")] == [("zh-Hant",)]
    elsewhere.used(_kept(late))
    [row] = canned.list()
    assert (row.uses, row.last_used) == (1, context.now())
    elsewhere.archive(_kept(late))
    assert canned.list() == ()


def test_an_archived_reply_comes_back_unless_its_name_was_taken(canned: Canned) -> None:
    late = canned.save(_reply("Late", ("en", "x")))
    canned.archive(_kept(late))
    canned.restore(_kept(late))
    assert [row.name for row in canned.list()] == ["Late"]
    canned.archive(_kept(late))
    canned.save(_reply("late", ("en", "y")))
    with pytest.raises(Problem) as refused:
        canned.restore(_kept(late))
    assert refused.value.kind is ProblemKind.DUPLICATE
    with pytest.raises(Problem):
        canned.restore(CannedId(999))
