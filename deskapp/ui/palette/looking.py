"""What the palette finds on the desk: tickets by number, customers, orders, canned replies."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from deskapp.domain.order_rows import OrderRow
from deskapp.domain.people import CustomerRow
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import CannedRow
from deskapp.domain.tickets import TicketRow

if TYPE_CHECKING:
    from deskapp.desk import Desk

_MOST = 6  # of each kind
_LEAST_LETTERS = 2
_LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class Looked:
    """The answers for the words as they were typed."""

    tickets: tuple[TicketRow, ...] = ()
    customers: tuple[CustomerRow, ...] = ()
    orders: tuple[OrderRow, ...] = ()
    canned: tuple[CannedRow, ...] = ()


def worth_looking(words: str) -> bool:
    """Whether words say enough: one Latin letter would find half the desk."""
    bare = words.strip().lstrip("#")
    return len(bare) >= _LEAST_LETTERS or bare.isdigit() or not bare.isascii()


def look(desk: "Desk", words: str) -> Looked:
    """Blocks; to be run on a lane."""
    return Looked(
        _numbered(desk, words),
        desk.customers.find(words, _MOST),
        desk.orders.find(words, _MOST),
        desk.canned.list(words)[:_MOST],
    )


def _numbered(desk: "Desk", words: str) -> tuple[TicketRow, ...]:
    number = words.strip().lstrip("#")
    if not (number.isascii() and number.isdigit() and len(number) <= _LONGEST_NUMBER):
        return ()
    try:
        return (desk.tickets.row(desk.tickets.by_number(int(number))),)
    except Problem as problem:
        if problem.kind is not ProblemKind.NOT_FOUND:
            raise
        return ()
