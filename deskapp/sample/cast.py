"""Who says what and when: gives each talk its people, its times, its agent and its end."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from deskapp.domain.kinds import TicketStatus
from deskapp.sample.texts import Person, Talk, Turn

SPAN_DAYS = 88
# How many tickets stand where; with the pinned talks and the machine mail about 80 wait for us.
_NEW, _OPEN, _HELD, _WAITING, _UNASSIGNED = 42, 27, 3, 37, 3
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
    """How a scene ends: where it stands, whose it is, and how old its last mail is in days.

    ``afterthought`` is what the customer asks when the talk itself has no open question.
    """

    status: TicketStatus
    agent: str | None
    age: float
    afterthought: str = ""


def cut(talk: Talk, status: TicketStatus, afterthought: str) -> tuple[Turn, ...]:
    """The turns of ``talk`` up to where a ticket of this status would stand.

    An open one ends with a question: the talk's own, or else ``afterthought``.
    """
    turns = talk.turns
    if talk.status or status in (TicketStatus.SOLVED, TicketStatus.CLOSED):
        return turns
    if status is TicketStatus.NEW or len(turns) < 2:
        return turns[:1]
    if status is not TicketStatus.OPEN:
        return turns[:2]
    if len(turns) > 3 and turns[3].by == "agent":
        return turns[:3]
    return (*turns[:2], Turn("customer", afterthought))


def fates(random: Random, total: int) -> list[Fate]:
    """Endings for ``total`` scenes in this order: new, open, on hold, waiting, then the ended.

    Assignees come by quota, so that each view of the sample has a sensible count.
    """
    out = []
    for place in range(_NEW + _OPEN):
        status = TicketStatus.NEW if place < _NEW else TicketStatus.OPEN
        owner = None if place < _UNASSIGNED else _owner(random, place % 10 == 5)
        out.append(Fate(status, owner, random.triangular(0.0, 5.5, 0.3)))
    for _ in range(_HELD):
        out.append(Fate(TicketStatus.ON_HOLD, _owner(random, False), random.uniform(1.0, 6.0)))
    for place in range(_WAITING):
        out.append(
            Fate(TicketStatus.WAITING, _owner(random, place % 5 == 0), random.uniform(0.2, 12))
        )
    for place in range(total - len(out)):
        closed = place % 3 == 0
        age = random.uniform(15, SPAN_DAYS - 8) if closed else random.uniform(0.7, 40)
        status = TicketStatus.CLOSED if closed else TicketStatus.SOLVED
        out.append(Fate(status, _owner(random, random.random() < 0.34), age))
    return out


def _owner(random: Random, anna: bool) -> str:
    return "Anna Nowak" if anna else random.choice(("Olga Sidorova", "Minh Trần"))


def play(talk: Talk, person: Person, fate: Fate, now: datetime, random: Random) -> Scene:
    """One scene: the talk with this person, ended as ``fate`` (or the talk itself) says."""
    status = TicketStatus(talk.status) if talk.status else fate.status
    agent = talk.assignee or fate.agent
    turns = cut(talk, status, fate.afterthought)
    if not talk.assignee:
        agent = _speaker(agent, person.language)
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
    return tuple(moment.replace(microsecond=0) for moment in out)


def _at_work(moment: datetime, random: Random) -> datetime:
    if moment.hour >= _CLOSING:
        moment += timedelta(days=1)
    elif moment.hour >= _OPENING:
        return moment
    return moment.replace(hour=random.randint(_OPENING, _OPENING + 2))


def _awake(moment: datetime, zone: int, random: Random) -> datetime:
    local = (moment + timedelta(hours=zone)).hour
    return (
        moment if local >= 7 else moment + timedelta(hours=7 - local, minutes=random.randint(0, 40))
    )
