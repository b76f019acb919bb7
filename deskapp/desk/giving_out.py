"""Giving tickets to whoever is there, by the desk's rules of assignment: inside the write that
filed them, opened them again or handed them over."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from deskapp.data.database import Unit
from deskapp.data.queries import assigning
from deskapp.data.queries.absences import away_now
from deskapp.data.queries.assigning import Given, is_due
from deskapp.data.queries.presence import present_agents
from deskapp.data.queries.ticket_edit import By, edit_rows
from deskapp.data.tables.columns import AnyRow
from deskapp.domain.assigning import (
    Absence,
    How,
    Mode,
    Rule,
    Why,
    had_last_turn,
    next_in_turn,
    rule_for,
    stands_in_for,
    with_fewest,
)
from deskapp.domain.ids import AgentId, MailboxId, TeamId, TicketId
from deskapp.domain.leaving import LEFT
from deskapp.domain.tickets import TicketEdit


class Round:
    """One write's look at the rules and at who is there. Where no rule is on it costs one question.

    The tickets are to be locked before the first is given out: whose turn it is is locked then, so
    that two programs never give two people the same turn.
    """

    def __init__(self, unit: Unit, now: datetime) -> None:
        self._unit, self._now = unit, now
        self._rules = assigning.rules(unit.connection)
        self._fresh: dict[AgentId, int] = {}

    @property
    def is_on(self) -> bool:
        """Whether anything is given out at all."""
        return any(one.mode is not Mode.OFF for one in self._rules)

    def rule(self, team: int | None, mailbox: int | None) -> Rule | None:
        """The rule for a ticket of this team and mailbox."""
        return rule_for(
            self._rules,
            None if team is None else TeamId(team),
            None if mailbox is None else MailboxId(mailbox),
        )

    def pick(self, rule: Rule) -> tuple[AgentId, Why] | None:
        """Who gets the next one, and why; None when nobody is there to whom it can go."""
        turns = self._turns
        there = [
            one
            for one in self._there
            if rule.among is None or self.staff.team_of.get(one) == rule.among
        ]
        if not there:
            return None
        team = self.staff.teams.get(rule.among, "") if rule.among is not None else ""
        if rule.mode is Mode.FEWEST:
            counts = self._counts
            chosen = with_fewest(there, counts, turns)
            why = Why(How.FEWEST, team, count=counts.get(chosen, 0))
        else:
            before = had_last_turn(there, turns)
            chosen = next_in_turn(there, turns)
            why = Why(How.ROUND_ROBIN, team, "" if before is None else self.staff.names[before])
        self._fresh[chosen] = turns[chosen] = max(turns.values(), default=0) + 1
        if "_counts" in self.__dict__:
            self._counts[chosen] = self._counts.get(chosen, 0) + 1
        return chosen, why

    def substitute(self, one: AgentId) -> AgentId | None:
        """Who stands in for an agent who is away; None also for one who is not."""
        if one not in self.away:
            return None
        return stands_in_for(one, self.away, self.staff.at_work)

    def is_gone(self, one: AgentId) -> bool:
        """Whether they are away, or left the desk."""
        return one in self.away or one not in self.staff.at_work

    def end(self) -> None:
        """Keeps whose turn it was; once, when all is given out."""
        assigning.keep_turns(self._unit, self._fresh)

    @cached_property
    def staff(self) -> assigning.Staff:
        return assigning.staff(self._unit.connection)

    @cached_property
    def away(self) -> Mapping[AgentId, Absence]:
        return away_now(self._unit.connection, self._now)

    @cached_property
    def _turns(self) -> dict[AgentId, int]:
        assigning.wait_for_turn(self._unit.connection)
        return assigning.turns(self._unit.connection)

    @cached_property
    def _there(self) -> list[AgentId]:
        return sorted(present_agents(self._unit.connection) - self.away.keys())

    @cached_property
    def _counts(self) -> dict[AgentId, int]:
        return assigning.open_counts(self._unit.connection, self._there)


def give_out(unit: Unit, ids: Collection[TicketId], now: datetime) -> list[TicketId]:
    """Gives these tickets to whoever is there, those that somebody has meanwhile left out; which
    were given. What nobody is there for waits in ``to_assign``."""
    if not ids:
        return []
    this = Round(unit, now)
    if not this.is_on:
        return []
    rows = [row for row in assigning.locked(unit, ids) if row.assignee_id is None]
    return _given_out(unit, this, rows, now, {})


def give_out_moved(unit: Unit, edit: TicketEdit, now: datetime) -> None:
    """After an edit that put tickets into another team, or into none: those that nobody has are
    given out as new ones there. A part of the edit, taken back with it; nothing where the edit
    itself says who has them."""
    if edit.unassign or edit.assignee_id is not None or not (edit.no_team or edit.team_id):
        return
    moved = [one.ticket for one in unit.changed if "team_id" in one.fields]
    given = set(give_out(unit, moved, now))
    if not given:
        return
    rows = {row.id: row for row in assigning.locked(unit, given)}
    unit.changed[:] = [
        one
        if one.ticket not in given
        else replace(
            one,
            version=rows[one.ticket].version,
            fields={**one.fields, "assignee_id": (None, rows[one.ticket].assignee_id)},
        )
        for one in unit.changed
    ]


def give_out_again(
    unit: Unit, arrived: Collection[TicketId], reopened: Collection[TicketId], now: datetime
) -> None:
    """After a batch was filed: ``arrived`` are new or wait for us again, of these ``reopened`` had
    ended. One that had ended and whose assignee is away goes to their substitute, else it is given
    out anew; everybody else keeps theirs. Without a rule, one of somebody who left is nobody's."""
    if not arrived:
        return
    this = Round(unit, now)
    if not this.is_on:
        _of_leavers(unit, this, reopened, now)
        return
    free: list[AnyRow] = []
    stood_in: list[Given] = []
    before: dict[int, str] = {}
    for row in assigning.locked(unit, arrived):
        if row.assignee_id is None:
            free.append(row)
        elif row.id in reopened and this.is_gone(AgentId(row.assignee_id)):
            name = before[row.id] = this.staff.names[row.assignee_id]
            instead = this.substitute(AgentId(row.assignee_id))
            if instead is not None:
                why = Why(How.STANDS_IN, after=name)
                stood_in.append(Given(row, instead, this.staff.names[instead], why, name))
            elif this.rule(row.team_id, row.mailbox_id) is not None and is_due(row):
                free.append(row)
    assigning.give(unit, stood_in, now)
    _given_out(unit, this, free, now, before)


def _of_leavers(unit: Unit, this: Round, reopened: Collection[TicketId], now: datetime) -> None:
    rows = assigning.locked(unit, reopened) if reopened else []
    left = [row for row in rows if row.assignee_id and row.assignee_id not in this.staff.at_work]
    if left:
        edit_rows(unit, left, TicketEdit(unassign=True), By(now, None, LEFT))


def _given_out(
    unit: Unit, this: Round, rows: Sequence[AnyRow], now: datetime, before: Mapping[int, str]
) -> list[TicketId]:
    given: list[Given] = []
    waits: list[AnyRow] = []
    for row in rows:
        rule = this.rule(row.team_id, row.mailbox_id)
        if rule is None or not is_due(row):
            continue
        picked = this.pick(rule)
        if picked is None:
            waits.append(row)
            continue
        who, why = picked
        given.append(Given(row, who, this.staff.names[who], why, before.get(row.id, "")))
    assigning.give(unit, given, now)
    assigning.unassign(unit, [(row, before[row.id]) for row in waits if row.id in before], now)
    assigning.put_back(unit, [TicketId(row.id) for row in waits], now)
    this.end()
    return [TicketId(one.row.id) for one in given]
