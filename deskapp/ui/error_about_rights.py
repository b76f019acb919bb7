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
    (K.NOT_ALLOWED, "owner_only"): texts(
        N("Errors", "Only the owner does this"),
        N("Errors", "Only the owner of the desk's tables ({login}) sees, and moves, all of it."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Ask who set up the team's desk."),
    ),
    (K.NOT_ALLOWED, "junior_sends"): texts(
        N("Errors", "A senior approves it first"),
        N("Errors", "What a junior writes leaves when a senior approves it."),
        N("Errors", "Nothing was sent; what you wrote is kept."),
        N("Errors", "Hand in a reply to the customer, or ask a senior to send this one."),
    ),
    (K.NOT_ALLOWED, "junior_joins"): texts(
        N("Errors", "A colleague does this"),
        N("Errors", "A junior merges, splits and moves neither tickets nor customers."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Ask an agent, a lead or an admin to do it."),
    ),
    (K.NOT_ALLOWED, "junior_shares"): texts(
        N("Errors", "The team's, not a junior's"),
        N("Errors", "What the whole team uses is not a junior's to make or change."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Keep one of your own, or ask an agent, a lead or an admin."),
    ),
    (K.NOT_ALLOWED, "junior_imports"): texts(
        N("Errors", "A colleague does this"),
        N("Errors", "A junior takes in no file of customers."),
        N("Errors", "Nothing was changed or imported."),
        N("Errors", "Ask an agent, a lead or an admin to do it."),
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
        N("Errors", "Ask a colleague, or take it back and send it yourself."),
    ),
    (K.NOT_ALLOWED, "withdraw_own"): texts(
        N("Errors", "Somebody else's reply"),
        N("Errors", "Only its writer can take a reply back."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Return it with a comment instead."),
    ),
    (K.CHANGED_MEANWHILE, "approval"): texts(
        N("Errors", "Decided meanwhile"),
        N("Errors", "Somebody else decided about this reply, or its writer took it back."),
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
            "Check the password that came with the link. It is good for a week and for joining "
            "once: ask who sent it for a new one.",
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
    (K.INVALID, "leave_self"): texts(
        N("Errors", "Not yourself"),
        N("Errors", "Nobody ends their own access."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Another admin does it; make somebody one first."),
    ),
    (K.INVALID, "heir"): texts(
        N("Errors", "Nobody to hand over to"),
        N("Errors", "Tickets are handed to a colleague who works here, or to a team."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Choose another one: this one may have left meanwhile."),
    ),
    (K.DUPLICATE, "login"): texts(
        N("Errors", "Login taken"),
        N("Errors", "The database server has a login {value} already."),
        N("Errors", "Nobody was added, and nothing was changed."),
        N("Errors", "Choose another login."),
    ),
    (K.INVALID, "login"): texts(
        N("Errors", "Not a login"),
        N("Errors", "{value} cannot be a login."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Use small letters, digits, dots and hyphens, and begin with a letter."),
    ),
    (K.NOT_FOUND, "login"): texts(
        N("Errors", "No login"),
        N("Errors", "{value} has no login of this desk."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Give them one first."),
    ),
    (K.NOT_ALLOWED, "make_roles"): texts(
        N("Errors", "No login can be made"),
        N("Errors", "The desk’s owner, {login}, may not make logins."),
        N("Errors", "Nobody was added, and nothing was changed."),
        N("Errors", "The server’s administrator runs: ALTER ROLE {login} CREATEROLE"),
    ),
    (K.INVALID, "not_set_up"): texts(
        N("Errors", "No own logins here"),
        N("Errors", "On this desk nobody has a login of their own yet."),
        N("Errors", "Nothing was changed."),
        N("Errors", "The database’s owner runs “deskapp team-desk set-up” first."),
    ),
    (K.NOT_ALLOWED, "connect"): texts(
        N("Errors", "Not your desk any more"),
        N("Errors", "The database does not open for your login. It said: {said}"),
        N("Errors", "Nothing was read or changed."),
        N("Errors", "Ask an admin: your access has ended, or has yet to be given."),
    ),
    (K.TLS_UNAVAILABLE, "desk"): texts(
        N("Errors", "No protected line"),
        N("Errors", "The desk's server offers no TLS, and this desk's address asks for it."),
        N("Errors", "No password was sent."),
        N("Errors", "Ask who runs the server to switch it on."),
    ),
    (K.TLS_UNAVAILABLE, "desk_bound"): texts(
        N("Errors", "The line ends elsewhere"),
        N("Errors", "The desk's server did not bind the password's exchange to this line."),
        N("Errors", "Nothing was read or changed."),
        N("Errors", "Ask who gave you the link: something may stand between, as a pooler does."),
    ),
    (K.TLS_UNTRUSTED, "desk"): texts(
        N("Errors", "Certificate not trusted"),
        N("Errors", "The desk's server showed a certificate that this computer does not trust."),
        N("Errors", "No password was sent."),
        N("Errors", "Ask who runs the server for its authority's certificate."),
    ),
    (K.TLS_UNTRUSTED, "desk_name"): texts(
        N("Errors", "Certificate of another name"),
        N("Errors", "The desk's server showed a certificate for another name. It said: {said}"),
        N("Errors", "No password was sent."),
        N("Errors", "Check the server's name, or ask for a link with the right one."),
    ),
    (K.TLS_UNTRUSTED, "desk_root"): texts(
        N("Errors", "Nothing to check with"),
        N("Errors", "The certificate to check the server against is not there: {said}"),
        N("Errors", "No password was sent."),
        N("Errors", "Put the certificate there, or ask for a link with tls=bound."),
    ),
    (K.SIGN_IN_REFUSED, "desk_door"): texts(
        N("Errors", "The server lets nobody in from here"),
        N("Errors", "The desk's server refuses this computer, or such a line. It said: {said}"),
        N("Errors", "Nothing was read or changed."),
        N("Errors", "Ask who runs the server for a line in its pg_hba.conf."),
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
