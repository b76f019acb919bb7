"""A team desk's set-up, and its people coming and going (docs/team.md)."""

import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from deskapp.data import logins, team_desk
from deskapp.data.database import Connection, Unit
from deskapp.data.queries.agents import agent_row, agent_rows
from deskapp.data.queries.desk_info import desk_identity
from deskapp.data.queries.leaving import in_hand, let_go
from deskapp.data.queries.teams import team_rows
from deskapp.data.queries.ticket_edit import By, edit_tickets
from deskapp.domain.identity import OWNER
from deskapp.domain.ids import AgentId, TicketId
from deskapp.domain.join_link import BOUND, VERIFIED, JoinLink, tls_for
from deskapp.domain.leaving import LEFT, NOBODY, Heir, Left
from deskapp.domain.people import AgentRow
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.staff_access import Access, NewColleague, Sign
from deskapp.domain.tickets import TicketEdit

from .agents import add_agent
from .context import Context
from .giving_out import give_out
from .roles import admin_where_there_is_one, refuse_last_admin, refuse_oneself

FIRST_PASSWORD_DAYS = 7
"""A password that somebody else chose or saw is good for so long."""


class Staff:
    """What the desk's owner and its admins do about logins."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def set_up(self, groups: str = "", *, dry: bool = False) -> list[str]:
        """See ``data.team_desk.set_up``."""
        return team_desk.set_up(self._context.database, groups, dry=dry)

    def differences(self) -> list[str]:
        """See ``data.team_desk.differences``."""
        return team_desk.differences(self._context.database)

    def access(self) -> Access:
        """What may be done about the desk's people, by who is signed in."""
        url, me = self._context.database.url, self._context.identity
        with self._context.database.reading() as connection:
            if connection.dialect.name != "postgresql":
                return Access()
            here = team_desk.standing(connection)
        if not here.groups:
            place = url.set(drivername="postgresql", username=here.owner, password=None)
            asked = f"deskapp --desk {place.render_as_string()} team-desk set-up"
            return Access(Sign.SHARED, me.role, set_up=asked)
        grant = "" if here.may_make_roles else f"ALTER ROLE {here.owner} CREATEROLE"
        return Access(Sign.OWN, me.role, grant=grant)

    def hire(self, one: NewColleague) -> tuple[AgentId, str]:
        """Adds somebody, with a login where one is named: all of it or nothing; who, and their
        first password. Problems as ``Agents.add`` and ``add``."""
        chosen = one.password or made_password()
        with self._context.database.writing() as unit:
            if one.login:
                self._gives_logins(unit.connection)
            made = add_agent(unit, one.name, one.email, one.role, self._context.now())
            if one.login:
                logins.give_login(unit.connection, made, one.login, chosen, self.first_ends())
        return made, chosen

    def add(self, agent: AgentId, login: str, password: str = "", *, lasting: bool = False) -> str:
        """Gives an agent a login; the password, made here where none is given.

        It runs out after a week unless ``lasting``: they choose their own at the first sign-in.
        """
        chosen = password or made_password()
        until = None if lasting else self.first_ends()
        with self._context.database.writing() as unit:
            self._gives_logins(unit.connection)
            logins.give_login(unit.connection, agent, login, chosen, until)
            unit.touched.areas.add("agents")
        return chosen

    def first_ends(self) -> datetime:
        """When a first password runs out that is given now."""
        return self._context.now() + timedelta(days=FIRST_PASSWORD_DAYS)

    def add_engine(self, login: str, password: str = "") -> str:
        """Gives an always-on machine its login; the password."""
        chosen = password or secrets.token_urlsafe(18)
        with self._context.database.writing() as unit:
            self._gives_logins(unit.connection)
            logins.give_engine(unit.connection, login, chosen)
        return chosen

    def end_engine(self, login: str) -> None:
        """Takes a machine's login away and ends its connections. Raises Problem(NOT_FOUND)."""
        with self._context.database.writing() as unit:
            self._is_team_desk(unit.connection)
            if not logins.end_engine(unit.connection, login):
                raise Problem(ProblemKind.NOT_FOUND, what="login", value=login)
        with self._context.database.writing() as unit:
            logins.disconnect(unit.connection, login)

    def password(self, agent: AgentId, password: str = "") -> str:
        """Another password for somebody who lost theirs; it runs out as the first one does."""
        chosen = password or made_password()
        with self._context.database.writing() as unit:
            self._gives_logins(unit.connection)
            row = agent_row(unit.connection, agent)
            if not row.login:
                raise Problem(ProblemKind.NOT_FOUND, what="login", value=row.name)
            logins.new_password(unit.connection, agent, row.login, chosen, self.first_ends())
        return chosen

    def own_password(self, password: str) -> None:
        """Another password for who is signed in."""
        with self._context.database.writing() as unit:
            self._is_team_desk(unit.connection)
            logins.own_password(unit.connection, password)

    def is_first_password(self) -> bool:
        """Whether who is signed in has yet to choose their own password."""
        if not self._context.identity.fixed:
            return False
        with self._context.database.reading() as connection:
            return logins.is_first_password(connection)

    def link(self, agent: AgentId, host: str = "", port: int = 0, tls: str = "") -> JoinLink:
        """What somebody joins with. ``host``, ``port``: as they reach the server, where that is
        not as it is reached from here."""
        url = self._context.database.url
        with self._context.database.reading() as connection:
            here = self._is_team_desk(connection)
            row = agent_row(connection, agent)
            desk = desk_identity(connection)
        if not row.login:
            raise Problem(ProblemKind.NOT_FOUND, what="login", value=row.name)
        host = host or url.host or "localhost"
        usual = VERIFIED if url.query.get("sslmode") == VERIFIED else BOUND
        wanted = tls or tls_for(host, usual)
        return JoinLink(row.login, host, port or url.port or 5432, here.database, desk, wanted)

    def leave(self, agent: AgentId, to: Heir = NOBODY, *, dry: bool = False) -> Left:
        """Somebody leaves: their access ends, their open tickets are ``to``'s.

        May be run again, also where it was broken off. Raises Problem NOT_FOUND, INVALID (what
        "last_admin", "leave_self", "heir") or NOT_ALLOWED. ``dry`` only counts.
        """
        if dry:
            with self._context.database.reading() as connection:
                return self._in_hand(connection, agent, to)[1]
        with self._context.database.writing() as unit:
            ids, left = self._in_hand(unit.connection, agent, to)
            self._hand_over(unit, ids, to)
            let_go(unit, agent, to.agent)
        return self._disconnected(left)

    def _in_hand(
        self, connection: Connection, agent: AgentId, to: Heir
    ) -> tuple[list[TicketId], Left]:
        admin_or_owner(connection, self._context)
        self._refuse(connection, agent_row(connection, agent), to)
        return in_hand(connection, agent)

    def _hand_over(self, unit: Unit, ids: list[TicketId], to: Heir) -> None:
        at, by = self._context.now(), self._context.agent
        edit = TicketEdit(assignee_id=to.agent, unassign=to.agent is None, team_id=to.team)
        edit_tickets(unit, ids, edit, By(at, by, LEFT))
        if to.team is not None:
            give_out(unit, ids, at)

    def _disconnected(self, left: Left) -> Left:
        """Only now: before the end of the other write they could have come back."""
        if not left.login or not self._context.identity.team_desk:
            return left
        with self._context.database.writing() as unit:
            ended = logins.disconnect(unit.connection, left.login)
        return replace(left, connections=ended)

    def _refuse(self, connection: Connection, who: AgentRow, to: Heir) -> None:
        staff = agent_rows(connection)
        refuse_last_admin(staff, who)
        refuse_oneself(self._context, who)
        heirs = {row.id for row in staff if row.active and row.id != who.id}
        teams = {row.id for row in team_rows(connection) if row.active}
        if to.agent not in {None, *heirs} or to.team not in {None, *teams}:
            raise Problem(ProblemKind.INVALID, what="heir")

    def _gives_logins(self, connection: Connection) -> None:
        """Logins are made as the owner, whoever asks."""
        here = self._is_team_desk(connection)
        if not here.may_make_roles:
            raise Problem(ProblemKind.NOT_ALLOWED, what="make_roles", login=here.owner)

    @staticmethod
    def _is_team_desk(connection: Connection) -> team_desk.Standing:
        here = team_desk.standing(connection)
        if not here.groups:
            raise Problem(ProblemKind.INVALID, what="not_set_up", value=here.database)
        return here


def made_password() -> str:
    """Long enough, and of letters that a link or a mail does not change."""
    return secrets.token_urlsafe(12)


def admin_or_owner(connection: Connection, context: Context) -> None:
    """The owner of a team desk may do what an admin does, as nobody."""
    if not (context.identity.team_desk and context.identity.role == OWNER):
        admin_where_there_is_one(connection, context.agent)
