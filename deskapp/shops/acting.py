"""What changing an order is like at every shop: checks before, one request, proof after."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Generic, TypeVar

from deskapp.domain.currencies import minor_places
from deskapp.domain.order_acts import SETTLED, ActEnd, ActReport, Pieces, Seen
from deskapp.domain.plain import one_line, plain_text
from deskapp.domain.problem import Problem, ProblemKind

from .answers import Json
from .line import Unclear
from .shapes import Misshapen, Shape, shapes_of

_GOOD_KEY = re.compile(r"[0-9A-Za-z_-]{8,40}")
_LONGEST_WORDS = 300
_LONGEST_NOTE = 3000  # with its proof it is read back whole
_STALE_SECONDS = 300
_BEFORE_WORK = (ProblemKind.SIGN_IN_REFUSED, ProblemKind.SCOPE_MISSING, ProblemKind.SLOW_DOWN)

Asked = TypeVar("Asked")


@dataclass(frozen=True, slots=True)
class Step(Generic[Asked]):
    """The one request that changes something, and what its answer amounts to."""

    request: Asked
    read: Callable[[Shape], ActReport]


@contextmanager
def before_sending() -> Iterator[None]:
    """Whatever goes wrong in here, nothing that changes an order has left.

    Raises Problem(TOO_SLOW) when it took so long that what was read is not true any more: a
    machine that fell asleep in between sends nothing when it wakes.
    """
    begun = now()
    try:
        yield
        gone = (now() - begun).total_seconds()
        if gone > _STALE_SECONDS:
            raise Problem(ProblemKind.TOO_SLOW, what="shop", seconds=int(gone), sent=0)
    except Problem as problem:
        raise Problem(problem.kind, **{**problem.details, "sent": 0}) from problem
    except Misshapen as bad:
        raise Problem(ProblemKind.BAD_ANSWER, said=f"{bad.name}: {bad.value}", sent=0) from bad


def performed(
    send: Callable[[Asked], Shape],
    step: Step[Asked],
    found: Callable[[], ActReport | None],
) -> ActReport:
    """Sends a step once. What is no clear answer is UNCLEAR; a clear no is a Problem.

    Such a no is held against what the shop shows: a plug-in may fail after the change was saved,
    and then its words are the answer.
    """
    try:
        return step.read(send(step.request))
    except Unclear as unclear:
        said = unclear.problem.details.get("said")
        return ActReport(ActEnd.UNCLEAR, said=one_line(str(said or ""), _LONGEST_WORDS))
    except Misshapen as bad:
        return ActReport(ActEnd.UNCLEAR, said=one_line(f"{bad.name}: {bad.value}", _LONGEST_WORDS))
    except Problem as problem:
        if problem.details.get("sent") and problem.kind not in _BEFORE_WORK:
            try:
                shown = found()
            except (Problem, Misshapen):
                raise problem from None
            if shown and shown.end is not ActEnd.NOT_DONE:
                return shown
        raise


def refused(words: Iterable[str]) -> Problem:
    """The shop's no, in its own words."""
    said = one_line("; ".join(dict.fromkeys(filter(None, words))), _LONGEST_WORDS)
    return Problem(ProblemKind.SERVER_REFUSED, what="shop", said=said, sent=1)


def bare_key(key: str) -> str:
    """The key in letters that each shop takes for a name, at most 40 of them."""
    if _GOOD_KEY.fullmatch(key):
        return key
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def signature(key: str) -> str:
    """What stands in a text of the shop to prove that it came of the act with this key."""
    return f"(ref. {bare_key(key)})"


def signed(text: str, key: str, most: int = 1000) -> str:
    """A text with the proof at its end; where both are too long, it is the text that is cut."""
    proof = signature(key)
    kept = plain_text(text).strip()[: most - len(proof) - 1].rstrip()
    return f"{kept} {proof}" if kept else proof


def signed_note(text: str, key: str) -> str:
    """The same for a note, of which nothing is cut. Raises Problem(TOO_LARGE)."""
    whole_text = plain_text(text)
    if len(whole_text) > _LONGEST_NOTE:
        size = {"size": len(whole_text), "limit": _LONGEST_NOTE}
        raise Problem(ProblemKind.TOO_LARGE, what="order_note", sent=0, **size)
    return signed(whole_text, key, _LONGEST_NOTE + 100)


def is_signed(text: str, key: str) -> bool:
    return signature(key) in text


def unchanged(seen: Seen, changed_at: datetime | None) -> None:
    """Raises Problem(CHANGED_MEANWHILE) when the order is another one than the person saw."""
    if seen.changed_at is None or changed_at is None:
        return
    if seen.changed_at.replace(microsecond=0) != changed_at.replace(microsecond=0):
        raise Problem(ProblemKind.CHANGED_MEANWHILE, what="order", sent=0)


def known(order: Shape, name: str, ref: str) -> Shape:
    """The order, which must be the one asked for: whatever stands before a shop may answer with
    an empty object. Raises Problem(BAD_ANSWER)."""
    if order.text(name) != ref:
        raise Problem(ProblemKind.BAD_ANSWER, what="shop", said=order.text("message"))
    return order


def listed(data: Json) -> tuple[Shape, ...]:
    """The objects of a list, which must be one: nothing in it says that there is nothing.
    Raises Problem(BAD_ANSWER)."""
    if isinstance(data, str) or not isinstance(data, Sequence):
        raise Problem(ProblemKind.BAD_ANSWER, what="shop")
    return shapes_of(data)


def too_late(what: str) -> Problem:
    return Problem(ProblemKind.TOO_LATE, what=what, sent=0)


def invalid(what: str, value: str = "", **more: str) -> Problem:
    return Problem(ProblemKind.INVALID, what=what, value=value, sent=0, **more)


def too_many(pieces: Pieces) -> Problem:
    return invalid("pieces", f"{pieces.quantity.normalize():f}")


def absent(sent_at: datetime | None, now: datetime, settled: timedelta = SETTLED) -> ActReport:
    """What it means that the shop shows nothing of an act."""
    early = sent_at is not None and now - sent_at < settled
    return ActReport(ActEnd.UNDER_WAY if early else ActEnd.NOT_DONE)


def long_before(made: datetime | None, sent_at: datetime | None) -> bool:
    """Whether something was made before an act beyond doubt: shops' clocks and ours differ."""
    return made is not None and sent_at is not None and made < sent_at - timedelta(days=1)


def now() -> datetime:
    return datetime.now(UTC)


def check_amount(amount: Decimal, currency: str, most: Decimal) -> None:
    """Raises Problem when so much cannot be given back, or is no amount of this currency."""
    if most <= 0:
        raise too_late("order_refunded")
    places = minor_places(currency)
    fits = amount == round(amount, places)
    if not 0 < amount <= most or not fits:
        raise invalid("refund_amount", str(amount), most=f"{most:f}", currency=currency)


def rounded(amount: Decimal, currency: str) -> Decimal:
    """To the smallest coin of a currency."""
    return round(amount, minor_places(currency))


def whole(pieces: Pieces) -> int:
    """How many pieces, which shops count as whole ones. Raises Problem(INVALID)."""
    if pieces.quantity < 1 or pieces.quantity != int(pieces.quantity):
        raise too_many(pieces)
    return int(pieces.quantity)


def two_names(name: str) -> tuple[str, str]:
    """A whole name as the two fields that shops have; put together again it is the same."""
    first, _, last = name.strip().rpartition(" ")
    return (first, last) if first else (last, "")
