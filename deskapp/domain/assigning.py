"""Who gets a ticket: the rules by which tickets are given out, who stands in for whom, and why a
ticket went to somebody."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from .ids import AgentId, MailboxId, TeamId


class Mode(StrEnum):
    """How new tickets are given out."""

    OFF = "off"
    ROUND_ROBIN = "round_robin"
    FEWEST = "fewest"


class Scope(StrEnum):
    """What a rule is of. A team's goes before a mailbox's, and that before the desk's."""

    DESK = "desk"
    TEAM = "team"
    MAILBOX = "mailbox"


@dataclass(frozen=True, slots=True)
class Rule:
    """``among``: the team whose members are asked, of a rule that is no team's own; None: all.
    ``last``: who got the last ticket by it."""

    scope: Scope
    scope_id: int
    mode: Mode
    among: TeamId | None = None
    last: AgentId | None = None
    id: int = 0

    @property
    def members_of(self) -> TeamId | None:
        """Among whose members tickets are given out; None: among all."""
        return TeamId(self.scope_id) if self.scope is Scope.TEAM else self.among


def rule_for(rules: Iterable[Rule], team: TeamId | None, mailbox: MailboxId | None) -> Rule | None:
    """The rule that a ticket is given out by; None where it is given to nobody by itself.

    A team without a rule of its own is given its tickets by the mailbox's or the desk's, among its
    own members.
    """
    of = {(one.scope, one.scope_id): one for one in rules}
    found = of.get((Scope.TEAM, team)) if team is not None else None
    if found is None and mailbox is not None:
        found = of.get((Scope.MAILBOX, mailbox))
    found = found or of.get((Scope.DESK, 0))
    if found is None or found.mode is Mode.OFF:
        return None
    return found if team is None else replace(found, among=team)


def next_in_turn(there: Collection[AgentId], last: AgentId | None) -> AgentId:
    """Who comes after ``last``, who need not be there themselves. ``there`` is not empty."""
    after = [one for one in there if last is not None and one > last]
    return min(after or there)


def with_fewest(
    there: Collection[AgentId], has: Mapping[AgentId, int], last: AgentId | None
) -> AgentId:
    """Who has the fewest tickets that wait for us; of equal ones who is next in turn."""
    fewest = min(has.get(one, 0) for one in there)
    return next_in_turn([one for one in there if has.get(one, 0) == fewest], last)


@dataclass(frozen=True, slots=True)
class Absence:
    """An agent is away from ``since`` on, to the moment ``until``; None: until they say they are
    back."""

    agent: AgentId
    since: datetime
    until: datetime | None = None
    substitute: AgentId | None = None
    reason: str = ""

    def is_on(self, now: datetime) -> bool:
        return self.since <= now and (self.until is None or now < self.until)


def stands_in_for(
    one: AgentId, away: Mapping[AgentId, Absence], at_work: Collection[AgentId]
) -> AgentId | None:
    """Who stands in for somebody who is away: their substitute, or who stands in for that one.

    ``away``: those who are now; ``at_work``: who has not left the desk. None where nobody does:
    a chain that ends with nobody, or leads back to somebody in it.
    """
    seen = {one}
    while (absence := away.get(one)) is not None:
        if absence.substitute is None or absence.substitute in seen:
            return None
        one = absence.substitute
        if one not in at_work:
            return None
        seen.add(one)
    return one


def stood_in_by(
    me: AgentId, away: Mapping[AgentId, Absence], at_work: Collection[AgentId]
) -> frozenset[AgentId]:
    """Those for whom an agent stands in."""
    return frozenset(one for one in away if stands_in_for(one, away, at_work) == me)


@dataclass(frozen=True, slots=True)
class StandIn:
    """What is shown of a ticket whose assignee is away. ``by`` and ``name``: who stands in, None
    and "" for nobody."""

    until: datetime | None
    by: AgentId | None = None
    name: str = ""
    reason: str = ""


class How(StrEnum):
    """By what a ticket came to its assignee."""

    ROUND_ROBIN = "round_robin"
    FEWEST = "fewest"
    STANDS_IN = "stands_in"  # its assignee was away when it was opened again
    TAKEN = "taken"  # they took the next one


_BEGIN = "assigned "


@dataclass(frozen=True, slots=True)
class Why:
    """Why a ticket went to its assignee; the ``reason`` of the event. ``team``: among whose
    members, "" for all. ``after``: who had the turn before, or for whom somebody stands in.
    ``count``: how many tickets they had."""

    how: How
    team: str = ""
    after: str = ""
    count: int = 0
    due: datetime | None = None
    waiting: datetime | None = None
    back: bool = False

    def told(self) -> str:
        """As an event keeps it."""
        facts: dict[str, object] = {"how": self.how}
        facts |= {"team": self.team} if self.team else {}
        facts |= {"after": self.after} if self.after else {}
        facts |= {"count": self.count} if self.how is How.FEWEST else {}
        facts |= {"due": self.due.isoformat()} if self.due else {}
        facts |= {"waiting": self.waiting.isoformat()} if self.waiting else {}
        facts |= {"back": True} if self.back else {}
        return _BEGIN + json.dumps(facts, ensure_ascii=False, separators=(",", ":"))

    @staticmethod
    def read(reason: str) -> "Why | None":
        """From an event's reason; None for another event's."""
        if not reason.startswith(_BEGIN):
            return None
        facts = json.loads(reason.removeprefix(_BEGIN))
        due, waiting = facts.get("due"), facts.get("waiting")
        return Why(
            How(facts["how"]),
            facts.get("team", ""),
            facts.get("after", ""),
            facts.get("count", 0),
            datetime.fromisoformat(due) if due else None,
            datetime.fromisoformat(waiting) if waiting else None,
            facts.get("back", False),
        )
