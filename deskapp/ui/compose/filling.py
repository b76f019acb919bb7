"""A canned reply filled in for a ticket, with the places of what was filled in."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from deskapp.domain.ids import CannedId, TicketId
from deskapp.domain.placeholders import Unresolved

from .places import filled_places

if TYPE_CHECKING:
    from deskapp.desk import Desk


@dataclass(frozen=True, slots=True)
class Filled:
    """A canned reply filled in for a ticket. ``values`` are the places of what was filled in."""

    canned_id: CannedId
    language: str
    text: str
    values: tuple[tuple[int, int], ...]
    unresolved: tuple[Unresolved, ...]


def fill(desk: "Desk", canned: CannedId, ticket: TicketId, language: str | None) -> Filled:
    """Fills a canned reply in for a ticket and finds the places of the values. Blocks."""
    from deskapp.domain.canned import variables_of  # the template language takes its time

    made = desk.canned.render(canned, ticket, language=language)
    template = dict(desk.canned.get(canned).texts).get(made.language, "")
    values = filled_places(made.text, variables_of(template), desk.canned.variables(ticket))
    return Filled(canned, made.language, made.text, values, made.unresolved)
