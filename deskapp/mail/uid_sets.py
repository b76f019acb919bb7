"""UID sets as IMAP spells them: 1:17,21 (RFC 3501, sequence-set)."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

LARGEST_UID = 2**32 - 1
LETTERS_A_LINE = 7000
"""A set stays well under the 8192 octets that RFC 7162, section 4 lets a client count on."""
_UIDS_A_LINE = 1000

Range = tuple[int, int]
"""The first and the last UID."""

_SET = re.compile(rb"\d{1,10}(?::\d{1,10})?(?:,\d{1,10}(?::\d{1,10})?)*")


def spelt(uids: Iterable[int]) -> str:
    """The shortest spelling of these UIDs, ascending."""
    ranges: list[list[int]] = []
    for uid in sorted(uids):
        if ranges and uid <= ranges[-1][1] + 1:
            ranges[-1][1] = uid
        else:
            ranges.append([uid, uid])
    return ",".join(str(low) if low == high else f"{low}:{high}" for low, high in ranges)


def lines(uids: Iterable[int]) -> Iterator[list[int]]:
    """The UIDs ascending, in pieces whose spelling fits a line of command."""
    some: list[int] = []
    letters = 0
    for uid in sorted(uids):
        letters += len(str(uid)) + 1  # alone; in a range it takes no more
        if some and (letters > LETTERS_A_LINE or len(some) == _UIDS_A_LINE):
            yield some
            some, letters = [], len(str(uid)) + 1
        some.append(uid)
    if some:
        yield some


def ranges(text: bytes) -> list[Range]:
    """The ranges of a set a server sent, ascending. Raises ValueError for another shape."""
    if not _SET.fullmatch(text):
        raise ValueError("not a UID set")
    found = []
    for part in text.split(b","):
        low, _, high = part.partition(b":")
        first, last = sorted((int(low), int(high or low)))
        found.append((first, last))
    return sorted(found)


def within(told: Iterable[Range], uids: Iterable[int]) -> frozenset[int]:
    """Those of ``uids`` that lie in one of the ranges, however wide these are."""
    ordered = sorted(uids)
    found: set[int] = set()
    for first, last in told:
        found.update(ordered[bisect_left(ordered, first) : bisect_right(ordered, last)])
    return frozenset(found)


def read(text: bytes, at_most: int) -> set[int]:
    """The UIDs of a set a server sent.

    Raises ValueError for another shape, or for more than ``at_most`` UIDs: a range costs the
    sender a few letters and the reader all the memory there is.
    """
    told = ranges(text)
    if sum(last - first + 1 for first, last in told) > at_most:
        raise ValueError("more UIDs than the folder has mails")
    found: set[int] = set()
    for first, last in told:
        found.update(range(first, last + 1))
    found.discard(0)
    return found
