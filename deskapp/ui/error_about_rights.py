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
    (K.SIGN_IN_REFUSED, "join"): texts(
        N("Errors", "Sign-in refused"),
        N("Errors", "The desk's database did not accept the name or the password."),
        N("Errors", "What you typed stands here still, and your password was not changed."),
        N(
            "Errors",
            "Check the password that came with the link, or ask who sent it for a new one.",
        ),
    ),
    (K.INVALID, "join_link"): texts(
        N("Errors", "Not a link to join with"),
        N("Errors", "This cannot be read as a link to a team's desk: {value}"),
        N("Errors", "Nothing was changed."),
        N("Errors", "Copy it whole, from deskapp-join: to the end."),
    ),
    (K.INVALID, "wrong_desk"): texts(
        N("Errors", "Another desk"),
        N("Errors", "At the link's address there is another desk: {value}"),
        N("Errors", "Nothing was kept."),
        N("Errors", "Ask who sent the link for a new one."),
    ),
    (K.PLAIN_NOT_LOOPBACK, "desk"): texts(
        N("Errors", "Not without protection"),
        N("Errors", "The link leads to {host} without protection (TLS)."),
        N("Errors", "No password was sent."),
        N("Errors", "Ask who sent the link for one with TLS."),
    ),
    (K.INVALID, "last_admin"): texts(
        N("Errors", "The only admin"),
        N("Errors", "{value} is the only admin, and somebody must be."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Make somebody else an admin first."),
    ),
    (K.NOT_ALLOWED, "owner_works"): texts(
        N("Errors", "You are the desk's owner"),
        N(
            "Errors",
            "You signed in as {login}, the owner of the desk, who may do everything.",
        ),
        N("Errors", "Nothing is changed by looking."),
        N(
            "Errors",
            "For daily work sign in as yourself; docs/team.md says how.",
        ),
    ),
}
