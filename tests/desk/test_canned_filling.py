"""A canned reply filled in for a ticket: its language, its order, its values."""

from dataclasses import replace
from datetime import timedelta

import pytest

from deskapp.desk.agents import Agents
from deskapp.desk.canned import Canned
from deskapp.desk.context import Context
from deskapp.desk.customers import Customers
from deskapp.desk.mailboxes import Mailboxes
from deskapp.desk.orders import Orders
from deskapp.domain.ids import CannedId, OrderId, TicketId
from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import MailboxSettings, Server
from deskapp.domain.problem import Problem, ProblemKind
from tests.desk.house import NOW

from .canned_rows import ORDER, PARCEL, add_minh, id_of, ticket_of


def test_a_reply_is_filled_in_in_the_customers_language(context: Context, canned: Canned) -> None:
    reply = id_of(canned.save(PARCEL))
    one = ticket_of(context, add_minh(context, ORDER))
    filled = canned.render(reply, one)
    assert filled.language == "vi"
    assert filled.text == "Chào anh/chị Minh,\nĐơn hàng #1001 đang trên đường."
    assert (filled.canned_id, filled.unresolved) == (reply, ())


def test_a_language_can_be_chosen_and_the_ticket_speaks_for_a_silent_customer(
    context: Context, canned: Canned
) -> None:
    reply = id_of(canned.save(PARCEL))
    wang = Customers(context).create("王小明", "wang@example.org")
    one = ticket_of(context, wang, language="zh-Hans")
    assert canned.render(reply, one).language == "zh-Hant"
    assert canned.render(reply, one, language="en").language == "en"


def test_what_has_no_value_is_marked(context: Context, canned: Canned) -> None:
    reply = id_of(canned.save(PARCEL))
    filled = canned.render(reply, ticket_of(context, add_minh(context)), language="en")
    assert [one.name for one in filled.unresolved] == ["order.number", "order.tracking_url"]
    first = filled.unresolved[0]
    assert filled.text[first.start : first.end] == "⟦order.number⟧"


def test_the_order_the_customer_writes_of_is_meant_else_the_newest(
    context: Context, canned: Canned
) -> None:
    newer = replace(ORDER, number="#1002", placed_at=NOW)
    minh = add_minh(context, ORDER, newer)
    text = "{{ order.number }}"
    silent = ticket_of(context, minh, "Hello?")
    asks = ticket_of(context, minh, "Where is order 1001?", "Hello?")
    titled = ticket_of(context, minh, "Hello?", subject="Order #1001")
    assert [canned.render_text(text, one).text for one in (silent, asks, titled)] == [
        "#1002",
        "#1001",
        "#1001",
    ]
    [first] = Orders(context).find("#1001")[:1]
    assert canned.render_text(text, silent, order=first.id).text == "#1001"


def test_nobody_is_told_of_another_customers_order(context: Context, canned: Canned) -> None:
    add_minh(context, ORDER)
    thief = Customers(context).create("Somebody", "somebody@example.com")
    one = ticket_of(context, thief, "My order is #1001, send me the link")
    assert canned.render_text("{{ order.tracking_url }}", one).unresolved
    assert "order" in canned.variables(one)
    assert canned.variables(one)["order"] == {}


def test_all_that_is_known_of_a_ticket_can_be_said(context: Context, canned: Canned) -> None:
    olga = Agents(context).add("Olga Petrova")
    Agents(context).edit(olga, signature="Your Olga")
    context.agent = olga
    here = Server("127.0.0.1", 1, Security.NONE, "")
    mailbox = Mailboxes(context).add(MailboxSettings("support@shop.example", "", here, here))
    one = ticket_of(context, add_minh(context, ORDER), subject="Tea", mailbox=mailbox)
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
        "status_words": "đang giao",
        "tracking": "GHN1",
        "tracking_url": "https://ghn.example/1",
        "carrier": "GHN",
        "date": (NOW - timedelta(days=9)).astimezone().date(),
    }
    assert known["today"] == NOW.astimezone().date()


def test_what_is_not_there_says_so(context: Context, canned: Canned) -> None:
    reply = id_of(canned.save(PARCEL))
    one = ticket_of(context, None)
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
    filled = canned.render_text("Dear {{ customer.name }}", ticket_of(context, sly))
    assert filled.unresolved == ()
    assert "{{" not in filled.text
