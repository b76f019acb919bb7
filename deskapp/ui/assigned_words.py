"""Why a ticket went to somebody, and that somebody is away, in the words of the windows."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from deskapp.domain.assigning import Absence, How, Why
from deskapp.domain.ids import AgentId
from deskapp.domain.tickets import TicketRow

from . import text
from .translatable import N

_TURN = {
    (False, False): N("Assigned", "By turns: the first to have one."),
    (False, True): N("Assigned", "By turns: next after {after}."),
    (True, False): N("Assigned", "By turns in the team {team}: the first to have one."),
    (True, True): N("Assigned", "By turns in the team {team}: next after {after}."),
}


def why_assigned(why: Why, now: datetime) -> str:
    """A sentence: "By turns in the team Billing: next after Bình." """
    match why.how:
        case How.TAKEN:
            said = _tr(N("Assigned", "Taken as the next one: {promise}."))
            return said.replace("{promise}", promise(why, now))
        case How.ROUND_ROBIN:
            said = _tr(_TURN[bool(why.team), bool(why.after)])
        case How.FEWEST:
            said = _tr(N("Assigned", "Had the fewest open tickets: {count}."))
            if why.team:
                said = _tr(N("Assigned", "Had the fewest open tickets in {team}: {count}."))
        case How.STANDS_IN:
            said = _tr(N("Assigned", "Stands in for {after}, who is away."))
        case How.AWAY:
            said = _tr(N("Assigned", "{after} is away, and nobody stands in."))
    facts = {"{team}": why.team, "{after}": why.after, "{count}": text.number(why.count)}
    for name, fact in facts.items():
        said = said.replace(name, fact)
    return said


def promise(why: Why, now: datetime) -> str:
    """What made it the next one: "waiting since 9:12, due in 40 min"."""
    told = []
    if why.back:
        told.append(_tr(N("Assigned", "back from a snooze")))
    if why.waiting is not None:
        since = _tr(N("Assigned", "waiting since {time}"))
        told.append(since.replace("{time}", _since(why.waiting, now)))
    if why.due is not None:
        late = _tr(N("Assigned", "overdue by {span}"))
        ahead = _tr(N("Assigned", "due in {span}"))
        span = text.span(abs(why.due - now))
        told.append((ahead if why.due > now else late).replace("{span}", span))
    return ", ".join(told) or _tr(N("Assigned", "nobody had it"))


def _since(moment: datetime, now: datetime) -> str:
    """The hour where it is today's, else the day too."""
    same = text.local(moment).date() == text.local(now).date()
    return text.clock(moment) if same else f"{text.day(moment, now)} {text.clock(moment)}"


def stand_in_words(row: TicketRow, me: AgentId | None, now: datetime) -> str:
    """That a ticket's assignee is away, and who sees to it; "" where they are here."""
    away = row.away
    if away is None:
        return ""
    if away.by is not None and away.by == me:
        said = _tr(N("Assigned", "You stand in for {name}."))
        if away.until is not None:
            said = _tr(N("Assigned", "You stand in for {name} until {time}."))
    elif away.name:
        said = _tr(N("Assigned", "{name} is away; {other} stands in."))
        if away.until is not None:
            said = _tr(N("Assigned", "{name} is away until {time}; {other} stands in."))
    else:
        said = _tr(N("Assigned", "{name} is away, and nobody stands in."))
        if away.until is not None:
            said = _tr(N("Assigned", "{name} is away until {time}, and nobody stands in."))
    if away.until is not None:
        said = said.replace("{time}", text.ahead(away.until, now))
    said = said.replace("{name}", row.assignee_name).replace("{other}", away.name)
    return f"{said} {away.reason}".strip()


def absence_words(one: Absence, now: datetime) -> str:
    """Of an agent in a list: "away until Mon 9:00", "away from 1 Dec 9:00"."""
    if not one.is_on(now):
        return _tr(N("Assigned", "away from {time}")).replace("{time}", text.ahead(one.since, now))
    if one.until is None:
        return _tr(N("Assigned", "away"))
    return _tr(N("Assigned", "away until {time}")).replace("{time}", text.ahead(one.until, now))


def _tr(said: str) -> str:
    return QCoreApplication.translate("Assigned", said)
