"""Which schema this program writes, and which one a desk has."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from deskapp.domain.problem import Problem, ProblemKind

SCHEMA = "0001"
"""The newest migration this program knows. A test holds it against Alembic's head."""

VERSIONS = (Path(__file__).parent / "migrations" / "versions",)
"""The folders of the migrations. Tests add one with schemas that are still to come."""


def schema_of(connection: Connection) -> str | None:
    """The schema number of an opened desk; None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        if inspect(connection).get_table_names():
            raise Problem(ProblemKind.NOT_A_DESK)
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found
