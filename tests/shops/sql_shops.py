"""A small shop in a database of each kind, as shops keep their orders."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest
import sqlcipher3.dbapi2 as sqlite
from psycopg import sql

from deskapp.domain.order_files import OrderField as F
from deskapp.shops.sql import DatabaseAddress, DatabaseKind, SqlOrders, SqlQueries
from tests.servers.mariadb import PASSWORD as MARIA_PASSWORD
from tests.servers.mariadb import MariaDb
from tests.servers.postgres import LOCKED, Postgres
from tests.servers.postgres import PASSWORD as POSTGRES_PASSWORD

TABLES = (
    """CREATE TABLE orders (id INTEGER PRIMARY KEY, mail VARCHAR(200), name VARCHAR(200),
       total DECIMAL(20, 3), state VARCHAR(40), placed {time}, touched {time}, note TEXT,
       phone VARCHAR(40))""",
    """CREATE TABLE items (order_id INTEGER, sku VARCHAR(40), title VARCHAR(200),
       quantity DECIMAL(12, 3), price DECIMAL(12, 2))""",
)
_CUSTOMER = ("anna@shop.example", "Nguyễn Thị Ánh 王小明 Ёлкина", "0912 345 678")
ORDERS = [  # id, mail, name, total, state, placed, touched, note, phone
    (1001, _CUSTOMER[0], _CUSTOMER[1], "1249.000", "shipped", "2026-07-01 09:30:00",
     "2026-07-02 10:00:00", "Bitte klingeln; 50 % extra :)", _CUSTOMER[2]),
    (1002, "boris@shop.example", "Борис", "150.250", "paid", "2026-11-20 23:30:00",
     "2026-11-21 00:15:00", "", ""),
    (1003, _CUSTOMER[0], _CUSTOMER[1], "0.100", "pending", "2026-11-21 08:00:00",
     "2026-11-21 08:00:00", "=cmd|' /C calc'!A1", _CUSTOMER[2]),
]  # fmt: skip
ITEMS = [
    (1001, "S-1", "Шарф", "2.000", "624.50"),
    (1002, "M-1", "Mug; 50%", "1.500", "100.10"),
    (1002, "T-1", "Tea", "1.000", "0.10"),
    (1003, "B-1", "Button", "1.000", "0.10"),
]
QUERY = """
    SELECT id AS order_no, mail, name, total, state, placed, touched, note, phone -- all of it
    FROM orders
    WHERE touched >= :changed_after AND (:number IS NULL OR id = :number)
      AND (:mail IS NULL OR lower(mail) = lower(:mail))
      AND (:phone IS NULL OR replace(phone, ' ', '') = replace(:phone, ' ', ''))
    ORDER BY touched, id LIMIT :limit;
"""
LINES = """SELECT order_id AS order_no, sku, title, quantity, price FROM items
           WHERE order_id IN (:numbers)"""
COLUMNS = {
    F.NUMBER: "order_no", F.EMAIL: "mail", F.NAME: "name", F.TOTAL: "total", F.STATUS: "state",
    F.PLACED_AT: "placed", F.CHANGED_AT: "touched", F.NOTE: "note", F.PHONE: "phone",
}  # fmt: skip
KINDS = ("sqlite", "postgresql", "mysql")


@dataclass(frozen=True)
class Shop:
    """A shop's database: where it is for who may only read and for its owner, and how to write
    into it behind the reader's back."""

    kind: str
    address: DatabaseAddress
    owner: DatabaseAddress
    write: Callable[..., None]

    def source(self, query: str = QUERY, lines: str = LINES, **more: Any) -> SqlOrders:
        queries = SqlQueries(query, lines, more.pop("columns", COLUMNS), more.pop("own", None))
        zone = more.pop("zone", ZoneInfo("Asia/Ho_Chi_Minh"))
        return SqlOrders(more.pop("address", self.address), queries, zone, **more)


@pytest.fixture(params=KINDS)
def sql_shop(request: pytest.FixtureRequest) -> Iterator[Shop]:
    """The same shop in each kind of database."""
    yield from opened(request.param, request)


def opened(kind: str, request: pytest.FixtureRequest) -> Iterator[Shop]:
    make = {"sqlite": _sqlite, "postgresql": _postgres, "mysql": _mysql}[kind]
    yield from make(request)


def _filled(shop: Shop) -> Shop:
    for table in TABLES:
        shop.write(table.format(time="DATETIME" if shop.kind == "mysql" else "TIMESTAMP"))
    for table, rows in (("orders", ORDERS), ("items", ITEMS)):
        marks = ", ".join(["(" + ", ".join(["%s"] * len(rows[0])) + ")"] * len(rows))
        shop.write(f"INSERT INTO {table} VALUES {marks}", tuple(chain.from_iterable(rows)))
    return shop


def _sqlite(request: pytest.FixtureRequest) -> Iterator[Shop]:
    folder: Path = request.getfixturevalue("tmp_path")
    path = folder / "my shop #1?.db"

    def write(statement: str, values: tuple[object, ...] = ()) -> None:
        line = sqlite.connect(str(path))
        line.execute(statement.replace("%s", "?"), values)
        line.commit()
        line.close()

    address = DatabaseAddress(DatabaseKind.SQLITE, path=path)
    yield _filled(Shop("sqlite", address, address, write))


def _postgres(request: pytest.FixtureRequest) -> Iterator[Shop]:
    server: Postgres = request.getfixturevalue("postgres")
    with server.fresh() as url:
        name = url.rpartition("/")[2]

        def write(statement: str, values: tuple[object, ...] = ()) -> None:
            with psycopg.connect(
                host="127.0.0.1", port=server.port, user="deskapp", dbname=name, autocommit=True
            ) as line:
                line.execute(statement.encode(), values or None)

        owner = DatabaseAddress(
            DatabaseKind.POSTGRESQL, "127.0.0.1", server.port, name, "deskapp", own_network=True
        )
        role = sql.Identifier(LOCKED)
        server.execute(
            sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(role, sql.Literal(POSTGRES_PASSWORD))
        )
        try:
            write(f"ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO {LOCKED}")
            yield _filled(Shop("postgresql", _as(owner, LOCKED, POSTGRES_PASSWORD), owner, write))
        finally:
            write(f"DROP OWNED BY {LOCKED}")
            server.execute(sql.SQL("DROP ROLE {}").format(role))


def _mysql(request: pytest.FixtureRequest) -> Iterator[Shop]:
    server: MariaDb = request.getfixturevalue("mariadb")
    with server.fresh() as name:

        def write(statement: str, values: tuple[object, ...] = ()) -> None:
            with server.connect(name) as line, line.cursor() as cursor:
                cursor.execute(statement, values or None)

        owner = DatabaseAddress(
            DatabaseKind.MYSQL, "127.0.0.1", server.port, name, "owner", MARIA_PASSWORD,
            own_network=True,
        )  # fmt: skip
        yield _filled(Shop("mysql", _as(owner, "reader", MARIA_PASSWORD), owner, write))


def _as(address: DatabaseAddress, user: str, password: str) -> DatabaseAddress:
    return replace(address, user=user, password=password)
