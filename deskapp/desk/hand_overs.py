"""Handing a ticket over: to another team at the desk, or by mail to a department without a seat."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from deskapp.data.database import Unit
from deskapp.data.queries import ticket_lists, undo_stack
from deskapp.data.queries.assigning import put_back
from deskapp.data.queries.departments import (
    department_rows,
    forget_department,
    remember_department,
)
from deskapp.data.queries.filing_facts import own_addresses
from deskapp.data.queries.side_threads import handed_on
from deskapp.data.queries.teams import team_rows
from deskapp.data.queries.ticket_edit import edit_ticket, lock_rows
from deskapp.data.queries.ticket_write import add_event, add_note
from deskapp.domain.contact import is_mail_address
from deskapp.domain.handing_over import (
    HANDED_OVER,
    TO_DEPARTMENT,
    TO_TEAM,
    About,
    Department,
    HandOver,
    ToTeam,
    checked,
    noted,
    reason_of,
    told,
)
from deskapp.domain.ids import DepartmentId, MessageId, TicketId
from deskapp.domain.kinds import WAITS_FOR_US, EventKind, TicketStatus
from deskapp.domain.mail import Address
from deskapp.domain.plain import one_line
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import Draft
from deskapp.domain.snoozing import AWAKE
from deskapp.domain.tickets import TicketEdit, TicketRow
from deskapp.domain.undoing import ActKind

from .context import Context
from .giving_out import Round
from .outgoing import check
from .replies import UNDO_TIME, Replies
from .sending import Sent, Wanted, act_id, send_once
from .side_threads import SideThreads
from .undo import note


class HandOvers:
    """Each is one step of undo, and stands in the ticket's history with what is needed."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def departments(self) -> tuple[Department, ...]:
        """To whom mails went before, by name."""
        with self._context.database.reading() as connection:
            return department_rows(connection)

    def forget(self, one: DepartmentId) -> None:
        """Offers a department no more; its side threads stay. Raises Problem(NOT_FOUND)."""
        with self._context.database.writing() as unit:
            forget_department(unit, one)

    def to_team(
        self, ticket: TicketId, to: ToTeam, given: HandOver, version: int | None = None
    ) -> MessageId:
        """Gives it to a team with a note, and there to whom is named, else to whom the team's rule
        of assignment gives it; without one, to nobody.

        It waits for us afterwards, whatever it waited for, and sleeps no more. Returns the note.
        Raises Problem EMPTY (what="needed"), NOT_FOUND, CHANGED_MEANWHILE as ``Tickets.edit``.
        """
        given, at, by = checked(given), self._context.now(), self._context.agent
        with self._context.database.writing() as unit:
            row = _row(ticket_lists.ticket_rows(unit.connection, [ticket], by), ticket)
            teams = {one.id: one.name for one in team_rows(unit.connection) if one.active}
            if to.team not in teams:
                raise Problem(ProblemKind.NOT_FOUND, what="team", value=to.team)
            this, picked = Round(unit, at), None
            rule = this.rule(to.team, row.mailbox_id) if to.assignee is None else None
            if rule is not None:
                lock_rows(unit, [ticket])  # before whose turn it is
                picked = this.pick(rule)
            to_whom = to.assignee if picked is None else picked[0]
            edit = TicketEdit(
                status=None if row.status in WAITS_FOR_US else TicketStatus.OPEN,
                team_id=to.team,
                assignee_id=to_whom,
                unassign=to_whom is None,
                due_at=given.due,
                snooze=AWAKE if row.snooze else None,
            )
            why = "" if picked is None else picked[1].told()
            edit_ticket(unit, ticket, edit, at, by, version, HANDED_OVER, why)
            this.end()
            note(self._context, unit, ActKind.HAND_OVER, teams[to.team])
            written = add_note(unit, ticket, noted(given, teams[to.team]), at, by)
            add_event(
                unit,
                ticket,
                EventKind.HANDED_OVER,
                at,
                by,
                message_row=written,
                old=row.team_name,
                new=teams[to.team],
                reason=reason_of(TO_TEAM, given),
            )
            if rule is not None and picked is None:
                put_back(unit, [ticket], at)
        return written

    def to_department(
        self,
        ticket: TicketId,
        to: Address,
        given: HandOver,
        *,
        whole: bool = True,
        version: int | None = None,
        delay: timedelta = UNDO_TIME,
    ) -> Sent:
        """Writes to somebody who has no seat here, as a side thread with what they must know; below
        it the conversation and its files, or only the customer's newest message.

        The ticket is on hold until they answer, which comes back to it. Raises Problem EMPTY
        (what="needed"), INVALID (what="recipient", "own_address" for a mailbox of the desk, or
        "third_party" for the ticket's customer), CHANGED_MEANWHILE as ``Tickets.edit``, or what
        ``Replies.send`` does; then nothing is sent and nothing has changed.
        """
        given, to = checked(given), Address(one_line(to.name, 200), to.address.strip())
        if not is_mail_address(to.address):
            raise Problem(ProblemKind.INVALID, what="recipient", value=to.address)
        draft = self._draft(ticket, to, given, version, whole=whole)
        wanted = Wanted(
            TicketStatus.ON_HOLD,
            delay,
            force=False,
            act=act_id(None),
            unless_answered=False,
            to_many=False,
            noted=ActKind.HAND_MAIL,
            along=partial(self._keep, ticket, to, given),
        )
        try:
            check(draft)
            return send_once(self._context, draft, wanted)
        except Problem:
            if draft.id is not None:
                Replies(self._context).discard(draft.id)  # it held the files, for this mail alone
            raise

    def _draft(
        self, ticket: TicketId, to: Address, given: HandOver, version: int | None, *, whole: bool
    ) -> Draft:
        threads, by = SideThreads(self._context), self._context.agent
        begun = threads.begun(ticket)  # sending looks for what came after this; the rest, here
        with self._context.database.reading() as connection:
            row = _row(ticket_lists.ticket_rows(connection, [ticket], by), ticket)
            there = handed_on(connection, ticket, None)
            own = own_addresses(connection)
        if version not in (None, row.version):
            raise Problem(ProblemKind.CHANGED_MEANWHILE, what="ticket", value=row.number)
        if to.key in own:
            raise Problem(ProblemKind.INVALID, what="own_address", value=to.address)
        theirs = [one for one in there if one.sender.key not in own]
        body = told(given, row.language, About(row.number, row.subject, row.customer_name))
        draft = replace(begun, to=(to,), body=body)
        if not there:
            return draft  # a ticket begun by hand has nothing to hand on
        only = None if whole or not theirs else theirs[-1].id
        return threads.with_files(replace(draft, forwards=only))

    def _keep(self, ticket: TicketId, to: Address, given: HandOver, unit: Unit, sent: Sent) -> None:
        """What belongs to a mail that is on its way: history, due date, the address for later."""
        at, by = self._context.now(), self._context.agent
        remember_department(unit, to, at)
        add_event(
            unit,
            ticket,
            EventKind.HANDED_OVER,
            at,
            by,
            message_row=sent.message,
            new=to.name or to.address,
            reason=reason_of(TO_DEPARTMENT, given),
        )
        if given.due is None:
            return
        edit_ticket(unit, ticket, TicketEdit(due_at=given.due), at, by, None, HANDED_OVER)
        act = undo_stack.act_of_mail(unit.connection, sent.outbox_id)
        if act is not None and unit.changed:
            undo_stack.note_fields(unit, act, unit.changed[-1])


def _row(rows: list[TicketRow], ticket: TicketId) -> TicketRow:
    if not rows:
        raise Problem(ProblemKind.NOT_FOUND, what="ticket", value=ticket)
    return rows[0]
