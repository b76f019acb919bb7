"""A desk whose messages differ, and the same messages as a Maildir: what searches are timed on."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.header import Header
from email.utils import format_datetime
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from sqlalchemy import Table, func, insert, select, text

from bench.big_desk import NOW
from deskapp.data.database import Database
from deskapp.data.queries.customers_write import index_customers
from deskapp.data.search import Indexed, index_rows
from deskapp.data.tables.people import agent, contact_point, customer
from deskapp.data.tables.team import counter
from deskapp.data.tables.tickets import (
    message,
    message_address,
    message_body,
    tag,
    ticket,
    ticket_tag,
)
from deskapp.data.upgrade import open_desk

_BATCH = 2_000
_MESSAGES_PER_TWO_TICKETS = 7
_STATUSES = ("new", "open", "waiting", "solved", "closed", "closed", "closed", "closed")
_KNOWN = (  # noqa: SIM905 - prose is read better than a list
    "order parcel refund delivery invoice broken size jacket where thanks please received "
    "đơn hàng giao trả tiền chưa được cảm ơn vỡ заказ посылка возврат доставка спасибо ещё "
    "получил 訂單 退貨 還沒 收到 发货 谢谢 尺码 快递"
).split()
_NAMES = ("Nguyễn Minh Châu", "Harriet Oyelaran", "Иван Соколов", "陳怡君", "Tom Becker")


class Letter(NamedTuple):
    """One message before it is anybody's."""

    number: int
    ticket: int
    person: int
    subject: str
    text: str
    at: datetime


def letters(tickets: int) -> Iterator[Letter]:
    """Seven messages for every two tickets, the same ones every time."""
    random = Random(5)
    words = [*_KNOWN, *_made_words(random)]
    weights = list(accumulate(1 / (rank + 12) for rank in range(len(words))))
    count = tickets * _MESSAGES_PER_TWO_TICKETS // 2
    for number in range(1, count + 1):
        owner = (number - 1) % tickets + 1
        said = random.choices(words, cum_weights=weights, k=random.randrange(20, 70))
        subject = f"{' '.join(said[:4])} #{10_000 + owner}"
        at = NOW - timedelta(minutes=count - number)
        yield Letter(number, owner, owner // 4 + 1, subject, " ".join(said), at)


def _made_words(random: Random) -> list[str]:
    """Twelve thousand words nobody knows, of two to four syllables."""
    syllables = [a + b for a in "bcdfghklmnprstvz" for b in ("a", "e", "i", "o", "u", "ar", "en")]
    made = ("".join(random.choices(syllables, k=random.randrange(2, 5))) for _ in range(12_000))
    return list(dict.fromkeys(made))


def build(address: str, tickets: int) -> Database:
    """The desk at a database address; a new one is filled, and its search index is complete."""
    database = Database(address)
    open_desk(database, create=True, name="Bench")
    with database.reading() as connection:
        there = connection.execute(select(func.max(message.c.id))).scalar()
    if there == tickets * _MESSAGES_PER_TWO_TICKETS // 2:
        return database
    random = Random(7)
    people = tickets // 4 + 1
    with database.writing() as unit:
        put = unit.connection.execute
        put(insert(agent), {"name": "Anna", "created_at": NOW})
        put(insert(counter), {"name": "ticket", "value": tickets})
        put(insert(tag), [{"name": name, "name_key": name} for name in ("vip", "claim", "shop")])
        put(insert(customer), [_customer(n) for n in range(1, people + 1)])
        put(insert(contact_point), [_contact(n) for n in range(1, people + 1)])
        index_customers(unit, list(range(1, people + 1)))  # type: ignore[arg-type]
    _write_letters(database, tickets, random)
    with database.writing() as unit:
        unit.connection.execute(text("ANALYZE"))
    return database


def write_maildir(folder: Path, tickets: int) -> int:
    """The same messages as files; how many."""
    written = 0
    for letter in letters(tickets):
        inside = folder / "cur" / f"{letter.number // 5000:04}"
        if letter.number % 5000 in (0, 1):
            inside.mkdir(parents=True, exist_ok=True)
        subject = Header(letter.subject, "utf-8", maxlinelen=998).encode()
        name = Header(_NAMES[letter.person % 5], "utf-8").encode()
        head = (
            f"From: {name} <c{letter.person}@mail.example>\nTo: help@shop.example\n"
            f"Subject: {subject}\nMessage-ID: <m{letter.number}@mail.example>\n"
            f"Date: {format_datetime(letter.at)}\nMIME-Version: 1.0\n"
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
        )
        (inside / f"{letter.number}:2,").write_bytes(f"{head}{letter.text}\n".encode())
        written += 1
    return written


def _write_letters(database: Database, tickets: int, random: Random) -> None:
    made: dict[Table, list[dict[str, Any]]] = {}
    words: list[Indexed] = []

    def flush() -> None:
        with database.writing() as unit:
            for table, rows in made.items():
                unit.connection.execute(insert(table), rows)
            index_rows(unit.connection, words)
        made.clear()
        words.clear()

    for letter in letters(tickets):
        if letter.number == letter.ticket:
            made.setdefault(ticket, []).append(_ticket(letter, tickets, random))
            if random.random() < 0.1:
                chosen = {"ticket_id": letter.ticket, "tag_id": random.randrange(1, 4)}
                made.setdefault(ticket_tag, []).append(chosen)
        name, address = _NAMES[letter.person % 5], f"c{letter.person}@mail.example"
        row = {
            "id": letter.number,
            "ticket_id": letter.ticket,
            "direction": "in",
            "kind": "human",
            "message_id": f"m{letter.number}@mail.example",
            "sender_name": name,
            "sender_address": address,
            "subject": letter.subject,
            "at": letter.at,
            "created_at": letter.at,
        }
        made.setdefault(message, []).append(row)
        body = {"message_id": letter.number, "text": letter.text}
        made.setdefault(message_body, []).append(body)
        for role, who in (("from", address), ("to", "help@shop.example")):
            person = {"message_id": letter.number, "role": role, "address": who, "address_key": who}
            made.setdefault(message_address, []).append(person)
        told = f"{letter.subject}\n{name} {address}\n{letter.text}"
        words.append(Indexed("message", letter.number, letter.ticket, told))
        if len(words) == _BATCH:
            flush()
    if words:
        flush()


def _ticket(letter: Letter, tickets: int, random: Random) -> dict[str, Any]:
    status = random.choice(_STATUSES)
    newest = letter.number + 2 * tickets
    return {
        "id": letter.ticket,
        "number": letter.ticket,
        "subject": letter.subject,
        "status": status,
        "customer_id": letter.person,
        "assignee_id": 1 if letter.ticket % 3 == 0 else None,
        "snippet": letter.text[:120],
        "message_count": 3,
        "created_at": letter.at,
        "updated_at": letter.at,
        "last_in_at": letter.at,
        "waiting_since": letter.at if status in ("new", "open") else None,
        "newest_message_id": newest,
    }


def _customer(number: int) -> dict[str, Any]:
    return {"id": number, "name": f"{_NAMES[number % 5]} {number}", "created_at": NOW}


def _contact(number: int) -> dict[str, Any]:
    address = f"c{number}@mail.example"
    return {
        "customer_id": number,
        "kind": "mail",
        "value": address,
        "value_key": address,
        "created_at": NOW,
    }
