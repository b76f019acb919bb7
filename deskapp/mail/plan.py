"""What to do about a folder: the ledger and the server's UID set in, work out. No I/O here."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from deskapp.data.queries.ledger import KnownUids

BATCH_MAILS = 200
BATCH_BYTES = 4 * 1024 * 1024
LARGE_MAIL = 1024 * 1024
"""Fetched alone and in slices: a cut line costs one slice, not all that came with it."""
LARGEST_MAIL = 50 * 1024 * 1024
"""Above, a mail is named in the ledger as held and left on the server."""
SIZE_UNKNOWN = 256 * 1024


@dataclass(frozen=True, slots=True)
class FolderPlan:
    """``fetch`` is newest first. ``doubtful`` were listed before and are not now: ask for them by
    name before believing that they are gone. ``returned`` were believed gone and are not.
    """

    fetch: tuple[int, ...]
    doubtful: frozenset[int]
    returned: frozenset[int]


def plan_folder(known: KnownUids, listed: Set[int]) -> FolderPlan:
    """Compares sets. A UID is never judged by being greater or less than another."""
    new = listed - known.here - known.returned - known.waiting - known.due - known.not_asked
    again = listed & known.due
    return FolderPlan(
        fetch=tuple(sorted(new | again, reverse=True)),
        doubtful=frozenset((known.here | known.waiting | known.due | known.not_asked) - listed),
        returned=frozenset(known.returned & listed),
    )


@dataclass(frozen=True, slots=True)
class Batch:
    """UIDs for one FETCH, or one large mail. ``size`` is the server's word, a hint only.

    ``empty`` are mails of no bytes at all: elsewhere an empty answer means that none was given.
    """

    uids: tuple[int, ...]
    size: int
    large: bool = False
    empty: frozenset[int] = frozenset()


def batches(
    uids: Sequence[int], sizes: Mapping[int, int], alone: Set[int] = frozenset()
) -> Iterator[Batch]:
    """Cuts work into pieces of one FETCH and one transaction, in the order given.

    ``alone`` are UIDs whose batch went wrong before: they come last, each by itself.
    """
    some: list[int] = []
    weight = 0
    for uid in uids:
        if uid in alone:
            continue
        size = sizes.get(uid, SIZE_UNKNOWN)
        if size > LARGE_MAIL:
            yield _batch([uid], sizes)
            continue
        if some and (len(some) == BATCH_MAILS or weight + size > BATCH_BYTES):
            yield _batch(some, sizes)
            some, weight = [], 0
        some.append(uid)
        weight += size
    if some:
        yield _batch(some, sizes)
    for uid in uids:
        if uid in alone:
            yield _batch([uid], sizes)


def _batch(uids: Sequence[int], sizes: Mapping[int, int]) -> Batch:
    size = sum(sizes.get(uid, SIZE_UNKNOWN) for uid in uids)
    return Batch(
        tuple(uids),
        size,
        large=len(uids) == 1 and size > LARGE_MAIL,
        empty=frozenset(uid for uid in uids if sizes.get(uid) == 0),
    )
