"""One canned reply to the customers of many tickets, each a mail of its own, throttled."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from deskapp.data.queries import undo_stack
from deskapp.data.queries.customer_facts import no_mail_reasons
from deskapp.domain.bulk_replies import (
    Blocked,
    BlockedBy,
    BulkPart,
    BulkPreview,
    Sample,
)
from deskapp.domain.canned_drafts import with_canned
from deskapp.domain.ids import ActId, CannedId, OutboxId, TicketId
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import Draft
from deskapp.domain.undoing import ActKind, TicketChange

from . import outgoing
from .canned import Canned
from .context import Context
from .replies import UNDO_TIME, Replies
from .tickets import Tickets
from .undo import note

PER_MINUTE = 30
_OUTBOX = "outbox"
_WHY = {
    ProblemKind.UNRESOLVED_PLACEHOLDER: BlockedBy.PLACEHOLDER,
    ProblemKind.INVALID: BlockedBy.RECIPIENT,
    ProblemKind.CHANGED_MEANWHILE: BlockedBy.GONE,
    ProblemKind.NOT_FOUND: BlockedBy.GONE,
}


class BulkReplies:
    def __init__(self, context: Context, canned: Canned) -> None:
        self._context, self._canned = context, canned
        self._replies, self._tickets = Replies(context), Tickets(context)

    def preview(self, tickets: Sequence[TicketId], canned: CannedId, show: int = 3) -> BulkPreview:
        """Fills it in for every ticket and sends nothing. Raises Problem(NOT_FOUND) without it."""
        self._canned.get(canned)
        ready, samples, blocked = 0, list[Sample](), list[Blocked]()
        for one in tickets:
            draft = self._draft(one, canned)
            if isinstance(draft, Blocked):
                blocked.append(draft)
                continue
            ready += 1
            if len(samples) < show:
                row = self._tickets.row(one)
                text = self._replies.preview(draft).text
                samples.append(Sample(one, row.number, draft.to, row.subject, text))
        return BulkPreview(ready, tuple(samples), tuple(blocked))

    def send_part(
        self,
        tickets: Sequence[TicketId],
        canned: CannedId,
        *,
        begun: datetime,
        before: int = 0,
        per_minute: int = PER_MINUTE,
        act: ActId | None = None,
    ) -> BulkPart:
        """Queues the next part of a bulk that began at ``begun``, behind ``before`` others.

        Each leaves at its own time, so that no more than ``per_minute`` do, and none before the
        time to undo is over. What cannot be sent is named and stops nothing else.
        """
        apart = timedelta(minutes=1) / max(per_minute, 1)
        queued, blocked = list[TicketChange](), list[Blocked]()
        for one in tickets:
            draft = self._draft(one, canned)
            if isinstance(draft, Blocked):
                blocked.append(draft)
                continue
            at = begun + UNDO_TIME + (before + len(queued)) * apart
            try:
                sent = self._replies.send(draft, at=at, to_many=True)
            except Problem as problem:
                blocked.append(self._blocked(one, problem))
                continue
            queued.append(TicketChange(one, 0, {_OUTBOX: (None, int(sent.outbox_id))}))
        with self._context.database.writing() as unit:
            act = note(
                self._context, unit, ActKind.BULK_SEND, str(canned), changes=queued, goes_on=act
            )
        return BulkPart(len(queued), tuple(blocked), act)

    def take_back(self, act: ActId) -> tuple[int, int]:
        """Takes back all that has not left: how many came back, and how many had left.

        The drafts they came from were written by nobody and go too.
        """
        with self._context.database.reading() as connection:
            undo_stack.act_numbered(connection, act)
            waiting = undo_stack.values_of(connection, act, _OUTBOX)
        back = 0
        for number in waiting:
            try:
                draft = self._replies.undo(OutboxId(int(str(number))))
            except Problem as problem:
                if problem.kind is not ProblemKind.TOO_LATE:
                    raise
                continue
            back += 1
            if draft.id is not None:
                self._replies.discard(draft.id)
        with self._context.database.writing() as unit:
            undo_stack.settle(unit, act)
        return back, len(waiting) - back

    def _draft(self, one: TicketId, canned: CannedId) -> Draft | Blocked:
        """What would be sent; an agent's own begun reply is not written over."""
        try:
            fresh = self._replies.draft(one)
            if fresh.id is not None:
                return self._named(one, BlockedBy.DRAFT)
            filled = self._canned.render(canned, one)
            if filled.unresolved:
                return self._named(
                    one, BlockedBy.PLACEHOLDER, ", ".join(mark.name for mark in filled.unresolved)
                )
            draft = with_canned(fresh, filled.text, filled.files)
            outgoing.check(draft)
            refused = self._no_mail(draft)
        except Problem as problem:
            return self._blocked(one, problem)
        return self._named(one, BlockedBy.NO_MAIL, refused[0]) if refused else draft

    def _no_mail(self, draft: Draft) -> tuple[str, ...]:
        people = {one.key for one in (*draft.to, *draft.cc, *draft.bcc)}
        with self._context.database.reading() as connection:
            return no_mail_reasons(connection, people, self._context.now())

    def _blocked(self, one: TicketId, problem: Problem) -> Blocked:
        detail = problem.details.get("name") or problem.details.get("value") or ""
        return self._named(one, _WHY.get(problem.kind, BlockedBy.FAULT), str(detail))

    def _named(self, one: TicketId, why: BlockedBy, detail: str = "") -> Blocked:
        rows = self._tickets.rows([one])
        return Blocked(one, rows[0].number if rows else 0, why, detail)
