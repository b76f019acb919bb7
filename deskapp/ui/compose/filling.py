"""A canned reply filled in for a ticket, with the places of what was filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from deskapp.domain.canned_pictures import parted
from deskapp.domain.ids import AgentId, BlobHash, CannedId, OrderId, TicketId
from deskapp.domain.placeholders import Unresolved, find_unresolved
from deskapp.domain.replies import NO_ACTIONS, CannedActions, OutgoingFile
from deskapp.domain.rich_text import PICTURE
from deskapp.ui.inbox.picture_decode import decode_picture

from .places import filled_places

if TYPE_CHECKING:
    from deskapp.desk import Desk


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture of the text; no ``image`` for a file that cannot be shown as one."""

    file: OutgoingFile
    image: QImage | None


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
    pictures: tuple[Shown, ...] = ()  # one for each PICTURE in the text
    actions: CannedActions = NO_ACTIONS
    colleague: str = ""  # whom it assigns, by name
    borrowed: tuple[tuple[str, str], ...] = ()  # included ones: name, language that stands in

    @property
    def readable(self) -> str:
        """The text for a reader of letters: ``[form.png]`` where a picture stands."""
        first, *more = self.text.split(PICTURE)
        told = (
            f"[{one.file.filename}]{part}" for one, part in zip(self.pictures, more, strict=True)
        )
        return first + "".join(told)

    @property
    def hung(self) -> tuple[OutgoingFile, ...]:
        """The files that the text does not show."""
        shown = {one.file.sha256 for one in self.pictures}
        return tuple(file for file in self.files if file.sha256 not in shown)

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
    order: OrderId | None = None,
) -> Filled:
    """Fills a canned reply in for a ticket and finds the places of the values. Blocks.

    ``order`` is the one that the agent picked for the ticket.
    """
    from deskapp.domain.canned import ASK, variables_of  # the template language takes its time

    told = answers or {}
    made = desk.canned.render(canned, ticket, order=order, language=language, answers=told)
    reply = desk.canned.get(canned)
    text, shown = parted(made.text, {file.filename: file for file in made.files})
    names = variables_of(dict(reply.texts).get(made.language, ""))
    values = {**desk.canned.variables(ticket, order), ASK: told}
    return Filled(
        canned,
        made.language,
        text,
        filled_places(text, names, values),
        find_unresolved(text),
        name=reply.name,
        wanted=made.wanted,
        questions=desk.canned.questions(canned, ticket, made.language),
        files=made.files,
        pictures=_decoded(desk, shown),
        actions=reply.actions,
        colleague=_name_of(desk, reply.actions.assignee),
        borrowed=made.borrowed,
    )


def _decoded(desk: "Desk", shown: Sequence[OutgoingFile]) -> tuple[Shown, ...]:
    stored = desk.canned.file_bytes(shown) if shown else {}
    return tuple(Shown(file, decode_picture(stored[file.sha256])) for file in shown)


def _name_of(desk: "Desk", agent: AgentId | None) -> str:
    return "" if agent is None else desk.agents.get(agent).name


def with_bytes(desk: "Desk", filled: Filled) -> tuple[tuple[OutgoingFile, bytes], ...]:
    """The files it brings along. Blocks. Raises Problem(NOT_FOUND)."""
    stored: Mapping[BlobHash, bytes] = desk.canned.file_bytes(filled.files)
    return tuple((file, stored[file.sha256]) for file in filled.files)
