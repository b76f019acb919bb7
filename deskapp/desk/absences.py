"""Who is away, and who stands in for them."""

from dataclasses import replace
from datetime import datetime

from deskapp.data.database import Connection
from deskapp.data.queries.absences import (
    absences,
    at_work,
    drop_absence,
    noted_absence,
    put_absence,
)
from deskapp.data.queries.agents import agent_row
from deskapp.domain.assigning import Absence, stands_in_for
from deskapp.domain.ids import AgentId
from deskapp.domain.last_edits import About
from deskapp.domain.plain import one_line
from deskapp.domain.problem import Problem, ProblemKind

from .context import Context
from .last_edits import edited
from .roles import lead_where_there_is_one

_LONGEST_REASON = 200


class Absences:
    """Tickets stay with who is away, and are shown to who stands in; so they are theirs again the
    moment they are back."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def list(self) -> tuple[Absence, ...]:
        """Those that are on, and those to come, the earliest first."""
        with self._context.database.reading() as connection:
            now = self._context.team_now(connection)
            found = absences(connection).values()
        return tuple(
            sorted(
                (one for one in found if one.until is None or one.until > now),
                key=lambda one: (one.since, one.agent),
            )
        )

    def stand_in(self, who: AgentId) -> AgentId | None:
        """Who stands in for an agent who is away now; None for one who is here, or for nobody."""
        with self._context.database.reading() as connection:
            now = self._context.team_now(connection)
            away = {one: it for one, it in absences(connection).items() if it.is_on(now)}
            return stands_in_for(who, away, at_work(connection)) if who in away else None

    def away(
        self,
        who: AgentId,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        substitute: AgentId | None = None,
        reason: str = "",
        seen: tuple[Absence, ...] | None = None,
    ) -> Absence:
        """Notes that somebody is away, in place of what was noted of them before. ``since`` None:
        from now on; ``until`` None: until they are back. ``seen``: what the person saw noted of
        them, empty for nothing.

        Raises Problem CHANGED_MEANWHILE (what="absence") where others noted something else since,
        or called it off. INVALID: what="until" when it has passed or comes before ``since``,
        "substitute" for oneself, one who left, or whose own substitutes lead back here; what
        "lead_only" for somebody else than oneself. NOT_FOUND for an agent who is not there.
        """
        said = one_line(reason, _LONGEST_REASON)
        with self._context.database.writing() as unit:
            now = self._context.team_now(unit.connection)
            noted = Absence(who, since or now, until, substitute, said)
            if until is not None and until <= max(noted.since, now):
                raise Problem(ProblemKind.INVALID, what="until", value=until.isoformat())
            self._allowed(unit.connection, who)
            agent_row(unit.connection, who)
            if seen is not None:
                theirs, was = noted_absence(unit, who), seen[0] if seen else None
                if theirs != was and not _same(theirs, noted) and not _over(theirs, was, now):
                    raise Problem(ProblemKind.CHANGED_MEANWHILE, what="absence")
            if substitute is not None:
                others = absences(unit.connection) | {who: noted}
                here = at_work(unit.connection)
                if substitute not in here or _leads_back(who, others):
                    raise Problem(ProblemKind.INVALID, what="substitute", value=substitute)
            put_absence(unit, noted)
            edited(self._context, unit, About.ABSENCE, who)
        return noted

    def back(self, who: AgentId) -> bool:
        """They are here again, and what is to come is called off; whether anything was noted.

        Raises Problem INVALID (what="lead_only") for somebody else than oneself.
        """
        with self._context.database.writing() as unit:
            self._allowed(unit.connection, who)
            gone = drop_absence(unit, who)
            if gone:
                edited(self._context, unit, About.ABSENCE, who)
            return gone

    def _allowed(self, connection: Connection, who: AgentId) -> None:
        if who != self._context.agent:
            lead_where_there_is_one(connection, self._context.agent)


def _same(theirs: Absence | None, mine: Absence) -> bool:
    return theirs is not None and replace(theirs, since=mine.since) == mine


def _over(theirs: Absence | None, was: Absence | None, now: datetime) -> bool:
    """Whether it passed by itself: nobody is shown an absence of the past."""
    gone = theirs is not None and theirs.until is not None and theirs.until <= now
    return was is None and gone


def _leads_back(who: AgentId, noted: dict[AgentId, Absence]) -> bool:
    """Whether the substitutes, one after the other, come back to somebody; a chain that holds is
    none even where not all are away at the same time."""
    one: AgentId | None = who
    seen: set[AgentId] = set()
    while one is not None and one in noted:
        if one in seen:
            return True
        seen.add(one)
        one = noted[one].substitute
    return False
