"""What keeps erased people from coming back by themselves: hashes of what they would come by."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, select

from deskapp.domain.erasing import StoneKind, stone_hash

from ..tables.erasing import tombstone
from .desk_info import desk_secret
from .parts import parts
from .upsert import insert_into

Stone = tuple[StoneKind, str]


def any_stones(connection: Connection) -> bool:
    """Whether anybody was ever erased here; else nothing has to be hashed."""
    return connection.execute(select(tombstone.c.at).limit(1)).first() is not None


def erased_at(connection: Connection, asked: Iterable[Stone]) -> dict[Stone, datetime]:
    """When these identifiers were erased; those that never were are left out."""
    wanted = {one for one in asked if one[1]}
    if not wanted or not any_stones(connection):
        return {}
    secret = desk_secret(connection)
    hashes = {(kind, stone_hash(secret, kind, value)): (kind, value) for kind, value in wanted}
    found: dict[Stone, datetime] = {}
    for part in parts(digest for _, digest in hashes):
        rows = connection.execute(
            select(tombstone.c.kind, tombstone.c.hash, tombstone.c.at).where(
                tombstone.c.hash.in_(part)
            )
        )
        for row in rows:
            stone = hashes.get((StoneKind(row.kind), row.hash))
            if stone is not None:
                found[stone] = row.at
    return found


def put_stones(
    connection: Connection, erasure: int, stones: Iterable[Stone], at: datetime
) -> Mapping[Stone, str]:
    """Keeps these away from now on; their hashes. Who is erased again gets the later moment."""
    secret = desk_secret(connection)
    hashes = {(kind, value): stone_hash(secret, kind, value) for kind, value in stones if value}
    insertion = insert_into(connection, tombstone)
    statement = insertion.on_conflict_do_update(
        index_elements=["kind", "hash"],
        set_={"erasure_id": insertion.excluded.erasure_id, "at": insertion.excluded.at},
    )
    for part in parts(sorted(hashes.items())):
        connection.execute(
            statement,
            [
                {"kind": kind, "hash": digest, "erasure_id": erasure, "at": at}
                for (kind, _), digest in part
            ],
        )
    return hashes
