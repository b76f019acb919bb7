"""Who says what and when: gives each talk its people, its times, its agent and its end."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from deskapp.domain.kinds import TicketStatus
from deskapp.sample.texts import Person, Talk, Turn

SPAN_DAYS = 88
_OPENING, _CLOSING = 8, 18  # staff answer between these hours, UTC


@dataclass(slots=True)
class Scene:
    """A talk as it is played once: ``turns`` may stop early, ``times`` (UTC) are one per turn."""

    talk: Talk
    person: Person
    agent: str | None
    status: TicketStatus
    turns: tuple[Turn, ...]
    times: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class Fate:
    """How a scene ends: where it stands, whose it is, and how old its last mail is in days."""

    status: TicketStatus
    agent: str | None
    age: float


def cut(talk: Talk, status: TicketStatus) -> tuple[Turn, ...]:
    """The turns of ``talk`` up to where a ticket of this status would stand."""
    turns = talk.turns
    if status is TicketStatus.NEW:
        return turns[:1]
    if status is TicketStatus.OPEN:
        return turns[: _last(turns, "customer") + 1]
    if status in (TicketStatus.WAITING, TicketStatus.ON_HOLD):
        return turns[: _last(turns, "agent") + 1]
    return turns


def _last(turns: tuple[Turn, ...], by: str) -> int:
    return max((place for place, turn in enumerate(turns) if turn.by == by), default=0)


def fates(random: Random, active: int, total: int) -> list[Fate]:
    """Endings for ``total`` scenes, the first ``active`` of them still with somebody.

    Assignees come by quota, so that each view of the sample has a sensible count.
    """
    new, opened, held = active * 25 // 100, active * 20 // 100, active * 5 // 100
    unassigned = max(1, active * 8 // 100)
    out = []
    for place in range(active):
        if place < new:
            owner = None if place < unassigned else _owner(random, place)
            out.append(Fate(TicketStatus.NEW, owner, random.uniform(0.0, 2.2)))
        elif place < new + opened:
            out.append(Fate(TicketStatus.OPEN, _owner(random, place), random.uniform(0.0, 2.5)))
        elif place < new + opened + held:
            owner = _owner(random, place)
            out.append(Fate(TicketStatus.ON_HOLD, owner, random.uniform(1.0, 6.0)))
        else:
            out.append(Fate(TicketStatus.WAITING, _owner(random, place), random.uniform(0.2, 11.0)))
    for place in range(total - active):
        status = TicketStatus.SOLVED if place % 3 else TicketStatus.CLOSED
        oldest = SPAN_DAYS - 14 if status is TicketStatus.CLOSED else 40
        age = random.uniform(16 if status is TicketStatus.CLOSED else 0.7, oldest)
        out.append(Fate(status, random.choice(("Anna Nowak", "Olga Sidorova", "Minh Trần")), age))
    return out


def _owner(random: Random, place: int) -> str:
    """Anna has about every sixth; the rest is shared by who speaks the language (see ``play``)."""
    return "Anna Nowak" if place % 6 == 0 else random.choice(("Olga Sidorova", "Minh Trần"))


def play(
    talk: Talk, person: Person, fate: Fate, now: datetime, random: Random
) -> Scene:
    """One scene: the talk with this person, ended as ``fate`` (or the talk itself) says."""
    status = TicketStatus(talk.status) if talk.status else fate.status
    agent = talk.assignee or fate.agent
    if status is TicketStatus.NEW and agent is None:
        turns = cut(talk, status)
    else:
        turns = cut(talk, status)
        agent = _speaker(agent, person.language) if not talk.assignee else agent
    if any(turn.by == "agent" for turn in turns) and agent is None:
        agent = "Anna Nowak"
    age = talk.minutes / 1440 if talk.minutes else fate.age
    times = _times(turns, age, person.zone, now, random)
    return Scene(talk, person, agent, status, turns, times)


def _speaker(agent: str | None, language: str) -> str | None:
    """Olga takes Russian and Minh Vietnamese where one of the two would have it anyway."""
    if agent in ("Olga Sidorova", "Minh Trần"):
        return {"ru": "Olga Sidorova", "vi": "Minh Trần"}.get(language, agent)
    return agent


def _times(
    turns: tuple[Turn, ...], age: float, zone: int, now: datetime, random: Random
) -> tuple[datetime, ...]:
    """Times of the turns, the last one ``age`` days before ``now`` to the nearest earlier day."""
    start = now.replace(hour=0, minute=0, second=0, microsecond=0)
    hour = random.triangular(7, 23, 19 if zone else 12) - zone
    moment = start + timedelta(hours=hour, seconds=random.randint(0, 3599))
    out = [moment]
    for turn in turns[1:]:
        hours = random.triangular(0.3, 26 if len(turns) < 12 else 60, 3)
        moment += timedelta(hours=hours)
        moment = _at_work(moment, random) if turn.by == "agent" else _awake(moment, zone, random)
        out.append(moment)
    wanted = now - timedelta(days=age)
    shift = -((out[-1] - wanted) // -timedelta(days=1)) * timedelta(days=1)
    out = [moment - shift for moment in out]
    if age < 1 and (len(out) < 2 or out[-2] < wanted):
        out[-1] = wanted
    return tuple(out)


def _at_work(moment: datetime, random: Random) -> datetime:
    if moment.hour >= _CLOSING:
        moment += timedelta(days=1)
    elif moment.hour >= _OPENING:
        return moment
    return moment.replace(hour=random.randint(_OPENING, _OPENING + 2))


def _awake(moment: datetime, zone: int, random: Random) -> datetime:
    local = (moment + timedelta(hours=zone)).hour
    return moment if local >= 7 else moment + timedelta(hours=7 - local, minutes=random.randint(0, 40))
