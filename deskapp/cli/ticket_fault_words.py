"""A ticket that moved on after somebody read it, as a command tells it."""

from deskapp.domain.problem import ProblemKind

K = ProblemKind

ABOUT_TICKETS: dict[tuple[ProblemKind, str], str] = {
    (K.CHANGED_MEANWHILE, "tag"): "Somebody renamed this tag; it is “{value}” now. Nothing was "
    "changed; name it so to give it another name.",
    (K.CHANGED_MEANWHILE, "ticket"): "The ticket has a newer message than the one answered. "
    "Nothing was sent; read it with `deskapp ticket show`, then reply again.",
    (K.CHANGED_MEANWHILE, "ticket_facts"): "Ticket {value} changed after it was read; now {fact}: "
    "{theirs}. Nothing of yours was written; do it again with --version {version} to set it so.",
    (K.CHANGED_MEANWHILE, "ticket_status"): "{who} set the ticket to “{to}” after it was read. "
    "Nothing was sent; look at it with `deskapp ticket show`, then reply again.",
    (K.CHANGED_MEANWHILE, "ticket_assigned"): "{who} gave the ticket to {to} after it was read. "
    "Nothing was sent; look at it with `deskapp ticket show`, then reply again.",
    (K.CHANGED_MEANWHILE, "ticket_customer"): "{who} gave the ticket the customer {to} after it "
    "was read. Nothing was sent; look at it with `deskapp ticket show`, then reply again.",
    (K.CHANGED_MEANWHILE, "ticket_merged"): "{who} merged ticket {to} into this one after it was "
    "read. Nothing was sent; look at it with `deskapp ticket show`, then reply again.",
    (K.CHANGED_MEANWHILE, "ticket_unmerged"): "{who} took ticket {to} out of this one after it "
    "was read. Nothing was sent; look at it with `deskapp ticket show`, then reply again.",
    (K.CHANGED_MEANWHILE, "ticket_split"): "{who} split messages off to ticket {to} after it was "
    "read. Nothing was sent; look at it with `deskapp ticket show`, then reply again.",
    (K.CHANGED_MEANWHILE, "ticket_moved"): "{who} moved messages to ticket {to} after it was "
    "read. Nothing was sent; look at it with `deskapp ticket show`, then reply again.",
}
