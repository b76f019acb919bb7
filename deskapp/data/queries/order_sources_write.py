"""Adding, changing and removing order sources, and what became of asking one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, update

from deskapp.domain.ids import OrderSourceId
from deskapp.domain.order_rows import OrderImport
from deskapp.domain.order_sources import SourceSettings, SourceState
from deskapp.domain.orders import Gap, OrderAnswer, OrderPage, Shortfall
from deskapp.domain.problem import Problem, ProblemKind

from ..database import Unit
from ..tables.orders import order_source, shop_order
from .order_json import ELSEWHERE
from .order_source_json import columns_of, shortfalls_text, trouble_text
from .order_sources import BY_HAND, source_state
from .orders_write import save_orders
from .writes import insert_row, unique, update_seen

_ANEW = {"mark": "", "shortfalls": "[]"}
_TRY = {"trouble": "", "next_at": None}
_MOST_LEFT_OUT = 20


def insert_source(unit: Unit, settings: SourceSettings) -> OrderSourceId:
    """Adds a source. One of this name that was filled by hand, or whose orders were kept when it
    was removed, becomes it with its orders. Raises Problem(DUPLICATE, what="order_source")."""
    unit.touched.areas.add("order_sources")
    values = {**columns_of(settings), "active": True}
    taken = unit.connection.execute(
        update(order_source)
        .where(order_source.c.name == settings.name, order_source.c.settings == BY_HAND)
        .values(**values, **_ANEW, **_TRY, read_at=None, version=order_source.c.version + 1)
        .returning(order_source.c.id)
    ).scalar()
    if taken is None:
        with unique("order_source", settings.name):
            taken = insert_row(unit.connection, order_source, values)
    else:
        _of_another_place(unit, taken)
    return OrderSourceId(taken)


def update_source(
    unit: Unit, source: OrderSourceId, settings: SourceSettings, version: int | None
) -> None:
    """Another shop, folder or query is read from its beginning; everything is tried again.

    Raises Problem NOT_FOUND, CHANGED_MEANWHILE or DUPLICATE.
    """
    before = source_state(unit.connection, source).settings
    values = {**columns_of(settings), **_TRY}
    if _place(before) != _place(settings):
        values |= {**_ANEW, "read_at": None}
    with unique("order_source", settings.name):
        update_seen(unit.connection, order_source, source, version, values, what="order_source")
    if (before.kind, before.address) != (settings.kind, settings.address):
        _of_another_place(unit, source)
    unit.touched.areas.add("order_sources")
    if before.name != settings.name:
        unit.touched.areas.add("orders")


def _place(settings: SourceSettings) -> tuple[object, ...]:
    return (
        settings.kind,
        settings.address,
        settings.query,
        settings.line_query,
        settings.profile,
        dict(settings.mapping),
        dict(settings.line_mapping),
        settings.zone,
        settings.currency,
        settings.date_order,
        settings.decimal_mark,
    )


def switch_source(unit: Unit, source: OrderSourceId, *, on: bool) -> None:
    """Raises Problem(NOT_FOUND)."""
    values = {"active": on, **_TRY}
    update_seen(unit.connection, order_source, source, None, values, what="order_source")
    unit.touched.areas.add("order_sources")


def try_source_now(unit: Unit, source: OrderSourceId) -> None:
    """Whoever reads it goes on at once, also where trouble made it wait for a person."""
    values = {"next_at": None, "trouble": ""}
    update_seen(unit.connection, order_source, source, None, values, what="order_source")
    unit.touched.areas.add("order_sources")


def read_source_anew(unit: Unit, source: OrderSourceId) -> None:
    """From its beginning: it leads to another place now. Raises Problem(NOT_FOUND)."""
    values = {**_ANEW, **_TRY, "read_at": None}
    update_seen(unit.connection, order_source, source, None, values, what="order_source")
    unit.touched.areas.add("order_sources")
    _of_another_place(unit, source)


def _of_another_place(unit: Unit, source: int) -> None:
    """What is asked now may be another shop, with the same ids for other orders: those kept are
    found again by number and time, or stay beside the new ones."""
    marked = ELSEWHERE + func.substr(shop_order.c.ref, 1, 200 - len(ELSEWHERE))
    unit.connection.execute(
        update(shop_order)
        .where(
            shop_order.c.source_id == source,
            shop_order.c.ref != "",
            ~shop_order.c.ref.startswith(ELSEWHERE, autoescape=True),
        )
        .values(ref=marked)
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """How a page of changes was asked for.

    ``mark`` and ``version`` are those of the source then, None for any version; ``first`` begins
    a new reading, which forgets what the last one left out; ``next_at`` is when the next is due.
    """

    source: OrderSourceId
    mark: str
    first: bool
    next_at: datetime | None
    version: int | None


def store_part(unit: Unit, asked: Asked, page: OrderPage, at: datetime) -> OrderImport:
    """Orders of a page of what changed. Raises Problem as ``go_on_from``."""
    _as_asked(unit, asked)
    return save_orders(unit, asked.source, page.orders, at, hidden=_hides(page))


def go_on_from(unit: Unit, asked: Asked, page: OrderPage, at: datetime) -> None:
    """The mark and the facts of a page, in one transaction with the last of its orders.

    Raises Problem(CHANGED_MEANWHILE, what="order_source") where another has gone on meanwhile, or
    it is another shop by now: what the one before told must not say where to go on.
    """
    source, state = asked.source, _as_asked(unit, asked)
    gaps = (() if asked.first else state.shortfalls) + page.shortfalls
    values: dict[str, object] = {
        "mark": page.mark,
        "shortfalls": shortfalls_text(_less_found(state.shortfalls, gaps, page)),
        "trouble": "",
        "tried_at": at,
        "next_at": asked.next_at,
    }
    if not page.more:
        values["read_at"] = at
    unit.connection.execute(
        update(order_source).where(order_source.c.id == source).values(**values)
    )
    if state.trouble or values["shortfalls"] != shortfalls_text(state.shortfalls) or not page.more:
        unit.touched.areas.add("order_sources")


def _as_asked(unit: Unit, asked: Asked) -> SourceState:
    state = source_state(unit.connection, asked.source)
    if state.mark != asked.mark or asked.version not in (None, state.version):
        raise Problem(ProblemKind.CHANGED_MEANWHILE, what="order_source", id=asked.source)
    return state


def _hides(answer: OrderAnswer) -> bool:
    return any(one.gap is Gap.HIDDEN for one in answer.shortfalls)


def _less_found(
    known: Sequence[Shortfall], gaps: Sequence[Shortfall], page: OrderPage
) -> list[Shortfall]:
    """What is left out stays named until it was read well."""
    good = {order.number for order in page.orders}
    before = [name for one in known if one.gap is Gap.LEFT_OUT for name in one.names]
    now = [fault.number or fault.value for fault in page.faults]
    names = [name for name in dict.fromkeys((*before, *now)) if name and name not in good]
    told = [one for one in gaps if one.gap is not Gap.LEFT_OUT]
    if names:
        told.append(Shortfall(Gap.LEFT_OUT, tuple(names[-_MOST_LEFT_OUT:])))
    return told


def store_answer(
    unit: Unit, source: OrderSourceId, answer: OrderAnswer, at: datetime
) -> OrderImport:
    """What a source found when it was asked for one customer or order."""
    return save_orders(unit, source, answer.orders, at, hidden=_hides(answer))


def note_waiting(
    unit: Unit, source: OrderSourceId, at: datetime, next_at: datetime, trouble: Problem
) -> None:
    """What stood in the way, and when it is asked again. The mark stays where it was."""
    values = {"tried_at": at, "next_at": next_at, "trouble": trouble_text(trouble)}
    unit.connection.execute(
        update(order_source).where(order_source.c.id == source).values(**values)
    )
    unit.touched.areas.add("order_sources")
