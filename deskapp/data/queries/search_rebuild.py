"""The search index built anew from what is kept: after a copy to another database at once, and
step by step where another version of the program folds text differently."""

from collections import defaultdict
from collections.abc import Callable, Iterator

from sqlalchemy import (
    Connection,
    Select,
    bindparam,
    delete,
    exists,
    func,
    literal,
    select,
    text,
    update,
)

from deskapp.domain.folding import FOLDING_VERSION
from deskapp.domain.kinds import TicketStatus

from ..database import Unit
from ..search import Indexed, index_name, index_rows, rewrite_rows
from ..table_rows import light_parts, weight
from ..tables.orders import shop_order
from ..tables.people import customer
from ..tables.search import search_row
from ..tables.team import desk_info
from ..tables.tickets import message, message_body, ticket
from .search_texts import texts_of

_BATCH = 500


def rebuild_search(connection: Connection, told: Callable[[int], None] = lambda rows: None) -> None:
    """Empties the index and fills it with every message, customer and order. ``told`` hears how
    many more it holds."""
    for kind in ("message", "customer", "order"):
        connection.execute(text(f"DELETE FROM {index_name(connection, kind)}"))
    connection.execute(delete(search_row))
    for kind, found in _FOUND.items():
        for ids in light_parts(_weighed(connection, found)):
            index_rows(connection, texts_of(connection, kind, ids))
            told(len(ids))
    values = {"folding_version": FOLDING_VERSION, "refolding_version": 0, "refolded_from": None}
    connection.execute(update(desk_info).values(values))


def _weighed(connection: Connection, found: Select[int, int]) -> Iterator[tuple[int, int]]:
    """Read in parts and in rising order: a list of all would grow with the desk."""
    number, _ = found.selected_columns
    asked = found.where(number > bindparam("last")).order_by(number).limit(_BATCH)
    last = 0
    while rows := connection.execute(asked, {"last": last}).all():
        yield from ((one, size) for one, size in rows)
        last = rows[-1][0]


def indexed_percent(connection: Connection) -> int | None:
    """How much is indexed as this program folds text; None: all of it."""
    row = connection.execute(select(desk_info)).one()
    if row.folding_version >= FOLDING_VERSION:
        return None
    if row.refolding_version != FOLDING_VERSION or row.refolded_from is None:
        return 0
    newest: int = connection.execute(select(func.max(search_row.c.id))).scalar() or 0
    done: int = max(newest + 1 - row.refolded_from, 0)
    return min(100 * done // max(newest, 1), 99)


def refold_some(unit: Unit, rows: int = _BATCH) -> bool:
    """Folds so many rows anew, the newest first, and remembers how far it came. False: all are.

    A desk that a newer program has folded is left as it is.
    """
    connection = unit.connection
    # Whoever else does the same waits here, and goes on behind us.
    info = connection.execute(select(desk_info).with_for_update()).one()
    if info.folding_version >= FOLDING_VERSION:
        return False
    older = select(search_row).order_by(search_row.c.id.desc()).limit(rows)
    if info.refolding_version == FOLDING_VERSION and info.refolded_from is not None:
        older = older.where(search_row.c.id < info.refolded_from)
    found = connection.execute(older).all()
    if not found:
        values = {"folding_version": FOLDING_VERSION, "refolding_version": 0, "refolded_from": None}
        connection.execute(update(desk_info).values(values))
        unit.touched.areas.add("search")
        return False
    numbers = {(row.kind, row.ref_id): row.id for row in found}
    ids: dict[str, list[int]] = defaultdict(list)
    for row in found:
        ids[row.kind].append(row.ref_id)
    told: list[Indexed] = []
    for kind, part in ids.items():
        told += texts_of(connection, kind, part)
    rewrite_rows(connection, sorted((numbers[one.kind, one.ref_id], one) for one in told))
    values = {"refolding_version": FOLDING_VERSION, "refolded_from": found[-1].id}
    connection.execute(update(desk_info).values(values))
    return True


def _tickets_of_other_subject() -> Select[int, int]:
    """Whose subject no message has: it was edited, or nothing has been said yet."""
    said = exists().where(
        message.c.ticket_id == ticket.c.id,
        message.c.subject == ticket.c.subject,
        message.c.withdrawn.is_(False),
    )
    lives = ticket.c.status != TicketStatus.MERGED
    return select(ticket.c.id, literal(0)).where(lives, ticket.c.subject != "", ~said)


def _messages() -> Select[int, int]:
    """With the length of their texts: one can be as long as a mail."""
    said = message.outerjoin(message_body, message_body.c.message_id == message.c.id)
    asked = select(message.c.id, weight(message_body)).select_from(said)
    return asked.where(message.c.withdrawn.is_(False))


_FOUND: dict[str, Select[int, int]] = {
    "customer": select(customer.c.id, literal(0)).where(customer.c.merged_into.is_(None)),
    "order": select(shop_order.c.id, literal(0)),
    "ticket": _tickets_of_other_subject(),
    "message": _messages(),
}
"""What is found, with what is to be read of it, and in which order it is indexed: the newest
last."""
