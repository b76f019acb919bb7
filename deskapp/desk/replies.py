"""Answering: drafts that cannot be lost, and replies that leave once."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from deskapp.data.queries import answering, auto_replies, drafts, reply_write
from deskapp.data.queries.approvals_write import waits_again
from deskapp.data.queries.blobs import get_blobs, put_blob
from deskapp.data.queries.filing import heirs_of
from deskapp.data.queries.outbox_ends import leave_the_rest, settle_uncertain
from deskapp.data.queries.outbox_list import outbox_rows
from deskapp.data.queries.recipient_facts import on_ticket
from deskapp.domain.cautions import Caution
from deskapp.domain.deeds import Deed
from deskapp.domain.ids import BlobHash, DraftId, OutboxId, TicketId
from deskapp.domain.kinds import OutboxState, TicketStatus
from deskapp.domain.plain import one_line, storable
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.recipients import Heading, Who, who_is
from deskapp.domain.replies import Draft, News, OutboxRow, OutgoingFile, Preview, Signing

from . import building, moved_on, outgoing
from .context import Context
from .fresh_drafts import fresh_draft
from .heading import heading, recipients
from .roles import refuse_junior
from .second_look import second_look
from .sending import Sent, Wanted, act_id, send_once, sent_as
from .signatures import signing
from .undo import settle_send

UNDO_TIME = timedelta(seconds=15)


class Replies:
    """Drafts, sending, and what waits to be sent."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._database = context.database

    def draft(self, ticket: TicketId, kind: str = "reply") -> Draft:
        """The agent's open draft on a ticket, or a fresh one with its recipients filled in."""
        by = self._context.agent
        with self._database.reading() as connection:
            found = drafts.open_draft(connection, ticket, by, kind)
            if found is not None:
                return found
            fresh = fresh_draft(connection, ticket, by, kind)
            if kind != "reply":
                return fresh
            to, cc = recipients(connection, ticket, by)
        return replace(fresh, to=to, cc=cc)

    def aside(self, ticket: TicketId) -> tuple[Draft, ...]:
        """The agent's own replies on a ticket that are open beside the one ``draft`` gives: a
        colleague took one back while another was begun. The oldest first."""
        with self._database.reading() as connection:
            return drafts.aside(connection, ticket, self._context.agent)

    def save(self, draft: Draft) -> Draft:
        """Keeps a draft; ``Problem(CHANGED_MEANWHILE)`` when it was saved elsewhere meanwhile."""
        with self._database.writing() as unit:
            drafts.refuse_second(unit, draft)
            number = drafts.save_draft(unit, draft, self._context.now())
            return drafts.read_draft(unit.connection, number)

    def ended(self, draft: DraftId) -> Draft | None:
        """A draft that was sent or discarded, as it was then; None for one that is open."""
        with self._database.reading() as connection:
            return drafts.ended_draft(connection, draft)

    def discard(self, draft: DraftId) -> None:
        """Ends a draft on purpose."""
        with self._database.writing() as unit:
            drafts.close_draft(unit, draft, self._context.now())

    def attach(
        self, draft: Draft, filename: str, content_type: str, data: bytes, content_id: str = ""
    ) -> Draft:
        """Puts a file on a draft. The bytes are stored at once, so that a crash keeps them.

        ``content_id``: the name under which the draft's markup shows it.
        """
        with self._database.writing() as unit:
            name = put_blob(unit.connection, data)
            file = OutgoingFile(one_line(filename), content_type[:255], len(data), name, content_id)
            number = drafts.save_draft(
                unit, replace(draft, files=(*draft.files, file)), self._context.now()
            )
            return drafts.read_draft(unit.connection, number)

    def detach(self, draft: Draft, sha256: BlobHash) -> Draft:
        """Takes a file off a draft."""
        kept = tuple(file for file in draft.files if file.sha256 != sha256)
        return self.save(replace(draft, files=kept))

    def file(self, sha256: BlobHash) -> bytes:
        """The bytes of a draft's file. Raises KeyError for one that was never put on."""
        with self._database.reading() as connection:
            return get_blobs(connection, [sha256])[sha256]

    def heading(self, ticket: TicketId) -> Heading:
        """Which of our addresses a reply can leave from, and whether the customer's mail asks for
        it elsewhere."""
        with self._database.reading() as connection:
            return heading(connection, ticket, self._context.agent)

    def signing(self, ticket: TicketId, sender: str = "") -> Signing:
        """What stands below a reply on this ticket, and what else could; ``sender``: a draft's."""
        with self._database.reading() as connection:
            facts = answering.sending_facts(connection, ticket, self._context.agent, sender)
            return signing(connection, self._context, facts)

    def preview(self, draft: Draft) -> Preview:
        """Exactly what the customer gets, read back from bytes that are built for this."""
        return building.preview(self._context, draft)

    def cautions(self, draft: Draft) -> tuple[Caution, ...]:
        """What is worth a second look before this leaves, each to be overridden by a person."""
        with self._database.reading() as connection:
            facts = building.facts_of(connection, draft, self._context.agent)
            return second_look(connection, draft, facts, self._context.now())

    def people(self, ticket: TicketId, keys: Collection[str]) -> dict[str, Who]:
        """Who these addresses (``Address.key``) are on a ticket."""
        with self._database.reading() as connection:
            on = on_ticket(connection, ticket, keys)
        return {key: who_is(key, on) for key in keys}

    def news(self, draft: Draft) -> tuple[News | Deed, ...]:
        """What others wrote on the ticket and did to it since the draft began, oldest first."""
        by = self._context.agent
        with self._database.reading() as connection:
            one = heirs_of(connection, {draft.ticket_id})[draft.ticket_id]
            return moved_on.news(connection, one, draft, by)

    def send(
        self,
        draft: Draft,
        *,
        status: TicketStatus | None = None,
        delay: timedelta = UNDO_TIME,
        force: bool = False,
        act: str | None = None,
        anyway: bool = False,
        at: datetime | None = None,
        unless_answered: bool = False,
        to_many: bool = False,
    ) -> Sent:
        """Queues a reply, to leave after ``delay``. Everything happens in one write, or nothing.

        ``act`` is the caller's own id of this send, a UUID: a send repeated under it, because it
        is not known what became of the first, gives what the first one gave and queues nothing.
        A database out of reach is tried once more under the same act before it is a Problem.

        ``at``: later, at this time instead of after ``delay``; with ``unless_answered`` it is taken
        back when the customer writes first. ``anyway``: a person has seen ``cautions``; an empty or
        large reply is then no Problem. ``to_many``: one of a bulk reply, which says so.

        Stops with CHANGED_MEANWHILE (see ``moved_on.check_not_moved``) when somebody else wrote on
        the ticket or changed it since the draft began and ``force`` is not set; with EMPTY,
        UNRESOLVED_PLACEHOLDER, INVALID or TOO_LARGE for what is wrong with the reply itself.
        """
        outgoing.check(draft, anyway=anyway)
        if at is not None:
            delay = max(at - self._context.now(), timedelta())
        wanted = Wanted(status or draft.status, delay, force, act_id(act), unless_answered, to_many)
        draft = replace(draft, body=storable(draft.body))
        try:
            return send_once(self._context, draft, wanted)
        except Problem as problem:
            if problem.kind is not ProblemKind.DATABASE_UNREACHABLE:
                raise
            return send_once(self._context, draft, wanted)

    def sent_as(self, act: str) -> Sent | None:
        """What was queued under a caller's own id of a send, if anything was."""
        with self._database.reading() as connection:
            return sent_as(connection, act_id(act), None)

    def undo(self, outbox: OutboxId, *, join: bool = False) -> Draft:
        """Takes a reply back that has not left, and returns its draft as it was.

        ``join``: what its writer has begun since stands below it. The writer's own window does that
        itself, with the letters it has not saved.

        One that a senior approved waits for approval again.

        ``Problem(TOO_LATE)`` when the server may have it already.
        """
        with self._database.writing() as unit:
            at, by = self._context.now(), self._context.agent
            draft = reply_write.take_back(unit, outbox, at, by)
            settle_send(self._context, unit, outbox)
            if draft is None:
                raise Problem(ProblemKind.NOT_FOUND, what="draft", value=outbox)
            if (waits := waits_again(unit, outbox, at, by)) is not None:
                return drafts.read_draft(unit.connection, waits)
            return drafts.read_draft(
                unit.connection, drafts.give_back(unit, draft, at, by, join=join)
            )

    def outbox(self, everything: bool = False) -> tuple[OutboxRow, ...]:
        """Replies that have not left or need a person; with ``everything`` also the ended ones."""
        with self._database.reading() as connection:
            return outbox_rows(connection, everything)

    def retry(self, outbox: OutboxId) -> None:
        """Sends a failed reply again, now."""
        with self._database.writing() as unit:
            refuse_junior(unit.connection, self._context.agent, "junior_sends")
            again = (OutboxState.FAILED, OutboxState.QUEUED)
            reply_write.queue_again(unit, outbox, self._context.now(), again)

    def cancel(self, outbox: OutboxId) -> bool:
        """Gives a waiting or failed reply up. False where it is no draft again: some have it."""
        with self._database.writing() as unit:
            at, by = self._context.now(), self._context.agent
            if leave_the_rest(unit, outbox) or auto_replies.withdraw(unit, outbox, at, by):
                return False
        self.undo(outbox, join=True)
        return True

    def uncertain_was_sent(self, outbox: OutboxId, sent: bool) -> None:
        """A person's answer about a reply that may have left: it did, or send it again."""
        with self._database.writing() as unit:
            refuse_junior(unit.connection, self._context.agent, "junior_sends")
            at = self._context.now()
            if not sent:
                reply_write.queue_again(unit, outbox, at, (OutboxState.UNCERTAIN,))
            elif not settle_uncertain(unit, outbox, at, in_sent=False):
                raise Problem(ProblemKind.TOO_LATE, what="reply", value=outbox)
