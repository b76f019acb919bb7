"""Which of the mails that are in a folder at its first look are asked for."""

from collections.abc import Set
from datetime import UTC, date, datetime, timedelta

from deskapp.data.database import Database
from deskapp.data.queries import ledger_scope
from deskapp.domain.ids import FolderId

from .connection import ImapConnection
from .imap_session import SelectedFolder

_LEFT_OUT_AT_ONCE = 5000  # rows of one transaction; others want to write too


def choose(
    connection: ImapConnection,
    database: Database,
    folder_id: FolderId,
    folder: SelectedFolder,
    listed: Set[int],
    since: datetime | None,
) -> None:
    """Names in the ledger which of ``listed`` are not asked for, being older than ``since``."""
    wanted = listed if since is None else _since(connection, listed, since)
    where = (folder_id, folder.uidvalidity)
    with database.writing() as unit:
        ledger_scope.ask_for(unit, *where, wanted)
    older = sorted(listed - wanted)
    for start in range(0, len(older), _LEFT_OUT_AT_ONCE):
        with database.writing() as unit:
            some = older[start : start + _LEFT_OUT_AT_ONCE]
            ledger_scope.leave_out(unit, *where, some, datetime.now(UTC))
    with database.writing() as unit:
        ledger_scope.note_choice(unit, folder_id, since, datetime.now(UTC))


def _since(connection: ImapConnection, listed: Set[int], since: datetime) -> Set[int]:
    """What SEARCH tells, and what its own date shows: an index that is behind leaves the newest
    out, and what is left out is not asked for again. In doubt a mail is asked for.
    """
    found = listed & connection.list_uids(first_day(since))
    rest = listed - found
    received = connection.received(rest)
    return found | {uid for uid in rest if uid not in received or received[uid] >= since}


def first_day(since: datetime | None) -> date | None:
    """A day earlier: SINCE looks at the server's own dates without their time zone."""
    return (since - timedelta(days=1)).date() if since else None
