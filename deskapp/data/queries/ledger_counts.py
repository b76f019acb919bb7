"""The mail ledger in numbers: how complete each folder is here."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select, text

from deskapp.domain.ids import FolderId, MailboxId
from deskapp.domain.kinds import LedgerState
from deskapp.domain.mailboxes import FolderCount

from ..tables.columns import AnyRow
from ..tables.mail import folder

# Mails by folder, state and whether they are of the folder's present epoch; state "any" counts
# all of an epoch. Each part is answered from an index: what is stored is what remains, because
# asking for it would read the whole ledger. The states stand in the text because SQLite takes a
# partial index only for the very words it was made with.
LEDGER_COUNTS = text(
    "SELECT f.id AS folder_id, 'any' AS state, 1 AS present, count(*) AS number "
    "FROM folder f JOIN server_mail s ON s.folder_id = f.id AND s.uidvalidity = f.uidvalidity "
    "GROUP BY f.id "
    "UNION ALL "
    "SELECT f.id, s.state, CASE WHEN s.uidvalidity = f.uidvalidity THEN 1 ELSE 0 END, count(*) "
    "FROM server_mail s JOIN folder f ON f.id = s.folder_id "
    "WHERE s.state IN ('pending', 'held') GROUP BY 1, 2, 3 "
    "UNION ALL "
    "SELECT f.id, s.state, 1, count(*) "
    "FROM folder f JOIN server_mail s ON s.folder_id = f.id AND s.uidvalidity = f.uidvalidity "
    "WHERE s.state IN ('vanished', 'not_asked', 'erased') GROUP BY 1, 2"
)

_ROLES = {"inbox": 0, "sent": 1}


def folder_counts(
    connection: Connection, mailboxes: Sequence[MailboxId] | None = None
) -> dict[MailboxId, tuple[FolderCount, ...]]:
    """Every watched folder's ledger in numbers, by mailbox; None asks for all. INBOX and Sent are
    before the folders that a person named.

    They speak of the folder's present epoch (UIDVALIDITY), and held of all: what an earlier one had
    is here under another UID, or its server does not tell whether it is gone.
    """
    counts: dict[int, dict[tuple[str, bool], int]] = defaultdict(dict)
    for owner, state, present, number in connection.execute(LEDGER_COUNTS):
        counts[owner][state, bool(present)] = number
    statement = select(folder).where(folder.c.watched)
    if mailboxes is not None:
        statement = statement.where(folder.c.mailbox_id.in_(mailboxes))
    found: dict[MailboxId, list[FolderCount]] = defaultdict(list)
    rows = connection.execute(statement.order_by(folder.c.id)).all()
    for row in sorted(rows, key=lambda row: _ROLES.get(row.role, len(_ROLES))):
        found[row.mailbox_id].append(_folder_count(row, counts[row.id]))
    return {owner: tuple(folders) for owner, folders in found.items()}


def _folder_count(row: AnyRow, counts: Mapping[tuple[str, bool], int]) -> FolderCount:
    def count(state: str, *, present: bool) -> int:
        return counts.get((state, present), 0)

    listed = count(LedgerState.PENDING, present=True)
    held = count(LedgerState.HELD, present=True)
    gone = count(LedgerState.VANISHED, present=True)
    not_asked = count(LedgerState.NOT_ASKED, present=True)
    erased = count(LedgerState.ERASED, present=True)
    stored = count("any", present=True) - listed - held - gone - not_asked - erased
    return FolderCount(
        id=FolderId(row.id),
        name=row.name,
        role=row.role,
        on_server=row.on_server,
        stored=stored,
        held=held + count(LedgerState.HELD, present=False),
        # What the server has and the ledger has not heard of is pending too.
        pending=max(listed, (row.on_server or 0) - stored - held - not_asked - erased),
        vanished=gone,
        last_full_check_at=row.last_full_check_at,
        not_asked=not_asked,
        erased=erased,
        answered=row.answered,
    )
