"""Sentences for Problems about who is away and who stands in."""

from deskapp.domain.problem import ProblemKind

from .error_texts import Texts, texts
from .translatable import N

K = ProblemKind

ABOUT_ASSIGNMENT: dict[tuple[ProblemKind, str], Texts] = {
    (K.INVALID, "until"): texts(
        N("Errors", "The end does not fit"),
        N("Errors", "That time has passed, or lies before the beginning."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Choose a later time, or no end."),
    ),
    (K.INVALID, "lead_only"): texts(
        N("Errors", "A lead says this"),
        N("Errors", "Only a lead or an admin may say this for others."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Ask one of them."),
    ),
    (K.INVALID, "substitute"): texts(
        N("Errors", "They cannot stand in"),
        N("Errors", "Their own substitutes lead back here, or they have left the desk."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Choose somebody else."),
    ),
}
