"""A desk to be upgraded, upgrades that are killed, and what a second reader finds afterwards."""

import os
import shutil
import sqlite3
import threading
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from random import Random

import psycopg
from sqlalchemy import insert

from bench.big_desk import build
from deskapp.data.backup_file import proven
from deskapp.data.tables.mail import blob
from tests.exams.killing_in_steps import killed_in_steps
from tests.exams.migration_victim import run_and_die
from tests.servers.postgres import Postgres

_BLOB = 200_000
_CHANGED = ("desk_info",)  # loses a column on the way


def fill(url: str, megabytes: float, tickets: int = 400) -> None:
    """A desk of about that size: tickets, and mails' bytes that cannot be compressed."""
    database = build(url.removeprefix("sqlite:///"), tickets, rich=True)
    random = Random(5)
    for _ in range(max(1, round(megabytes * 1e6 / _BLOB / 20))):
        rows = []
        for data in (random.randbytes(_BLOB) for _ in range(20)):
            row = {"sha256": sha256(data).hexdigest(), "codec": "", "size": _BLOB, "bytes": data}
            rows.append(row | {"created_at": datetime.now(UTC)})
        with database.writing() as unit:
            unit.connection.execute(insert(blob), rows)
    database.close()


def upgrade(url: str, place: int = 0, delay: float = 0.0) -> int:
    """Runs the upgrade in a process of its own: how many steps it had, 0 when it was killed."""
    return killed_in_steps(lambda: run_and_die(url, place, delay))


class Room:
    """While entered: how many bytes a desk takes at most beyond what it took before, its copy and
    its log included; a server's log, which all of its databases share, left out."""

    def __init__(self, url: str) -> None:
        self._url, self.most = url, 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> "Room":
        self._before = self._taken()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(0.1):
            self.most = max(self.most, self._taken() - self._before)

    def _taken(self) -> int:
        if not self._url.startswith("sqlite"):
            with psycopg.connect(self._url.replace("+psycopg", "")) as line:
                [size] = line.execute("SELECT pg_database_size(current_database())").fetchone()  # type: ignore[misc]
            return int(size)
        path, taken = Path(self._url.removeprefix("sqlite:///")), 0
        for one in path.parent.glob(path.name + "*"):
            with suppress(FileNotFoundError):  # a log that is just done with
                taken += one.stat().st_size
        return taken


@dataclass(frozen=True)
class Found:
    """What stands in a desk: its schema, and a sum over all rows of each table."""

    schema: str
    sums: Mapping[str, object]


def look(url: str) -> Found:
    """Read by other programs than ours: Python's own sqlite3, and PostgreSQL's own hash."""
    return _look_at_file(Path(url.removeprefix("sqlite:///"))) if "sqlite" in url else _ask(url)


def _look_at_file(path: Path) -> Found:
    with closing(sqlite3.connect(path)) as line:
        line.execute("PRAGMA query_only=ON")
        assert line.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert line.execute("PRAGMA foreign_key_check").fetchall() == []
        [schema] = line.execute("SELECT version_num FROM alembic_version").fetchone()
        names = line.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        tables = {name for (name,) in names if "fts" not in name and not name.startswith("sqlite")}
        assert not [name for name in tables if "tmp" in name], tables
        sums: dict[str, object] = {}
        for name in sorted(tables):
            total, rows = 0, 0
            for row in line.execute(f'SELECT {_columns(line, name)} FROM "{name}"'):
                rows += 1
                total += int.from_bytes(sha256(repr(_sealed(row)).encode()).digest()[:8])
            sums[name] = rows, total
    return Found(schema, sums)


def _sealed(row: tuple[object, ...]) -> list[object]:
    """A mail's bytes as their hash: to write them out costs more than to hash them."""
    return [sha256(one).digest() if isinstance(one, bytes) else one for one in row]


def _columns(line: sqlite3.Connection, name: str) -> str:
    found = [row[1] for row in line.execute(f'PRAGMA table_info("{name}")')]
    return ", ".join(f'"{one}"' for one in found if one not in ("greeting", "checked_at"))


def _ask(url: str) -> Found:
    with psycopg.connect(url.replace("+psycopg", "")) as line:
        [schema] = line.execute("SELECT version_num FROM alembic_version").fetchone() or ("",)
        names = line.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        sums: dict[str, object] = {}
        for (name,) in names.fetchall():
            row = "to_jsonb(t) - 'greeting' - 'checked_at' - 'bytes'"
            extra = "|| md5(t.bytes)" if name == "blob" else ""
            asked = (
                f"SELECT count(*), sum(hashtextextended(({row})::text {extra}, 7)) FROM {name} t"
            )
            sums[name] = line.execute(asked).fetchone()  # type: ignore[arg-type,call-overload]
    return Found(schema, sums)


def same(one: Found, other: Found) -> bool:
    """Whether all that both schemas have is equal."""
    left_out = (*_CHANGED, "alembic_version", "blob_note")
    kept = [
        {name: value for name, value in found.sums.items() if name not in left_out}
        for found in (one, other)
    ]
    return kept[0] == kept[1]


def copied(url: str) -> bool:
    """Whether a sound copy of the desk from before lies beside a file."""
    copy = Path(url.removeprefix("sqlite:///") + ".before-0003")
    return copy.exists() and bool(proven(copy))


def again(original: str, url: str, postgres: Postgres) -> None:
    """The desk as it was before any upgrade, in ``url``'s place."""
    if original.startswith("sqlite"):
        path = Path(url.removeprefix("sqlite:///"))
        for one in path.parent.glob(path.name + "*"):
            one.unlink()
        shutil.copyfile(original.removeprefix("sqlite:///"), path)
        return
    drop(url, postgres)
    postgres.create(url.rpartition("/")[2], original.rpartition("/")[2])


def drop(url: str, postgres: Postgres) -> None:
    from psycopg import sql

    name = sql.Identifier(url.rpartition("/")[2])
    postgres.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))


def megabytes(short: float) -> float:
    """How large the exam's desk is: DESKAPP_EXAM_MB, else what is short."""
    return float(os.environ.get("DESKAPP_EXAM_MB", short))
