"""A canned reply filled in for a ticket, with the places of what was filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deskapp.domain.ids import AgentId, BlobHash, CannedId, TicketId
from deskapp.domain.placeholders import Unresolved
from deskapp.domain.replies import NO_ACTIONS, CannedActions, OutgoingFile

from .places import filled_places

if TYPE_CHECKING:
    from deskapp.desk import Desk


@dataclass(frozen=True, slots=True)
class Filled:
    """A canned reply filled in for a ticket. ``values`` are the places of what was filled in.

    ``wanted`` is the customer's language, ``questions`` what the agent is to be asked. With
    ``files`` come their bytes only when it is put in, see ``with_bytes``.
    """

    canned_id: CannedId
    language: str
    text: str
    values: tuple[tuple[int, int], ...]
    unresolved: tuple[Unresolved, ...]
    name: str = ""
    wanted: str = ""
    questions: tuple[str, ...] = ()
    files: tuple[OutgoingFile, ...] = ()
    actions: CannedActions = NO_ACTIONS
    colleague: str = ""  # whom it assigns, by name
    borrowed: tuple[tuple[str, str], ...] = ()  # included ones: name, language that stands in

    @property
    def actions_change(self) -> bool:
        """Whether it does anything to the ticket."""
        return self.actions != NO_ACTIONS


def fill(
    desk: "Desk",
    canned: CannedId,
    ticket: TicketId,
    language: str | None,
    answers: Mapping[str, str] | None = None,
) -> Filled:
    """Fills a canned reply in for a ticket and finds the places of the values. Blocks."""
    from deskapp.domain.canned import ASK, variables_of  # the template language takes its time

    told = answers or {}
    made = desk.canned.render(canned, ticket, language=language, answers=told)
    reply = desk.canned.get(canned)
    names = variables_of(dict(reply.texts).get(made.language, ""))
    values = {**desk.canned.variables(ticket), ASK: told}
    return Filled(
        canned,
        made.language,
        made.text,
        filled_places(made.text, names, values),
        made.unresolved,
        name=reply.name,
        wanted=made.wanted,
        questions=desk.canned.questions(canned, ticket, made.language),
        files=reply.files,
        actions=reply.actions,
        colleague=_name_of(desk, reply.actions.assignee),
        borrowed=made.borrowed,
    )


def _name_of(desk: "Desk", agent: AgentId | None) -> str:
    return "" if agent is None else desk.agents.get(agent).name


def with_bytes(desk: "Desk", filled: Filled) -> tuple[tuple[OutgoingFile, bytes], ...]:
    """The files it brings along. Blocks. Raises Problem(NOT_FOUND)."""
    stored: Mapping[BlobHash, bytes] = desk.canned.file_bytes(filled.files)
    return tuple((file, stored[file.sha256]) for file in filled.files)
