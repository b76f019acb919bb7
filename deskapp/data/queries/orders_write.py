"""Taking in what an order source tells, whole readings at a time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, insert, or_, select, update

from deskapp.domain.ids import CustomerId
from deskapp.domain.kinds import ContactKind
from deskapp.domain.order_rows import OrderImport
from deskapp.domain.orders import OrderData

from ..database import Unit
from ..rowids import reserve
from ..search import index_rows, reindex_rows
from ..tables.columns import AnyRow
from ..tables.orders import shop_order
from .order_links import owners_of
from .order_parts import clear_parts, order_parts, write_parts
from .order_told import Told, brought_up_to_date, is_another, same, told
from .orders_erased import without_erased
from .parts import parts
from .search_texts import texts_of


@dataclass(slots=True)
class _Sorted:
    """A reading beside what is known: what is to be written, which rows were heard of again, and
    which numbers are in use."""

    new: list[Told] = field(default_factory=list)
    updated: list[tuple[AnyRow, Told]] = field(default_factory=list)
    seen: list[int] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    unchanged: int = 0


def save_orders(
    unit: Unit, source: int, reading: Sequence[OrderData], at: datetime, *, hidden: bool = False
) -> OrderImport:
    """Stores a reading of one source: orders are told apart by their number, and by the shop's own
    id where it has one; the second of one number bears its id in its number. What is older than
    what is known changes nothing; ``hidden`` as in ``brought_up_to_date``.
    """
    latest = _latest(reading)
    now = _owned(unit, without_erased(unit, source, latest))
    found = _Sorted()
    for numbers in parts(now):
        _sort(unit, source, [now[number] for number in numbers], found, hidden=hidden)
    _seen(unit, found.seen, at)
    _insert(unit, source, found.new, at)
    _update(unit, found.updated)
    if found.new or found.updated:
        unit.touched.areas.add("orders")
    return OrderImport(len(found.new), len(found.updated), found.unchanged, len(latest) - len(now))


def _latest(reading: Sequence[OrderData]) -> dict[str, Told]:
    """By number, or what tells two of one number apart. A page may hold an order twice: the later
    change counts, or the later telling."""
    latest: dict[str, Told] = {}
    for data in reading:
        one = told(data)
        name = one.values["number"]
        if name in latest:
            other = latest[name].values
            if is_another(other["ref"], other["placed_at"], one):
                name = one.numbered_apart
        before = latest[name].changed_at if name in latest else None
        if not (before and one.changed_at and one.changed_at < before):
            latest[name] = one
    return latest


def _owned(unit: Unit, now: dict[str, Told]) -> dict[str, Told]:
    """Fills in whose each order is. The mail address says more than the phone."""
    mails = {one.values["email_key"] for one in now.values()}
    phones = {one.values["phone_key"] for one in now.values()}
    by_mail = owners_of(unit, ContactKind.MAIL, mails)
    by_phone = owners_of(unit, ContactKind.PHONE, phones)
    for one in now.values():
        owner = by_mail.get(one.values["email_key"]) or by_phone.get(one.values["phone_key"])
        one.values["customer_id"] = owner
    return now


def _sort(unit: Unit, source: int, some: Sequence[Told], found: _Sorted, *, hidden: bool) -> None:
    rows = _known(unit, source, some)
    by_number: Mapping[str, AnyRow] = {row.number: row for row in rows}
    by_ref: Mapping[str, AnyRow] = {row.ref: row for row in rows if row.ref}
    found.taken.update(by_number)
    hung = order_parts(unit.connection, [row.id for row in rows])
    for one in some:
        number = one.values["number"]
        row = by_ref.get(one.values["ref"])
        if row is None and number in by_number:
            row = by_number[number]
            if is_another(row.ref, row.placed_at, one):
                row = by_number.get(one.numbered_apart)
        if row is None:
            if number in found.taken:
                one.values["number"] = one.numbered_apart
            found.taken.add(one.values["number"])
            found.new.append(one)
            continue
        if row.number != number and number in found.taken:
            one.values.update(number=row.number, number_key=row.number_key)  # the new one is taken
        found.taken.add(one.values["number"])
        now = brought_up_to_date(row, hung[row.id], one, hidden=hidden)
        if now is not None:
            found.seen.append(row.id)
        if now is None or same(row, hung[row.id], now):
            found.unchanged += 1
        else:
            found.updated.append((row, now))


def _known(unit: Unit, source: int, some: Sequence[Told]) -> Sequence[AnyRow]:
    numbers = [name for one in some for name in (one.values["number"], one.numbered_apart)]
    named: list[ColumnElement[bool]] = [shop_order.c.number.in_(numbers)]
    refs = [one.values["ref"] for one in some if one.values["ref"]]
    if refs:
        named.append(shop_order.c.ref.in_(refs))
    statement = select(shop_order).where(shop_order.c.source_id == source, or_(*named))
    return unit.connection.execute(statement).all()


def _seen(unit: Unit, ids: Sequence[int], at: datetime) -> None:
    for part in parts(ids):
        unit.connection.execute(
            update(shop_order).where(shop_order.c.id.in_(part)).values(seen_at=at)
        )


def _insert(unit: Unit, source: int, new: Sequence[Told], at: datetime) -> None:
    if not new:
        return
    ids = reserve(unit.connection, shop_order, len(new))
    numbered = list(zip(ids, new, strict=True))
    unit.connection.execute(
        insert(shop_order),
        [{"id": one, "source_id": source, "seen_at": at, **now.values} for one, now in numbered],
    )
    write_parts(unit.connection, [(one, now.parts) for one, now in numbered])
    index_rows(unit.connection, texts_of(unit.connection, "order", ids))
    _touch(unit, (now.values["customer_id"] for now in new))


def _update(unit: Unit, updated: Sequence[tuple[AnyRow, Told]]) -> None:
    if not updated:
        return
    numbered = [(int(row.id), now) for row, now in updated]
    names = list(updated[0][1].values)
    unit.connection.execute(
        update(shop_order)
        .where(shop_order.c.id == bindparam("row_id"))
        .values(
            **{name: bindparam(f"new_{name}") for name in names}, version=shop_order.c.version + 1
        ),
        [
            {"row_id": one, **{f"new_{name}": now.values[name] for name in names}}
            for one, now in numbered
        ],
    )
    ids = [one for one, _ in numbered]
    clear_parts(unit.connection, ids)
    write_parts(unit.connection, [(one, now.parts) for one, now in numbered])
    reindex_rows(unit.connection, texts_of(unit.connection, "order", ids))
    _touch(unit, (row.customer_id for row, _ in updated))
    _touch(unit, (now.values["customer_id"] for _, now in numbered))


def _touch(unit: Unit, owners: Iterable[CustomerId | None]) -> None:
    unit.touched.customers.update(CustomerId(one) for one in owners if one is not None)
