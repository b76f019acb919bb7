"""Desks that are moved by programs that are killed, and what stands at both ends afterwards."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Boolean, Column, Integer, LargeBinary, Numeric, Text, create_engine, text
from sqlalchemy.types import String

from deskapp.data.audit import audit
from deskapp.data.database import Database
from deskapp.data.tables import metadata
from deskapp.data.upgrade import open_desk
from deskapp.desk.upkeep import move
from deskapp.domain.problem import Problem, ProblemKind
from tests.exams.killing_in_steps import killed_in_steps
from tests.exams.move_victim import move_and_die
from tests.exams.upgrading import again, drop
from tests.servers.postgres import Postgres

_OF_THE_MOVE = ("moved_to", "arriving")
_NO_DESK = {ProblemKind.NOT_A_DESK, ProblemKind.FILE_MISSING, ProblemKind.DESK_CLOSED}


@dataclass
class Ends:
    """A desk that is kept, a copy of it to be moved, and where that is to go."""

    original: str
    url: str
    to: str
    postgres: Postgres
    seen: dict[str, int] = field(default_factory=lambda: {"here": 0, "there": 0, "neither": 0})

    def again(self) -> None:
        """The copy as it was before any move, and nothing where it is to go."""
        again(self.original, self.url, self.postgres)
        if self.to.startswith("sqlite"):
            path = Path(self.to.removeprefix("sqlite:///"))
            for one in path.parent.glob(path.name + "*"):
                one.unlink()
        else:
            drop(self.to, self.postgres)
            self.postgres.create(self.to.rpartition("/")[2])


def ends(kind: str, folder: Path, postgres: Postgres) -> Ends:
    """A move to PostgreSQL (kind "sqlite") or from it; the original is still to be filled."""
    files = [f"sqlite:///{folder / name}" for name in ("first.db", "desk.db")]
    servers = [postgres.url(name) for name in ("move_first", "move_desk")]
    if kind == "postgresql":
        postgres.create("move_first")
        return Ends(servers[0], servers[1], files[1], postgres)
    return Ends(files[0], files[1], servers[1], postgres)


def numbers(url: str) -> Mapping[str, object]:
    """Rows of every table, and by column how many values, how long or how much they are together:
    reckoned by either database itself."""
    engine = create_engine(url)
    found: dict[str, object] = {}
    try:
        with engine.connect() as connection:
            for table in metadata.sorted_tables:
                if table.name == "search_row":  # made anew
                    continue
                asked = ", ".join(_sums(table.c.values()))
                row = connection.execute(text(f'SELECT count(*), {asked} FROM "{table.name}"'))
                found[table.name] = [int(value or 0) for value in row.one()]
    finally:
        engine.dispose()
    return found


def _sums(columns: list[Column[object]]) -> Iterator[str]:
    for column in columns:
        if column.name in _OF_THE_MOVE:
            continue
        name = f'"{column.name}"'
        yield f"count({name})"
        if isinstance(column.type, Boolean):
            yield f"sum(CASE WHEN {name} THEN 1 ELSE 0 END)"
        elif isinstance(column.type, Integer | Numeric):
            yield f"sum({name})"
        elif isinstance(column.type, Text | String | LargeBinary):
            yield f"sum(length({name}))"


def move_in_steps(one: Ends, place: int = 0, delay: float = 0.0) -> int:
    """Moves in a process of its own: how many steps it had, 0 when it was killed."""
    return killed_in_steps(lambda: move_and_die(one.url, one.to, place, delay))


def move_by_command(one: Ends, seconds: float) -> bool:
    """``deskapp move`` itself, killed after so long; whether it was still at work."""
    command = [sys.executable, "-m", "deskapp", "--desk", _typed(one.url), "move", _typed(one.to)]
    began = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        began.wait(seconds)
    except subprocess.TimeoutExpired:
        began.kill()
    return began.wait() == -signal.SIGKILL


def _typed(url: str) -> str:
    return url.removeprefix("sqlite:///").replace("+psycopg", "")


def state(url: str) -> ProblemKind | None:
    """Why the desk there may not be worked on; None when it may, and a write is let in."""
    try:
        with closing(Database(url)) as database:
            open_desk(database)
            with database.writing() as unit:
                unit.connection.execute(text("UPDATE counter SET value = value"))
    except Problem as problem:
        return problem.kind
    return None


def check_after(one: Ends, before: Mapping[str, object]) -> None:
    """At most one end can be worked on, whole; and the same move again comes to its end."""
    here, there = state(one.url), state(one.to)
    assert here in (None, ProblemKind.DESK_MOVED), here
    assert there is None or there in _NO_DESK, there
    assert here is not None or there is not None, "two desks"
    one.seen["here" if here is None else "there" if there is None else "neither"] += 1
    told = () if here is None else ("audit", "audit_seal")  # of the very statement that closed it
    assert _without(numbers(one.url), told) == _without(before, told)
    if there is None:
        assert _without(numbers(one.to)) == _without(before)
    move(one.url, one.to)
    assert (state(one.url), state(one.to)) == (ProblemKind.DESK_MOVED, None)
    assert _without(numbers(one.to)) == _without(before)
    assert _findings(one.to) == _findings(one.url)
    if one.to.startswith("sqlite"):
        folder = Path(one.to.removeprefix("sqlite:///")).parent
        assert not list(folder.glob("*.moving*")), "something unfinished is left"


def _findings(url: str) -> object:
    with closing(Database(url)) as database, database.reading() as connection:
        return [(found.kind, found.count) for found in audit(connection, None)]


def _without(found: Mapping[str, object], also: tuple[str, ...] = ()) -> dict[str, object]:
    """Without what a write of the check itself, and the desk's word where it went, leave."""
    left_out = ("change", "desk_info", *also)
    return {name: value for name, value in found.items() if name not in left_out}


def kill_moves(one: Ends, points: int, timed: int, tell: Callable[[str], None], kind: str) -> None:
    """Kills at so many steps spread over a move, and the command itself so many times."""
    one.again()
    before = numbers(one.url)
    began = time.monotonic()
    steps = move_in_steps(one)
    whole = time.monotonic() - began
    assert _without(numbers(one.to)) == _without(before)
    last = points // 4  # the last steps are those at which the desk changes its place
    spread = (
        1 + round(at * (steps - 1) / max(points - last - 1, 1)) for at in range(points - last)
    )
    places = sorted({*spread, *range(steps - last, steps)})
    for place in places:
        one.again()
        assert move_in_steps(one, place) == 0, f"not killed at step {place} of {steps}"
        check_after(one, before)
    in_the_middle = 0
    for at in range(timed):
        one.again()
        in_the_middle += move_by_command(one, 0.3 + (whole + 1.0) * at / max(timed, 1))
        check_after(one, before)
    tell(
        f"from {kind}: {whole:.1f} s, {steps} steps; killed at {len(places)} steps and {timed} "
        f"times by the clock ({in_the_middle} in the middle): then the desk was {one.seen}, never "
        "both; the same command finished each time, counts and sums equal"
    )
