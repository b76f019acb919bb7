"""A private MariaDB: one server per test process that asks for one, one fresh database per test."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pymysql
import pytest

from tests.servers.authority import Authority
from tests.servers.process import (
    Stopped,
    answers,
    free_port,
    give,
    need,
    run,
    running,
    server_folder,
)

PASSWORD = "cánary@pa/ss:1?x=%41"
READER, OWNER = "reader", "owner"
SETTINGS = {
    "bind-address": "127.0.0.1",
    "innodb-flush-log-at-trx-commit": "0",
    "innodb-buffer-pool-size": "16M",
    "innodb-log-file-size": "4M",
    "innodb-doublewrite": "0",
    "performance-schema": "0",
    "skip-log-bin": "",
}
# Where and how the system's tables are written down, from release to release.
_TEXTS = [
    [Path("/usr/share", folder, f"{name}_system_tables{part}.sql") for part in ("", "_data")]
    for folder in ("mysql", "mariadb")
    for name in ("mysql", "mariadb")
]
_numbers = count(1)


@dataclass(frozen=True)
class MariaDb:
    """A running server. ``OWNER`` may do everything, ``READER`` only read; both have PASSWORD."""

    port: int
    socket: str

    def connect(self, database: str = "") -> Any:
        return pymysql.connect(
            unix_socket=self.socket, user="root", database=database or None, autocommit=True
        )

    def execute(self, *statements: str, database: str = "") -> None:
        with self.connect(database) as line, line.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def accepts(self) -> bool:
        """True once log-ins work; an open port comes a little earlier."""
        if not answers(self.port):  # the driver leaves its socket open where nobody listens
            return False
        try:
            self.execute("SELECT 1")
        except pymysql.Error:
            return False
        return True

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """The name of a new, empty database."""
        name = f"shop_{next(_numbers)}"
        self.execute(f"CREATE DATABASE {name} CHARACTER SET utf8mb4")
        try:
            yield name
        finally:
            self.execute(f"DROP DATABASE {name}")


def installed() -> bool:
    try:
        need("mariadbd")
    except RuntimeError:
        return False
    return bool(_texts())


def _texts() -> list[Path]:
    return next((pair for pair in _TEXTS if all(map(Path.is_file, pair))), [])


@contextmanager
def serve(authority: Authority) -> Iterator[MariaDb]:
    """A MariaDB in a temporary folder, on a free port."""
    with server_folder("mariadb") as folder, ExitStack() as stack:
        data = folder / "data"
        data.mkdir()
        give(data)
        _fill(data, folder)
        certificate, key = folder / "server.pem", folder / "server.key"
        authority.write_certificate(certificate, key, "db.shop.example")
        certificate.chmod(0o644)
        key.chmod(0o644)
        server = _started(folder, data, stack)
        quoted = PASSWORD.replace("'", "''")
        server.execute(
            f"CREATE USER {READER} IDENTIFIED BY '{quoted}'",
            f"CREATE USER {OWNER} IDENTIFIED BY '{quoted}'",
            f"GRANT SELECT, EXECUTE ON *.* TO {READER}",
            f"GRANT ALL ON *.* TO {OWNER}",
        )
        yield server


def _fill(data: Path, folder: Path) -> None:
    """The system's tables, as mariadb-install-db makes them, which needs more than the server."""
    texts = [text.read_text("utf-8") for text in _texts()]
    script = folder / "system.sql"
    script.write_text("\n".join(["CREATE DATABASE mysql;", "USE mysql;", *texts]), "utf-8")
    give(script)
    server = need("mariadbd")
    words = f'exec "{server}" --no-defaults --bootstrap --datadir="{data}" < "{script}"'
    run(["/bin/sh", "-c", words], folder)


def _started(folder: Path, data: Path, stack: ExitStack) -> MariaDb:
    settings = [f"--{name}={value}" if value else f"--{name}" for name, value in SETTINGS.items()]
    for _attempt in range(2):
        server = MariaDb(free_port(), str(folder / "s"))
        place = [f"--port={server.port}", f"--socket={server.socket}", f"--datadir={data}"]
        tls = [f"--ssl-cert={folder / 'server.pem'}", f"--ssl-key={folder / 'server.key'}"]
        command = [need("mariadbd"), "--no-defaults", *place, *tls, *settings]
        try:
            stack.enter_context(running(command, folder, server.accepts))
        except Stopped:
            continue  # somebody else took the port between the probe and the start
        return server
    raise RuntimeError(f"MariaDB did not start: {(folder / 'output.log').read_text()[-2000:]}")


@pytest.fixture(scope="session")
def mariadb(authority: Authority) -> Iterator[MariaDb]:
    """One MariaDB for this test process; the test is skipped where none is installed."""
    if not installed():
        pytest.skip("MariaDB is not installed (Debian: mariadb-server-core)")
    with serve(authority) as server:
        yield server
