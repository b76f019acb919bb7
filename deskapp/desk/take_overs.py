"""Asking a colleague for the ticket they write on; what they wrote comes along."""

from dataclasses import replace

from deskapp.data.database import Unit
from deskapp.data.queries import drafts, take_over, ticket_lists
from deskapp.data.queries.leases import clock
from deskapp.data.queries.ticket_edit import edit_ticket
from deskapp.domain.draft_joining import add_below
from deskapp.domain.ids import AgentId, DraftId, TakeOverId, TicketId
from deskapp.domain.presence import Answer, TakeOver
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import Draft
from deskapp.domain.tickets import TicketEdit
from deskapp.domain.undoing import ActKind

from .context import Context
from .undo import note

REPLY = "reply"


class TakeOvers:
    """A request waits ``take_over.WAITS_FOR`` and is answered once. Everybody writes only what is
    their own: the holder the answer, the asker the reply that takes the holder's text in, and the
    holder ends their draft once that is done. So nothing typed is ever in no draft at all."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._database = context.database

    def ask(self, ticket: TicketId, holder: AgentId) -> TakeOver:
        """Asks who writes on it; a request that waits already is not made twice."""
        with self._database.writing() as unit:
            now = clock(unit.connection)
            made = take_over.ask(unit, ticket, self._me(), holder, now)
            return take_over.request(unit.connection, made, now)

    def withdraw(self, one: TakeOverId) -> TakeOver:
        """The asker wants it no more. Raises Problem(TOO_LATE) when it has ended."""
        return self._answer(one, Answer.WITHDRAWN)

    def keep(self, one: TakeOverId) -> TakeOver:
        """The holder says no. Raises Problem(TOO_LATE) when it has ended."""
        return self._answer(one, Answer.KEPT)

    def give(self, one: TakeOverId) -> TakeOver:
        """The holder says yes: a ticket assigned to them is the asker's from now on.

        Save the reply before. Raises Problem(TOO_LATE) when it has ended.
        """
        with self._database.writing() as unit:
            now = clock(unit.connection)
            given = take_over.answer(unit, one, self._me(), Answer.GIVEN, now)
            # Of two who ask each other the first to answer has the last word.
            take_over.ask_no_more(unit, given.ticket, given.holder, given.asker, now)
            row = ticket_lists.ticket_rows(unit.connection, [given.ticket], self._me())[0]
            if row.assignee_id == given.holder:
                at, edit = self._context.now(), TicketEdit(assignee_id=given.asker)
                edit_ticket(unit, given.ticket, edit, at, self._me(), None)
                note(self._context, unit, ActKind.EDIT)
            return given

    def take(self, one: TakeOverId) -> TicketId | None:
        """Puts what was given into the asker's own reply, above what stands there; once.

        None: it has been taken already.
        """
        with self._database.writing() as unit:
            now = clock(unit.connection)
            if not take_over.take(unit, one, self._me(), now):
                return None
            given = take_over.request(unit.connection, one, now)
            theirs = drafts.open_draft(unit.connection, given.ticket, given.holder, REPLY)
            if theirs is not None and (theirs.body.strip() or theirs.files):
                self._join(unit, theirs)
                take_over.took_in(unit, one, theirs)
            unit.touched.tickets.add(given.ticket)
            return given.ticket

    def let_go(self, one: TakeOverId, draft: DraftId, given: str) -> bool:
        """Ends the holder's draft, which the asker has; ``given``: its text when it was given.

        False: it has not come to the asker yet, or was written on since, and stays.
        """
        with self._database.writing() as unit:
            request = take_over.request(unit.connection, one, clock(unit.connection))
            stored = drafts.read_draft(unit.connection, draft)
            if not request.taken or stored.body != given:
                return False
            return drafts.close_draft(unit, draft, self._context.now())

    def end_copy(self, one: TakeOverId) -> bool:
        """Ends the holder's draft of what the asker took while the holder's program was closed.

        False: there is none any more, or it was written on since, and stays.
        """
        with self._database.writing() as unit:
            request = take_over.request(unit.connection, one, clock(unit.connection))
            if request.copy is None or request.holder != self._me():
                return False
            return drafts.close_draft(unit, request.copy, self._context.now())

    def _join(self, unit: Unit, theirs: Draft) -> None:
        me, at = self._me(), self._context.now()
        own = drafts.open_draft(unit.connection, theirs.ticket_id, me, REPLY)
        if own is None or own.id is None:
            mine = replace(theirs, id=None, agent_id=me, version=1, signature=None, sender="")
            drafts.save_draft(unit, mine, at)
            return
        both = theirs
        if own.body.strip():
            both = add_below(replace(theirs, caret=0), own.body, own.html)
        joined = replace(
            own,
            body=both.body,
            html=both.html,
            caret=both.caret,
            files=(*theirs.files, *own.files),
            to=own.to or theirs.to,
        )
        drafts.save_draft(unit, joined, at)

    def _answer(self, one: TakeOverId, how: Answer) -> TakeOver:
        with self._database.writing() as unit:
            return take_over.answer(unit, one, self._me(), how, clock(unit.connection))

    def _me(self) -> AgentId:
        """Raises Problem(NOT_FOUND) where nobody is named: there is nobody to give it to."""
        if self._context.agent is None:
            raise Problem(ProblemKind.NOT_FOUND, what="agent", value="")
        return self._context.agent
