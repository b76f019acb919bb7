"""Giving tickets to people at the same moment, many times: never one to two, and evenly."""

import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, insert, select

from deskapp.data.tables.assigning import to_assign
from deskapp.data.tables.tickets import event, ticket
from deskapp.desk import Desk
from deskapp.desk.agents import Agents
from deskapp.desk.assigning import Assigning
from deskapp.domain.assigning import Mode, Scope
from deskapp.domain.kinds import EventKind, TicketStatus
from deskapp.wiring import open_house
from tests.desk.ground import Ground
from tests.desk.letters import letter
from tests.desk.there import come

pytestmark = pytest.mark.exam

TAKERS, EACH, GIVERS = 8, 100, 4

_TAKER = """
import sys, time
from deskapp.wiring import open_house

desk = open_house(sys.argv[1], agent_name=sys.argv[2])
print("ready", flush=True)
sys.stdin.readline()
for _ in range(int(sys.argv[3])):
    begun = time.perf_counter()
    taken = desk.assigning.take_next()
    if taken is None:
        print("none", flush=True)
        break
    print(taken.ticket.number, round((time.perf_counter() - begun) * 1000, 1), flush=True)
desk.close()
"""
_GIVER = """
import sys, time
from deskapp.wiring import open_house

desk = open_house(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
end = time.monotonic() + 120
while time.monotonic() < end:
    given = desk.assigning.give_out()
    print(len(given), flush=True)
    with desk.database.reading() as connection:
        from deskapp.data.queries.assigning import any_waits
        if not any_waits(connection):
            break
desk.close()
"""


@pytest.fixture
def ground(desk_url: str) -> Iterator[Ground]:
    made = Ground(desk_url)
    yield made
    made.database.close()


def mails(ground: Ground, begin: int, count: int) -> None:
    ground.arrive(
        *(
            letter(
                subject=f"Matter {number}",
                sender=f"c{number}@customer.example",
                message_id=f"m{number}@customer.example",
                hours=number / 1000,
            )
            for number in range(begin, begin + count)
        )
    )


def run(program: str, address: str, *words: tuple[str, ...]) -> list[list[str]]:
    """Starts one process for each, lets them go at the same moment; the lines each wrote."""
    begun = [
        subprocess.Popen(
            [sys.executable, "-c", program, address, *each],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for each in words
    ]
    for one in begun:
        assert one.stdout is not None and one.stdout.readline() == "ready\n"
    for one in begun:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    told = [one.communicate(timeout=600)[0].split("\n") for one in begun]
    assert [one.returncode for one in begun] == [0] * len(begun)
    return told


def taken_twice(ground: Ground) -> list[int]:
    """Tickets that were given to more than one, by their history."""
    given = select(event.c.ticket_id).where(event.c.kind == EventKind.ASSIGNED)
    twice = given.group_by(event.c.ticket_id).having(func.count() > 1)
    with ground.database.reading() as connection:
        return list(connection.execute(twice).scalars())


def test_everybody_who_asks_at_once_gets_another_ticket(
    desk_url: str, tell: Callable[[str], None]
) -> None:
    ground = Ground(desk_url)
    names = [f"Taker {number}" for number in range(TAKERS)]
    for name in names:
        Agents(ground.context).add(name)
    for begin in range(0, TAKERS * EACH, 200):
        mails(ground, begin, 200)
    begun = time.monotonic()
    if ground.database.is_sqlite:
        numbers, waits = by_threads(desk_url, names)
    else:
        told = run(_TAKER, desk_url, *((name, str(EACH)) for name in names))
        pairs = [line.split() for lines in told for line in lines if line]
        numbers = [int(number) for number, _ in pairs]
        waits = [float(wait) for _, wait in pairs]
    seconds = time.monotonic() - begun
    assert sorted(numbers) == list(range(1, TAKERS * EACH + 1))
    assert taken_twice(ground) == []
    assert Assigning(ground.context).take_next() is None
    waits.sort()
    kind = "threads on SQLite" if ground.database.is_sqlite else "processes on PostgreSQL"
    tell(
        f"{TAKERS} {kind} took {len(numbers)} tickets in {seconds:.1f} s, none twice; p50 "
        f"{waits[len(waits) // 2]:.0f} ms, p95 {waits[len(waits) * 95 // 100]:.0f} ms"
    )
    ground.database.close()


def by_threads(address: str, names: list[str]) -> tuple[list[int], list[float]]:
    """In one program, as on SQLite they are: its writes wait for each other in order."""
    house = open_house(address)

    def take(name: str) -> list[tuple[int, float]]:
        own = house.agents.by_name(name)
        desk = Desk(house.database, house._context.mail, agent=own)
        found = []
        for _ in range(EACH):
            begun = time.perf_counter()
            taken = desk.assigning.take_next()
            assert taken is not None
            found.append((taken.ticket.number, (time.perf_counter() - begun) * 1000))
        return found

    with ThreadPoolExecutor(TAKERS) as pool:
        both = [pair for found in pool.map(take, names) for pair in found]
    house.close()
    return [number for number, _ in both], [wait for _, wait in both]


def test_turns_are_even_over_a_thousand_tickets_and_several_engines(
    ground: Ground, tell: Callable[[str], None]
) -> None:
    """Filed in batches of any size, half of them while nobody is there; four engines give out."""
    dice = random.Random(7)
    people = [Agents(ground.context).add(f"Agent {number}") for number in range(7)]
    assigning = Assigning(ground.context)
    assigning.set_rule(Scope.DESK, None, Mode.ROUND_ROBIN, None)
    done = 0
    while done < 500:
        size = min(dice.randint(1, 60), 500 - done)
        mails(ground, done, size)
        done += size
    with ground.database.reading() as connection:
        assert connection.execute(select(func.count()).select_from(to_assign)).scalar() == 500
    come(ground, *people)
    told = run(_GIVER, str(ground.database.address), *(() for _ in range(GIVERS)))
    while done < 1000:
        size = min(dice.randint(1, 60), 1000 - done)
        mails(ground, done, size)
        done += size
    with ground.database.reading() as connection:
        counts = Counter(connection.execute(select(ticket.c.assignee_id)).scalars())
        left = connection.execute(select(func.count()).select_from(to_assign)).scalar()
    assert set(counts) == set(people)
    assert max(counts.values()) - min(counts.values()) <= 1
    assert (taken_twice(ground), left) == ([], 0)
    by = [sum(int(line) for line in lines if line) for lines in told]
    assert sum(by) == 500
    tell(f"1000 tickets by turns to 7: {sorted(counts.values())}; engines gave out {by}")


def test_what_a_rule_costs_a_mail(ground: Ground, tell: Callable[[str], None]) -> None:
    """On a desk of 20 000 tickets, batches of 200, with a rule and without, in turns."""
    assigning = Assigning(ground.context)
    people = [Agents(ground.context).add(f"Agent {number}") for number in range(7)]
    come(ground, *people)
    mails(ground, 0, 1)
    filled(ground, 20_000)
    seconds: dict[Mode, list[float]] = {Mode.OFF: [], Mode.ROUND_ROBIN: [], Mode.FEWEST: []}
    begin = 1
    for _ in range(6):
        for mode, found in seconds.items():
            assigning.set_rule(Scope.DESK, None, mode, None)
            begun = time.perf_counter()
            mails(ground, begin, 200)
            found.append((time.perf_counter() - begun) * 1000 / 200)
            begin += 200
    best = {mode: min(found) for mode, found in seconds.items()}
    begun = time.perf_counter()
    taken = assigning.take_next()
    took = (time.perf_counter() - begun) * 1000
    assert taken is not None
    kind = "SQLite" if ground.database.is_sqlite else "PostgreSQL"
    costs = ", ".join(f"{mode} {found:.2f}" for mode, found in best.items())
    tell(f"{kind}: ms a mail, reading and filing it: {costs}; next of 20 000: {took:.0f} ms")
    assert max(best.values()) <= best[Mode.OFF] * 1.5  # the machine may be at other work


def filled(ground: Ground, count: int) -> None:
    """So many open tickets of nobody's, as rows alone."""
    with ground.database.writing() as unit:
        unit.connection.execute(
            insert(ticket),
            [
                {
                    "number": 100_000 + number,
                    "subject": "Earlier",
                    "status": TicketStatus.NEW,
                    "created_at": ground.time,
                    "updated_at": ground.time,
                    "waiting_since": ground.time,
                }
                for number in range(count)
            ],
        )
