"""The audit as people use it: verified, read, written out."""

import csv
import json
from pathlib import Path
from typing import TextIO

from deskapp.data.database import Connection
from deskapp.data.queries.agents import agent_rows
from deskapp.data.queries.audit_chain import (
    audit_faults,
    audit_head,
    audit_links,
    may_read,
    newest_links,
)
from deskapp.data.snapshot import snapshot
from deskapp.domain.audit import AuditFinding, Head, Sealed, instant
from deskapp.domain.cells import safe_cell
from deskapp.domain.file_problems import writing_problem
from deskapp.domain.ids import AgentId
from deskapp.domain.problem import Problem, ProblemKind

from .context import Context

COLUMNS = (
    *("number", "at", "login", "agent", "program", "client", "table", "verb", "row", "old", "new"),
    *("sealed_at", "seal"),
)


class Audit:
    """Reading only: what writes the audit are the triggers of the database."""

    def __init__(self, context: Context) -> None:
        self._database = context.database

    @property
    def is_kept(self) -> bool:
        """Whether this desk's database can keep one: a file cannot say who writes to it."""
        return not self._database.is_sqlite

    def is_open(self) -> bool:
        """Whether who is signed in may read it."""
        with self._database.reading() as connection:
            return may_read(connection)

    def head(self) -> Head:
        """The newest seal: whoever has it written down elsewhere notices an audit cut short.

        Raises Problem NOT_ALLOWED, what="audit" to whom it is closed."""
        with self._database.reading() as connection:
            _let_in(connection)
            return audit_head(connection)

    def verify(self, known: Head) -> tuple[Head, tuple[AuditFinding, ...]]:
        """Holds the whole audit against itself, the rows it tells of, and the newest seal that was
        seen from here before. Raises Problem NOT_ALLOWED, what="audit" to whom it is closed."""
        with snapshot(self._database) as connection:
            _let_in(connection)
            return audit_head(connection), tuple(audit_faults(connection, known))

    def newest(self, limit: int, table: str = "") -> tuple[list[Sealed], dict[AgentId, str]]:
        """The last changes told, newest first, and the names of agents."""
        with self._database.reading() as connection:
            _let_in(connection)
            return newest_links(connection, limit, table), _names(connection)

    def write(self, path: Path) -> int:
        """The whole audit into a new file, as CSV or, where its name ends so, a JSON line each;
        how many rows. Raises Problem FILE_EXISTS, DISK_FULL, READ_ONLY."""
        as_lines = path.suffix.lower() in (".json", ".jsonl")
        try:
            with (
                path.open("x", encoding="utf-8" if as_lines else "utf-8-sig", newline="") as file,
                snapshot(self._database) as connection,
            ):
                _let_in(connection)
                count = _write(connection, file, as_lines)
        except FileExistsError as error:
            raise Problem(ProblemKind.FILE_EXISTS, path=str(path)) from error
        except OSError as error:
            raise writing_problem(path, error) from error
        except Problem:
            path.unlink(missing_ok=True)
            raise
        return count


def told(link: Sealed, names: dict[AgentId, str]) -> dict[str, object]:
    """One link by the names in ``COLUMNS``; of a row that is gone only its seal."""
    facts: dict[str, object] = dict.fromkeys(COLUMNS)
    facts |= {"number": link.number, "sealed_at": instant(link.at).isoformat(), "seal": link.seal}
    if (row := link.row) is not None:
        facts |= {
            "at": row.when.isoformat(),
            "login": row.login,
            "agent": None if row.agent_id is None else names.get(AgentId(row.agent_id)),
            "program": row.program,
            "client": row.client,
            "table": row.told_of,
            "verb": row.verb,
            "row": row.row_key,
            "old": row.old,
            "new": row.new,
        }
    return facts


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def _write(connection: Connection, file: TextIO, as_lines: bool) -> int:
    names, table, count = _names(connection), csv.writer(file), 0
    if not as_lines:
        table.writerow(COLUMNS)
    for link in audit_links(connection):
        facts = told(link, names)
        if as_lines:
            file.write(json.dumps(facts, ensure_ascii=False) + "\n")
        else:
            table.writerow([safe_cell(_cell(facts[name])) for name in COLUMNS])
        count += 1
    return count


def _let_in(connection: Connection) -> None:
    if not may_read(connection):
        raise Problem(ProblemKind.NOT_ALLOWED, what="audit")


def _names(connection: Connection) -> dict[AgentId, str]:
    return {row.id: row.name for row in agent_rows(connection)}
