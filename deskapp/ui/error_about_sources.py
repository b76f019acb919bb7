"""Sentences for Problems about order sources and their keys."""

from deskapp.domain.problem import ProblemKind

from .error_texts import Texts, texts
from .translatable import N

K = ProblemKind
_UNCHANGED = N("Errors", "Nothing was changed.")

ABOUT_SOURCES: dict[tuple[ProblemKind, str], Texts] = {
    (K.NO_SECRET, "order_source"): texts(
        N("Errors", "No key on this computer"),
        N("Errors", "The key for {name} is not on this computer."),
        N("Errors", "Orders that are here stay readable."),
        N("Errors", "Enter it here, or let the computer read the shop that has it."),
    ),
    (K.EMPTY, "secret"): texts(
        N("Errors", "A part of the key is missing"),
        N("Errors", "Not every part of the key was entered."),
        _UNCHANGED,
        N("Errors", "Fill in the empty fields."),
    ),
    (K.EMPTY, "order_source"): texts(
        N("Errors", "A name is missing"),
        N("Errors", "A source of orders needs a name."),
        _UNCHANGED,
        N("Errors", "Write the name that your team will see beside the orders."),
    ),
    (K.EMPTY, "order_folder"): texts(
        N("Errors", "No folder"),
        N("Errors", "No folder was chosen."),
        _UNCHANGED,
        N("Errors", "Choose the folder that exports are saved into."),
    ),
    (K.EMPTY, "order_query"): texts(
        N("Errors", "No query"),
        N("Errors", "There is no query for the orders."),
        _UNCHANGED,
        N("Errors", "Write one SELECT that gives the orders."),
    ),
    (K.INVALID, "number_pattern"): texts(
        N("Errors", "No pattern of numbers"),
        N("Errors", "“{value}” is no pattern of order numbers."),
        _UNCHANGED,
        N(
            "Errors",
            r"Use letters, digits and signs as they are, \d for a digit, [A-Z] for one of these "
            "letters, {4,6} ? + for how often, and | between two ways.",
        ),
    ),
    (K.INVALID, "time zone"): texts(
        N("Errors", "No time zone"),
        N("Errors", "“{value}” is no time zone."),
        _UNCHANGED,
        N("Errors", "Write it like Asia/Ho_Chi_Minh."),
    ),
    (K.NOT_FOUND, "order_source"): texts(
        N("Errors", "The source is gone"),
        N("Errors", "This source of orders was removed."),
        _UNCHANGED,
        N("Errors", "Add it again if it is still needed."),
    ),
    (K.DUPLICATE, "order_source"): texts(
        N("Errors", "This name is taken"),
        N("Errors", "There is a source named “{value}” already."),
        _UNCHANGED,
        N("Errors", "Choose another name."),
    ),
    (K.CHANGED_MEANWHILE, "order_source"): texts(
        N("Errors", "Somebody was faster"),
        N("Errors", "A colleague changed this source meanwhile."),
        N("Errors", "Their change stands."),
        N("Errors", "Open it again and look at what is new."),
    ),
}
