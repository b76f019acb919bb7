"""A senior's own version of a reply that waits for approval: a draft beside the one handed in, so
that what its writer wrote stays, and two seniors never write into one text."""

from dataclasses import replace
from datetime import datetime

from deskapp.data.database import Connection, Unit
from deskapp.data.queries import approvals, drafts
from deskapp.data.queries.filing import lock_tickets
from deskapp.domain.approvals import JUNIOR, ApprovalRow, ApprovalState
from deskapp.domain.ids import AgentId, ApprovalId, TicketId
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import REVIEW, Draft, Signing
from deskapp.domain.reply_changes import is_other, version_of

from . import building
from .context import Context
from .roles import acting
from .signatures import signing


class Reviewing:
    """Each senior has one draft for each reply that waits; saved, it is a draft like any other."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._database = context.database

    def open_draft(self, ticket: TicketId) -> Draft | None:
        """The version that the acting agent is editing on a ticket, if there is one."""
        with self._database.reading() as connection:
            return drafts.open_draft(connection, ticket, self._context.agent, REVIEW)

    def begin(self, one: ApprovalId) -> Draft:
        """A version to edit, begun with the reply as it was handed in; the open one if there is
        one. Raises Problem NOT_ALLOWED (what="approve_junior", "approve_own"), and
        CHANGED_MEANWHILE with what="approval" when somebody decided."""
        with self._database.writing() as unit:
            row = approvals.approval_row(unit.connection, one)
            by = may_decide(unit.connection, self._context.agent, row)
            lock_tickets(unit.connection, {row.ticket_id})
            mine = approvals.version_open(unit.connection, one, by)
            if mine is not None:
                return drafts.read_draft(unit.connection, mine)
            if row.state is not ApprovalState.WAITING:
                raise Problem(ProblemKind.CHANGED_MEANWHILE, what="approval", value=one)
            given = drafts.read_draft(unit.connection, row.draft_id)
            mine = drafts.save_draft(unit, _of_senior(given, row, by), self._context.now())
            return drafts.read_draft(unit.connection, mine)

    def signing(self, draft: Draft) -> Signing:
        """What stands below it: its writer's signature."""
        with self._database.reading() as connection:
            context = building.as_author(self._context, connection, draft)
            facts = building.facts_of(connection, draft, context.agent)
            return signing(connection, context, facts)


def may_decide(connection: Connection, agent: AgentId | None, row: ApprovalRow) -> AgentId:
    """Who decides. Raises Problem NOT_ALLOWED, what="approve_junior" or "approve_own"."""
    me = acting(connection, agent)
    if me.role == JUNIOR:
        raise Problem(ProblemKind.NOT_ALLOWED, what="approve_junior")
    if me.id == row.writer:
        raise Problem(ProblemKind.NOT_ALLOWED, what="approve_own")
    return me.id


def keep_version(
    unit: Unit, row: ApprovalRow, final: Draft, at: datetime, by: AgentId | None
) -> None:
    """Ends a senior's version with the decision, as it was decided about: kept for the difference,
    and open again should the approval be taken back. Raises Problem(CHANGED_MEANWHILE,
    what="draft") when it was changed in another window."""
    if final.kind != REVIEW:
        if not is_other(row.given, version_of(final)):
            return
        final = _of_senior(final, row, by)
    kept = drafts.save_draft(unit, final, at)
    if not drafts.close_draft(unit, kept, at):
        raise Problem(ProblemKind.CHANGED_MEANWHILE, what="draft", value=kept)


def _of_senior(draft: Draft, row: ApprovalRow, by: AgentId | None) -> Draft:
    return replace(
        draft,
        id=None,
        version=1,
        kind=REVIEW,
        reviews=row.id,
        agent_id=by,
        caret=0,
        status=row.status,
        ticket_id=row.ticket_id,
    )
