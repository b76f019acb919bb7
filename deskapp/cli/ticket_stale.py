"""Edits of a ticket on condition that it is still as it was read."""

from typing import TYPE_CHECKING

from deskapp.domain.problem import Problem, ProblemKind

if TYPE_CHECKING:
    from deskapp.desk import Desk
    from deskapp.domain.ids import TicketId
    from deskapp.domain.tickets import TicketEdit, TicketRow


def edit_at(
    desk: "Desk", ticket: "TicketId", edit: "TicketEdit", version: int | None
) -> "TicketRow":
    """Edits a ticket if it still has this version, or if nothing would be overwritten: tags join.

    Raises Problem(CHANGED_MEANWHILE, what="ticket_facts") with both values.
    """
    try:
        return desk.tickets.edit(ticket, edit, version)
    except Problem as problem:
        if problem.kind is not ProblemKind.CHANGED_MEANWHILE or version is None:
            raise
        now = desk.tickets.row(ticket)
        clashes = desk.tickets.as_seen.would_overwrite(ticket, edit)
        if clashes:
            names = ", ".join(clash.fact for clash in clashes)
            theirs = ", ".join(_told(clash.now, clash.who) for clash in clashes)
            raise Problem(
                ProblemKind.CHANGED_MEANWHILE,
                what="ticket_facts",
                value=now.number,
                fact=names,
                theirs=theirs,
                version=now.version,
            ) from problem
        return desk.tickets.edit(ticket, edit, now.version)


def _told(value: str, who: str) -> str:
    said = value or "none"
    return f"{said} (by {who})" if who else said
