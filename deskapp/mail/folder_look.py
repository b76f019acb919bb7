"""What a folder has that the ledger has not, asked for as briefly as can be trusted.

A brief look compares what the server said when the ledger was last like it (EXISTS and UIDNEXT,
RFC 3501, 2.3.1) with what it says now, and asks only for UIDs that are new; a large folder that has
fewer mails than before is asked which left (QRESYNC, RFC 7162). Whatever does not add up makes it
a full comparison of UID sets, and so does time. Where the numbers stand still, the newest UIDs are
asked for now and then: a server that lies about its numbers delays a mail, and loses none.
"""

from collections.abc import Set
from dataclasses import dataclass
from datetime import UTC, datetime

from deskapp.data.database import Database
from deskapp.data.queries import ledger
from deskapp.data.queries.folders import FolderMark
from deskapp.data.queries.ledger import KnownUids
from deskapp.domain.ids import FolderId

from . import uid_sets
from .connection import ImapConnection
from .imap_session import SelectedFolder
from .plan import FolderPlan, plan_folder
from .uid_sets import LARGEST_UID

_LARGE = 2000  # mails
_NEWEST = 500  # UIDs


@dataclass(frozen=True, slots=True)
class Look:
    """What is to be done, and how many mails the server has.

    ``gone`` was listed before, and the server says for certain that it has it no more. With
    ``agrees`` its listing is as long as it says itself, or was told in two ways, and a later look
    may begin from it.
    """

    plan: FolderPlan
    on_server: int
    gone: frozenset[int]
    whole: bool
    agrees: bool = True


def is_quiet(folder: SelectedFolder, mark: FolderMark) -> bool:
    """Whether nothing came or went since: a UID is never given twice, so both numbers move."""
    return (
        None not in (folder.uidnext, mark.seen_uidnext)
        and folder.uidnext == mark.seen_uidnext
        and folder.exists == mark.seen_exists
    )


def has_hidden(
    connection: ImapConnection, database: Database, folder: SelectedFolder, mark: FolderMark
) -> bool:
    """Whether there is new mail of which a quiet folder's numbers say nothing."""
    first = max(1, (mark.seen_uidnext or 1) - _NEWEST)
    known = _known(database, mark.id, folder, first)
    there = connection.uids_between(first, LARGEST_UID + 1)
    return bool(plan_folder(known, there).fetch)


def brief_look(
    connection: ImapConnection, database: Database, folder: SelectedFolder, mark: FolderMark
) -> Look | None:
    """What came since ``mark``, and what is due again; None when a full comparison is needed."""
    if mark.seen_exists is None or mark.seen_uidnext is None or folder.uidnext is None:
        return None
    first, behind = mark.seen_uidnext, folder.uidnext
    if behind < first:
        return None
    came = connection.uids_between(first, behind) if behind > first else set()
    missing = mark.seen_exists + len(came) - folder.exists
    left = _left(connection, database, folder, mark, first) if missing > 0 else frozenset()
    if left is None or len(left) != missing:
        return None
    known = _known(database, mark.id, folder, first)
    listed = came | connection.still_there(known.due - came)
    plan = plan_folder(known, listed)
    return Look(plan, folder.exists, _gone(connection, plan) | left, whole=False)


def _left(
    connection: ImapConnection,
    database: Database,
    folder: SelectedFolder,
    mark: FolderMark,
    behind: int,
) -> frozenset[int] | None:
    """What left since ``mark``, as QRESYNC tells and asked for by name; None: compare in full.

    A small folder is sooner listed than asked this: the answer names changed flags too.
    """
    if mark.highest_modseq is None or (mark.seen_exists or 0) < _LARGE:
        return None
    told = connection.vanished(mark.highest_modseq, behind)
    if told is None:
        return None
    known = _known(database, mark.id, folder, None)
    before = known.here | known.waiting | known.due | known.not_asked
    left = uid_sets.within(told, (uid for uid in before if uid < behind))
    return None if connection.still_there(left) else left


def whole_look(
    connection: ImapConnection,
    database: Database,
    folder_id: FolderId,
    folder: SelectedFolder,
    listed: Set[int],
) -> Look:
    """The server's whole UID set against the ledger's."""
    plan = plan_folder(_known(database, folder_id, folder, None), listed)
    gone = _gone(connection, plan)
    there = listed | (plan.doubtful - gone)
    agrees = connection.told_twice or _count_below(there, folder.uidnext) == folder.exists
    return Look(plan, len(there), gone, whole=True, agrees=agrees)


def _known(
    database: Database, folder_id: FolderId, folder: SelectedFolder, first: int | None
) -> KnownUids:
    with database.reading() as reading:
        return ledger.known_uids(
            reading, folder_id, folder.uidvalidity, datetime.now(UTC), first=first
        )


def _gone(connection: ImapConnection, plan: FolderPlan) -> frozenset[int]:
    """Missing in a listing is no proof: those mails are asked for by name."""
    return plan.doubtful - connection.still_there(plan.doubtful)


def _count_below(uids: Set[int], uidnext: int | None) -> int:
    """Without those that came after the folder was opened."""
    return len(uids) if uidnext is None else sum(uid < uidnext for uid in uids)
