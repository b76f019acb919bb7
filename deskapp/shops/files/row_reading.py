"""One row of a table as the part of an order that it tells, or the reason why it cannot be read."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from deskapp.domain.order_faults import FaultKind, RowFault
from deskapp.domain.order_files import Assumption, DateOrder, OrderField, ReadingHints
from deskapp.domain.orders import (
    OrderData,
    OrderLine,
    OrderStatus,
    PostalAddress,
    Shipment,
    number_key,
)
from deskapp.domain.person_names import whole_name

from ..standing import standing_of
from .dates import DateReading, NotADate, ReadDate
from .delimited import Row
from .item_cells import packed_items
from .money import DecimalMarks, NotMoney, currency_code, parse_money, parse_quantity

_F = OrderField
_LEADING = (_F.PLACED_AT, _F.STATUS, _F.PAYMENT_STATUS, _F.EMAIL, _F.NAME, _F.TOTAL)
_HAS_NUMBER_SIGNS = (_F.NUMBER, _F.ZIP, _F.PHONE, _F.SKU, _F.TRACKING)
_FORMULA_TEXT = re.compile(r'="(.*)"', re.DOTALL)
_CUT_BY_SPREADSHEET = re.compile(r"[0-9](?:[.,][0-9]+)?e\+[0-9]+", re.IGNORECASE)
_SPREADSHEET_FAULT = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|NULL!|DIV/0!|NUM!)", re.IGNORECASE)
_LONGEST_NUMBER = 64
_LONGEST_SHOWN = 100
_ASSUMED_ORDER = {
    DateOrder.DAY_FIRST: Assumption.DAY_FIRST,
    DateOrder.MONTH_FIRST: Assumption.MONTH_FIRST,
    DateOrder.YEAR_FIRST: Assumption.YEAR_FIRST,
}


@dataclass(frozen=True, slots=True)
class ReadRow:
    """What one row tells of an order; ``leads`` when it carries more than an item."""

    row: int
    order: OrderData
    leads: bool


class Unreadable(Exception):
    """The row cannot be read; carries what a RowFault says."""

    def __init__(self, why: FaultKind, field: OrderField | None = None, value: str = "") -> None:
        super().__init__(why.value)
        self.why = why
        self.field = field
        self.value = value


@dataclass(slots=True)
class RowReader:
    """Reads rows under what the whole file has shown.

    ``places`` are the columns of each field, best first; ``packed`` are columns that hold whole
    items; ``ragged`` files (workbooks) leave empty cells at the end of a row away. ``assumed``
    collects what was decided without proof, each with the first text that needed it.
    """

    header: Sequence[str]
    places: Mapping[OrderField, tuple[int, ...]]
    packed: tuple[int, ...]
    ragged: bool
    marks: DecimalMarks
    dates: DateReading
    read_date: Callable[[str], ReadDate]
    hints: ReadingHints
    assumed: dict[Assumption, str]
    _cells: tuple[str, ...] = ()
    _previous: str = ""

    def read(self, row: Row) -> ReadRow | RowFault:
        self._cells = row.cells
        number = self._cell(_F.NUMBER)
        if not number and self._continues(row):
            number = self._previous
        try:
            self._check_shape(row)
            self._check_number(number)
            order = self._order(number)
        except Unreadable as fault:
            if fault.why not in (FaultKind.MISSING_NUMBER, FaultKind.DAMAGED_NUMBER):
                self._previous = number
            column = self.header[self.places[fault.field][0]] if fault.field else ""
            return RowFault(row.number, fault.why, fault.value[:_LONGEST_SHOWN], column, number)
        self._previous = number
        return ReadRow(row.number, order, any(self._cell(field) for field in _LEADING))

    def _continues(self, row: Row) -> bool:
        """A row without a number that only adds an item, as merged cells leave it."""
        if row.broken:
            return True
        apart = (_F.PLACED_AT, _F.EMAIL, _F.NAME, _F.STATUS)
        return not any(map(self._cell, apart)) and bool(self._cell(_F.ITEM) or self._cell(_F.SKU))

    def _cell(self, field: OrderField) -> str:
        for place in self.places.get(field, ()):
            if place < len(self._cells) and (text := self._cells[place].strip()):
                if text.startswith('="') and (match := _FORMULA_TEXT.fullmatch(text)):
                    text = match.group(1).strip()
                # "'01234" is how spreadsheet programs are told that a number is a text.
                return text.removeprefix("'") if field in _HAS_NUMBER_SIGNS else text
        return ""

    def _check_shape(self, row: Row) -> None:
        shown = " ".join(cell for cell in row.cells if cell)[:_LONGEST_SHOWN]
        if row.broken:
            raise Unreadable(FaultKind.UNCLOSED_QUOTE, value=shown)
        if self.ragged:
            return
        if len(row.cells) <= max(places[0] for places in self.places.values()):
            raise Unreadable(FaultKind.TOO_FEW_COLUMNS, value=shown)
        if any(cell.strip() for cell in row.cells[len(self.header) :]):
            raise Unreadable(FaultKind.TOO_MANY_COLUMNS, value=shown)

    def _check_number(self, number: str) -> None:
        if _CUT_BY_SPREADSHEET.fullmatch(number) or len(number) > _LONGEST_NUMBER:
            raise Unreadable(FaultKind.DAMAGED_NUMBER, _F.NUMBER, number)
        if not number_key(number) or _SPREADSHEET_FAULT.fullmatch(number):
            raise Unreadable(FaultKind.MISSING_NUMBER, _F.NUMBER, number)

    def _order(self, number: str) -> OrderData:
        cell = self._cell
        named = currency_code(text) if (text := cell(_F.CURRENCY)) else ""
        if text and not named and len(text) == 3 and text.isascii() and text.isalpha():
            named = text.upper()
        total, currency = self._money(_F.TOTAL, named)
        placed_at = self._date(_F.PLACED_AT)
        shipments, ship_to = self._shipments(), self._ship_to()
        return OrderData(
            number=number,
            status=cell(_F.STATUS),
            payment_status=cell(_F.PAYMENT_STATUS),
            fulfilment_status=cell(_F.FULFILMENT_STATUS),
            standing=self._standing(shipments),
            placed_at=placed_at,
            currency=currency,
            total=total,
            customer_name=self._name(),
            email=cell(_F.EMAIL),
            phone=cell(_F.PHONE),
            note=cell(_F.NOTE),
            shipping_address=cell(_F.ADDRESS) or (ship_to.text if ship_to else ""),
            lines=self._lines(currency),
            shipments=shipments,
            changed_at=self._date(_F.CHANGED_AT),
            cancelled_at=self._date(_F.CANCELLED_AT),
            ship_to=ship_to,
        )

    def _money(self, field: OrderField, currency: str) -> tuple[Decimal | None, str]:
        """The amount, and the currency of the order as far as it is known after that."""
        text = self._cell(field)
        if not text:
            return None, currency
        try:
            amount = parse_money(text, self.marks, currency or self.hints.currency)
        except NotMoney:
            raise Unreadable(FaultKind.BAD_MONEY, field, text) from None
        if amount is None:
            return None, currency
        if amount.thousands_guessed:
            self.assumed.setdefault(Assumption.THOUSANDS, text)
        if currency or (amount.currency_guessed and self.hints.currency):
            return amount.value, currency
        if amount.currency_guessed and amount.currency:
            self.assumed.setdefault(Assumption.CURRENCY, amount.currency)
        return amount.value, amount.currency

    def _date(self, field: OrderField) -> datetime | None:
        text = self._cell(field)
        if not text.strip("0-/.: T"):  # of MySQL, "0000-00-00 00:00:00" is no date either
            return None
        try:
            date = self.read_date(text)
        except NotADate:
            raise Unreadable(FaultKind.BAD_DATE, field, text) from None
        if date.order_needed and len(self.dates.proven) != 1 and self.dates.order:
            self.assumed.setdefault(_ASSUMED_ORDER[self.dates.order], text)
        if date.zone_needed:
            self.assumed.setdefault(Assumption.NO_ZONE, text)
        return date.at

    def _standing(self, shipments: tuple[Shipment, ...]) -> OrderStatus:
        words = [self._cell(_F.STATUS), self._cell(_F.PAYMENT_STATUS)]
        words.append(self._cell(_F.FULFILMENT_STATUS))
        if self._date(_F.CANCELLED_AT):
            words.append("cancelled")
        if any(shipment.delivered_at for shipment in shipments):
            words.append("delivered")
        elif any(shipment.shipped_at for shipment in shipments):
            words.append("shipped")
        return standing_of(*words)

    def _name(self) -> str:
        first, last = self._cell(_F.FIRST_NAME), self._cell(_F.LAST_NAME)
        if first and last:
            return whole_name(first, last)
        return self._cell(_F.NAME) or first or last or self._cell(_F.SHIP_NAME)

    def _ship_to(self) -> PostalAddress | None:
        """None where a row has no street and no town: a name or a country alone leads nowhere."""
        cell = self._cell
        place = PostalAddress(
            name=cell(_F.SHIP_NAME),
            lines=tuple(filter(None, (cell(_F.STREET), cell(_F.STREET_2)))),
            postcode=cell(_F.ZIP),
            city=cell(_F.CITY),
            province=cell(_F.PROVINCE),
            country=cell(_F.COUNTRY),
        )
        return place if any((*place.lines, place.city, place.province, place.postcode)) else None

    def _lines(self, currency: str) -> tuple[OrderLine, ...]:
        title, sku = self._cell(_F.ITEM), self._cell(_F.SKU)
        # Without a column for items, a code alone may stand for several of them (Etsy's orders).
        counted = _F.ITEM in self.places or _F.QUANTITY in self.places
        if not title and not (sku and counted):
            return self._packed_lines()
        text = self._cell(_F.QUANTITY)
        try:
            quantity = parse_quantity(text, self.marks)
        except NotMoney:
            raise Unreadable(FaultKind.BAD_QUANTITY, _F.QUANTITY, text) from None
        price, _ = self._money(_F.PRICE, currency)
        return (OrderLine(sku, title, quantity, price),)

    def _packed_lines(self) -> tuple[OrderLine, ...]:
        lines: list[OrderLine] = []
        for place in self.packed:
            cell = self._cells[place] if place < len(self._cells) else ""
            try:
                lines.extend(packed_items(cell, self.marks))
            except NotMoney:
                raise Unreadable(FaultKind.BAD_QUANTITY, value=cell) from None
        return tuple(lines)

    def _shipments(self) -> tuple[Shipment, ...]:
        shipped_at, delivered_at = self._date(_F.SHIPPED_AT), self._date(_F.DELIVERED_AT)
        link = self._cell(_F.TRACKING_URL)
        # What a window will offer to open is a web address and nothing else.
        link = link if link.lower().startswith(("https://", "http://")) else ""
        carrier = self._cell(_F.CARRIER)
        numbers = [text.strip() for text in re.split(r"[,;|\n]", self._cell(_F.TRACKING))]
        numbers = [number for number in numbers if number]
        if not numbers and not (link or shipped_at or delivered_at):
            return ()
        return tuple(
            Shipment(carrier, number, link, shipped_at, delivered_at) for number in numbers or [""]
        )
