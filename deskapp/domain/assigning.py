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
    """``among``: the team among whose members tickets are given out; None: among all. A team's
    own rule is among its members."""

    scope: Scope
    scope_id: int
    mode: Mode
    among: TeamId | None = None


def own_rule(rules: Iterable[Rule], scope: Scope, scope_id: int) -> Rule | None:
    """What is said of this scope itself, None for nothing."""
    return next((one for one in rules if (one.scope, one.scope_id) == (scope, scope_id)), None)


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


def next_in_turn(there: Collection[AgentId], turns: Mapping[AgentId, int]) -> AgentId:
    """Who got theirs longest ago, or none yet. ``there`` is not empty.

    By the time of each one's last turn and not by a place in a row of names: so it stays fair when
    people come and go, and when one stream of tickets is of a team and another of all.
    """
    return min(there, key=lambda one: (turns.get(one, 0), one))


def with_fewest(
    there: Collection[AgentId], has: Mapping[AgentId, int], turns: Mapping[AgentId, int]
) -> AgentId:
    """Who has the fewest tickets that wait for us; of equal ones whose turn it is."""
    return min(there, key=lambda one: (has.get(one, 0), turns.get(one, 0), one))


def had_last_turn(there: Collection[AgentId], turns: Mapping[AgentId, int]) -> AgentId | None:
    """Who of these got the last one; None where nobody has had any."""
    had = [one for one in there if one in turns]
    return max(had, key=lambda one: turns[one]) if had else None


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
    AWAY = "away"  # its assignee was, and nobody stood in: to be given out
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
