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
    (K.NOT_ALLOWED, "junior_sends"): texts(
        N("Errors", "A senior approves it first"),
        N("Errors", "What a junior writes leaves when a senior approves it."),
        N("Errors", "Nothing was sent; what you wrote is kept."),
        N("Errors", "Hand in a reply to the customer, or ask a senior to send this one."),
    ),
    (K.NOT_ALLOWED, "approve_junior"): texts(
        N("Errors", "Not yours to approve"),
        N("Errors", "A junior's approval is not enough."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Ask an agent, a lead or an admin."),
    ),
    (K.NOT_ALLOWED, "approve_own"): texts(
        N("Errors", "Your own reply"),
        N("Errors", "Nobody approves what they wrote themselves."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Ask a colleague, or withdraw it and send it yourself."),
    ),
    (K.NOT_ALLOWED, "withdraw_own"): texts(
        N("Errors", "Somebody else's reply"),
        N("Errors", "Only its writer withdraws a reply."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Return it with a comment instead."),
    ),
    (K.CHANGED_MEANWHILE, "approval"): texts(
        N("Errors", "Decided meanwhile"),
        N("Errors", "Somebody else decided about this reply, or its writer withdrew it."),
        N("Errors", "Nothing was changed; what you wrote is still here."),
        N("Errors", "Look at what became of it."),
    ),
    (K.EMPTY, "comment"): texts(
        N("Errors", "No comment"),
        N("Errors", "A reply is returned with a comment, and there is none."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Say what should be otherwise."),
    ),
}
