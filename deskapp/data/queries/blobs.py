"""The bytes of mails and files, stored once under the hash of their content."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, select

from deskapp.domain.ids import BlobHash
from deskapp.domain.problem import Problem, ProblemKind

from ..bulk import insert_rows
from ..packing import ZstdError, compressed, decompressed
from ..tables.mail import blob
from .parts import parts

_CODEC = "zstd"
_LARGEST = 256 * 1024 * 1024  # bytes one blob may unpack to; a damaged header claims anything


@dataclass(frozen=True, slots=True)
class PackedBlob:
    """Bytes ready to be stored: hashed and compressed, away from any transaction.

    ``size`` is that of the bytes as they came.
    """

    sha256: BlobHash
    size: int
    packed: bytes


def blob_hash(raw: bytes) -> BlobHash:
    """The name under which these bytes are stored."""
    return BlobHash(hashlib.sha256(raw).hexdigest())


def pack(raw: bytes) -> PackedBlob:
    """Hashes and compresses. Both leave the interpreter to other threads meanwhile."""
    return PackedBlob(blob_hash(raw), len(raw), compressed(raw))


def put_packed(connection: Connection, blobs: Sequence[PackedBlob]) -> None:
    """Stores what is not stored yet."""
    if not blobs:
        return
    now = datetime.now(UTC)
    # One order for everybody: two writers with the same blobs in other orders would deadlock.
    ordered = sorted({one.sha256: one for one in blobs}.values(), key=lambda one: one.sha256)
    insert_rows(
        connection,
        blob,
        [
            {
                "sha256": one.sha256,
                "codec": _CODEC,
                "size": one.size,
                "bytes": one.packed,
                "created_at": now,
            }
            for one in ordered
        ],
        known="ON CONFLICT (sha256) DO NOTHING",
    )


def put_blobs(connection: Connection, raws: Iterable[bytes]) -> list[BlobHash]:
    """Stores several, and names each in the order given."""
    packed = [pack(raw) for raw in raws]
    put_packed(connection, packed)
    return [one.sha256 for one in packed]


def put_blob(connection: Connection, raw: bytes) -> BlobHash:
    """Stores one."""
    return put_blobs(connection, [raw])[0]


def get_blobs(connection: Connection, names: Iterable[str]) -> dict[BlobHash, bytes]:
    """The bytes behind these names; unknown ones are left out."""
    found: dict[BlobHash, bytes] = {}
    columns = select(blob.c.sha256, blob.c.codec, blob.c.size, blob.c.bytes)
    for some in parts(set(names)):
        for row in connection.execute(columns.where(blob.c.sha256.in_(some))):
            found[BlobHash(row.sha256)] = _unpacked(row.codec, row.size, row.bytes)
    return found


def get_blob(connection: Connection, name: str) -> bytes:
    """The bytes behind one name. Raises ``Problem(NOT_FOUND)``."""
    found = get_blobs(connection, [name]).get(BlobHash(name))
    if found is None:
        raise Problem(ProblemKind.NOT_FOUND, what="blob", value=name)
    return found


def _unpacked(codec: str, size: int, stored: bytes) -> bytes:
    if codec != _CODEC or size > _LARGEST:
        raise Problem(ProblemKind.DATABASE_DAMAGED, what="blob", codec=codec)
    try:
        return decompressed(stored, most=size)
    except ZstdError as error:
        raise Problem(ProblemKind.DATABASE_DAMAGED, what="blob") from error
