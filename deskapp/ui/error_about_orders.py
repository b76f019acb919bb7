"""Sentences for Problems about return cases, order forms and acts in shops."""

from deskapp.domain.problem import ProblemKind

from .error_about_acts import ABOUT_ACTS
from .error_texts import Texts, texts
from .translatable import N

K = ProblemKind

ABOUT_ORDERS: dict[tuple[ProblemKind, str], Texts] = {
    (K.EMPTY, "return_about"): texts(
        N("Errors", "About what?"),
        N("Errors", "A return case is about an order or stands on a ticket."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Choose one of them."),
    ),
    (K.EMPTY, "return_item"): texts(
        N("Errors", "An item without a name"),
        N("Errors", "An item needs a title or an article number."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Write one."),
    ),
    (K.INVALID, "return_line"): texts(
        N("Errors", "Not in this order"),
        N("Errors", "“{value}” is not among what was bought with this order."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Choose one of the order's lines."),
    ),
    (K.INVALID, "return_pieces"): texts(
        N("Errors", "No number of pieces"),
        N("Errors", "“{value}” needs a number of pieces above zero."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Correct it."),
    ),
    (K.INVALID, "return_quantity"): texts(
        N("Errors", "More than was bought"),
        N("Errors", "Of “{value}” only {most} can still be returned."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Lower the number, or look at the order's other cases."),
    ),
    (K.INVALID, "return_refund"): texts(
        N("Errors", "No amount"),
        N("Errors", "“{value}” is no amount that can be given back."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Write it like 49.90."),
    ),
    (K.EMPTY, "return_refund"): texts(
        N("Errors", "How much?"),
        N("Errors", "A refund needs its amount."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Write the amount."),
    ),
    (K.INVALID, "return_currency"): texts(
        N("Errors", "Another currency"),
        N("Errors", "The order was paid in {currency}, not in {value}."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Use the order's currency."),
    ),
    (K.EMPTY, "return_currency"): texts(
        N("Errors", "In which currency?"),
        N("Errors", "The order names no currency."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Write its three letters, like EUR."),
    ),
    (K.INVALID, "return_over_paid"): texts(
        N("Errors", "More than was paid"),
        N("Errors", "Of this order {most} {currency} can still be given back, not {value}."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Lower the amount, or tick that it is meant."),
    ),
    (K.INVALID, "return_state"): texts(
        N("Errors", "Not a step from here"),
        N("Errors", "From where the case is, it cannot become “{value}”."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Choose one of the steps that are offered."),
    ),
    (K.INVALID, "return_days"): texts(
        N("Errors", "No number of days"),
        N("Errors", "“{value}” is no number of days from 1 to 365."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Correct it."),
    ),
    (K.INVALID, "return_day"): texts(
        N("Errors", "No date"),
        N("Errors", "“{value}” is no date."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Write it like 2026-12-01."),
    ),
    (K.INVALID, "return_condition"): texts(
        N("Errors", "No condition"),
        N("Errors", "“{value}” is no word for how a piece is."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Choose one from the list."),
    ),
    (K.CHANGED_MEANWHILE, "return"): texts(
        N("Errors", "Changed meanwhile"),
        N("Errors", "A colleague changed this return case after you opened it."),
        N("Errors", "Their change stands; what you wrote is still here."),
        N("Errors", "Look at what is new, then do it again."),
    ),
    (K.TOO_LATE, "return"): texts(
        N("Errors", "Nothing to take back"),
        N("Errors", "The last step of this case is not yours, or was taken back already."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Look at its history."),
    ),
    (K.INVALID, "admin_only"): texts(
        N("Errors", "For admins"),
        N("Errors", "Only an admin may change this."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Ask an admin, or be made one under Settings, Agents."),
    ),
    (K.INVALID, "nobody_acts"): texts(
        N("Errors", "Who are you?"),
        N("Errors", "This is only done under somebody's name, and nobody at work is named here."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Choose who you are under Settings, Agents."),
    ),
    (K.EMPTY, "form_items"): texts(
        N("Errors", "An empty form"),
        N("Errors", "The form names no item."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Add what is to be ordered or changed."),
    ),
    (K.INVALID, "form_item"): texts(
        N("Errors", "An item that cannot be used"),
        N(
            "Errors",
            "“{value}” needs a name, a number above zero, and a price that is a number or nothing.",
        ),
        N("Errors", "Nothing was changed."),
        N("Errors", "Correct it."),
    ),
    (K.TOO_LATE, "form"): texts(
        N("Errors", "This form has gone on"),
        N("Errors", "The form was asked for, done or dropped already."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Begin a new one if something else is wanted."),
    ),
    (K.CHANGED_MEANWHILE, "form"): texts(
        N("Errors", "Changed meanwhile"),
        N("Errors", "A colleague changed this form after you opened it."),
        N("Errors", "Their change stands; what you wrote is still here."),
        N("Errors", "Look at what is new, then do it again."),
    ),
    **ABOUT_ACTS,
}
