"""Reading a shop's JSON as what it should be, without trusting that it is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, DecimalException

from deskapp.domain.order_faults import FaultKind, RowFault
from deskapp.domain.orders import OrderData
from deskapp.domain.plain import one_line, plain_text

from .answers import Json

_LONGEST = 4000
_SHOWN = 100
_MOST_DIGITS = 15  # before the mark; nobody's order costs more


class Misshapen(Exception):
    """One value that cannot be what its name says."""

    def __init__(self, why: FaultKind, name: str, value: Json) -> None:
        super().__init__(why.value)
        self.why, self.name, self.value = why, name, one_line(str(value), _SHOWN)


@dataclass(frozen=True, slots=True)
class Shape:
    """An object of a shop's answer. Paths are names with dots between ("customer.email"); what is
    missing, null or of another kind is empty."""

    data: Mapping[str, Json]

    def text(self, path: str) -> str:
        """On one line; numbers as their digits."""
        return one_line(self._scalar(path), _LONGEST)

    def lines(self, path: str) -> str:
        """Text that may have several lines."""
        return plain_text(self._scalar(path))[:_LONGEST]

    def shape(self, path: str) -> "Shape":
        found = self._at(path)
        return Shape(found if isinstance(found, Mapping) else {})

    def shapes(self, path: str) -> tuple["Shape", ...]:
        return shapes_of(self._at(path))

    def texts(self, path: str) -> tuple[str, ...]:
        """A list of texts, empty ones left out."""
        found = self._at(path)
        if isinstance(found, str) or not isinstance(found, Sequence):
            return ()
        return tuple(
            filter(None, (one_line(one, _LONGEST) for one in found if isinstance(one, str)))
        )

    def money(self, path: str) -> Decimal | None:
        """Exact, None where there is nothing. Raises Misshapen."""
        return self._number(path, FaultKind.BAD_MONEY)

    def quantity(self, path: str) -> Decimal:
        """0 where there is nothing. Raises Misshapen."""
        return self._number(path, FaultKind.BAD_QUANTITY) or Decimal(0)

    def count(self, path: str) -> int | None:
        number = self._number(path, FaultKind.BAD_QUANTITY)
        return None if number is None else int(number)

    def instant(self, path: str) -> datetime | None:
        """ISO 8601 in UTC; a time without a zone is meant in UTC. Raises Misshapen."""
        text = self.text(path)
        if not text or text.startswith("0000-00-00"):  # how PHP shops write "never"
            return None
        try:
            at = datetime.fromisoformat(text)
            return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
        except (ValueError, OverflowError):
            raise Misshapen(FaultKind.BAD_DATE, path, text) from None

    def web_address(self, path: str) -> str:
        """An address that a window may offer to open, "" for anything else."""
        text = self.text(path)
        return text if text.lower().startswith(("https://", "http://")) else ""

    def _number(self, path: str, why: FaultKind) -> Decimal | None:
        found = self._at(path)
        if found is None or found == "":
            return None
        if isinstance(found, bool) or not isinstance(found, (int, Decimal, str)):
            raise Misshapen(why, path, found)
        try:
            number = Decimal(found)
        except DecimalException:
            raise Misshapen(why, path, found) from None
        if not number.is_finite() or not -_MOST_DIGITS <= number.adjusted() < _MOST_DIGITS:
            raise Misshapen(why, path, found)
        return number

    def _scalar(self, path: str) -> str:
        found = self._at(path)
        if isinstance(found, bool) or not isinstance(found, (str, int, Decimal)):
            return ""
        return str(found)

    def _at(self, path: str) -> Json:
        found: Json = self.data
        for name in path.split("."):
            if not isinstance(found, Mapping):
                return None
            found = found.get(name)
        return found


def shape_of(data: Json) -> Shape:
    return Shape(data if isinstance(data, Mapping) else {})


def shapes_of(data: Json) -> tuple[Shape, ...]:
    """The objects of a list; what is none of them counts as an empty one and is not passed over."""
    if isinstance(data, str) or not isinstance(data, Sequence):
        return ()
    return tuple(map(shape_of, data))


def read_each(
    shapes: Iterable[Shape], number: str, read: Callable[[Shape], OrderData]
) -> tuple[tuple[OrderData, ...], tuple[RowFault, ...]]:
    """The orders that can be read, and a fault for each other. ``number`` is where an order has
    its number."""
    orders: list[OrderData] = []
    faults: list[RowFault] = []
    for place, shape in enumerate(shapes, 1):
        named = shape.text(number)
        if not named:
            faults.append(RowFault(place, FaultKind.MISSING_NUMBER, "", number))
            continue
        try:
            orders.append(read(shape))
        except Misshapen as bad:
            faults.append(RowFault(place, bad.why, bad.value, bad.name, named))
    return tuple(orders), tuple(faults)
