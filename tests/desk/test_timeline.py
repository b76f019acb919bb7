"""A customer's axis: every kind, pages without gaps or doubles, words; and what is promised."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event as listening
from sqlalchemy import insert

from deskapp.data.tables.orders import order_source, shipment, shop_order, shop_return
from deskapp.desk.context import Context
from deskapp.desk.customers import Customers
from deskapp.domain.entries import Channel, Entry
from deskapp.domain.ids import CustomerId, TicketId
from deskapp.domain.kinds import View
from deskapp.domain.snoozing import Snooze
from deskapp.domain.tickets import TicketEdit
from deskapp.domain.timeline import AXIS, Happening, PromiseKind, TimelineAsk, TimelineEntry

from .ground import Ground
from .letters import START, letter


@pytest.fixture
def people(ground: Ground) -> Customers:
    return Customers(ground.context)


def _mai(ground: Ground, people: Customers, mails: int = 1) -> tuple[CustomerId, TicketId]:
    first = letter("Mail 0", message_id="m0@c.example")
    others = (
        letter(f"Mail {n}", message_id=f"m{n}@c.example", hours=n // 3, answers=("m0@c.example",))
        for n in range(1, mails)
    )
    ground.arrive(first, *others)
    mai = people.by_address("mai@customer.example")
    assert mai is not None
    return mai, ground.tickets.view_ids(View.ALL)[0]


def _order(context: Context, mai: CustomerId, number: str, **parcel: object) -> None:
    with context.database.writing() as unit:
        source = insert(order_source).values(name=number, kind="file")
        made = unit.connection.execute(source.returning(order_source.c.id)).scalar_one()
        order = insert(shop_order).values(
            source_id=made, number=number, number_key=number, customer_id=mai,
            status="shipped", placed_at=START - timedelta(days=9), seen_at=START,
        )  # fmt: skip
        one = unit.connection.execute(order.returning(shop_order.c.id)).scalar_one()
        unit.connection.execute(insert(shipment).values(order_id=one, **parcel))
        back = insert(shop_return).values(order_id=one, name="R1", status="open", at=START)
        unit.connection.execute(back)


def _whole(people: Customers, one: CustomerId, limit: int, **ask: object) -> list[TimelineEntry]:
    found: list[TimelineEntry] = []
    wanted: TimelineAsk | None = TimelineAsk(limit=limit, **ask)  # type: ignore[arg-type]
    while wanted is not None:
        page = people.timeline(one, wanted)
        assert len(page.entries) <= limit
        found += page.entries
        wanted = page.more
    return found


def test_everything_stands_on_one_axis(ground: Ground, people: Customers) -> None:
    mai, ticket = _mai(ground, people)
    ground.tickets.note(ticket, "For colleagues")
    ground.tickets.note(ticket, "She called", Entry(Channel.CALL, outcome="Sends photos"))
    people.add_note(mai, "Prefers the phone")
    _order(ground.context, mai, "1001", carrier="VNPost")
    entries = people.timeline(mai).entries
    kinds = [entry.what for entry in entries]
    assert sorted(kinds) == ["call", "mail", "note", "note", "order", "return"]
    assert kinds[-1] is Happening.ORDER
    [call] = [one for one in entries if one.what is Happening.CALL]
    assert (call.channel, call.detail) == ("call", "Sends photos · She called")
    alone = TimelineAsk((Happening.CALL,), limit=1)
    assert people.timeline(mai, alone).entries == (call,)
    assert people.timeline(mai, TimelineAsk(AXIS, words="SENDS fotos")).entries == ()
    found = people.timeline(mai, TimelineAsk(AXIS, words="photo sends")).entries
    assert found == (call,)


@pytest.mark.parametrize("limit", [1, 2, 7, 100])
def test_pages_have_no_gap_and_no_double_where_many_share_one_moment(
    ground: Ground, people: Customers, limit: int
) -> None:
    mai, _ = _mai(ground, people, 12)
    for number in range(5):
        people.add_note(mai, f"Note {number}")
    whole = _whole(people, mai, limit)
    assert len(whole) == 17
    assert len({(one.message_id, one.detail) for one in whole}) == 17
    assert [one.at for one in whole] == sorted((one.at for one in whole), reverse=True)
    assert len(_whole(people, mai, limit, words="note")) == 5


def test_a_page_asks_the_same_few_statements_however_much_there_is(
    ground: Ground, people: Customers
) -> None:
    mai, _ = _mai(ground, people, 60)
    asked: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    listening.listen(ground.database.reader, "before_cursor_execute", note)
    people.timeline(mai)
    page = [one for one in asked if one.lstrip().startswith(("SELECT", "WITH"))]
    asked.clear()
    people.record(mai)
    record = [one for one in asked if one.lstrip().startswith(("SELECT", "WITH"))]
    listening.remove(ground.database.reader, "before_cursor_execute", note)
    assert len(page) <= 6
    assert len(record) <= 14


def test_what_is_promised_stands_in_its_order(ground: Ground, people: Customers) -> None:
    mai, ticket = _mai(ground, people)
    now = ground.time
    ground.tickets.note(
        ticket, "Promised", Entry(Channel.CALL, outcome="Call back", follow_up=date(2030, 1, 2))
    )
    ground.tickets.edit(ticket, TicketEdit(due_at=now - timedelta(hours=1)))
    ground.tickets.edit(ticket, TicketEdit(snooze=Snooze(now + timedelta(days=3))))
    late = now - timedelta(days=2)
    _order(ground.context, mai, "1001", expected_at=late)
    _order(ground.context, mai, "1002", expected_at=late, delivered_at=now)
    _order(ground.context, mai, "1003", expected_at=now + timedelta(days=1))
    told = [(one.kind, one.order_number) for one in people.promises(mai)]
    assert told == [
        (PromiseKind.PARCEL, "1001"), (PromiseKind.DUE, ""), (PromiseKind.SNOOZE, ""),
        (PromiseKind.FOLLOW_UP, ""),
    ]  # fmt: skip
    met = people.contacted(mai)
    assert met.first is not None
    assert (met.last_in, met.last_out) == (met.first, None)
