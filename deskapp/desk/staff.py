"""A team desk's set-up, and its people coming and going (docs/team.md)."""

import secrets
from dataclasses import replace
from datetime import timedelta

from deskapp.data import logins, team_desk
from deskapp.data.database import Connection
from deskapp.data.queries.agents import agent_row, agent_rows
from deskapp.data.queries.desk_info import desk_identity
from deskapp.data.queries.leaving import in_hand, let_go
from deskapp.data.queries.ticket_edit import By, edit_tickets
from deskapp.domain.identity import OWNER
from deskapp.domain.ids import AgentId
from deskapp.domain.join_link import BOUND, PLAIN, VERIFIED, JoinLink
from deskapp.domain.leaving import LEFT, Left
from deskapp.domain.people import AgentRow
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.tickets import TicketEdit

from .context import Context
from .roles import admin_where_there_is_one, refuse_last_admin

FIRST_PASSWORD_DAYS = 7
"""A password that somebody else chose or saw is good for so long."""

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


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

    def add(self, agent: AgentId, login: str, password: str = "", *, lasting: bool = False) -> str:
        """Gives an agent a login; the password, made here where none is given.

        It runs out after a week unless ``lasting``: they choose their own at the first sign-in.
        """
        chosen = password or secrets.token_urlsafe(12)
        until = None if lasting else self._context.now() + timedelta(days=FIRST_PASSWORD_DAYS)
        with self._context.database.writing() as unit:
            self._is_team_desk(unit.connection)
            logins.give_login(unit.connection, agent, login, chosen, until)
            unit.touched.areas.add("agents")
        return chosen

    def add_engine(self, login: str, password: str = "") -> str:
        """Gives an always-on machine its login; the password."""
        chosen = password or secrets.token_urlsafe(18)
        with self._context.database.writing() as unit:
            self._is_team_desk(unit.connection)
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
        chosen = password or secrets.token_urlsafe(12)
        until = self._context.now() + timedelta(days=FIRST_PASSWORD_DAYS)
        with self._context.database.writing() as unit:
            self._is_team_desk(unit.connection)
            row = agent_row(unit.connection, agent)
            if not row.login:
                raise Problem(ProblemKind.NOT_FOUND, what="login", value=row.name)
            logins.new_password(unit.connection, agent, row.login, chosen, until)
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
        wanted = tls or (PLAIN if host in _LOOPBACK else usual)
        return JoinLink(row.login, host, port or url.port or 5432, here.database, desk, wanted)

    def leave(self, agent: AgentId, to: AgentId | None = None, *, dry: bool = False) -> Left:
        """Somebody leaves: their access ends, their open tickets are ``to``'s or nobody's.

        May be run again, also where it was broken off. Raises Problem NOT_FOUND, INVALID (what
        "last_admin", "heir") or NOT_ALLOWED.
        """
        with self._context.database.writing() as unit:
            admin_or_owner(unit.connection, self._context)
            self._refuse(agent_rows(unit.connection), agent_row(unit.connection, agent), to)
            ids, left = in_hand(unit.connection, agent)
            if dry:
                return left
            edit = TicketEdit(assignee_id=to, unassign=to is None)
            by = By(self._context.now(), self._context.agent, LEFT)
            edit_tickets(unit, ids, edit, by)
            let_go(unit, agent, to)
        return self._disconnected(left)

    def _disconnected(self, left: Left) -> Left:
        """Only now: before the end of the other write they could have come back."""
        if not left.login or not self._context.identity.team_desk:
            return left
        with self._context.database.writing() as unit:
            ended = logins.disconnect(unit.connection, left.login)
        return replace(left, connections=ended)

    @staticmethod
    def _refuse(staff: tuple[AgentRow, ...], who: AgentRow, to: AgentId | None) -> None:
        refuse_last_admin(staff, who)
        if to is not None:
            heir = next((row for row in staff if row.id == to), None)
            if heir is None or not heir.active or heir.id == who.id:
                raise Problem(ProblemKind.INVALID, what="heir", value=heir.name if heir else "")

    @staticmethod
    def _is_team_desk(connection: Connection) -> team_desk.Standing:
        here = team_desk.standing(connection)
        if not here.groups:
            raise Problem(ProblemKind.INVALID, what="not_set_up", value=here.database)
        return here


def admin_or_owner(connection: Connection, context: Context) -> None:
    """The owner of a team desk may do what an admin does, as nobody."""
    if not (context.identity.team_desk and context.identity.role == OWNER):
        admin_where_there_is_one(connection, context.agent)
