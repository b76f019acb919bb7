"""How complete a mailbox is here, for commands: as JSON, as a table, in words."""

from collections.abc import Sequence
from datetime import datetime

import typer

from deskapp.domain.kinds import LedgerState
from deskapp.domain.lease_holders import read_holder
from deskapp.domain.mailboxes import STOPPED, FolderCount, MailboxRow, MissingMails
from deskapp.domain.problem import ProblemKind

from .output import safe_line, show_table, when

_STATES = {
    ProblemKind.OFFLINE: "offline",
    ProblemKind.SIGN_IN_REFUSED: "sign-in refused",
    ProblemKind.TLS_UNTRUSTED: "certificate not trusted",
    ProblemKind.TLS_UNAVAILABLE: "no TLS",
    ProblemKind.SERVER_REFUSED: "refused by the server",
    ProblemKind.FOLDER_MISSING: "folder missing",
    ProblemKind.FOLDER_IS_VIEW: "folder shows other folders",
    ProblemKind.PLAIN_NOT_LOOPBACK: "not without TLS",
    ProblemKind.NO_SECRET: "password needed",
}
_REASONS = {
    "": "not fetched yet",
    STOPPED: "the import was stopped before their turn",
    "not_delivered_by_server": "the server lists them and did not hand them over",
    "too_large": "larger than is fetched",
    "empty": "empty",
    "damaged": "the stored bytes are damaged",
    "nesting": "mails within mails, too deep to read safely",
    "too_many_parts": "too many parts to read safely",
    "too_slow": "reading took too long",
    "internal": "deskapp could not read them; a newer version may",
}
_UIDS_SHOWN = 10


def mailbox_facts(row: MailboxRow) -> dict[str, object]:
    """A mailbox in the fields of ``mailbox list --json`` (DESIGN section 6), and its folders."""
    holder = read_holder(row.lease_holder)
    lease = {"machine": holder.machine, "process": holder.process, "since": row.lease_since}
    return {
        "id": row.id,
        "address": row.settings.address,
        "aliases": list(row.settings.aliases),
        "on_server": row.on_server,
        "stored": row.stored,
        "held": row.held,
        "state": row.state,
        "last_success": row.last_success_at,
        "pending": row.pending,
        "not_asked": row.not_asked,
        "since": row.settings.since,
        "state_text": state_words(row),
        "state_since": row.state_since,
        "retry_at": row.retry_at,
        "stopped": row.stopped is not None,
        "lease": lease if row.lease_holder else None,
        "folders": [folder_facts(folder) for folder in row.folders],
    }


def folder_facts(folder: FolderCount) -> dict[str, object]:
    """One folder's ledger in numbers."""
    return {
        "name": folder.name,
        "role": folder.role,
        "on_server": folder.on_server,
        "stored": folder.stored,
        "held": folder.held,
        "pending": folder.pending,
        "not_asked": folder.not_asked,
        "vanished": folder.vanished,
        "last_full_check": folder.last_full_check_at,
    }


def missing_facts(one: MissingMails) -> dict[str, object]:
    """Mails that are on the server and cannot be read here, with the reason."""
    return {
        "folder": one.folder,
        "state": one.state,
        "reason": one.reason,
        "count": len(one.uids),
        "uids": list(one.uids[:1000]),
        "stored": one.has_bytes,
        "retry_at": one.retry_at,
    }


def show_mailboxes(rows: Sequence[MailboxRow]) -> None:
    """A line for each mailbox, and below them a line for each folder."""
    head = ("on server", "stored", "held", "waiting", "not asked", "gone", "last full check", "")
    lines: list[Sequence[object]] = []
    for row in rows:
        gone = sum(folder.vanished for folder in row.folders)
        counts = (row.on_server, row.stored, row.held, row.pending, row.not_asked, gone)
        lines.append((*counts, "", f"{row.settings.address}: {state_words(row)}"))
        lines += [_folder_line(folder) for folder in row.folders]
    show_table(head, lines)


def _folder_line(folder: FolderCount) -> Sequence[object]:
    there = "?" if folder.on_server is None else folder.on_server
    counts = (there, folder.stored, folder.held, folder.pending, folder.not_asked, folder.vanished)
    return (*counts, when(folder.last_full_check_at), f"\u00b7 {folder.name}")


def state_words(row: MailboxRow) -> str:
    """How a mailbox stands, in words."""
    if row.state == "new":
        said = "not fetched yet"
    elif row.state == "ok":
        said = "connected" if row.lease_holder else "nobody fetches it now"
        said += f"; the server says: {row.state_detail}" if row.state_detail else ""
    elif row.retry_at is not None:
        said = f"left alone until {_clock(row.retry_at)}, because the server said so"
    else:
        said = _STATES.get(ProblemKind(row.state), row.state) if _known(row.state) else row.state
        if row.state in (ProblemKind.FOLDER_MISSING, ProblemKind.FOLDER_IS_VIEW):
            said += f" ({row.state_detail})" if row.state_detail else ""
        said += f" since {when(row.state_since)}" if row.state_since else ""
    if row.stopped is not None:
        said += "; import stopped by you"
    if row.lease_holder:
        said += f"; fetched by {read_holder(row.lease_holder).machine}"
        said += f" since {when(row.lease_since)}" if row.lease_since else ""
    return said


def _known(state: str) -> bool:
    return state in list(ProblemKind)


def _clock(at: datetime) -> str:
    return at.astimezone().strftime("%H:%M")


def audit_sentence(row: MailboxRow, missing: Sequence[MissingMails]) -> str:
    """ "4 812 of 4 812: every mail on the server is here." or how many are not."""
    counts = _counts(row)
    away = sum(len(one.uids) for one in missing if not one.has_bytes)
    unread = sum(len(one.uids) for one in missing if one.has_bytes)
    away = max(away, row.pending)
    every = "every mail on the server is here"
    if row.not_looked_at:
        every = "every mail in the other folders is here"
    if away:
        said = f"{counts}: {away} are not here, for these reasons."
    elif unread:
        said = f"{counts}: {every}; {unread} of them cannot be read yet."
    else:
        said = f"{counts}: {every}."
    return said + _not_looked_at(row) + _older(row)


def _not_looked_at(row: MailboxRow) -> str:
    return f" Could not be looked at: {row.not_looked_at}." if row.not_looked_at else ""


def ledger_sentence(row: MailboxRow) -> str:
    """How much of what the server had at the last look is here, and what stands in the way."""
    trouble = "" if row.state in ("new", "ok") else f"{state_words(row)}; "
    looks = [folder.last_full_check_at for folder in row.folders]
    oldest = min((at for at in looks if at is not None), default=None)
    if oldest is None:
        return f"{trouble}not compared with its server yet."
    return f"{trouble}{_counts(row)} here, compared with the server {when(oldest)}.{_older(row)}"


def _counts(row: MailboxRow) -> str:
    return f"{row.here:,} of {row.wanted:,}".replace(",", " ")


def _older(row: MailboxRow) -> str:
    if not row.not_asked:
        return ""
    first_day = row.settings.since
    older = f" (older than {first_day:%Y-%m-%d})" if first_day else ""
    return f" {row.not_asked} more were not asked for{older}."


def reason(word: str) -> str:
    """Why a mail is not readable here, in words; an unknown reason as it is stored."""
    return _REASONS.get(word, word)


def show_missing(missing: Sequence[MissingMails]) -> None:
    """A line for each folder and reason, with the first UIDs."""
    for one in missing:
        uids = ", ".join(map(str, one.uids[:_UIDS_SHOWN]))
        more = ", …" if len(one.uids) > _UIDS_SHOWN else ""
        kind = "held" if one.state is LedgerState.HELD else "waiting"
        again = f"; asked for again at {_clock(one.retry_at)}" if one.retry_at else ""
        why = reason(one.reason)
        line = f"{one.folder}: {len(one.uids)} {kind}, {why}{again} (UID {uids}{more})"
        typer.echo(safe_line(line))
