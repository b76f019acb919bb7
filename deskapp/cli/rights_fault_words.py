"""A Problem with who may do what on a team desk, as a command tells it."""

from deskapp.domain.problem import ProblemKind

K = ProblemKind

ABOUT_RIGHTS: dict[tuple[ProblemKind, str], str] = {
    (K.NOT_ALLOWED, "other_agent"): "On this desk you act as the person you signed in as "
    "({login}), and as nobody else. Nothing was changed; leave --as out, or sign in as the other.",
    (K.NOT_ALLOWED, "no_agent"): "The login {login} is nobody's on this desk (any more). Nothing "
    "was read or changed; ask the desk's owner to add you with `deskapp team-desk add`.",
    (K.NOT_ALLOWED, "owner_only"): "Only the owner of the desk's tables does this ({login}). "
    "Nothing was changed; sign in as the owner: put the address with that name into --desk.",
    (K.NOT_ALLOWED, "make_roles"): "The owner of the desk ({login}) may not make roles. Nothing "
    "was changed; have the server's administrator run: ALTER ROLE {login} CREATEROLE.",
    (K.NOT_ALLOWED, "audit"): "The audit is for leads and admins. Nothing was changed; ask one of "
    "them.",
    (K.NOT_ALLOWED, "junior_sends"): "What a junior writes leaves when a senior approves it, and "
    "this cannot be handed in for that. Nothing was sent; answer the ticket itself, or ask a "
    "senior to send it.",
    (K.NOT_ALLOWED, "junior_joins"): "A junior merges, splits and moves nothing, neither tickets "
    "nor customers, and takes nothing of that back. Nothing was changed; ask an agent, a lead or "
    "an admin to do it.",
    (K.NOT_ALLOWED, "junior_shares"): "What the whole team uses is not a junior's to make or "
    "change. Nothing was changed; keep one of your own, or ask an agent, a lead or an admin.",
    (K.NOT_ALLOWED, "junior_carries"): "A junior's program neither fetches nor sends mail. Nothing "
    "was fetched, and what waits is kept; run it as an agent, a lead, an admin or an engine.",
    (K.NOT_ALLOWED, "junior_imports"): "A junior takes in no file of customers. Nothing was "
    "changed or imported; ask an agent, a lead or an admin to do it.",
    (K.NOT_ALLOWED, "approve_junior"): "A junior's approval is not enough. Nothing was changed; "
    "ask an agent, a lead or an admin.",
    (K.NOT_ALLOWED, "approve_own"): "Nobody approves what they wrote themselves. Nothing was "
    "changed; ask a colleague, or take it back and send it.",
    (K.NOT_ALLOWED, "withdraw_own"): "Only its writer takes a reply back. Nothing was changed; "
    "return it with a comment instead.",
    (K.CHANGED_MEANWHILE, "approval"): "Somebody else decided about this reply meanwhile, or its "
    "writer took it back. Nothing was changed; see `deskapp approval show`.",
    (K.EMPTY, "comment"): "A reply is returned with a comment, and there is none. Nothing was "
    "changed; say what should be otherwise.",
    (K.INVALID, "team_desk"): "A desk in a file has no sign-ins. Nothing was changed; take it to "
    "PostgreSQL first with `deskapp move URL`.",
    (K.INVALID, "not_set_up"): "This desk is not a team desk yet. Nothing was changed; its owner "
    "runs `deskapp team-desk set-up`.",
    (K.INVALID, "groups"): "“{value}” cannot begin the names of roles. Nothing was changed; use "
    "small letters, digits and underscores, 40 at most.",
    (K.DUPLICATE, "groups"): "The server's roles that begin like “{value}” are another desk's, or "
    "this one's already have another name. Nothing was changed; name others with --groups.",
    (K.DUPLICATE, "login"): "The server has a login “{value}” already, and it is not free for "
    "this. Nothing was changed; choose another name.",
    (K.INVALID, "login"): "“{value}” cannot be a login. Nothing was changed; use small letters, "
    "digits, dots and hyphens, and begin with a letter.",
    (K.NOT_FOUND, "login"): "“{value}” has no login of this desk, or another one. Nothing was "
    "changed; see `deskapp agent list`.",
    (K.INVALID, "last_admin"): "{value} is the only admin, and somebody must be. Nothing was "
    "changed; make another one first.",
    (K.INVALID, "heir"): "Tickets are handed to somebody else who works here, or to a team. "
    "Nothing was changed; name another one with --to or --to-team.",
    (K.INVALID, "leave_self"): "Nobody ends their own access ({value}). Nothing was changed; "
    "another admin does it, or the desk's owner.",
    (K.INVALID, "join_link"): "“{value}” is no link to join a desk with. Nothing was changed; "
    "copy it whole, from deskapp-join: to the end.",
    (K.NOT_ALLOWED, "connect"): "You may not open this database ({said}). Nothing was read or "
    "changed; either your access to the desk has ended, or its owner has yet to give your login "
    "its role with `deskapp team-desk add`.",
    (
        K.TLS_UNAVAILABLE,
        "desk",
    ): "The desk's server offers no TLS, and this desk's address asks for "
    "it ({said}). No password was sent; ask who runs the server to switch `ssl` on.",
    (K.TLS_UNAVAILABLE, "desk_bound"): "The desk's server did not bind the password's exchange to "
    "the line: something between ends the TLS, or the server asks for no password, or for one the "
    "old way ({said}). Nothing was read or changed; ask who runs it for scram-sha-256 in "
    "pg_hba.conf, or for a link with tls=verify-full.",
    (K.TLS_UNTRUSTED, "desk"): "The desk's server showed a certificate of an authority that this "
    "computer does not trust ({said}). No password was sent; put the authority's certificate into "
    "~/.postgresql/root.crt, or ask for a link with tls=bound.",
    (K.TLS_UNTRUSTED, "desk_name"): "The desk's server showed a certificate for another name "
    "({said}). No password was sent; use the name that the certificate is for, or ask for a link "
    "with it.",
    (K.TLS_UNTRUSTED, "desk_root"): "The certificate to check the desk's server against is not "
    "there ({said}). No password was sent; put it there, or ask for a link with tls=bound.",
    (K.SIGN_IN_REFUSED, "desk_door"): "The desk's server lets nobody in from here with this login, "
    "or not over such a line ({said}). Nothing was read or changed; ask who runs it for a line in "
    "pg_hba.conf.",
    (K.SIGN_IN_REFUSED, "join"): "The desk's database refused the login or the password ({said}). "
    "Nothing was kept, and your password was not changed. A first password is good for a week and "
    "for one joining: ask an admin for another (`deskapp team-desk password NAME`).",
    (K.INVALID, "wrong_desk"): "At that address there is another desk than the one the link is "
    "for ({value}). Nothing was kept; ask for a new link.",
}
