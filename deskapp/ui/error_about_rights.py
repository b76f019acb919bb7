"""Sentences about who may do what on a team desk."""

from deskapp.domain.problem import ProblemKind

from .error_texts import Texts, texts
from .translatable import N

K = ProblemKind

ABOUT_RIGHTS: dict[tuple[ProblemKind, str], Texts] = {
    (K.NOT_ALLOWED, "other_agent"): texts(
        N("Errors", "You act as yourself"),
        N("Errors", "On this desk you act as the person you signed in as: {login}"),
        N("Errors", "Nothing was changed."),
        N("Errors", "Who wants to act as somebody else signs in as them."),
    ),
    (K.NOT_ALLOWED, "no_agent"): texts(
        N("Errors", "Nobody's sign-in"),
        N("Errors", "The sign-in {login} is nobody's on this desk, or its person has left."),
        N("Errors", "Nothing was read or changed."),
        N("Errors", "Ask the desk's owner or an admin to add you."),
    ),
}
