"""Column types and habits that all tables share."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Dialect,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Row,
    String,
    TypeDecorator,
)

from ..packing import compressed, decompressed

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

AnyRow = Row[*tuple[Any, ...]]
"""A row of a statement with many columns, read by their names."""

Id = BigInteger().with_variant(Integer(), "sqlite")
"""SQLite makes a row id only out of INTEGER; PostgreSQL gets 64 bits."""


class UtcTime(TypeDecorator[datetime]):
    """An instant, stored as whole milliseconds since 1970 on both databases.

    One integer sorts, compares and indexes alike everywhere and knows no time zone by mistake.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return round(value.timestamp() * 1000)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        # Not fromtimestamp: Windows refuses it instants before 1970.
        return None if value is None else _EPOCH + timedelta(milliseconds=value)


class Packed(TypeDecorator[str]):
    """Long text nobody searches in SQL (cleaned HTML), kept compressed."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        if value is None:
            return None
        return compressed(value.encode("utf-8"))

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        return None if value is None else decompressed(value).decode("utf-8")


class Money(TypeDecorator[Decimal]):
    """An exact amount, stored as its decimal text: SQLite has no decimal type."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else format(value, "f")

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


def sorted_text(length: int) -> String:
    """Text that both databases sort sign by sign; PostgreSQL's own order is the server's."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


def key() -> Column[Any]:
    """The primary key that every table with rows of its own has."""
    return Column("id", Id, primary_key=True)


def link(name: str, target: str, *, null: bool = False, index: bool = False) -> Column[Any]:
    """A foreign key called ``name`` to ``target``'s id."""
    return Column(name, Id, ForeignKey(f"{target}.id"), nullable=null, index=index)
