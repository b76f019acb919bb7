"""A desk of any size, written straight into its tables: what windows and commands are timed on."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Table, bindparam, insert, update

from deskapp.data.database import Database
from deskapp.data.search import Indexed, index_rows
from deskapp.data.tables.people import agent, contact_point, customer
from deskapp.data.tables.team import counter
from deskapp.data.tables.tickets import event, message, message_address, message_body, ticket
from deskapp.data.upgrade import open_desk

_NAMES = ("Nguyễn Thị Minh Châu", "Harriet Oyelaran", "Иван Соколов", "陳怡君", "Tom Becker")
_SUBJECTS = ("Đơn hàng #{n} chưa giao", "Where is order #{n}?", "Где заказ #{n}?", "訂單 #{n}")
_STATUSES = ("new", "open", "open", "waiting", "solved", "closed")
_TEXT = "Em đặt từ thứ Hai tuần trước mà chưa thấy giao. Where is it? Заказ не пришёл. 訂單還沒到。"
_BATCH = 5_000
PER_TWO_TICKETS = 7
NOW = datetime.now(UTC).replace(microsecond=0)


def build(place: Path | str, tickets: int, long_one: int = 50, rich: bool = False) -> Database:
    """A desk with ``tickets`` tickets in a file or at an address; the first has ``long_one``
    messages. The others have one, and in a ``rich`` desk seven for every two tickets."""
    database = Database(str(place))
    open_desk(database, create=True, name="Bench")
    random = Random(3)
    people = max(1, tickets // 4)
    with database.writing() as unit:
        connection = unit.connection
        connection.execute(insert(agent), {"name": "Anna", "created_at": NOW})
        connection.execute(insert(counter), {"name": "ticket", "value": tickets})
    _people(database, people)
    for start in range(1, tickets + 1, _BATCH):
        numbers = range(start, min(start + _BATCH, tickets + 1))
        _tickets(database, numbers, people, tickets, random)
        if rich:
            _talk(database, numbers, tickets)
    _long_conversation(database, long_one, tickets)
    return database


def _write(database: Database, rows: dict[Table, Sequence[dict[str, Any]]]) -> None:
    with database.writing() as unit:
        for table, values in rows.items():
            if values:
                unit.connection.execute(insert(table), values)


def _people(database: Database, count: int) -> None:
    _write(
        database,
        {
            customer: [
                {"id": n, "name": f"{_NAMES[n % 5]} {n}", "created_at": NOW}
                for n in range(1, count + 1)
            ],
            contact_point: [
                {
                    "customer_id": n,
                    "kind": "mail",
                    "value": f"c{n}@mail.example",
                    "value_key": f"c{n}@mail.example",
                    "created_at": NOW,
                }
                for n in range(1, count + 1)
            ],
        },
    )


def _tickets(database: Database, numbers: range, people: int, of: int, random: Random) -> None:
    made: dict[Table, list[dict[str, Any]]] = {
        table: [] for table in (ticket, message, message_body, message_address, event)
    }
    words = []
    for n in numbers:
        at = NOW - timedelta(minutes=(of - n) * 3)
        status = random.choice(_STATUSES)
        who = random.randrange(1, people + 1)
        subject = _SUBJECTS[n % 4].replace("{n}", str(10_000 + n))
        made[ticket].append(
            {
                "id": n,
                "number": n,
                "subject": subject,
                "status": status,
                "customer_id": who,
                "assignee_id": 1 if n % 3 == 0 else None,
                "snippet": _TEXT[:120],
                "message_count": 1,
                "created_at": at,
                "updated_at": at,
                "last_in_at": at,
                "waiting_since": at if status in ("new", "open") else None,
                "newest_message_id": n,
            }
        )
        made[message].append(_message(n, n, at, subject))
        made[message_body].append({"message_id": n, "text": f"{_TEXT}\n{subject}"})
        made[event].append({"ticket_id": n, "kind": "created", "at": at, "new": "new"})
        words.append(Indexed("message", n, n, f"{subject} {_TEXT}"))
    _write(database, dict(made))
    with database.writing() as unit:
        index_rows(unit.connection, words)


def _talk(database: Database, numbers: range, of: int) -> None:
    """Two or three more messages for each of these tickets, ours and the customer's in turn."""
    rows, bodies, addresses, words = [], [], [], []
    newest = []
    for n in numbers:
        count = PER_TWO_TICKETS // 2 + n % 2
        at = NOW - timedelta(minutes=(of - n) * 3)
        subject = _SUBJECTS[n % 4].replace("{n}", str(10_000 + n))
        for turn in range(1, count):
            number = n + turn * of
            said = at + timedelta(seconds=20 * turn)
            ours = {"direction": "out"} if turn % 2 else {}
            rows.append(_message(number, n, said, f"Re: {subject}") | ours)
            bodies.append({"message_id": number, "text": f"{_TEXT}\n{_TEXT}\n{turn}"})
            for role in ("from", "to"):
                who = f"c{n % 1000}@mail.example" if role == "from" else "help@shop.example"
                person = {"role": role, "address": who, "address_key": who}
                addresses.append({"message_id": number} | person)
            words.append(Indexed("message", number, n, f"{subject} {_TEXT}"))
        newest.append({"t": n, "c": count, "m": n + (count - 1) * of})
    _write(database, {message: rows, message_body: bodies, message_address: addresses})
    counted: dict[str, Any] = {"message_count": bindparam("c"), "newest_message_id": bindparam("m")}
    with database.writing() as unit:
        index_rows(unit.connection, words)
        unit.connection.execute(
            update(ticket).where(ticket.c.id == bindparam("t")).values(counted), newest
        )


def _message(number: int, owner: int, at: datetime, subject: str) -> dict[str, Any]:
    return {
        "id": number,
        "ticket_id": owner,
        "direction": "in",
        "kind": "human",
        "message_id": f"m{number}@mail.example",
        "sender_name": _NAMES[number % 5],
        "sender_address": "c1@mail.example",
        "subject": subject,
        "at": at,
        "created_at": at,
    }


def _long_conversation(database: Database, count: int, tickets: int) -> None:
    rows, bodies, words = [], [], []
    subject = "Kit for the season"
    for n in range(1, count):
        number = 4 * tickets + n
        rows.append(_message(number, 1, NOW - timedelta(minutes=count - n), subject))
        paragraphs = "".join(f"<p>{_TEXT} <b>{n}</b></p>" for _ in range(6))
        html = f"<div>{paragraphs}<ul><li>one</li><li>two</li></ul></div>" if n % 2 else None
        bodies.append({"message_id": number, "text": f"{_TEXT}\n" * 6, "html": html})
        words.append(Indexed("message", number, 1, f"{subject} {_TEXT}"))
    _write(database, {message: rows, message_body: bodies})
    newest = {"message_count": count, "newest_message_id": 4 * tickets + count - 1}
    with database.writing() as unit:
        index_rows(unit.connection, words)
        unit.connection.execute(update(ticket).where(ticket.c.id == 1).values(newest))
