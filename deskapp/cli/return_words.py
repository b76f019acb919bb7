"""Dates, amounts and items as they are written on the command line."""

from datetime import date
from decimal import Decimal, InvalidOperation

from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.return_cases import Condition, ReturnItem


def day(written: str | None) -> date | None:
    """YYYY-MM-DD; None for nothing and for "none". Raises Problem(INVALID, what="return_day")."""
    if written is None or written == "none":
        return None
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise Problem(ProblemKind.INVALID, what="return_day", value=written) from error


def number(written: str, what: str) -> Decimal:
    """Raises Problem(INVALID, what=what) for what is no number."""
    try:
        return Decimal(written)
    except InvalidOperation as error:
        raise Problem(ProblemKind.INVALID, what=what, value=written) from error


def items(
    written: list[str] | None, instead: list[str] | None, condition: list[str] | None
) -> tuple[ReturnItem, ...] | None:
    """Each is like 2xSKU, the others like SKU=WHAT. None: nothing was said."""
    if written is None:
        return None
    others, states = _pairs(instead), _pairs(condition)
    found = []
    for one in written:
        count, mark, sku = one.replace("×", "x").partition("x")
        name = sku.strip() if mark else one.strip()
        quantity = number(count, "return_pieces") if mark else Decimal(1)
        state = _state(states.get(name, ""))
        found.append(ReturnItem(name, quantity, name, "", state, others.get(name, "")))
    return tuple(found)


def _state(word: str) -> Condition:
    if word not in list(Condition):
        raise Problem(ProblemKind.INVALID, what="return_condition", value=word)
    return Condition(word)


def _pairs(given: list[str] | None) -> dict[str, str]:
    named = (one.partition("=") for one in given or ())
    return {name.strip(): value.strip() for name, _, value in named}
