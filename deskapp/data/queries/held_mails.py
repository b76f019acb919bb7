"""Mails that could not be read, and whose bytes may still be somebody's who is erased."""

from collections.abc import Collection, Iterable

from sqlalchemy import select, update

from deskapp.domain.kinds import LedgerState

from ..database import Unit
from ..tables.mail import server_mail
from .blobs import get_blobs
from .parts import parts

_AT_ONCE = 20


def erase_held(unit: Unit, addresses: Collection[str]) -> set[str]:
    """Lets go of held mails that name one of these addresses; the names of their bytes."""
    held = select(server_mail.c.id, server_mail.c.sha256).where(
        server_mail.c.state == LedgerState.HELD, server_mail.c.sha256.is_not(None)
    )
    wanted = [one.encode() for one in addresses if one]
    names: set[str] = set()
    for rows in parts(unit.connection.execute(held).all() if wanted else (), _AT_ONCE):
        for name, raw in get_blobs(unit.connection, [row.sha256 for row in rows]).items():
            lowered = raw.lower()
            if any(one in lowered for one in wanted):
                names.add(name)
        erase_from_ledger(unit, [row.id for row in rows if row.sha256 in names])
    return names


def erase_from_ledger(unit: Unit, ids: Iterable[int]) -> None:
    """These are known, not kept, and not asked for again."""
    for part in parts(ids):
        unit.connection.execute(
            update(server_mail)
            .where(server_mail.c.id.in_(part))
            .values(
                state=LedgerState.ERASED,
                sha256=None,
                size=None,
                message_id=None,
                filed_at=None,
                reason="",
            )
        )
        unit.touched.areas.add("ledger")
