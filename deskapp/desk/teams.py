"""The teams of a desk. None is deleted: old tickets keep their team's name."""

from deskapp.data.database import Unit
from deskapp.data.queries.teams import (
    empty_team,
    insert_team,
    lock_team,
    put_in_team,
    take_out_of_team,
    team_of,
    team_rows,
    update_team,
)
from deskapp.domain.ids import AgentId, TeamId
from deskapp.domain.last_edits import About
from deskapp.domain.naming import name_key
from deskapp.domain.plain import one_line
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.ticket_facts import TeamRow

from .context import Context
from .last_edits import edited


class Teams:
    """An agent is in one team or in none; a ticket can be a team's with or without an assignee."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def list(self) -> tuple[TeamRow, ...]:
        """All teams, those that are no more last."""
        with self._context.database.reading() as connection:
            return team_rows(connection)

    def named(self, name: str) -> TeamId:
        """The team of this name; case and marks do not count. Raises Problem(NOT_FOUND)."""
        key = name_key(name)
        for row in self.list():
            if key and name_key(row.name) == key:
                return row.id
        raise Problem(ProblemKind.NOT_FOUND, what="team", value=name)

    def add(self, name: str) -> TeamId:
        """One that was put away comes back. Raises Problem EMPTY or DUPLICATE."""
        plain = self._plain(name)
        with self._context.database.writing() as unit:
            for row in team_rows(unit.connection):
                if name_key(row.name) != name_key(plain):
                    continue
                if row.active:
                    raise Problem(ProblemKind.DUPLICATE, what="team", value=row.name)
                update_team(unit, row.id, {"name": plain, "active": True})
                return row.id
            return insert_team(unit, plain)

    def rename(self, one: TeamId, name: str, seen: str | None = None) -> None:
        """Raises Problem NOT_FOUND, EMPTY, DUPLICATE, or CHANGED_MEANWHILE with its name of now
        where that is no longer the one that was ``seen``."""
        plain = self._plain(name)
        with self._context.database.writing() as unit:
            lock_team(unit, one)
            for row in team_rows(unit.connection):
                if row.id == one and seen is not None and row.name not in (seen, plain):
                    raise Problem(ProblemKind.CHANGED_MEANWHILE, what="team", value=row.name)
                if row.id != one and name_key(row.name) == name_key(plain):
                    raise Problem(ProblemKind.DUPLICATE, what="team", value=row.name)
            update_team(unit, one, {"name": plain})
            edited(self._context, unit, About.TEAM, one)

    def put_away(self, one: TeamId, seen: TeamRow | None = None) -> None:
        """It is offered no more and nobody is in it; its tickets keep its name.

        Raises Problem CHANGED_MEANWHILE where it has another name than was ``seen``, or somebody
        is in it who was not.
        """
        with self._context.database.writing() as unit:
            lock_team(unit, one)
            for row in team_rows(unit.connection):
                fresh = seen is not None and set(row.members) - set(seen.members)
                if row.id == one and seen is not None and (fresh or row.name != seen.name):
                    raise Problem(ProblemKind.CHANGED_MEANWHILE, what="team", value=row.name)
            update_team(unit, one, {"active": False})
            empty_team(unit, one)
            edited(self._context, unit, About.TEAM, one)

    def join(
        self, who: AgentId, one: TeamId | None, seen: tuple[TeamId | None] | None = None
    ) -> None:
        """Puts an agent into a team, and out of the one they were in.

        ``seen``: the team in which they were before somebody's eyes; None asks nothing. Raises
        Problem NOT_FOUND, or CHANGED_MEANWHILE (what="team_member") with the name of the team in
        which they are now, where a colleague has moved them.
        """
        with self._context.database.writing() as unit:
            now = team_of(unit, who)
            if seen is not None and now not in (*seen, one):
                names = {row.id: row.name for row in team_rows(unit.connection)}
                value = "" if now is None else names[now]
                raise Problem(ProblemKind.CHANGED_MEANWHILE, what="team_member", value=value)
            put_in_team(unit, who, one)
            self._moved(unit, now, one)

    def leave(self, who: AgentId, one: TeamId) -> None:
        """Takes an agent out of a team, unless somebody put them into another by now."""
        with self._context.database.writing() as unit:
            take_out_of_team(unit, who, one)
            self._moved(unit, one)

    def _moved(self, unit: Unit, *teams: TeamId | None) -> None:
        for one in teams:
            if one is not None:
                edited(self._context, unit, About.TEAM, one)

    @staticmethod
    def _plain(name: str) -> str:
        plain = one_line(name, 120)
        if not plain:
            raise Problem(ProblemKind.EMPTY, what="name")
        return plain
