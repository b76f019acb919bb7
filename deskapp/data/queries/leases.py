"""Leases: which of several running engines works on a mailbox.

A lease has a holder, an expiry and a fence: a number that grows with every new holding, so that
what an earlier holder still writes can be told from what the present one writes. Times are the
database's on PostgreSQL, where each machine's own clock would decide differently.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, func, or_, select, update

from ..tables.team import lease
from .upsert import insert_into

LEASE_TIME = timedelta(seconds=60)

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def acquire(
    connection: Connection,
    name: str,
    holder: str,
    *,
    instead_of: str = "",
    now: datetime | None = None,
    lasts: timedelta = LEASE_TIME,
) -> int | None:
    """Takes a lease that is free, expired or already ours. Its fence, or None: somebody has it.

    ``instead_of`` is a holder known to be dead.
    """
    now = now or clock(connection)
    ours = [one for one in (holder, instead_of) if one]
    taken = connection.execute(
        update(lease)
        .where(lease.c.name == name, or_(lease.c.expires_at <= now, lease.c.holder.in_(ours)))
        .values(holder=holder, fence=lease.c.fence + 1, taken_at=now, expires_at=now + lasts)
        .returning(lease.c.fence)
    ).scalar()
    if taken is not None:
        return int(taken)
    made = connection.execute(
        insert_into(connection, lease)
        .values(name=name, holder=holder, fence=1, taken_at=now, expires_at=now + lasts)
        .on_conflict_do_nothing(index_elements=["name"])
        .returning(lease.c.fence)
    ).scalar()
    return None if made is None else int(made)


def renew(
    connection: Connection,
    name: str,
    fence: int,
    *,
    now: datetime | None = None,
    lasts: timedelta = LEASE_TIME,
) -> bool:
    """Prolongs a lease. False: it went to somebody else meanwhile, and all work must stop."""
    now = now or clock(connection)
    renewed = connection.execute(
        update(lease)
        .where(lease.c.name == name, lease.c.fence == fence)
        .values(expires_at=now + lasts)
    )
    return renewed.rowcount == 1


def release(connection: Connection, name: str, fence: int) -> None:
    """Gives a lease back. The row stays, so that the fence keeps growing."""
    connection.execute(
        update(lease)
        .where(lease.c.name == name, lease.c.fence == fence)
        .values(holder="", expires_at=_NEVER)
    )


def holder_of(connection: Connection, name: str, *, now: datetime | None = None) -> str:
    """Who has the lease now, or ""."""
    return held_since(connection, name, now=now)[0]


def held_since(
    connection: Connection, name: str, *, now: datetime | None = None
) -> tuple[str, datetime | None]:
    """Who has the lease now and since when; ("", None) when nobody has it."""
    now = now or clock(connection)
    found = connection.execute(
        select(lease.c.holder, lease.c.taken_at).where(
            lease.c.name == name, lease.c.expires_at > now
        )
    ).one_or_none()
    return ("", None) if found is None else (found.holder, found.taken_at)


def clock(connection: Connection) -> datetime:
    """The time all clients of this database agree on."""
    if connection.dialect.name != "postgresql":
        return datetime.now(UTC)
    told: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
    return told.astimezone(UTC)
