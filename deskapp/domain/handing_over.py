"""Handing a matter over to another team, or to a department that has no seat at the desk: what was
tried, what is needed, and by when.

A team gets the ticket with a note. A department gets a mail, which begins a side thread.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from .ids import AgentId, DepartmentId, TeamId
from .language_choice import choose_language
from .plain import plain_text
from .problem import Problem, ProblemKind

HANDED_OVER = "hand_over"
"""The ``reason`` of what a hand-over changed of a ticket."""
TO_TEAM, TO_DEPARTMENT = "to_team ", "to_department "
"""Begin the ``reason`` of the hand-over's own event; what is needed stands behind."""
_TOLD = 400  # letters of what is needed that the event keeps

_WORDS = {
    "en": ("What is needed", "What was tried", "Needed by", "Ticket", "Customer"),
    "vi": ("Việc cần làm", "Đã làm", "Cần xong trước", "Phiếu", "Khách hàng"),
    "zh-Hans": ("需要做什么", "已尝试", "期限", "工单", "客户"),
    "zh-Hant": ("需要做什麼", "已嘗試", "期限", "工單", "客戶"),
    "ru": ("Что нужно", "Что уже сделано", "Срок", "Обращение", "Клиент"),
}


@dataclass(frozen=True, slots=True)
class HandOver:
    """What the one who takes it over must know. ``due``: when it is needed."""

    needed: str
    tried: str = ""
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Department:
    """Somebody outside whom matters are handed over to by mail; remembered by the desk."""

    id: DepartmentId
    name: str
    address: str

    @property
    def shown(self) -> str:
        return f"{self.name} <{self.address}>" if self.name else self.address


@dataclass(frozen=True, slots=True)
class ToTeam:
    """A team, and who of it; None: whoever takes it."""

    team: TeamId
    assignee: AgentId | None = None


def checked(given: HandOver) -> HandOver:
    """As it is kept. ``Problem(EMPTY, what="needed")`` when nothing is asked for."""
    needed, tried = plain_text(given.needed).strip(), plain_text(given.tried).strip()
    if not needed:
        raise Problem(ProblemKind.EMPTY, what="needed")
    return HandOver(needed, tried, given.due)


def told(given: HandOver, language: str = "en", about: "About | None" = None) -> str:
    """The mail, in blocks with a heading each; ``about`` for who cannot see the ticket."""
    chosen = choose_language(tuple(_WORDS), language)
    colon = "：" if chosen.startswith("zh") else ":"
    return "\n\n".join(_blocks(given, _WORDS[chosen], colon, about))


def noted(given: HandOver, team: str) -> str:
    """The same as a note for a team."""
    return f"Handed over to the team {team}.\n\n{told(given)}"


@dataclass(frozen=True, slots=True)
class About:
    """What somebody without a seat is told of the ticket."""

    number: int
    subject: str
    customer: str


def _blocks(
    given: HandOver, words: tuple[str, ...], colon: str, about: About | None
) -> Iterator[str]:
    needed, tried, due, ticket, customer = words
    yield f"{needed}{colon}\n{given.needed}"
    if given.tried:
        yield f"{tried}{colon}\n{given.tried}"
    lines = []
    if given.due is not None:
        lines.append((due, _day(given.due)))
    if about is not None:
        lines.append((ticket, f"{about.number} · {about.subject}"))
        if about.customer:
            lines.append((customer, about.customer))
    if lines:
        gap = "" if colon == "：" else " "
        yield "\n".join(f"{name}{colon}{gap}{value}" for name, value in lines)


def _day(due: datetime) -> str:
    """The end of a day is the day."""
    here = due.astimezone()
    shown = "%Y-%m-%d" if (here.hour, here.minute) == (23, 59) else "%Y-%m-%d %H:%M"
    return here.strftime(shown)


def reason_of(begin: str, given: HandOver) -> str:
    """What the event keeps of it."""
    return begin + " ".join(given.needed.split())[:_TOLD]


def needed_of(reason: str) -> str:
    """What was needed, from an event's reason; "" for another event's."""
    for begin in (TO_TEAM, TO_DEPARTMENT):
        if reason.startswith(begin):
            return reason.removeprefix(begin)
    return ""
