"""A private PostgreSQL: one server per test process, one fresh database per test."""

import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest
from psycopg import sql

from tests.servers.process import Stopped, free_port, need, run, running, server_folder

# What a real server does for safety and a test server does not need.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum_naptime": "1h",
    "shared_buffers": "32MB",
}

LOCKED = "anna"
"""The one role that must give a password; its password is ``PASSWORD``."""

SHUT = "shut"
"""The one database that lets nobody in."""

JOINED = "joined"
"""The one database that asks everybody for a password."""

PASSWORD = "cánary@pa/ss:1?x=%41"

_numbers = count(1)


@dataclass(frozen=True)
class Postgres:
    """A running server; its superuser `deskapp` needs no password from loopback."""

    port: int
    copying: LiteralString = ""  # how a database is copied, where this server lets one choose

    def url(self, database: str) -> str:
        """The address of one database as SQLAlchemy spells it."""
        return f"postgresql+psycopg://deskapp@127.0.0.1:{self.port}/{database}"

    def execute(self, statement: sql.Composed) -> None:
        """Runs one statement outside a transaction, in the maintenance database."""
        with psycopg.connect(
            host="127.0.0.1", port=self.port, user="deskapp", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement)

    def create(self, name: str, template: str = "template0") -> None:
        """A new database, as its template is; template0 is empty."""
        words = sql.SQL("CREATE DATABASE {} TEMPLATE {}" + self.copying)
        self.execute(words.format(sql.Identifier(name), sql.Identifier(template)))

    @contextmanager
    def fresh(self, template: str = "template0") -> Iterator[str]:
        """A new database for a while, empty unless its template says otherwise."""
        name = f"desk_{next(_numbers)}"
        self.create(name, template)
        try:
            yield self.url(name)
        finally:
            self.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    @contextmanager
    def locked(self) -> Iterator[str]:
        """A new, empty database that opens only with ``PASSWORD``; the address is without it."""
        role = sql.Identifier(LOCKED)
        self.execute(
            sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(role, sql.Literal(PASSWORD))
        )
        try:
            with self.fresh() as url:
                name = url.rpartition("/")[2]
                owned = sql.SQL("ALTER DATABASE {} OWNER TO {}").format(sql.Identifier(name), role)
                self.execute(owned)
                yield f"postgresql://{LOCKED}@127.0.0.1:{self.port}/{name}"
        finally:
            self.execute(sql.SQL("DROP ROLE {}").format(role))

    def accepts(self) -> bool:
        """True once log-ins work; an open port comes a little earlier."""
        try:
            self.execute(sql.SQL("SELECT 1").format())
        except psycopg.OperationalError:
            return False
        return True


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One PostgreSQL for this test process."""
    with serve() as server:
        yield server


@contextmanager
def serve() -> Iterator[Postgres]:
    """A PostgreSQL in a temporary folder, on a free port; benchmarks use it too."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    initdb, server = need("initdb", *folders), need("postgres", *folders)
    with server_folder("postgres") as folder, ExitStack() as stack:
        data = folder / "data"
        options = ["-U", "deskapp", "--auth=trust", "--no-sync", "-E", "UTF8"]
        run([initdb, "-D", str(data), *options, "--locale=C.UTF-8"], folder)
        rules = data / "pg_hba.conf"
        asking = f"host all {LOCKED} 127.0.0.1/32 scram-sha-256"
        asking += f"\nhost {JOINED} all 127.0.0.1/32 scram-sha-256"
        asking += f"\nhost {SHUT} all 127.0.0.1/32 reject"
        rules.write_text(f"{asking}\n{rules.read_text()}")
        yield _started(server, data, folder, stack)


def _started(server: str, data: Path, folder: Path, stack: ExitStack) -> Postgres:
    settings = [f"-c{name}={value}" for name, value in SETTINGS.items()]
    # Whole files are copied in 0.09 s; page by page through the log, as is usual, it takes 0.5.
    copying: LiteralString = " STRATEGY FILE_COPY" if _version(server) >= 15 else ""
    for _attempt in range(2):
        postgres = Postgres(free_port(), copying)
        place = [f"-p{postgres.port}", f"-cunix_socket_directories={folder}"]
        command = [server, "-D", str(data), *place, *settings]
        try:
            stack.enter_context(running(command, folder, postgres.accepts, signal.SIGQUIT))
        except Stopped:
            continue  # somebody else took the port between the probe and the start
        return postgres
    raise RuntimeError(f"PostgreSQL did not start: {(folder / 'output.log').read_text()[-2000:]}")


def _version(server: str) -> int:
    """15 of "postgres (PostgreSQL) 15.14 (Debian ...)"."""
    said = subprocess.run([server, "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"\d+", said)
    return int(found[0]) if found else 0


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """A new, empty database, gone after the test even if the test left it open."""
    with postgres.fresh() as url:
        yield url


@pytest.fixture
def locked_url(postgres: Postgres) -> Iterator[str]:
    """The address, without password, of a new database that asks for ``PASSWORD``."""
    with postgres.locked() as url:
        yield url
