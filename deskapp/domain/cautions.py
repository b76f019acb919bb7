"""What is worth a second look before a reply leaves. Each can be overridden with one key.

Unresolved placeholders are not among them: those stop a reply for good (``placeholders``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from .addressed import greeted, is_one_of, name_candidates
from .attachment_words import says_attached
from .order_numbers import find_order_numbers
from .orders import number_key
from .own_words import own_words

ASSUMED_LIMIT = 25 * 1024 * 1024
"""Bytes of a whole encoded mail, where the server has not said its SIZE (RFC 1870)."""
_MOST_ORDERS = 30
_HEADERS = 3000  # bytes, generously


class CautionKind(StrEnum):
    EMPTY = "empty"
    NO_ATTACHMENT = "no_attachment"
    OTHER_NAME = "other_name"
    OTHER_ORDER = "other_order"
    TOO_LARGE = "too_large"
    NO_MAIL = "no_mail"  # somebody it goes to wants no mail


@dataclass(frozen=True, slots=True)
class Caution:
    """One of them. ``start`` and ``end`` count characters of the text, 0 and 0 for none.

    ``words``: what stands there. ``size`` and ``limit``: bytes of the encoded mail.
    """

    kind: CautionKind
    words: str = ""
    start: int = 0
    end: int = 0
    size: int = 0
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a reply is compared with.

    ``people``: names of the customer, of who else is on the ticket, and of its recipients.
    ``others``: ``bare_letters`` of names in the text that are those of other customers.
    ``strange_orders``: keys of order numbers in the text that are other customers' orders.
    ``patterns``: how the shops write their numbers.
    ``size``: bytes of the encoded mail. ``limit``: what the server takes.
    ``no_mail``: why they want no mail, of each recipient who wants none.
    """

    people: Sequence[str] = ()
    others: frozenset[str] = frozenset()
    strange_orders: frozenset[str] = frozenset()
    patterns: tuple[str, ...] = ()
    files: int = 0
    size: int = 0
    limit: int = ASSUMED_LIMIT
    no_mail: Sequence[str] = ()


def cautions(text: str, around: Surroundings) -> tuple[Caution, ...]:
    """All that speaks against sending ``text`` as it is, in the order of its place."""
    found = [Caution(CautionKind.NO_MAIL, reason) for reason in around.no_mail]
    if not text.strip() and not around.files:
        found.append(Caution(CautionKind.EMPTY))
    stated = None if around.files else says_attached(text)
    if stated is not None:
        found.append(Caution(CautionKind.NO_ATTACHMENT, text[stated[0] : stated[1]], *stated))
    found += _names(text, around)
    found += _orders(text, around)
    if around.size > around.limit:
        found.append(Caution(CautionKind.TOO_LARGE, size=around.size, limit=around.limit))
    return tuple(sorted(found, key=lambda one: one.start))


def _names(text: str, around: Surroundings) -> list[Caution]:
    found: dict[int, Caution] = {}
    name = greeted(text)
    if name is not None and around.people and not is_one_of(name.name, around.people):
        found[name.start] = Caution(CautionKind.OTHER_NAME, name.name, name.start, name.end)
    for key, one in name_candidates(text).items():
        if key in around.others and not any(
            old.start <= one.start < old.end for old in found.values()
        ):
            found[one.start] = Caution(CautionKind.OTHER_NAME, one.name, one.start, one.end)
    return list(found.values())


def orders_in(text: str, patterns: tuple[str, ...] = ()) -> dict[str, tuple[str, int, int]]:
    """The order numbers that a writer's own words name, by key: spelling and place."""
    found: dict[str, tuple[str, int, int]] = {}
    for one in find_order_numbers(own_words(text), _MOST_ORDERS, patterns):
        found.setdefault(number_key(one.number), (one.number, one.start, one.end))
    return found


def _orders(text: str, around: Surroundings) -> list[Caution]:
    return [
        Caution(CautionKind.OTHER_ORDER, number, start, end)
        for key, (number, start, end) in orders_in(text, around.patterns).items()
        if key in around.strange_orders
    ]


def encoded_size(text: str, files: Sequence[int]) -> int:
    """About how many bytes the whole mail takes on the line.

    base64 makes 4 bytes of 3 and breaks the line every 76 (RFC 2045, 6.8); text is counted so too.
    """
    parts = [len(text.encode("utf-8", "replace")), *files]
    return _HEADERS + sum(-(-size // 57) * 78 + 300 for size in parts)
