"""Logins of a team desk: made, given passwords and ended by the functions of ``staff_sql``."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from deskapp.domain.ids import AgentId
from deskapp.domain.problem import Problem, ProblemKind

_KINDS = {
    "42710": (ProblemKind.DUPLICATE, "login"),  # the server has it, and it is not this desk's
    "23505": (ProblemKind.DUPLICATE, "login"),  # another agent's
    "42602": (ProblemKind.INVALID, "login"),
    "P0002": (ProblemKind.NOT_FOUND, "login"),
    "28P01": (ProblemKind.INVALID, "verifier"),
}


def verifier(connection: Connection, login: str, password: str) -> str:
    """What the server keeps of a password (RFC 5803), worked out here: it never leaves us."""
    driver: Any = connection.connection.driver_connection
    made: bytes = driver.pgconn.encrypt_password(
        password.encode(), login.encode(), b"scram-sha-256"
    )
    return made.decode()


def give_login(
    connection: Connection, agent: AgentId, login: str, password: str, until: datetime | None
) -> None:
    """Makes an agent's login, or takes up the one they had. ``until``: when the password runs out.

    Raises Problem DUPLICATE, INVALID or NOT_FOUND (what="login").
    """
    made = verifier(connection, login, password)
    _call(connection, "desk_staff_add(:agent, :login, :made, :until)",
          agent=agent, login=login, made=made, until=until)  # fmt: skip


def give_engine(connection: Connection, login: str, password: str) -> None:
    """Makes a login for a machine that only pulls and sends. Problems as ``give_login``."""
    made = verifier(connection, login, password)
    _call(connection, "desk_engine_add(:login, :made, NULL)", login=login, made=made)


def end_engine(connection: Connection, login: str) -> bool:
    """Whether there was one."""
    return bool(_call(connection, "desk_engine_end(:login)", login=login))


def new_password(
    connection: Connection, agent: AgentId, login: str, password: str, until: datetime | None
) -> None:
    """Another password for an agent's login, by an admin."""
    made = verifier(connection, login, password)
    _call(connection, "desk_staff_password(:agent, :made, :until)",
          agent=agent, login=login, made=made, until=until)  # fmt: skip


def own_password(connection: Connection, password: str) -> None:
    """Another password for who is signed in, and one that does not run out."""
    me = str(connection.execute(text("SELECT session_user::text")).scalar_one())
    _call(connection, "desk_own_password(:made)", made=verifier(connection, me, password))


def is_first_password(connection: Connection) -> bool:
    """Whether the password of who is signed in runs out: they are to choose their own."""
    asked = text(
        "SELECT rolvaliduntil IS NOT NULL AND rolvaliduntil <> 'infinity' "
        "FROM pg_roles WHERE rolname = session_user"
    )
    return bool(connection.execute(asked).scalar_one())


def disconnect(connection: Connection, login: str) -> int:
    """Ends what this login has open on the desk; how many connections that were."""
    ended = _call(connection, "desk_staff_disconnect(:login)", login=login)
    return ended if isinstance(ended, int) else 0


def _call(connection: Connection, call: str, **values: object) -> object:
    with _told(str(values.get("login", ""))):
        return connection.execute(text(f"SELECT {call}"), values).scalar()


@contextmanager
def _told(login: str) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        known = _KINDS.get(getattr(error.orig, "sqlstate", "") or "")
        if known is None:
            raise
        raise Problem(known[0], what=known[1], value=login) from error
