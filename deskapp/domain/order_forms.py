"""Order forms: what is asked of people for shops that nobody here can write to."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from .ids import OrderFormId, OrderId, TicketId
from .plain import one_line
from .problem import Problem, ProblemKind
from .return_cases import plain_number


class FormKind(StrEnum):
    """What is asked for. Stored."""

    PLACE = "place"
    CHANGE = "change"
    CANCEL = "cancel"


class FormState(StrEnum):
    """Who has to do something. Only a person says that it was done. Stored."""

    DRAFT = "draft"
    ASKED = "asked"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class FormItem:
    """One line of what is wanted; ``price`` is per piece, None where nobody names one."""

    title: str
    quantity: Decimal
    sku: str = ""
    price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class FormText:
    """What a person writes into a form."""

    kind: FormKind
    items: tuple[FormItem, ...] = ()
    address: str = ""
    payment: str = ""
    note: str = ""
    currency: str = ""
    customer_name: str = ""
    customer_mail: str = ""
    order_id: OrderId | None = None
    order_number: str = ""

    @property
    def total(self) -> Decimal | None:
        """What the items come to; None where a price is missing."""
        prices = [None if one.price is None else one.price * one.quantity for one in self.items]
        known = [one for one in prices if one is not None]
        return sum(known, Decimal(0)) if known and len(known) == len(prices) else None


@dataclass(frozen=True, slots=True)
class OrderForm:
    """One form on a ticket, with who did what to it."""

    id: OrderFormId
    ticket_id: TicketId
    ticket_number: int
    state: FormState
    text: FormText
    created_at: datetime
    created_by: str
    asked_at: datetime | None
    asked_by: str
    asked_of: str
    ended_at: datetime | None
    ended_by: str
    ended_words: str
    version: int


def checked_form(given: FormText) -> FormText:
    """As it is kept. Raises Problem EMPTY (what="form_items") for nothing to order or to change,
    INVALID (what="form_item") for an item without name, count or a price that is one."""
    items = []
    for one in given.items:
        title, sku = one_line(one.title), one_line(one.sku, 120)
        priced = one.price is None or (one.price.is_finite() and one.price >= 0)
        counted = one.quantity.is_finite() and one.quantity > 0
        if not (title or sku) or not priced or not counted:
            raise Problem(ProblemKind.INVALID, what="form_item", value=title or sku)
        items.append(FormItem(title or sku, one.quantity, sku, one.price))
    if not items and given.kind is FormKind.PLACE:
        raise Problem(ProblemKind.EMPTY, what="form_items")
    if not items and given.kind is FormKind.CHANGE and not (given.address or given.note).strip():
        raise Problem(ProblemKind.EMPTY, what="form_items")
    return FormText(
        given.kind,
        tuple(items),
        given.address.strip(),
        given.payment.strip(),
        given.note.strip(),
        one_line(given.currency, 3).upper(),
        one_line(given.customer_name),
        one_line(given.customer_mail, 320),
        given.order_id,
        one_line(given.order_number, 120),
    )


_HEADS = {
    FormKind.PLACE: "New order",
    FormKind.CHANGE: "Change of order",
    FormKind.CANCEL: "Cancel order",
}


def as_text(form: FormText, ticket: int | None = None) -> str:
    """The form as plain text, for a mail or the clipboard."""
    head = " ".join(filter(None, (_HEADS[form.kind], form.order_number)))
    lines = [head if ticket is None else f"{head} (ticket {ticket})", ""]
    who = form.customer_name
    if form.customer_mail:
        who = f"{who} <{form.customer_mail}>".strip()
    for name, value in (("Customer", who), ("Payment", form.payment)):
        if value:
            lines.append(f"{name}: {value}")
    if form.items:
        lines += ["", "Items:"]
        lines += [f"- {_item_told(one, form.currency)}" for one in form.items]
        if form.total is not None:
            lines.append(f"Total: {plain_number(form.total)} {form.currency}".rstrip())
    for name, value in (("Address", form.address), ("Note", form.note)):
        if value:
            lines += ["", f"{name}:", value]
    return "\n".join(lines)


def _item_told(one: FormItem, currency: str) -> str:
    sku = f" [{one.sku}]" if one.sku and one.sku != one.title else ""
    price = "" if one.price is None else f", {plain_number(one.price)} {currency}".rstrip()
    return f"{plain_number(one.quantity)} × {one.title}{sku}{price}"


def items_stored(items: Iterable[FormItem]) -> str:
    """Items as the desk keeps them."""
    return json.dumps(
        [
            {
                "title": one.title,
                "quantity": plain_number(one.quantity),
                "sku": one.sku,
                "price": None if one.price is None else format(one.price, "f"),
            }
            for one in items
        ],
        ensure_ascii=False,
    )


def items_kept(stored: str) -> tuple[FormItem, ...]:
    """Reads ``items_stored`` back."""
    return tuple(
        FormItem(
            one["title"],
            Decimal(one["quantity"]),
            one["sku"],
            None if one["price"] is None else Decimal(one["price"]),
        )
        for one in json.loads(stored)
    )
