"""What a junior writes leaves when a senior approves it. The rule of the desk on every database;
on a team desk PostgreSQL enforces it as well."""

from dataclasses import replace
from datetime import timedelta

from deskapp.data.database import Unit
from deskapp.data.queries import approvals, approvals_write, drafts, newer
from deskapp.data.queries.filing import heirs_of, lock_tickets
from deskapp.domain.approvals import ApprovalRow, ApprovalState, Reviewed, Standing
from deskapp.domain.deeds import Deed
from deskapp.domain.ids import AgentId, ApprovalId, MessageId, TicketId
from deskapp.domain.kinds import TicketStatus
from deskapp.domain.plain import storable
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import REVIEW, Draft, News
from deskapp.domain.reply_changes import Version, is_other, version_of

from . import moved_on, outgoing
from .context import Context
from .reviewing import keep_version, may_decide
from .roles import acting, is_junior
from .sending import Sent, Wanted, act_id, send_once, sent_as

UNDO_TIME = timedelta(seconds=15)


class Approvals:
    """Handing in, approving, returning, withdrawing. Every round is kept."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._database = context.database

    def needed(self) -> bool:
        """Whether what the acting agent writes needs a senior's approval, as of now."""
        with self._database.reading() as connection:
            return is_junior(connection, self._context.agent)

    def standing(self, ticket: TicketId | None = None) -> Standing:
        """Every round on a ticket; without one what the acting agent has to do with: a senior what
        waits, a junior what they handed in themselves."""
        with self._database.reading() as connection:
            me = self._context.agent
            junior = is_junior(connection, me)
            if ticket is not None:
                rows = approvals.approval_rows(connection, ticket_id=ticket)
            elif junior:
                rows = approvals.approval_rows(connection, writer=me, pending=True)
            else:
                rows = approvals.approval_rows(connection, waiting=True)
            return Standing(me, junior, rows)

    def waiting(self) -> tuple[ApprovalRow, ...]:
        """All that waits, the oldest first."""
        with self._database.reading() as connection:
            return approvals.approval_rows(connection, waiting=True)

    def count(self) -> int:
        with self._database.reading() as connection:
            return approvals.waiting_count(connection)

    def of_ticket(self, ticket: TicketId) -> tuple[ApprovalRow, ...]:
        """Every round of every reply on a ticket, the oldest first."""
        with self._database.reading() as connection:
            return approvals.approval_rows(connection, ticket_id=ticket)

    def open(self, one: ApprovalId) -> Reviewed:
        """A round with its reply. Raises Problem(NOT_FOUND)."""
        with self._database.reading() as connection:
            row = approvals.approval_row(connection, one)
            rounds = approvals.approval_rows(connection, draft=row.draft_id)
            me = self._context.agent
            mine = approvals.version_open(connection, one, me)
            return Reviewed(
                row,
                drafts.read_draft(connection, row.draft_id),
                rounds,
                None if mine is None else drafts.read_draft(connection, mine),
                approvals.who_edit(connection, one, me),
            )

    def news(self, one: ApprovalId) -> tuple[News | Deed, ...]:
        """What happened on the ticket since the reply was handed in."""
        with self._database.reading() as connection:
            row = approvals.approval_row(connection, one)
            draft = drafts.read_draft(connection, row.draft_id)
            lives = heirs_of(connection, {row.ticket_id})[row.ticket_id]
            return moved_on.news(connection, lives, draft, self._context.agent)

    def submit(
        self,
        draft: Draft,
        *,
        status: TicketStatus | None = None,
        force: bool = False,
        anyway: bool = False,
        act: str | None = None,
    ) -> ApprovalId:
        """Hands a reply in; its draft is closed until it comes back.

        Stops like ``Replies.send``; a second time under one ``act`` it gives what the first gave.
        Raises Problem NOT_ALLOWED, what="junior_sends" for a mail to a third party.
        """
        outgoing.check(draft, anyway=anyway)
        if draft.kind != "reply" or draft.hands_on or draft.side is not None:
            raise Problem(ProblemKind.NOT_ALLOWED, what="junior_sends")
        at, by, own = self._context.now(), self._context.agent, act_id(act)
        with self._database.writing() as unit:
            acting(unit.connection, by)
            one = lock_tickets(unit.connection, {draft.ticket_id})[draft.ticket_id]
            if (earlier := approvals.approval_of_act(unit.connection, own)) is not None:
                return earlier
            if not force:
                moved_on.check_not_moved(unit.connection, one, draft, by)
            kept = drafts.save_draft(unit, replace(draft, agent_id=by, ticket_id=one), at)
            saved = drafts.read_draft(unit.connection, kept)
            if not drafts.close_draft(unit, kept, at):
                raise Problem(ProblemKind.CHANGED_MEANWHILE, what="draft", value=kept)
            made = approvals_write.hand_in(unit, saved, one, status or draft.status, own, at)
            unit.touched.tickets.add(one)
            self._see(unit, saved, one)
        return made

    def approve(
        self,
        one: ApprovalId,
        version: int,
        final: Draft | None = None,
        *,
        status: TicketStatus | None = None,
        force: bool = False,
        delay: timedelta = UNDO_TIME,
        act: str | None = None,
    ) -> Sent:
        """Sends it under its writer's name, as ``final`` says it or as it was handed in.

        ``final``: the senior's own version (``Reviewing.begin``) or the handed-in draft, changed.
        ``status``: what the ticket becomes instead of what its writer wanted.

        One write: the round is decided, the reply is queued, both versions are kept. Raises Problem
        NOT_ALLOWED (what="approve_junior", "approve_own"), CHANGED_MEANWHILE with what="approval"
        when somebody else decided, or like ``Replies.send`` when the ticket moved on and ``force``
        is not set.
        """
        at, by, own = self._context.now(), self._context.agent, act_id(act)
        with self._database.reading() as connection:
            now = approvals.approval_row(connection, one)
            row = replace(now, version=version)
            may_decide(connection, by, row)
            if now.state is not ApprovalState.WAITING and sent_as(connection, own, None) is None:
                raise Problem(ProblemKind.CHANGED_MEANWHILE, what="approval", value=one)
            given = drafts.read_draft(connection, row.draft_id)
        final = replace(final or given, body=storable((final or given).body))
        draft = replace(final, id=row.draft_id, kind=given.kind, reviews=None)
        outgoing.check(draft, anyway=True)

        def decide(unit: Unit, sent: Sent) -> None:
            may_decide(unit.connection, by, row)
            ids = {"message_id": sent.message, "outbox_id": sent.outbox_id}
            told = version_of(final)
            approvals_write.settle(unit, row, ApprovalState.APPROVED, at, by, told, **ids)
            keep_version(unit, row, final, at, by)

        if draft.leave_at is not None:  # its writer wanted it to leave later
            delay = max(draft.leave_at - at, delay)
        wanted = Wanted(
            status or (final.status if final.kind == REVIEW else None) or row.status,
            delay,
            force,
            own,
            draft.unless_answered,
            False,
            along=decide,
            writer=row.writer,
        )
        return send_once(self._context, draft, wanted)

    def give_back(
        self, one: ApprovalId, version: int, comment: str, proposal: Draft | None = None
    ) -> None:
        """Returns it with a comment: it is its writer's draft again. ``proposal``: the senior's
        own version, to be shown to the writer. Raises as ``approve`` does, and Problem(EMPTY,
        what="comment")."""
        if not comment.strip():
            raise Problem(ProblemKind.EMPTY, what="comment")
        with self._database.writing() as unit:
            row = replace(approvals.approval_row(unit.connection, one), version=version)
            by = may_decide(unit.connection, self._context.agent, row)
            said, final = storable(comment.strip()), None
            if proposal is not None:
                keep_version(unit, row, proposal, self._context.now(), by)
                told = version_of(proposal)
                final = told if is_other(row.given, told) else None
            self._end(unit, row, ApprovalState.RETURNED, final, comment=said)

    def withdraw(self, one: ApprovalId) -> Draft:
        """Its writer takes it back, to go on writing. Raises Problem NOT_ALLOWED,
        what="withdraw_own", and CHANGED_MEANWHILE when it was decided meanwhile."""
        with self._database.writing() as unit:
            row = approvals.approval_row(unit.connection, one)
            if row.writer != self._context.agent:
                raise Problem(ProblemKind.NOT_ALLOWED, what="withdraw_own")
            return self._end(unit, row, ApprovalState.WITHDRAWN)

    def _end(
        self,
        unit: Unit,
        row: ApprovalRow,
        state: ApprovalState,
        final: Version | None = None,
        **more: object,
    ) -> Draft:
        at, by = self._context.now(), self._context.agent
        # While it waits: afterwards it is its writer's alone to change.
        if row.state is ApprovalState.WAITING:
            drafts.open_with_since(unit, row.draft_id, at)
        approvals_write.settle(unit, row, state, at, by, final, **more)
        unit.touched.tickets.add(row.ticket_id)
        return drafts.read_draft(unit.connection, row.draft_id)

    def _see(self, unit: Unit, draft: Draft, one: TicketId) -> None:
        nobody: AgentId | None = None
        new = newer.newer_than(unit.connection, one, draft.base, nobody, draft.seen_event)
        event = newer.newest_event(unit.connection, one)
        newest = max(new, default=draft.base)
        approvals_write.see_again(unit, draft, None if newest is None else MessageId(newest), event)
