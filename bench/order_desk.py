"""A desk of any number of customers and orders, written straight into its tables."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import Table, insert

from bench.big_desk import NOW
from deskapp.data.bulk import insert_rows
from deskapp.data.database import Database
from deskapp.data.search import Indexed, index_rows
from deskapp.data.tables.orders import order_line, order_source, shipment, shop_order
from deskapp.data.tables.people import contact_point, customer
from deskapp.data.tables.tickets import message, message_body, ticket
from deskapp.data.upgrade import open_desk
from deskapp.domain.naming import sort_key

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "王", "李", "張", "Иванов", "Müller", "Smith")
GIVEN = ("Minh Châu", "Quốc Anh", "Thị Mai", "伟", "怡君", "小明", "Пётр", "Jürgen", "Harriet")
_GOODS = ("Rain jacket L", "Áo khoác gió", "雨衣", "Палатка двухместная", "Wool socks")
_BATCH = 10_000
TICKETS = 1_000


def name_of(one: int) -> str:
    """The name of the customer of that number, spelt as their language does."""
    family, given = FAMILY[one % len(FAMILY)], GIVEN[one // len(FAMILY) % len(GIVEN)]
    joined = "" if family[0] in "王李張" and given[0] > "\u4e00" else " "
    return f"{family}{joined}{given}"


def build(url: str, customers: int, orders: int) -> Database:
    """Customers with a mail and a phone each, their orders spread evenly; a thousand tickets."""
    database = Database(url)
    open_desk(database, create=True, name="Bench")
    with database.writing() as unit:
        unit.connection.execute(
            insert(order_source),
            [
                {"id": n, "name": name, "kind": "file"}
                for n, name in enumerate(("Lotus", "Etsy"), 1)
            ],
        )
    _batches(database, customers, _people)
    _batches(database, orders, lambda n: _order(n, customers))
    _batches(database, min(TICKETS, customers), _ticket)
    return database


Rows = Mapping[Table, Mapping[str, Any]]


def _batches(
    database: Database, count: int, made: Callable[[int], tuple[Rows, Indexed | None]]
) -> None:
    for start in range(1, count + 1, _BATCH):
        several = [made(n) for n in range(start, min(start + _BATCH, count + 1))]
        with database.writing() as unit:
            for table in several[0][0]:
                insert_rows(unit.connection, table, [rows[table] for rows, _ in several])
            index_rows(unit.connection, [words for _, words in several if words is not None])


def _people(n: int) -> tuple[Rows, Indexed]:
    name, mail = name_of(n), f"c{n}@mail.example"
    point = {"customer_id": n, "kind": "mail", "value": mail, "value_key": mail, "created_at": NOW}
    person = {"id": n, "name": name, "name_key": sort_key(name), "created_at": NOW}
    return {customer: person, contact_point: point}, Indexed("customer", n, None, f"{name}\n{mail}")


def _order(n: int, customers: int) -> tuple[Rows, Indexed]:
    who = (n - 1) % customers + 1
    random = Random(n)
    number, track = str(100_000 + n), f"VN{10_000_000 + n}"
    at = NOW - timedelta(minutes=n)
    name, mail, phone = name_of(who), f"c{who}@mail.example", f"+849{10_000_000 + who}"
    row = {
        "id": n,
        "source_id": 1 + n % 2,
        "number": f"#{number}",
        "number_key": number,
        "customer_id": who,
        "name": name,
        "email": mail,
        "email_key": mail,
        "phone": phone,
        "phone_key": phone,
        "status": "shipped",
        "payment_status": "paid",
        "currency": "VND" if n % 3 else "EUR",
        "total": Decimal(random.randrange(100_000, 2_000_000)),
        "placed_at": at,
        "postcode_key": str(70_000 + who % 20_000),
        "seen_at": NOW,
    }
    goods = _GOODS[n % len(_GOODS)]
    line = {
        "order_id": n,
        "position": 0,
        "sku": f"S-{n % 900}",
        "title": goods,
        "quantity": Decimal(1),
        "price": Decimal(100),
    }
    parcel = {
        "order_id": n,
        "carrier": "GHN",
        "tracking_number": track,
        "tracking_key": track,
        "tracking_url": f"https://ghn.example/{track}",
        "shipped_at": at,
    }
    words = f"#{number}\n{name}\n{mail}\n{phone} 0{phone[3:]}\n{goods}\n{track}"
    return {shop_order: row, order_line: line, shipment: parcel}, Indexed("order", n, None, words)


def _ticket(n: int) -> tuple[Rows, None]:
    subject = f"Where is order #{100_000 + n}?"
    row = {
        "id": n,
        "number": n,
        "subject": subject,
        "status": "open",
        "customer_id": n,
        "message_count": 1,
        "created_at": NOW,
        "updated_at": NOW,
        "last_in_at": NOW,
        "waiting_since": NOW,
        "newest_message_id": n,
    }
    said = {
        "id": n,
        "ticket_id": n,
        "direction": "in",
        "kind": "human",
        "message_id": f"m{n}@mail.example",
        "sender_name": name_of(n),
        "sender_address": f"c{n}@mail.example",
        "subject": subject,
        "at": NOW,
        "created_at": NOW,
    }
    body = {"message_id": n, "text": f"Em đặt từ thứ Hai mà chưa thấy giao. {subject}"}
    return {ticket: row, message: said, message_body: body}, None
