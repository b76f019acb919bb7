"""Asking a MySQL or MariaDB: one read-only transaction, a time limit on both sides."""

import contextlib
import socket
import ssl
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

import pymysql
from pymysql.constants import FIELD_TYPE
from pymysql.cursors import SSCursor

from deskapp.domain.problem import Problem, ProblemKind

from .address import DatabaseAddress
from .asking import AT_ONCE, MOST_CHARACTERS, Intake, Moment, Rows, Value, Values
from .statement import Statement

K = ProblemKind
# Error numbers of MySQL and MariaDB (MySQL Server Error Message Reference).
_ERRORS: dict[int, tuple[K, str]] = {
    **dict.fromkeys((1045, 1130, 1698, 2059, 1251), (K.SIGN_IN_REFUSED, "shop_database")),
    1049: (K.NOT_FOUND, "shop_database"),
    1146: (K.NOT_FOUND, "shop_table"),
    **dict.fromkeys((1044, 1142, 1143, 1227, 1356, 1370), (K.SCOPE_MISSING, "shop_table")),
    **dict.fromkeys((1792, 1290, 1836, 1223), (K.READ_ONLY, "query")),
    **dict.fromkeys((1054, 1064, 1060, 1052, 1055, 1222, 1305, 1235), (K.INVALID, "query")),
    **dict.fromkeys((1267, 1270, 1271, 1366, 1292, 1525), (K.INVALID, "query_comparison")),
    **dict.fromkeys((3024, 1969, 1205, 1317), (K.TOO_SLOW, "shop")),
    **dict.fromkeys((1040, 1203, 1053, 1129, 1226, 1037, 1041), (K.SERVER_DOWN, "shop")),
    2026: (K.TLS_UNAVAILABLE, "shop"),
}
_UNKNOWN_SETTING = 1193
_READS_ONLY = frozenset({"SELECT", "USAGE", "SHOW VIEW", "SHOW DATABASES", "PROCESS"})


class _Line(pymysql.connections.Connection):  # type: ignore[misc]  # the driver has no types
    """Takes no more bytes than an answer may have: the driver would take any single row whole."""

    taken = 0

    def _read_bytes(self, num_bytes: int) -> bytes:
        self.taken += num_bytes
        if self.taken > 2 * MOST_CHARACTERS:
            raise Problem(K.TOO_LARGE, what="query_rows")
        data: bytes = super()._read_bytes(num_bytes)
        return data


@contextlib.contextmanager
def session(
    address: DatabaseAddress, addresses: Sequence[str], moment: Moment
) -> Iterator["MySqlSession"]:
    """Connects to one of ``addresses``, which were judged before, and to nothing else."""
    try:
        with _socket(address, addresses, moment) as raw, moment.cutting(lambda: _cut(raw)):
            line = _connected(address, raw)
            try:
                _begin(line, moment)
                yield MySqlSession(line, moment)
            finally:
                line._force_close()  # not with a farewell, for which the rest would be read first
    except TimeoutError as fault:
        raise address.about(moment.slow()) from fault
    except (pymysql.Error, OSError, RuntimeError, ValueError, EOFError) as fault:
        # RuntimeError, ValueError and EOFError are how the driver meets answers that are none.
        raise address.about(moment.slow() if moment.over else _problem(fault, address)) from None


class MySqlSession:
    def __init__(self, line: _Line, moment: Moment) -> None:
        self._line, self._moment = line, moment

    def ask(self, statement: Statement, values: Values) -> Rows:
        words = statement.written(str, lambda name: self._literal(values.get(name)))
        cursor = self._line.cursor(SSCursor)
        cursor.execute(words)
        columns = cursor.description or ()
        stamps = [at for at, one in enumerate(columns) if one[1] == FIELD_TYPE.TIMESTAMP]
        intake = Intake(tuple(str(one[0]) for one in columns))
        while rows := cursor.fetchmany(AT_ONCE):
            intake.take([self._zoned(row, stamps) for row in rows])
            self._moment.left  # noqa: B018 - raises when the time is over
        return intake.all()

    def may_write(self) -> tuple[str, ...]:
        cursor = self._line.cursor()
        cursor.execute("SHOW GRANTS")
        told = [str(row[0]) for row in cursor.fetchall()]
        rights: list[str] = []
        for grant in told:
            named = grant.removeprefix("GRANT ").partition(" ON ")[0].split(", ")
            rights += [right for right in named if right.partition(" (")[0] not in _READS_ONLY]
        return tuple(dict.fromkeys(right for right in rights if "`" not in right))[:5]

    def _zoned(self, row: Sequence[object], stamps: Sequence[int]) -> Sequence[object]:
        """A TIMESTAMP is an instant, which the server shows in the session's own offset."""
        cells = list(row)
        offset = timezone(self._moment.local.utcoffset() or timedelta(0))
        for at in stamps:
            cell = cells[at]
            if isinstance(cell, datetime):
                cells[at] = cell.replace(tzinfo=offset)
        return cells

    def _literal(self, value: Value) -> str:
        """A value as SQL. Texts are written as their bytes, so that no sign in them is one of
        SQL, whatever the server's modes; they compare as plain literals do."""
        if value is None:
            return "NULL"
        if isinstance(value, int):
            return str(value)
        if isinstance(value, str):
            return f"_utf8mb4 X'{value.encode().hex()}'" if value else "''"
        if isinstance(value, datetime):
            return f"'{value.astimezone(self._moment.zone):%Y-%m-%d %H:%M:%S}'"
        return ", ".join(self._literal(one) for one in value)


@contextlib.contextmanager
def _socket(
    address: DatabaseAddress, addresses: Sequence[str], moment: Moment
) -> Iterator[socket.socket]:
    fault: OSError | None = None
    for left, place in zip(range(len(addresses), 0, -1), addresses, strict=True):
        try:  # one dead address must not take the time of the others
            raw = socket.create_connection((place, address.port), moment.left / left)
        except OSError as refused:
            fault = fault or refused
            continue
        with raw:
            yield raw
        return
    raise fault or OSError("no address")


def _connected(address: DatabaseAddress, raw: socket.socket) -> _Line:
    trust: ssl.SSLContext | None = None
    if address.protected:
        trust = ssl.create_default_context(cafile=address.authority or None)
    line = _Line(
        host=address.host,
        port=address.port,
        user=address.user,
        password=address.password.encode(),
        database=address.database,
        charset="utf8mb4",
        ssl=trust,  # None takes TLS where it is offered, and asks for no certificate
        local_infile=False,
        defer_connect=True,
        program_name="deskapp",
    )
    line.connect(raw)
    return line


def _begin(line: _Line, moment: Moment) -> None:
    cursor = line.cursor()
    seconds = max(moment.left, 0.05)
    limits = (  # MariaDB's word, and MySQL's
        f"SET SESSION max_statement_time = {seconds:.3f}"
        if "mariadb" in str(line.get_server_info()).lower()
        else f"SET SESSION max_execution_time = {int(seconds * 1000)}"
    )
    try:
        cursor.execute(limits)
    except pymysql.Error as fault:
        if _number(fault) != _UNKNOWN_SETTING:  # before MySQL 5.7.8 our own clock alone
            raise
    # How texts are quoted must be as ``statement`` reads it.
    cursor.execute("SET SESSION sql_mode = ''")
    cursor.execute(f"SET SESSION lock_wait_timeout = {max(1, round(seconds))}")
    cursor.execute(f"SET SESSION time_zone = '{moment.offset}'")
    cursor.execute("SET SESSION TRANSACTION READ ONLY")
    cursor.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY")


def _cut(raw: socket.socket) -> None:
    with contextlib.suppress(OSError):  # it may have ended by itself
        raw.shutdown(socket.SHUT_RDWR)


def _number(fault: BaseException) -> int:
    first: Any = fault.args[0] if fault.args else 0
    return first if isinstance(first, int) else 0


def _problem(fault: Exception, address: DatabaseAddress) -> Problem:
    inner = getattr(fault, "original_exception", fault)
    if isinstance(inner, ssl.SSLCertVerificationError):
        return Problem(K.TLS_UNTRUSTED, said=inner.verify_message)
    if isinstance(inner, ssl.SSLError):
        return Problem(K.TLS_UNAVAILABLE, said=inner.reason or "")
    if isinstance(fault, RuntimeError):
        return Problem(K.TLS_UNAVAILABLE, said="")
    number = _number(fault)
    words = str(fault.args[-1] if fault.args else type(fault).__name__)[:200]
    if number in _ERRORS:
        kind, what = _ERRORS[number]
        value = address.database if what == "shop_database" else words
        return Problem(kind, what=what, said=words, value=value, code=str(number))
    if isinstance(fault, OSError) or 2000 <= number < 2100:
        said = inner.strerror if isinstance(inner, OSError) else ""
        return Problem(K.OFFLINE, said=said or words)
    if not isinstance(fault, pymysql.MySQLError):
        return Problem(K.BAD_ANSWER, said=type(fault).__name__)
    return Problem(K.SERVER_REFUSED, said=words)
