"""The copy in Sent: looked for by our own Message-ID first, put there once where it lacks.

The same look settles uncertain replies: what lies in Sent was sent.
"""

import logging
from datetime import datetime, timedelta

from deskapp.data.database import Database
from deskapp.data.queries import outbox_copies, outbox_ends
from deskapp.data.queries.blobs import get_blob
from deskapp.data.queries.outbox_copies import CopyDue
from deskapp.domain.ids import MailboxId
from deskapp.domain.kinds import OutboxState
from deskapp.domain.problem import Problem, ProblemKind

from .connection import ImapConnection

log = logging.getLogger(__name__)

GRACE = timedelta(seconds=10)
"""Left to a server that puts a copy into Sent by itself without our knowing that it does."""
_LOOKED_FOR = timedelta(days=3)


def settle_copies(
    connection: ImapConnection,
    database: Database,
    mailbox_id: MailboxId,
    sent_folder: str | None,
    now: datetime,
    *,
    grace: timedelta = GRACE,
) -> int:
    """One look for all replies of a mailbox that need one; how many were settled.

    Raises Problem for the line. A server without a Sent folder gets no copies.
    """
    with database.reading() as reading:
        due = outbox_copies.copies_due(reading, mailbox_id, now - _LOOKED_FOR)
    due = [copy for copy in due if copy.sent_at is None or copy.sent_at + grace <= now]
    if not due:
        return 0
    if sent_folder is not None:
        try:
            connection.select(sent_folder)
        except Problem as problem:
            if problem.kind is not ProblemKind.FOLDER_MISSING:
                raise
            sent_folder = None
    return sum(_settle(connection, database, copy, sent_folder, now) for copy in due)


def next_copy_in(
    database: Database, mailbox_id: MailboxId, now: datetime, *, grace: timedelta = GRACE
) -> float | None:
    """Seconds until the next copy is looked for; None when none waits for its grace to pass."""
    with database.reading() as reading:
        due = outbox_copies.copies_due(reading, mailbox_id, now - _LOOKED_FOR)
    waits = [(copy.sent_at + grace - now).total_seconds() for copy in due if copy.sent_at]
    return min((wait for wait in waits if wait > 0), default=None)


def _settle(
    connection: ImapConnection,
    database: Database,
    copy: CopyDue,
    sent_folder: str | None,
    now: datetime,
) -> bool:
    there = sent_folder is not None and connection.has_message_id(copy.message_id)
    if copy.state is OutboxState.UNCERTAIN:
        if there:
            with database.writing() as unit:
                outbox_ends.settle_uncertain(unit, copy.id, now)
            log.info("reply %d was sent: found in Sent", copy.id)
        return there
    if there:
        _note(database, copy, "appended" if copy.sent_copy == "appending" else "server")
    elif sent_folder is None:
        _note(database, copy, "skipped")
    else:
        with database.reading() as reading:
            raw = get_blob(reading, copy.sha256)
        _note(database, copy, "appending")
        connection.append(sent_folder, raw, copy.sent_at or now)
        _note(database, copy, "appended")
    return True


def _note(database: Database, copy: CopyDue, sent_copy: str) -> None:
    with database.writing() as unit:
        outbox_copies.note_copy(unit, copy.id, sent_copy)
