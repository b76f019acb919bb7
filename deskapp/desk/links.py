"""Tickets that have to do with each other: related ones, parents and children."""

from collections.abc import Collection

from deskapp.data.queries import ticket_links
from deskapp.domain.ids import TicketId
from deskapp.domain.linking import LinkedTicket, LinkRole, TicketLink
from deskapp.domain.undoing import ActKind, TicketChange

from .context import Context
from .undo import note as note_act


class Links:
    """The links of tickets. Of a ticket that was merged away, the one it lives on in is meant."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._database = context.database

    def of(self, one: TicketId) -> tuple[TicketLink, ...]:
        """A ticket's links, its parent first."""
        with self._database.reading() as connection:
            return ticket_links.links_of(connection, one)

    def add(self, one: TicketId, other: TicketId, role: LinkRole = LinkRole.RELATED) -> None:
        """Links two tickets; ``role``: whether ``other`` is related to ``one``, its parent or its
        child. A ticket has one parent.

        Raises Problem INVALID (what="link" or "link_circle") or DUPLICATE ("link" or "parent").
        """
        at, by = self._context.now(), self._context.agent
        with self._database.writing() as unit:
            ticket_links.add_link(unit, one, other, role, at, by)
            change = TicketChange(one, 0, {"link": (None, role), "other": (None, int(other))})
            note_act(self._context, unit, ActKind.LINK, changes=[change])

    def remove(self, one: TicketId, other: TicketId) -> None:
        """Takes the link between two tickets off. ``Problem(NOT_FOUND, what="link")``."""
        at, by = self._context.now(), self._context.agent
        with self._database.writing() as unit:
            role = ticket_links.remove_link(unit, one, other, at, by)
            change = TicketChange(one, 0, {"link": (role, None), "other": (None, int(other))})
            note_act(self._context, unit, ActKind.LINK, changes=[change])

    def open_children(self, ids: Collection[TicketId]) -> dict[TicketId, tuple[LinkedTicket, ...]]:
        """Of those of these tickets that have ended, the children that still wait for somebody."""
        with self._database.reading() as connection:
            return ticket_links.open_children(connection, ids)
