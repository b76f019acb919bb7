"""500 writes whose line breaks, or whose backend is killed, at their COMMIT: each is there once."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

import pytest
from sqlalchemy import select

from deskapp.data import outcome, patience
from deskapp.data.database import Database
from deskapp.data.tables.people import customer
from deskapp.data.tables.replies import canned_reply
from deskapp.data.tables.team import change
from deskapp.data.tables.tickets import event, message, message_body
from deskapp.desk import Desk
from deskapp.domain.ids import TicketId
from deskapp.domain.replies import CannedReply
from deskapp.domain.tickets import TicketEdit
from deskapp.wiring import open_house
from tests.desk.ground import Ground
from tests.desk.letters import letter
from tests.servers.postgres import Postgres
from tests.servers.wire import NewWire

from .commit_trials import Books, Client

CLIENTS, WRITES = 4, 125

Write = Callable[[Desk, str], object]


def _writes(ticket: TicketId) -> dict[str, Write]:
    """Each leaves its name in one row, and one more at each repetition."""

    def note(desk: Desk, name: str) -> object:
        return desk.tickets.note(ticket, name)

    def reply(desk: Desk, name: str) -> object:
        draft = replace(desk.replies.draft(ticket), body=name)
        act = str(uuid5(NAMESPACE_URL, name))
        return desk.replies.send(draft, delay=timedelta(hours=1), force=True, act=act, anyway=True)

    def status(desk: Desk, name: str) -> object:
        return desk.tickets.edit(ticket, TicketEdit(subject=name))

    def canned(desk: Desk, name: str) -> object:
        return desk.canned.save(CannedReply(None, name, "", (("en", "Hello"),), 1))

    def person(desk: Desk, name: str) -> object:
        return desk.customers.create(name)

    return {"note": note, "reply": reply, "subject": status, "canned": canned, "person": person}


@pytest.fixture
def clients(
    desk_on_postgres: str,
    postgres: Postgres,
    new_wire: NewWire,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[tuple[Ground, list[Client]]]:
    monkeypatch.setattr(outcome, "_STUCK_MS", 500)
    monkeypatch.setattr(patience, "_AFTER_SILENCE_SECONDS", 0.2)
    with ExitStack() as house:
        ground = Ground(desk_on_postgres)
        house.callback(ground.database.close)
        made = []
        for seed in range(CLIENTS):
            wire = new_wire(postgres.port)
            wired = desk_on_postgres.replace(f":{postgres.port}/", f":{wire.port}/")
            desk = open_house(wired, agent_name="Anna")
            house.callback(desk.close)
            made.append(Client(desk, wire, ground.database, Books(), seed))
        yield ground, made


def test_every_write_is_there_once_and_every_refusal_was_true(
    clients: tuple[Ground, list[Client]], tell: Callable[[str], None]
) -> None:
    ground, working = clients
    for one in range(CLIENTS):
        ground.arrive(letter(subject=f"m{one}", sender=f"m{one}@customer.example"))
    ids = _ticket_ids(ground.database)

    def work(number: int) -> None:
        writes = _writes(ids[number])
        for count in range(WRITES):
            kind = working[number].random.choice(list(writes))
            working[number].attempt(f"{kind} {number} {count}", writes[kind])

    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(work, range(CLIENTS)))
    found = _found(ground.database)
    done = [name for client in working for name in client.books.done]
    lost = [name for name in done if not found[name]]
    doubled = {name: found[name] for name in done if found[name] > 1}
    faults = sum((client.books.faults for client in working), Counter())
    told = sum((client.books.told for client in working), Counter())
    longest = max(client.books.longest for client in working)
    tell(f"{len(done)} writes, {dict(faults)}; refusals {dict(told)}; longest {longest:.1f} s")
    tell(f"lost {len(lost)}, doubled {len(doubled)}")
    assert len(done) == CLIENTS * WRITES and (lost, doubled) == ([], {})


def _ticket_ids(database: Database) -> list[TicketId]:
    with database.reading() as connection:
        found = connection.execute(select(message.c.ticket_id).distinct()).scalars()
        return [TicketId(one) for one in found]


def _found(database: Database) -> Counter[str]:
    """How often each name stands in the desk, seen from beside."""
    columns = (message_body.c.text, canned_reply.c.name, customer.c.name)
    found: Counter[str] = Counter()
    with database.reading() as connection:
        for column in columns:
            found.update(connection.execute(select(column)).scalars())
        subjects = select(event.c.new).where(event.c.kind == "subject")
        found.update(connection.execute(subjects).scalars())
        acts = connection.execute(select(change.c.act)).scalars().all()
    assert len(acts) == len(set(acts))
    lines = Counter[str]()
    for words, count in found.items():
        lines[words.partition("\n")[0].strip()] += count  # below it stands the signature
    return lines
