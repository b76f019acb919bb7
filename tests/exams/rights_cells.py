"""What a login may really do, table by table: each cell is a statement that PostgreSQL answers."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import errors, sql

from deskapp.data.schema import SCHEMA

ROLES = ("agent", "lead", "admin", "junior", "engine")
PAGE = Path(__file__).parents[2] / "docs/team.md"
_CELL = re.compile(r"([SIUD])(?:\(([^)]*)\))?(\*?)")

Cell = tuple[str, str, str, str]
"""role, table, verb, and the column of an UPDATE."""


def written(page: Path = PAGE) -> dict[str, dict[str, str]]:
    """The matrix of the page for people: by table and role what stands in the cell."""
    found: dict[str, dict[str, str]] = {}
    for line in page.read_text(encoding="utf-8").splitlines():
        cells = [one.strip(" `") for one in line.strip().strip("|").split("|")]
        if len(cells) == 1 + len(ROLES) and re.fullmatch(r"[a-z_]+", cells[0]):
            found[cells[0]] = dict(zip(ROLES, cells[1:], strict=True))
    found.pop("table", None)
    return found


def allowed(matrix: dict[str, dict[str, str]], columns: dict[str, list[str]]) -> set[Cell]:
    """The cells that the page allows; everything else is forbidden."""
    cells: set[Cell] = set()
    for table, by_role in matrix.items():
        for role, said in by_role.items():
            for letter, names, _star in _CELL.findall(said):
                verb = {"S": "SELECT", "I": "INSERT", "U": "UPDATE", "D": "DELETE"}[letter]
                if verb != "UPDATE":
                    cells.add((role, table, verb, ""))
                    continue
                for name in names.split() or columns[table]:
                    cells.add((role, table, verb, name))
    return cells


def all_columns(psql: psycopg.Connection) -> dict[str, list[str]]:
    """Every table of the desk with its columns, as the database itself lists them."""
    found: dict[str, list[str]] = {}
    asked = (
        "SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
        "WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace "
        "AND a.attnum > 0 AND NOT a.attisdropped ORDER BY 1, a.attnum"
    )
    for table, column in psql.execute(asked).fetchall():
        found.setdefault(table, []).append(column)
    return found


def tried(psql: psycopg.Connection, role: str, columns: dict[str, list[str]]) -> Iterator[Cell]:
    """The cells that the database lets this login do, out of all there are."""
    psql.execute(sql.SQL("SET deskapp.schema = {}").format(SCHEMA))
    for table, names in columns.items():
        for verb, column, statement in _statements(table, names):
            if may(psql, statement):
                yield role, table, verb, column


def _statements(table: str, names: list[str]) -> Iterator[tuple[str, str, sql.Composed]]:
    place = sql.Identifier(table)
    yield "SELECT", "", sql.SQL("SELECT * FROM {} LIMIT 1").format(place)
    yield "INSERT", "", sql.SQL("INSERT INTO {} DEFAULT VALUES").format(place)
    yield "DELETE", "", sql.SQL("DELETE FROM {}").format(place)
    yield "TRUNCATE", "", sql.SQL("TRUNCATE {} CASCADE").format(place)
    for name in names:
        column = sql.Identifier(name)
        yield "UPDATE", name, sql.SQL("UPDATE {} SET {} = DEFAULT").format(place, column)


def may(psql: psycopg.Connection, statement: sql.Composed | bytes) -> bool:
    """Whether the role's rights let the statement through; what it does is taken back.

    A constraint or a rule about the row comes after the rights, and is no answer about them.
    """
    try:
        with taken_back(psql):
            psql.execute(statement)
    except errors.InsufficientPrivilege as refused:
        return not str(refused).startswith("permission denied")
    except psycopg.Error:
        return True
    return True


@contextmanager
def taken_back(psql: psycopg.Connection) -> Iterator[None]:
    """A savepoint's worth of work, undone at its end whatever happens."""
    with psql.transaction(force_rollback=True):
        yield
