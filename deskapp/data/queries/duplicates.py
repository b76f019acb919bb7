"""Records that may be one person's: found little by little, each by an index, never all pairs."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, and_, delete, func, insert, or_, select, update

from deskapp.domain.duplicates import MEETS, DuplicatePair, SameBy, same_by, traits_of
from deskapp.domain.ids import AgentId, CustomerId, OrderId
from deskapp.domain.kinds import ContactKind

from ..database import Unit
from ..tables.duplicates import customer_looked, customer_pair, customer_trait
from ..tables.orders import shop_order
from ..tables.people import contact_point, customer
from ..tables.team import counter
from .customers import customer_rows
from .parts import parts
from .upsert import insert_into

_CROWD = 12  # records with one trait: a shop's own phone, a test address; nobody's double
_ORDERS_SEEN = "duplicate_orders"

Reasons = dict[tuple[int, int], set[tuple[SameBy, str]]]


def look_for_pairs(unit: Unit, limit: int, at: datetime) -> int:
    """Looks at customers that are new or have changed, and at new orders; how many it looked at."""
    ids = _unlooked(unit.connection, limit)
    orders = _new_orders(unit.connection, limit)
    _note_orders_seen(unit, orders)
    if not ids and not orders:
        return 0
    fresh = _write_traits(unit, ids)
    pairs: Reasons = defaultdict(set)
    for by, trait in _meet(unit.connection, fresh, pairs):
        _forget_crowd(unit, by, trait)
    _by_orders(unit.connection, ids, orders, pairs)
    _forget_open(unit, ids)
    _write_pairs(unit, pairs, at)
    return len(ids) + len(orders)


def anything_new(connection: Connection) -> bool:
    """Whether ``look_for_pairs`` would find anything to look at."""
    return bool(_unlooked(connection, 1) or _new_orders(connection, 1))


def pair_count(connection: Connection) -> int:
    return connection.execute(
        select(func.count()).select_from(customer_pair).where(customer_pair.c.refused_at.is_(None))
    ).scalar_one()


def open_pairs(
    connection: Connection, limit: int, of: CustomerId | None = None
) -> tuple[DuplicatePair, ...]:
    """Proposals that nobody has refused, the newest first; those of one customer."""
    asked = select(customer_pair).where(customer_pair.c.refused_at.is_(None))
    if of is not None:
        asked = asked.where(or_(customer_pair.c.one_id == of, customer_pair.c.other_id == of))
    rows = connection.execute(asked.order_by(customer_pair.c.id.desc()).limit(limit)).all()
    ids = sorted({CustomerId(one) for row in rows for one in (row.one_id, row.other_id)})
    people = {row.id: row for row in customer_rows(connection, ids)}
    return tuple(
        DuplicatePair(
            people[row.one_id],
            people[row.other_id],
            tuple((SameBy(kind), shared) for kind, shared in json.loads(row.reasons)),
        )
        for row in rows
        if row.one_id in people and row.other_id in people
    )


def refuse_pair(
    unit: Unit, one: CustomerId, other: CustomerId, at: datetime, by: AgentId | None
) -> bool:
    """They are not the same: never proposed again. Whether they were."""
    first, second = sorted((one, other))
    done = unit.connection.execute(
        update(customer_pair)
        .where(customer_pair.c.one_id == first, customer_pair.c.other_id == second)
        .values(refused_at=at, refused_by=by)
    )
    unit.touched.customers.update((one, other))
    return bool(done.rowcount)


def _unlooked(connection: Connection, limit: int) -> list[CustomerId]:
    asked = (
        select(customer.c.id)
        .outerjoin(customer_looked, customer_looked.c.customer_id == customer.c.id)
        .where(
            customer.c.merged_into.is_(None),
            or_(
                customer_looked.c.version.is_(None), customer_looked.c.version != customer.c.version
            ),
        )
        .order_by(customer.c.id)
        .limit(limit)
    )
    return [CustomerId(one) for one in connection.execute(asked).scalars()]


def _new_orders(connection: Connection, limit: int) -> list[OrderId]:
    seen = select(counter.c.value).where(counter.c.name == _ORDERS_SEEN)
    last = connection.execute(seen).scalar() or 0
    asked = select(shop_order.c.id).where(shop_order.c.id > last).order_by(shop_order.c.id)
    return [OrderId(one) for one in connection.execute(asked.limit(limit)).scalars()]


def _note_orders_seen(unit: Unit, ids: Sequence[OrderId]) -> None:
    if ids:
        row = insert_into(unit.connection, counter).values(name=_ORDERS_SEEN, value=ids[-1])
        unit.connection.execute(
            row.on_conflict_do_update(index_elements=["name"], set_={"value": ids[-1]})
        )


def _write_traits(
    unit: Unit, ids: Sequence[CustomerId]
) -> Mapping[CustomerId, set[tuple[str, str]]]:
    found: dict[CustomerId, set[tuple[str, str]]] = {}
    for part in parts(ids):
        rows = unit.connection.execute(
            select(customer.c.id, customer.c.name, customer.c.version).where(
                customer.c.id.in_(part)
            )
        ).all()
        contacts: dict[int, list[tuple[ContactKind, str]]] = defaultdict(list)
        for row in unit.connection.execute(
            select(contact_point).where(contact_point.c.customer_id.in_(part))
        ):
            contacts[row.customer_id].append((ContactKind(row.kind), row.value_key))
        for table in (customer_trait, customer_looked):
            unit.connection.execute(delete(table).where(table.c.customer_id.in_(part)))
        traits = {row.id: traits_of(row.name, contacts[row.id]) for row in rows}
        values = [
            {"customer_id": one, "kind": kind, "trait": trait[:400]}
            for one, some in traits.items()
            for kind, trait in some
        ]
        if values:
            unit.connection.execute(insert(customer_trait), values)
        looked = [{"customer_id": row.id, "version": row.version} for row in rows]
        if looked:
            unit.connection.execute(insert(customer_looked), looked)
        found.update({CustomerId(one): some for one, some in traits.items()})
    return found


def _meet(
    connection: Connection, fresh: Mapping[CustomerId, set[tuple[str, str]]], pairs: Reasons
) -> set[tuple[SameBy, str]]:
    """Adds who shares a trait with one of these; gives those that so many share that they say
    nothing. Read for all at once: one by one took a second for 500 customers."""
    asked = {(kind, trait[:400]) for traits in fresh.values() for kind, trait in traits}
    holders: dict[tuple[str, str], set[int]] = defaultdict(set)
    kinds = {other for kind, _ in asked for other in MEETS.get(kind, (kind,))}
    for part in parts(sorted({trait for _, trait in asked})):
        place = func.row_number().over(
            partition_by=(customer_trait.c.kind, customer_trait.c.trait),
            order_by=customer_trait.c.customer_id,
        )
        of = customer_trait.c
        numbered = (
            select(of.kind, of.trait, of.customer_id, place.label("place"))
            .join(customer, customer.c.id == of.customer_id)
            .where(of.kind.in_(kinds), of.trait.in_(part), customer.c.merged_into.is_(None))
            .subquery()
        )
        few = select(numbered).where(numbered.c.place <= _CROWD + 1)
        for row in connection.execute(few):
            holders[row.kind, row.trait].add(row.customer_id)
    crowds = set()
    for one, traits in fresh.items():
        for kind, trait in traits:
            met = MEETS.get(kind, (kind,))
            others = set().union(*(holders[other, trait[:400]] for other in met)) - {one}
            if len(others) >= _CROWD:
                crowds.add((same_by(kind), trait))
                continue
            for other in others:
                pairs[min(one, other), max(one, other)].add((same_by(kind), trait))
    return crowds


def _forget_crowd(unit: Unit, by: SameBy, trait: str) -> None:
    """What was proposed while only a few of them were known."""
    alone = customer_pair.c.reasons == _told({(by, trait)})
    unit.connection.execute(
        delete(customer_pair).where(alone, customer_pair.c.refused_at.is_(None))
    )


def _told(reasons: set[tuple[SameBy, str]]) -> str:
    return json.dumps(sorted(reasons), ensure_ascii=False)


def _by_orders(
    connection: Connection, ids: Sequence[CustomerId], orders: Sequence[OrderId], pairs: Reasons
) -> None:
    """An order with the mail address of one customer and the phone of another."""
    mail, phone = contact_point.alias("mail"), contact_point.alias("phone")
    asked = (
        select(shop_order.c.number, mail.c.customer_id, phone.c.customer_id)
        .join(
            mail,
            and_(mail.c.kind == ContactKind.MAIL, mail.c.value_key == shop_order.c.email_key),
        )
        .join(
            phone,
            and_(phone.c.kind == ContactKind.PHONE, phone.c.value_key == shop_order.c.phone_key),
        )
        .where(mail.c.customer_id != phone.c.customer_id)
    )
    for new in parts(orders):
        _add_orders(pairs, connection.execute(asked.where(shop_order.c.id.in_(new))).all())
    for part in parts(ids):
        for side in (mail, phone):
            found = connection.execute(asked.where(side.c.customer_id.in_(part))).all()
            _add_orders(pairs, found)


def _add_orders(pairs: Reasons, rows: Sequence[Sequence[object]]) -> None:
    for number, one, other in rows:
        assert isinstance(one, int) and isinstance(other, int)
        pairs[min(one, other), max(one, other)].add((SameBy.ORDER, str(number)))


def _forget_open(unit: Unit, ids: Sequence[CustomerId]) -> None:
    """What was proposed of these by what they were before."""
    for part in parts(ids):
        either = or_(customer_pair.c.one_id.in_(part), customer_pair.c.other_id.in_(part))
        open_ones = either & customer_pair.c.refused_at.is_(None)
        unit.connection.execute(delete(customer_pair).where(open_ones))


def _write_pairs(unit: Unit, pairs: Reasons, at: datetime) -> None:
    for (one, other), reasons in sorted(pairs.items()):
        told = _told(reasons)
        row = insert_into(unit.connection, customer_pair).values(
            one_id=one, other_id=other, reasons=told, found_at=at
        )
        unit.connection.execute(
            row.on_conflict_do_update(index_elements=["one_id", "other_id"], set_={"reasons": told})
        )
        unit.touched.customers.update((CustomerId(one), CustomerId(other)))
