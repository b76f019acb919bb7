"""E12 and E13: eight programs of a team on one PostgreSQL, whose lines break all the time.

Minutes: DESKAPP_EXAM_MINUTES, 10 without. What is asked: nothing lost, nothing overwritten unseen,
every conflict told, every write once.
"""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from sqlalchemy import make_url

from deskapp.wiring import open_house
from tests.exams.commit_cuts import CommitWire
from tests.exams.team_acts import CUSTOMER, SHARED
from tests.exams.team_books import Books, journal
from tests.exams.team_desk import furnish
from tests.exams.team_meetings import Breaker, Meetings, Member

MINUTES = float(os.environ.get("DESKAPP_EXAM_MINUTES", "10"))
MEMBERS, SEED = 8, 20261122
_PAUSE = 0.05  # seconds of thought before an act, on average
_AGREE_SECONDS = 20.0

pytestmark = pytest.mark.timeout(60 * MINUTES + 900)


def test_a_team_of_eight_loses_nothing_and_overwrites_nothing_unseen(
    desk_on_postgres: str, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    furnish(desk_on_postgres, MEMBERS)
    place = make_url(desk_on_postgres)
    address = f"postgresql://deskapp@{place.host}:{place.port}/{place.database}"
    with ExitStack() as stack:
        wires = [stack.enter_context(CommitWire(place.port or 0)) for _ in range(2)]
        cut = [place.set(port=wire.port).render_as_string() for wire in wires]
        urls = [cut[number % 2] if number < 4 else desk_on_postgres for number in range(MEMBERS)]
        members = [
            Member(url, number, tmp_path / f"{number}.jsonl", SEED, _PAUSE)
            for number, url in enumerate(urls)
        ]
        try:
            for one in members:
                one.began = one.answer(180) or one.began
            begun = time.monotonic()
            meetings = Meetings(members, address, SEED)
            with Breaker(address, wires, SEED) as breaker:
                meetings.go_on(begun + 60 * MINUTES, 0.5)
            seconds = time.monotonic() - begun
            late = _hear_the_last(desk_on_postgres, members)
            heard = [set(_heard(one)) for one in members]
        finally:
            codes = [one.end(60) for one in members]
    tried, broke = journal(one.journal for one in members)
    with closing(Books(address, tried)) as books:
        books.reckon()
        conflicts = books.conflicts()
        for one, tickets in zip(members, heard, strict=True):
            books.heard(one.began["cursor"], one.began["origin"], tickets)
    _tell(tell, books, conflicts, seconds, breaker.counts, wires, late, meetings.missed, broke)
    report = tmp_path / "wrong.txt"
    report.write_text("\n".join([*books.shown, *broke]), "utf-8")
    assert codes == [0] * MEMBERS, "a client did not end by itself"
    assert not +books.wrong, "\n".join(books.shown[:40])
    assert not broke, "\n".join(broke[:20])
    assert late <= _AGREE_SECONDS
    assert not _check(desk_on_postgres)


def _heard(one: Member) -> list[int]:
    one.say(do="heard")
    while said := one.answer(60):
        if "heard" in said:
            return [int(number) for number in said["heard"]]
    return []


def _hear_the_last(url: str, members: list[Member]) -> float:
    """Seconds until every client has heard of one last ticket; nobody does anything more."""
    for one in members:
        one.say(do="rest")
        _heard(one)  # what it was at has ended
    with closing(open_house(url, agent_name=SHARED)) as desk:
        [box] = desk.mailboxes.list()
        last = desk.tickets.new_ticket(CUSTOMER, "last of all", box.id)
    begun = time.monotonic()
    while time.monotonic() < begun + 2 * _AGREE_SECONDS:
        if all(last in _heard(one) for one in members):
            break
        time.sleep(0.2)
    return time.monotonic() - begun


def _check(url: str) -> str:
    """What `deskapp check` complains of."""
    done = subprocess.run(
        [sys.executable, "-m", "deskapp", "check"],
        env={**os.environ, "DESKAPP_DESK": url},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


def _tell(
    tell: Callable[[str], None],
    books: Books,
    conflicts: Counter[str],
    seconds: float,
    ended: Counter[str],
    wires: list[CommitWire],
    late: float,
    missed: int,
    broke: list[str],
) -> None:
    told = Counter(op["told"] for op in books.tried)
    waits = sorted(op["took"] for op in books.tried if "took" in op)
    cuts = Counter[str]()
    for wire in wires:
        cuts.update(wire.cuts)
    tell(f"seed {SEED}: {MEMBERS} clients, {seconds:.0f} s, {len(books.tried)} writes tried")
    tell(f"told: {dict(told)}")
    tell(f"by kind: {dict(Counter(op['kind'] for op in books.tried if op['told'] == 'done'))}")
    tell(f"forced conflicts: {conflicts.total()} ({dict(conflicts)}), {missed} missed each other")
    tell(f"broken: {dict(ended)}, cut at COMMIT {dict(cuts)}")
    p50, p95 = (waits[int(len(waits) * part)] for part in (0.5, 0.95))
    tell(f"a write took p50 {p50:.3f} p95 {p95:.3f} most {waits[-1]:.1f} s")
    tell(f"the last change was heard by all after {late:.1f} s; broke: {len(broke)}")
    tell(f"wrong: {dict(+books.wrong) or 'nothing'}")
