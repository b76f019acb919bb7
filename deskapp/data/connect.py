"""Opens the engines behind a desk's URL, with the settings each database needs."""

import logging
import os
import ssl
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, cast

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool

from deskapp.domain.desk_address import hosts_apart, password_of, without_password
from deskapp.domain.problem import Problem, ProblemKind

from . import schema
from .patience import Silence, connecting
from .places import check_place, is_unc
from .suitable import check_encoding

log = logging.getLogger(__name__)

_WAL_RESET_FIXED = (3, 51, 3)  # below, two writers can corrupt a WAL file (SQLite release notes)
_BUSY_MS = 30_000  # SQLite, the same: who waits is not served in turn (7.8 s seen among four)
_LOCK_MS = 30_000  # PostgreSQL: as long as anybody waits for a row before the desk counts as busy
_IDLE_MS = 60_000  # a laptop that falls asleep in a write lets go of its rows after this
# Of each connection: a window reads with up to six of them, and the system keeps the file as well.
_READ_CACHE_KIB, _WRITE_CACHE_KIB = 8 * 1024, 64 * 1024
_CANCEL_SECONDS = 2.0
# A line that died is noticed within this, sent or idle; the system's own patience is 15 minutes. A
# laptop that changes from one access point to the next is gone for some seconds.
_UNANSWERED_MS = 15_000
_LINE = {"keepalives_idle": 10, "keepalives_interval": 3, "keepalives_count": 3}
_CONNECT_SECONDS = 5  # for each of a server's addresses
_OLDEST_SECONDS = 3600
_UNUSED_MS = 120_000  # a connection that a burst of reading opened: the server takes it back
_CONNECTING = {
    "connect_timeout": _CONNECT_SECONDS,
    "application_name": "deskapp",
    "tcp_user_timeout": _UNANSWERED_MS,
    **_LINE,
}


def desk_url(text: str) -> URL:
    """Reads a desk's address: a database URL, or simply the path of a SQLite file."""
    if is_unc(text):  # asked before the path is made absolute, which hides it here
        raise Problem(ProblemKind.NETWORK_FOLDER, path=text, system="SMB")
    if "://" not in text:
        return URL.create("sqlite", database=str(Path(text).expanduser().absolute()))
    place, password = without_password(text), password_of(text)
    try:
        url = make_url(hosts_apart(place))
    except (ArgumentError, ValueError):  # the cause would repeat the address in the log
        raise Problem(ProblemKind.INVALID, what="desk", value=place) from None
    if password:
        url = url.set(password=password)
    if isinstance(url.query.get("host"), tuple) and "target_session_attrs" not in url.query:
        # Of several servers the one that takes changes: after a failover it is another.
        url = url.update_query_dict({"target_session_attrs": "read-write"})
    if url.drivername in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite" and url.database and url.database != ":memory:":
        return url.set(database=str(Path(url.database).expanduser().absolute()))
    if url.drivername == "postgresql+psycopg":
        return url
    raise Problem(ProblemKind.INVALID, what="desk", value=url.drivername)


def is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def open_engines(url: URL, silence: Silence) -> tuple[Engine, Engine]:
    """The reading and the writing engine. SQLite has one writing connection, PostgreSQL a pool
    that both share.

    A reading transaction of SQLite sees one state by itself; PostgreSQL has to be asked for it, and
    the driver says so in its BEGIN, which costs no trip of its own. It only reads, so that nothing
    can make it fail for the sake of order.
    """
    if is_sqlite(url):
        check_place(Path(url.database or ""))
        return _sqlite(url, "BEGIN", query_only=True), _sqlite(url, "BEGIN IMMEDIATE")
    engine = create_engine(
        url,
        pool_pre_ping=True,
        pool_size=4,
        max_overflow=4,
        pool_timeout=30,
        pool_recycle=_OLDEST_SECONDS,
        pool_use_lifo=True,  # the same one again and again, that the others can be let go
        hide_parameters=True,
        connect_args=_connecting(url),
    )
    event.listen(engine, "connect", _prepare_session, insert=True)  # before anything is asked
    event.listen(engine, "do_connect", connecting(silence))
    one_state = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    return engine.execution_options(**one_state), engine


def open_aside(url: URL, silence: Silence | None = None) -> Engine:
    """An engine for PostgreSQL that keeps no connections: each is new, and gone after use."""
    given = _connecting(url)
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True, connect_args=given)
    event.listen(engine, "do_connect", connecting(silence or Silence()))
    event.listen(engine, "connect", _prepare_session, insert=True)
    return engine


def _connecting(url: URL) -> dict[str, Any]:
    """A certificate that is to be checked is checked against what this computer trusts, where
    nobody named an authority: the driver's own TLS library does not know where that is kept."""
    named = "sslrootcert" in url.query or "PGSSLROOTCERT" in os.environ
    if url.query.get("sslmode") != "verify-full" or named or _own_root().is_file():
        return _CONNECTING
    return {**_CONNECTING, "sslrootcert": ssl.get_default_verify_paths().cafile or "system"}


def _own_root() -> Path:
    """Where PostgreSQL's programs look for an authority's certificate (its manual, 34.19)."""
    if os.name == "nt":
        return Path(os.environ.get("APPDATA", "")) / "postgresql" / "root.crt"
    return Path.home() / ".postgresql" / "root.crt"


def interrupter(connection: Connection) -> Callable[[], None]:
    """What ends, from another thread, the statement that is executed on this connection then."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        return cast(Callable[[], None], driver.interrupt)
    return partial(_cancel, driver)


def _cancel(driver: Any) -> None:
    import psycopg  # there already: this is a connection of it

    try:
        driver.cancel_safe(timeout=_CANCEL_SECONDS)
    except psycopg.Error:  # it goes on to its end then, and its answer is dropped
        log.info("a statement could not be cancelled", exc_info=True)


def _prepare_session(connection: Any, record: Any) -> None:
    """Nobody waits for ever for somebody who is away, and questions are planned as they are."""
    check_encoding(connection)
    settings = {
        # To compile a question takes longer than to answer one of ours; and a plan made without
        # the words that are searched does not know whether they are rare.
        "jit": "off",
        "plan_cache_mode": "force_custom_plan",
        "lock_timeout": str(_LOCK_MS),
        "idle_in_transaction_session_timeout": str(_IDLE_MS),
        "idle_session_timeout": str(_UNUSED_MS),
        "deskapp.schema": schema.SCHEMA,  # see guard
    }
    asked = ", ".join("set_config(%s, %s, false)" for _ in settings)
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {asked}", [word for pair in settings.items() for word in pair])
        connection.commit()  # a setting made in a transaction is gone with its rollback
    except BaseException:
        connection.close()  # the pool has not taken it yet
        raise


def _sqlite(url: URL, begin: str, *, query_only: bool = False) -> Engine:
    if sqlcipher.sqlite_version_info < _WAL_RESET_FIXED:
        raise RuntimeError(f"SQLite {sqlcipher.sqlite_version} has the WAL-reset bug")
    engine = create_engine(
        url,
        module=sqlcipher,
        pool_size=4 if query_only else 1,
        max_overflow=4 if query_only else 0,
        pool_timeout=30,
        hide_parameters=True,  # a fault is written to the log, where no mail may stand
        connect_args={"check_same_thread": False, "timeout": _BUSY_MS / 1000},
    )
    event.listen(engine, "connect", _prepare(query_only))
    event.listen(engine, "begin", _begin(begin))
    return engine


def _prepare(query_only: bool) -> Callable[[Any, Any], None]:
    def prepare(connection: Any, record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves: see _begin
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")  # what was acknowledged survives a power cut
        cursor.execute("PRAGMA mmap_size=0")
        cursor.execute(f"PRAGMA cache_size=-{_READ_CACHE_KIB if query_only else _WRITE_CACHE_KIB}")
        cursor.execute("PRAGMA temp_store=MEMORY")
        if query_only:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    return prepare


def _begin(statement: str) -> Callable[[Connection], None]:
    # A deferred BEGIN that turns into a write fails at once with "locked" under two writers,
    # whatever the busy time-out; IMMEDIATE waits (measured: 679 errors against none).
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)

    return begin
