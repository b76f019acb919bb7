"""What stands in the fields of an order form, read and written."""

from decimal import Decimal, InvalidOperation
from typing import cast

from PySide6.QtWidgets import QWidget

from deskapp.domain.order_forms import FormItem, FormKind, FormState, FormText, OrderForm
from deskapp.domain.order_rows import OrderDetail
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.return_cases import plain_number


class PressedState(QWidget):
    """What was pressed, and of whom it was asked, as a field of the form: a colleague may have
    pressed something else."""

    def __init__(self, now: "Pressed") -> None:
        super().__init__()
        self._pressed = now
        self.setAccessibleName(self.tr("State"))
        self.hide()

    def press(self, to: "Pressed") -> None:
        self._pressed = to

    def stated(self) -> object:
        return self._pressed

    def state(self, value: object) -> None:
        self._pressed = cast("Pressed", value)

    def stated_words(self, value: object) -> str:
        state, of = cast("Pressed", value)
        return " · ".join(filter(None, (self._words(state), of)))

    def _words(self, state: FormState) -> str:
        return {
            FormState.DRAFT: self.tr("not asked for yet"),
            FormState.ASKED: self.tr("asked for"),
            FormState.DONE: self.tr("done"),
            FormState.DROPPED: self.tr("dropped"),
        }[state]


Pressed = tuple[FormState, str]


def pressed(kept: OrderForm | None) -> Pressed:
    """What a form's state is, as ``PressedState`` has it."""
    return (FormState.DRAFT, "") if kept is None else (kept.state, kept.asked_of)


def lines(text: FormText) -> str:
    """An item in each."""
    return "\n".join(map(_line, text.items))


def begun(order: OrderDetail | None) -> FormText:
    """What a new form about an order begins with."""
    if order is None:
        return FormText(FormKind.PLACE)
    row = order.row
    return FormText(
        FormKind.CHANGE,
        tuple(
            FormItem(one.title or one.sku, one.quantity, one.sku, one.price) for one in order.lines
        ),
        order.address,
        "",
        "",
        row.currency,
        row.name,
        row.email,
        row.id,
        row.number,
    )


def _line(one: FormItem) -> str:
    sku = f" [{one.sku}]" if one.sku and one.sku != one.title else ""
    price = "" if one.price is None else f" @ {one.price:f}"
    return f"{plain_number(one.quantity)} × {one.title}{sku}{price}"


def item(written: str) -> FormItem:
    """Reads ``_line`` back; what is left out is one piece without a price."""
    told, _, price = written.partition("@")
    count, mark, rest = told.partition("×")
    named, _, sku = (rest if mark else told).partition("[")
    try:
        return FormItem(
            named.strip(),
            Decimal(count.strip()) if mark else Decimal(1),
            sku.strip().removesuffix("]").strip(),
            Decimal(price.strip().replace(",", ".")) if price.strip() else None,
        )
    except InvalidOperation as error:
        raise Problem(ProblemKind.INVALID, what="form_item", value=written.strip()) from error
