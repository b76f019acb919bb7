"""Finding an order by whatever the customer has at hand."""

from collections.abc import Iterable, Iterator, Sequence
from math import inf

from sqlalchemy import ColumnElement, Connection, Select, select

from deskapp.domain.contact import phone_keys, phone_search_text
from deskapp.domain.folding import bare_letters
from deskapp.domain.ids import OrderId
from deskapp.domain.kinds import ContactKind
from deskapp.domain.mail import Address
from deskapp.domain.order_keys import postcode_key, tracking_key
from deskapp.domain.orders import number_key
from deskapp.domain.plain import one_line
from deskapp.domain.search_query import SearchQuery, parse_query

from ..search import newest_refs
from ..tables.orders import shipment, shop_order
from ..tables.people import contact_point
from .parts import parts

_SHORTEST_MIDDLE = 3  # letters; fewer stand in the middle of half of all addresses
_MIDDLE_AMONG = 10_000  # of the newest orders; to read the addresses of all takes 0.3 s
_MOST = 2_000  # found by one key: who looks through more looks for something else
_NAMED = 500  # of what the index finds, at least: among them who has that name comes first


def find_orders(connection: Connection, words: str, limit: int) -> list[OrderId]:
    """Orders by number with or without prefix, tracking number, mail or half of it (also another
    mail of that customer), phone in any spelling, postcode, name.

    What fits exactly comes first, then what the search index finds: names before the rest, and
    the newest first.
    """
    plain = one_line(words)
    found: dict[OrderId, None] = {}
    for condition in _exact(plain):
        found |= dict.fromkeys(newest_of(connection, condition, min(limit, _MOST)))
    # Of an address only the part before the @: all that follows stands in most orders' texts.
    query = parse_query(plain.partition("@")[0])
    among = 0 if any(sign.isdigit() for sign in plain) else _MIDDLE_AMONG
    if query and len(found) < limit and not (found and "@" in plain):
        found |= dict.fromkeys(
            _names_first(connection, plain, _indexed(connection, query, limit, among))
        )
    if not found and len(plain) >= _SHORTEST_MIDDLE and " " not in plain:
        found |= dict.fromkeys(_by_middle(connection, plain, limit))
    return list(found)[:limit]


def newest_of(connection: Connection, condition: ColumnElement[bool], limit: int) -> list[OrderId]:
    """Orders for which it holds, the newest first, those without a date last.

    Two questions: the one about both could not be answered by going along an index.
    """
    found: list[OrderId] = []
    statement: Select[int] = select(shop_order.c.id).where(condition)
    for some in (shop_order.c.placed_at.is_not(None), shop_order.c.placed_at.is_(None)):
        sorted_ids = statement.where(some).order_by(
            shop_order.c.placed_at.desc(), shop_order.c.id.desc()
        )
        rest = connection.execute(sorted_ids.limit(limit - len(found))).scalars()
        found += [OrderId(one) for one in rest]
        if len(found) >= limit:
            break
    return found


def _exact(words: str) -> Iterator[ColumnElement[bool]]:
    if "@" in words:
        mail = Address("", words).key
        yield shop_order.c.email_key == mail
        yield _of_owner(ContactKind.MAIL, [mail])
        return
    key = number_key(words)
    if key and len(words.lstrip("#№ ").split()) == 1:
        yield (shop_order.c.number_key == key) & (shop_order.c.number == words)
        yield shop_order.c.number_key == key
    if tracking := tracking_key(words):
        parcels = select(shipment.c.order_id).where(shipment.c.tracking_key == tracking)
        yield shop_order.c.id.in_(parcels)
    if phones := _phones(words):
        yield shop_order.c.phone_key.in_(phones)
        yield _of_owner(ContactKind.PHONE, phones)
    code = postcode_key(words)
    if any(sign.isdigit() for sign in code):
        yield shop_order.c.postcode_key == code


def _of_owner(kind: ContactKind, keys: Sequence[str]) -> ColumnElement[bool]:
    """The orders of who can be reached so, under whatever address they were placed."""
    owner = select(contact_point.c.customer_id).where(
        contact_point.c.kind == kind, contact_point.c.value_key.in_(keys)
    )
    return shop_order.c.customer_id.in_(owner)


def _phones(words: str) -> list[str]:
    """Every key that a phone may be stored under, also without the code of its country."""
    keys = phone_keys(words)
    national = (phone_search_text(key).split()[-1] for key in keys if key.startswith("+"))
    return list(dict.fromkeys((*keys, *national)))


def _indexed(connection: Connection, query: SearchQuery, limit: int, among: int) -> list[int]:
    """Not ranked: of a name that thousands have, the newest orders are meant, and to rank them
    takes 80 ms."""
    most = max(_NAMED, min(limit, _MOST))
    return newest_refs(connection, query, "order", most, enough=min(limit, most), among=among)


def _names_first(connection: Connection, words: str, ids: Sequence[int]) -> list[OrderId]:
    """What the index found: first those whose name has all the words, then the rest; of both the
    newest orders first."""
    wanted = bare_letters(words).split()
    places: dict[int, tuple[bool, float]] = {}
    for part in parts(ids):
        asked = select(shop_order.c.id, shop_order.c.name, shop_order.c.placed_at)
        for row in connection.execute(asked.where(shop_order.c.id.in_(part))):
            named = bool(wanted) and _has_all(bare_letters(row.name), wanted)
            age = -row.placed_at.timestamp() if row.placed_at is not None else inf
            places[row.id] = not named, age
    return [OrderId(one) for one in sorted(places, key=places.__getitem__)]


def _has_all(name: str, wanted: Iterable[str]) -> bool:
    return all(word in name for word in wanted)


def _by_middle(connection: Connection, words: str, limit: int) -> list[OrderId]:
    """Reads addresses one by one: only asked where nothing else was found."""
    newest = (
        select(shop_order.c.id, shop_order.c.email_key)
        .where(shop_order.c.placed_at.is_not(None))
        .order_by(shop_order.c.placed_at.desc(), shop_order.c.id.desc())
        .limit(_MIDDLE_AMONG)
        .subquery()
    )
    middle = newest.c.email_key.contains(words.casefold(), autoescape=True)
    found = connection.execute(select(newest.c.id).where(middle).limit(limit))
    return [OrderId(one) for one in found.scalars()]
