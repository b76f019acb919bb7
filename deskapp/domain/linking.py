"""Tickets that have to do with each other and stay two."""

from dataclasses import dataclass
from enum import StrEnum

from .ids import TicketId
from .kinds import ACTIVE_STATUSES, TicketStatus


class LinkKind(StrEnum):
    """How a link is stored; RELATED has no direction."""

    RELATED = "related"
    CHILD = "child"  # from the parent to the child
    SPLIT = "split"  # from what was split to what was split off


class LinkRole(StrEnum):
    """What the linked ticket is to the one it is read from."""

    PARENT = "parent"
    CHILD = "child"
    RELATED = "related"
    SPLIT_FROM = "split_from"
    SPLIT_OFF = "split_off"


@dataclass(frozen=True, slots=True)
class LinkedTicket:
    """A ticket as another one names it."""

    id: TicketId
    number: int
    subject: str


@dataclass(frozen=True, slots=True)
class TicketLink:
    """One link as a ticket has it."""

    role: LinkRole
    id: TicketId
    number: int
    subject: str
    status: TicketStatus

    @property
    def is_open_child(self) -> bool:
        """Whether it is part of the matter and still waits for somebody."""
        return self.role is LinkRole.CHILD and self.status in ACTIVE_STATUSES
