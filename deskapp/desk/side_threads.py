"""Writing to a third party about a ticket: drafts that hand messages on, and answers to them."""

from dataclasses import replace

from deskapp.data.database import Unit
from deskapp.data.queries import drafts, side_threads
from deskapp.data.queries.blobs import get_blobs, put_blob
from deskapp.data.queries.conversations import messages_of
from deskapp.data.queries.filing_facts import own_addresses
from deskapp.domain.ids import MessageId, TicketId
from deskapp.domain.kinds import Direction
from deskapp.domain.mail import Address
from deskapp.domain.plain import one_line
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.recipients import Heading
from deskapp.domain.replies import FORWARD, Draft, OutgoingFile, Signing
from deskapp.domain.tickets import MessageRow

from . import building
from .context import Context
from .fresh_drafts import fresh_draft
from .heading import heading
from .signatures import signing


class SideThreads:
    """Each person has one draft to a third party on a ticket. What it says is sent as any reply."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._database = context.database

    def open_draft(self, ticket: TicketId) -> Draft | None:
        """The agent's own, if there is one."""
        with self._database.reading() as connection:
            return drafts.open_draft(connection, ticket, self._context.agent, FORWARD)

    def forward(self, ticket: TicketId, message: MessageId | None = None) -> Draft:
        """A draft that hands on a message, or with None the whole conversation, with its files.

        An open draft with words in it is given back as it is, whatever it is about: nothing is
        overwritten. ``Problem(NOT_FOUND)`` for a message that cannot be handed on.
        """
        with self._database.writing() as unit:
            begun = self._begun(unit, ticket)
            if begun.body.strip():
                return begun
            stored = side_threads.handed_on(unit.connection, ticket, message)
            if not stored:
                raise Problem(ProblemKind.NOT_FOUND, what="message", value=message)
            files = self._files(unit, [one.id for one in stored])
            return self._kept(unit, replace(begun, forwards=message, side=None, files=files))

    def answer(self, ticket: TicketId, message: MessageId) -> Draft:
        """A draft that goes on with the side thread of a message, to who wrote it or had it.

        An open draft is given back as by ``forward``.
        """
        with self._database.writing() as unit:
            begun = self._begun(unit, ticket)
            if begun.body.strip():
                return begun
            rows = messages_of(unit.connection, ticket)
            row = next((one for one in rows if one.id == message), None)
            if row is None or row.side is None:
                raise Problem(ProblemKind.NOT_FOUND, what="message", value=message)
            to, cc = _people(row, own_addresses(unit.connection))
            draft = replace(begun, side=row.side, forwards=None, to=to, cc=cc, files=())
            return self._kept(unit, draft)

    def begun(self, ticket: TicketId) -> Draft:
        """An empty draft of its own that is not kept yet, for one who has another one open."""
        with self._database.writing() as unit:
            return self._fresh(unit, ticket)

    def with_files(self, draft: Draft) -> Draft:
        """A draft that hands something on, kept, with the files of that."""
        with self._database.writing() as unit:
            stored = side_threads.handed_on(unit.connection, draft.ticket_id, draft.forwards)
            if not stored:
                raise Problem(ProblemKind.NOT_FOUND, what="message", value=draft.forwards)
            files = self._files(unit, [one.id for one in stored])
            return self._kept(unit, replace(draft, files=files))

    def heading(self, draft: Draft) -> Heading:
        """Which of our addresses it can leave from; what begins a side thread answers no mail."""
        with self._database.reading() as connection:
            known = heading(connection, draft.ticket_id, self._context.agent, draft.side)
        return replace(known, elsewhere=None) if draft.hands_on else known

    def signing(self, draft: Draft) -> Signing:
        """What stands below a draft, and what else could."""
        with self._database.reading() as connection:
            facts = building.facts_of(connection, draft, self._context.agent)
            return signing(connection, self._context, facts)

    def _begun(self, unit: Unit, ticket: TicketId) -> Draft:
        by = self._context.agent
        found = drafts.open_draft(unit.connection, ticket, by, FORWARD)
        if found is None or found.body.strip():
            return found or self._fresh(unit, ticket)
        return replace(self._fresh(unit, ticket), id=found.id, version=found.version)

    def _fresh(self, unit: Unit, ticket: TicketId) -> Draft:
        return fresh_draft(unit.connection, ticket, self._context.agent, FORWARD)

    def _kept(self, unit: Unit, draft: Draft) -> Draft:
        number = drafts.save_draft(unit, draft, self._context.now())
        return drafts.read_draft(unit.connection, number)

    def _files(self, unit: Unit, messages: list[MessageId]) -> tuple[OutgoingFile, ...]:
        stored = side_threads.files_to_hand_on(unit.connection, messages)
        raws = get_blobs(unit.connection, {one.raw for one in stored})
        files = []
        for one in stored:
            _, data = self._context.mail.read_attachment(raws[one.raw], one.part)
            name = put_blob(unit.connection, data)
            files.append(OutgoingFile(one_line(one.filename), one.content_type, len(data), name))
        return tuple(files)


def _people(row: MessageRow, own: set[str]) -> tuple[tuple[Address, ...], tuple[Address, ...]]:
    """To and Cc of an answer to a message of a side thread; of one of ours, the same people again.

    Never the customer by itself: sending says no to them.
    """
    mine = row.direction is Direction.OUT
    first = row.to if mine else row.reply_to or (row.sender,)
    to = {one.key: one for one in first if one.address and one.key not in own}
    others = row.cc if mine else (*row.to, *row.cc)
    cc = {one.key: one for one in others if one.address and one.key not in own | to.keys()}
    return tuple(to.values()), tuple(cc.values())
