"""Reading the audit, and holding its chain against itself."""

from collections.abc import Iterator

from sqlalchemy import BigInteger, Connection, func, select, text, type_coerce

from deskapp.domain.audit import (
    AuditFault,
    AuditFinding,
    AuditRow,
    Head,
    Sealed,
    chain_faults,
)

from ..tables.audit import audit, audit_seal
from ..tables.columns import AnyRow
from .audit_triggers import trigger_faults
from .audit_untold import untold_rows

_PART = 1000
# As they are stored: what is sealed is the number and not the instant.
_COLUMNS = tuple(
    type_coerce(column, BigInteger).label("row_at") if name == "at" else column
    for name, column in audit.c.items()
)
_SEALS = (
    audit_seal.c.number,
    audit_seal.c.audit_id,
    audit_seal.c.seal,
    type_coerce(audit_seal.c.at, BigInteger).label("sealed_at"),
)


def audit_head(connection: Connection) -> Head:
    """The newest seal there is."""
    newest = select(audit_seal).order_by(audit_seal.c.number.desc()).limit(1)
    row = connection.execute(newest).first()
    return Head() if row is None else Head(row.number, row.seal)


def may_read(connection: Connection) -> bool:
    """Whether this login is let see the audit."""
    if connection.dialect.name != "postgresql":
        return True
    asked = text("SELECT has_table_privilege('audit', 'SELECT')")
    return bool(connection.execute(asked).scalar())


def audit_links(connection: Connection, after: int = 0) -> Iterator[Sealed]:
    """The chain from behind a number on, read as it is asked for."""
    asked = (
        select(*_SEALS, *_COLUMNS)
        .outerjoin(audit, audit.c.id == audit_seal.c.audit_id)
        .where(audit_seal.c.number > after)
        .order_by(audit_seal.c.number)
    )
    for row in connection.execute(asked.execution_options(yield_per=_PART)):
        yield Sealed(
            row.number, row.sealed_at, row.seal, row.audit_id, None if row.id is None else _row(row)
        )


def newest_links(connection: Connection, limit: int, told_of: str = "") -> list[Sealed]:
    """The last of the chain, newest first; ``told_of``: of one table alone."""
    asked = select(*_SEALS, *_COLUMNS).join(audit, audit.c.id == audit_seal.c.audit_id)
    if told_of:
        asked = asked.where(audit.c.told_of == told_of)
    rows = connection.execute(asked.order_by(audit_seal.c.number.desc()).limit(limit))
    return [Sealed(row.number, row.sealed_at, row.seal, row.audit_id, _row(row)) for row in rows]


def audit_count(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(audit_seal)).scalar_one()


def audit_faults(connection: Connection, known: Head) -> Iterator[AuditFinding]:
    """All that does not fit: the chain, rows that no commit sealed, what writes them, and the rows
    they tell of. ``known``: the newest seal that was seen from here before."""
    yield from chain_faults(audit_links(connection), known)
    unsealed = (
        select(audit.c.id)
        .outerjoin(audit_seal, audit_seal.c.audit_id == audit.c.id)
        .where(audit_seal.c.number.is_(None))
        .order_by(audit.c.id)
    )
    for one in connection.execute(unsealed).scalars():
        yield AuditFinding(AuditFault.UNSEALED, str(one))
    if connection.dialect.name == "postgresql":
        yield from trigger_faults(connection)
        yield from untold_rows(connection, audit_links(connection))


def _row(row: AnyRow) -> AuditRow:
    return AuditRow(
        id=row.id,
        at=row.row_at,
        login=row.login,
        agent_id=row.agent_id,
        program=row.program,
        client=row.client,
        told_of=row.told_of,
        verb=row.verb,
        row_key=row.row_key,
        old=row.old,
        new=row.new,
    )
