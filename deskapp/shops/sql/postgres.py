"""Asking a PostgreSQL: one read-only transaction, a time limit on both sides, rows in portions."""

import atexit
import contextlib
import os
import shutil
import socket
import ssl
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import psycopg
from psycopg import sql
from psycopg.types.datetime import DateLoader, TimestampLoader, TimestamptzLoader

from deskapp.domain.problem import Problem, ProblemKind

from .address import DatabaseAddress
from .asking import AT_ONCE, Intake, Moment, Rows, Values
from .statement import Statement

K = ProblemKind
# SQLSTATE or its beginning to a kind and what it is about (PostgreSQL manual, appendix A).
_STATES: tuple[tuple[str, K, str], ...] = (
    ("28", K.SIGN_IN_REFUSED, "shop_database"),
    ("3D000", K.NOT_FOUND, "shop_database"),
    ("42P01", K.NOT_FOUND, "shop_table"),
    ("3F000", K.NOT_FOUND, "shop_table"),
    ("42501", K.SCOPE_MISSING, "shop_table"),
    ("25006", K.READ_ONLY, "query"),
    ("57014", K.TOO_SLOW, "shop"),
    ("55P03", K.TOO_SLOW, "shop"),
    ("57P", K.SERVER_DOWN, "shop"),
    ("53", K.SERVER_DOWN, "shop"),
    ("08", K.OFFLINE, "shop"),
    ("42", K.INVALID, "query"),
    ("22", K.INVALID, "query_comparison"),
)
_MAY_WRITE = """
    SELECT 'superuser' WHERE (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
    UNION ALL
    (SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND n.nspname NOT LIKE 'pg\\_%%'
       AND n.nspname <> 'information_schema'
       AND has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
     ORDER BY 1 LIMIT 5)
"""


@contextlib.contextmanager
def session(
    address: DatabaseAddress, addresses: Sequence[str], moment: Moment
) -> Iterator["PostgresSession"]:
    """Connects to one of ``addresses``, which were judged before, and to nothing else."""
    try:
        connection = _connected(address, addresses, moment)
        with contextlib.closing(connection), moment.cutting(lambda: _cut(connection)):
            _begin(connection, moment)
            yield PostgresSession(connection, moment)
    except TimeoutError as fault:
        raise address.about(moment.slow()) from fault
    except psycopg.Error as fault:
        raise address.about(moment.slow() if moment.over else _problem(fault, address)) from None


class PostgresSession:
    def __init__(self, connection: psycopg.Connection[tuple[Any, ...]], moment: Moment) -> None:
        self._connection, self._moment = connection, moment

    def ask(self, statement: Statement, values: Values) -> Rows:
        given: dict[str, object] = {}

        def place(name: str) -> str:
            value = values.get(name)
            if isinstance(value, Sequence) and not isinstance(value, str):
                given.update({f"{name}_{at}": one for at, one in enumerate(value)})
                return ", ".join(f"%({name}_{at})s" for at in range(len(value)))
            given[name] = value
            return f"%({name})s"

        words = statement.written(lambda text: text.replace("%", "%%"), place)
        # Values as literals: of parameters a server must know the type, which
        # ":number IS NULL OR id = :number" does not tell it.
        question = psycopg.ClientCursor(self._connection).mogrify(words.encode(), given)
        # A cursor on the server takes one SELECT that only reads, whatever its words say.
        with self._connection.cursor(name="orders") as cursor:
            cursor.execute(question.encode())
            intake = Intake(tuple(column.name for column in cursor.description or ()))
            while rows := cursor.fetchmany(AT_ONCE):
                intake.take(rows)
                self._moment.left  # noqa: B018 - raises when the time is over
        return intake.all()

    def may_write(self) -> tuple[str, ...]:
        return tuple(str(row[0]) for row in self._connection.execute(_MAY_WRITE, ()).fetchall())


def _connected(
    address: DatabaseAddress, addresses: Sequence[str], moment: Moment
) -> psycopg.Connection[tuple[Any, ...]]:
    tried = addresses[:2]
    connection = psycopg.connect(
        host=",".join([address.host] * len(tried)),
        hostaddr=",".join(tried),
        port=address.port,
        dbname=address.database,
        user=address.user,
        password=address.password,
        passfile=str(Path(os.devnull) / "none"),  # nobody else's password, and no warning
        sslmode="verify-full" if address.protected else "prefer",
        sslrootcert=_authority(address) if address.protected else "",
        sslcert="",
        sslkey="",
        gssencmode="disable",
        connect_timeout=max(2, int(moment.left / len(tried))),
        application_name="deskapp",
        client_encoding="utf-8",
        autocommit=True,
    )
    for loader, name in (
        (_Timestamptz, "timestamptz"),
        (_Timestamp, "timestamp"),
        (_Date, "date"),
    ):
        connection.adapters.register_loader(name, loader)
    return connection


def _authority(address: DatabaseAddress) -> str:
    """A PEM file: the driver brings a TLS library of its own, which does not know where this
    system keeps what it trusts."""
    return address.authority or ssl.get_default_verify_paths().cafile or _roots_of_system()


@cache
def _roots_of_system() -> str:
    """What Python trusts here, where that is no file (Windows); the driver's own idea of it where
    Python has a folder that is read only when it is needed."""
    trusted = ssl.create_default_context().get_ca_certs(binary_form=True)
    folder = ssl.get_default_verify_paths().capath
    bundle = Path(folder or os.devnull) / "ca-certificates.crt"
    if not trusted:
        return str(bundle) if bundle.is_file() else "system"
    kept = Path(mkdtemp(prefix="deskapp-roots-"))
    atexit.register(shutil.rmtree, kept, ignore_errors=True)
    (kept / "roots.pem").write_text("".join(map(ssl.DER_cert_to_PEM_cert, trusted)), "ascii")
    return str(kept / "roots.pem")


def _begin(connection: psycopg.Connection[tuple[Any, ...]], moment: Moment) -> None:
    connection.execute("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
    milliseconds = max(1, int(moment.left * 1000))
    settings = {  # LOCAL, since a pooler may give the session to others afterwards
        "default_transaction_read_only": "on",
        "statement_timeout": str(milliseconds),
        "lock_timeout": str(milliseconds),
        "cursor_tuple_fraction": "1.0",  # all rows are wanted, and soon
        "idle_in_transaction_session_timeout": "60000",
    }
    for name, value in settings.items():
        connection.execute(
            sql.SQL("SET LOCAL {} = {}").format(sql.Identifier(name), sql.Literal(value))
        )
    connection.execute(
        sql.SQL("SET LOCAL TIME ZONE INTERVAL {} HOUR TO MINUTE").format(sql.Literal(moment.offset))
    )


def _cut(connection: psycopg.Connection[tuple[Any, ...]]) -> None:
    with (
        contextlib.suppress(OSError, psycopg.Error),  # it may have ended by itself
        socket.fromfd(connection.fileno(), socket.AF_INET, socket.SOCK_STREAM) as line,
    ):
        line.shutdown(socket.SHUT_RDWR)


def _problem(fault: psycopg.Error, address: DatabaseAddress) -> Problem:
    said = (fault.diag.message_primary or str(fault)).strip().splitlines()
    words = said[-1][:200] if said else type(fault).__name__
    state = fault.sqlstate or ""
    for beginning, kind, what in _STATES:
        if state.startswith(beginning):
            return Problem(kind, what=what, said=words, value=words, code=state)
    if isinstance(fault, psycopg.OperationalError):
        return _not_connected(fault, words, address)
    return Problem(K.SERVER_REFUSED, said=words)


def _not_connected(fault: psycopg.Error, words: str, address: DatabaseAddress) -> Problem:
    """Before there is a session no SQLSTATE is handed on, and the words are in the server's own
    language; what they name is not."""
    line = fault.pgconn
    lowered = words.lower()
    if "certificate" in lowered:
        return Problem(K.TLS_UNTRUSTED, said=words)
    if "ssl" in lowered and "pg_hba" not in lowered:
        return Problem(K.TLS_UNAVAILABLE, said=words)
    if isinstance(fault, psycopg.errors.ConnectionTimeout):
        return Problem(K.TOO_SLOW, seconds=10)
    if line is not None and line.needs_password:
        return Problem(K.SIGN_IN_REFUSED, what="shop_database", said=words)
    quoted = {word.strip("\"'«»„“”") for word in lowered.split()}
    if "fatal" in lowered and address.database.lower() in quoted - {address.user.lower()}:
        return Problem(K.NOT_FOUND, what="shop_database", value=address.database)
    if "fatal" in lowered and ("password" in lowered or (line is not None and line.used_password)):
        return Problem(K.SIGN_IN_REFUSED, what="shop_database", said=words)
    if "fatal" in lowered:
        return Problem(K.SERVER_REFUSED, said=words)
    return Problem(K.OFFLINE, said=words)


def _as_written(data: bytes | bytearray | memoryview) -> str:
    return bytes(data).decode("utf-8", "replace")


# "infinity" and times before Christ are no times here, and no reason to read none of the others.
class _Timestamptz(TimestamptzLoader):
    def load(self, data: Any) -> Any:
        try:
            return super().load(data)
        except psycopg.DataError:
            return _as_written(data)


class _Timestamp(TimestampLoader):
    def load(self, data: Any) -> Any:
        try:
            return super().load(data)
        except psycopg.DataError:
            return _as_written(data)


class _Date(DateLoader):
    def load(self, data: Any) -> Any:
        try:
            return super().load(data)
        except psycopg.DataError:
            return _as_written(data)
