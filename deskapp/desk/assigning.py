"""Who gets which ticket: taking the next one, the rules by which new ones are given out, and the
round that gives out what waited for somebody to come."""

from dataclasses import dataclass

from deskapp.data.queries import assigning
from deskapp.data.queries.absences import away_now
from deskapp.data.queries.parts import parts
from deskapp.data.queries.presence import present_agents
from deskapp.data.queries.take_next import take_from
from deskapp.data.queries.ticket_edit import edit_ticket
from deskapp.data.queries.ticket_lists import ticket_rows
from deskapp.domain.assigning import How, Mode, Rule, Scope, Why, own_rule, rule_for
from deskapp.domain.ids import AgentId, MailboxId, TeamId, TicketId
from deskapp.domain.kinds import View
from deskapp.domain.last_edits import About
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.saved_views import pinned_id
from deskapp.domain.tickets import TicketEdit, TicketRow
from deskapp.domain.undoing import ActKind

from .context import Context
from .giving_out import give_out
from .last_edits import edited
from .roles import acting, lead_where_there_is_one
from .undo import note

_PART = 200  # tickets given out in one write
_WITH_TICKETS_TO_TAKE = frozenset(
    (
        *(View.MY_TEAM, View.UNASSIGNED, View.ALL_OPEN, View.ALL),
        *(View.MENTIONS, View.FOLLOWING, View.STARRED),
    )
)


@dataclass(frozen=True, slots=True)
class Taken:
    """The ticket somebody took, as it is now, and why it was this one."""

    ticket: TicketRow
    why: Why


class Assigning:
    """What decides who works on a ticket, beside a person who says so."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._database = context.database

    def take_next(self, view: str = "", team: TeamId | None = None) -> Taken | None:
        """Assigns the acting agent the ticket whose promise comes first (``queries.take_next``);
        None when there is none. ``view``: only of this one; one that has nothing anybody could
        take, as Mine or Closed, stands for all.

        Two who ask at the same moment get two tickets. Raises Problem INVALID (what="nobody_acts").
        """
        if view not in _WITH_TICKETS_TO_TAKE and pinned_id(view) is None:
            view = ""
        now = self._context.now()
        with self._database.writing() as unit:
            me = acting(unit.connection, self._context.agent).id
            row = take_from(unit, me, now, view, team)
            if row is None:
                return None
            back = bool(row.snooze)
            why = Why(How.TAKEN, due=row.due_at, waiting=row.waiting_since, back=back)
            one, edit = TicketId(row.id), TicketEdit(assignee_id=me)
            edit_ticket(unit, one, edit, now, me, None, why.told())
            note(self._context, unit, ActKind.EDIT)
            assigning.done_waiting(unit, [one])
            [taken] = ticket_rows(unit.connection, [one], me)
        return Taken(taken, why)

    def rules(self) -> tuple[Rule, ...]:
        """The desk's, the teams' and the mailboxes' own; what has none follows the wider one."""
        with self._database.reading() as connection:
            return assigning.rules(connection)

    def set_rule(
        self,
        scope: Scope,
        of: TeamId | MailboxId | None,
        mode: Mode | None,
        among: TeamId | None,
        seen: tuple[Rule, ...] | None = None,
    ) -> None:
        """Says how tickets are given out; ``mode`` None: as the wider scope says.

        ``seen``: the rules as they stood before somebody's eyes. Raises Problem CHANGED_MEANWHILE
        (what="assignment") where a colleague has said something else of it since, and INVALID
        (what="lead_only") for others than leads, where there are any.
        """
        scope_id = 0 if of is None else int(of)
        wanted = None if mode is None else Rule(scope, scope_id, mode, among)
        with self._database.writing() as unit:
            lead_where_there_is_one(unit.connection, self._context.agent)
            assigning.wait_for_turn(unit.connection)
            now = own_rule(assigning.rules(unit.connection), scope, scope_id)
            if seen is not None and now not in (own_rule(seen, scope, scope_id), wanted):
                value = "" if now is None else now.mode
                raise Problem(ProblemKind.CHANGED_MEANWHILE, what="assignment", value=value)
            if wanted is None:
                assigning.drop_rule(unit, scope, scope_id)
            else:
                assigning.put_rule(unit, wanted)
            edited(self._context, unit, About.ASSIGNMENT)

    def present(self) -> frozenset[AgentId]:
        """Who is there now and not away: to whom tickets are given out."""
        with self._database.reading() as connection:
            away = away_now(connection, self._context.now())
            return present_agents(connection) - away.keys()

    def give_out(self) -> list[TicketId]:
        """Gives out what waited for somebody to come; safe to call as often as anybody likes, by
        as many programs. Writes nothing when nothing can be given."""
        given: list[TicketId] = []
        for part in parts(self._can_go(), _PART):
            with self._database.writing() as unit:
                now = self._context.now()
                given += give_out(unit, part, now)
                over = [one.id for one in assigning.waiting(unit.connection) if one.given]
                assigning.done_waiting(unit, over)
        return given

    def _can_go(self) -> list[TicketId]:
        """Of what waits, all for whom somebody is there now, and all that need nobody any more."""
        with self._database.reading() as connection:
            if not assigning.any_waits(connection):
                return []
            waits, rules = assigning.waiting(connection), assigning.rules(connection)
            staff = assigning.staff(connection)
            there = present_agents(connection) - away_now(connection, self._context.now()).keys()
        teams = {staff.team_of.get(one) for one in there}
        can_go = []
        for one in waits:
            team = None if one.team is None else TeamId(one.team)
            rule = rule_for(rules, team, None if one.mailbox is None else MailboxId(one.mailbox))
            if one.given or (rule and there and (rule.among is None or rule.among in teams)):
                can_go.append(one.id)
        return can_go
