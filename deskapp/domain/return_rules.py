"""What may be done to a return case, and how much of an order can still come back."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from .orders import OrderLine
from .plain import one_line
from .problem import Problem, ProblemKind
from .return_cases import ENDS, ReturnItem, ReturnKind, ReturnState, plain_number
from .snoozing import morning_of

_STEPS = tuple(ReturnState)
_WITH_GOODS = (
    ReturnState.LABEL_SENT,
    ReturnState.ON_THE_WAY,
    ReturnState.ARRIVED,
    ReturnState.INSPECTED,
)
_CAME_BACK = (
    ReturnState.ARRIVED,
    ReturnState.INSPECTED,
    ReturnState.REFUNDED,
    ReturnState.REPLACED,
)


def next_states(
    kind: ReturnKind, state: ReturnState, ended_as: str = ""
) -> tuple[ReturnState, ...]:
    """Where a case can go from here; a closed one only back to what it was."""
    if state is ReturnState.CLOSED:
        return (ReturnState(ended_as),) if ended_as else ()
    if state in ENDS:
        return (ReturnState.CLOSED,)
    after = _STEPS[_STEPS.index(state) + 1 :]
    if kind is ReturnKind.COMPLAINT:
        return tuple(one for one in after if one not in _WITH_GOODS)
    return after


def counts(kind: ReturnKind, state: ReturnState, ended_as: str) -> bool:
    """Whether the pieces of a case are gone from what can still be returned."""
    if kind is ReturnKind.COMPLAINT or state is ReturnState.REFUSED:
        return False
    return state is not ReturnState.CLOSED or ended_as in _CAME_BACK


def line_key(line: OrderLine) -> str:
    """What names a line through every new reading of its order."""
    return one_line(line.ref or line.sku or line.title)[:200]


def bought(lines: Iterable[OrderLine]) -> dict[str, Decimal]:
    """Pieces of each line; lines of one name together."""
    found: dict[str, Decimal] = {}
    for line in lines:
        key = line_key(line)
        found[key] = found.get(key, Decimal(0)) + line.quantity
    return found


def checked_items(
    items: Iterable[ReturnItem], lines: tuple[OrderLine, ...], gone: Mapping[str, Decimal]
) -> tuple[ReturnItem, ...]:
    """The items as they are kept, each with its line. ``gone``: pieces in other cases.

    Raises Problem INVALID: what="return_line" for what the order does not have, "return_pieces"
    for no number of pieces, "return_quantity" (``most``) for more than is left to return.
    """
    known = {line_key(line): line for line in lines}
    left = {key: count - gone.get(key, Decimal(0)) for key, count in bought(lines).items()}
    found = []
    for item in items:
        if not item.quantity.is_finite() or item.quantity <= 0:
            raise Problem(ProblemKind.INVALID, what="return_pieces", value=item.title or item.sku)
        key = _line_of(item, lines)
        if lines and key not in known:
            raise Problem(ProblemKind.INVALID, what="return_line", value=item.title or item.sku)
        line = known.get(key)
        title = one_line(line.title if line else item.title) or one_line(item.sku)
        if not title:
            raise Problem(ProblemKind.EMPTY, what="return_item")
        if line is not None:
            if item.quantity > left[key]:
                most = plain_number(max(left[key], Decimal(0)))
                raise Problem(ProblemKind.INVALID, what="return_quantity", value=title, most=most)
            left[key] -= item.quantity
        sku = line.sku if line else one_line(item.sku, 120)
        instead = one_line(item.instead)
        found.append(ReturnItem(title, item.quantity, sku, key, item.condition, instead))
    return tuple(found)


def _line_of(item: ReturnItem, lines: tuple[OrderLine, ...]) -> str:
    if item.line_key:
        return item.line_key
    sku, title = one_line(item.sku).casefold(), one_line(item.title).casefold()
    for line in lines:
        if sku and line.sku.casefold() == sku:
            return line_key(line)
    for line in lines:
        if title and one_line(line.title).casefold() == title:
            return line_key(line)
    return ""


def checked_refund(
    amount: Decimal, currency: str, paid: Decimal | None, paid_in: str, given: Decimal, over: bool
) -> None:
    """``given``: what other cases of this order give back. Raises Problem INVALID:
    what="return_refund" for no amount, "return_currency" for another currency than the order's,
    "return_over_paid" (``most``, ``currency``) for more than was paid, unless ``over``."""
    if not amount.is_finite() or amount <= 0:
        raise Problem(ProblemKind.INVALID, what="return_refund", value=str(amount))
    if paid_in and currency != paid_in:
        raise Problem(ProblemKind.INVALID, what="return_currency", value=currency, currency=paid_in)
    if paid is not None and not over and amount > paid - given:
        most = plain_number(max(paid - given, Decimal(0)))
        raise Problem(
            ProblemKind.INVALID,
            what="return_over_paid",
            value=plain_number(amount),
            most=most,
            currency=currency,
        )


def wakes_at(
    now: datetime, closed: bool, remind_on: date | None, deadline: date | None
) -> datetime | None:
    """When the case brings its ticket back next: on the day asked for, and when its deadline is
    over without an end."""
    if closed:
        return None
    over = None if deadline is None else deadline + timedelta(days=1)
    mornings = [morning_of(day) for day in (remind_on, over) if day is not None]
    return min((one for one in mornings if one > now), default=None)
