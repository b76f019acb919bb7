"""How a mailbox stands, in words: for its panel, for the status line, for what is read aloud."""

import platform
from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from deskapp.domain.lease_holders import machine_name, read_holder
from deskapp.domain.mailboxes import STOPPED, MailboxRow, MissingMails
from deskapp.domain.problem import Problem, ProblemKind

from . import text, words
from .errors import Explanation, explain
from .translatable import N

_SINCE = {
    ProblemKind.OFFLINE: N("MailboxWords", "Offline since {when}."),
    ProblemKind.SIGN_IN_REFUSED: N("MailboxWords", "Sign-in refused since {when}."),
    ProblemKind.FOLDER_MISSING: N("MailboxWords", "Fetched in part since {when}."),
    ProblemKind.FOLDER_IS_VIEW: N("MailboxWords", "Fetched in part since {when}."),
}
_OTHER_SINCE = N("MailboxWords", "Not working since {when}.")
_UIDS_SHOWN = 6


def _tr(words_: str, number: int = -1) -> str:
    return QCoreApplication.translate("MailboxWords", words_, None, number)


def counts(row: MailboxRow) -> str:
    """ "4 812 of 4 812", or that nothing was fetched yet."""
    if all(folder.on_server is None for folder in row.folders):
        return _tr("not fetched yet")
    said = _tr("{here} of {there}").replace("{here}", text.number(row.here))
    return said.replace("{there}", text.number(row.wanted))


def older(row: MailboxRow) -> str:
    """What the import was not asked to reach, "" when it was asked for all."""
    if not row.not_asked:
        return ""
    first_day = row.settings.since
    if first_day is None:
        return _tr("%Ln more not asked for", row.not_asked)
    said = _tr("%Ln older than {day} not asked for", row.not_asked)
    return said.replace("{day}", text.day(first_day))


def left(span: timedelta | None) -> str:
    """How long an import will still take, "" while nobody can know."""
    if span is None:
        return ""
    minutes = round(span.total_seconds() / 60)
    if minutes < 1:
        return _tr("less than a minute")
    if minutes < 90:
        return _tr("about %n minute(s)", minutes)
    return _tr("about %n hour(s)", round(minutes / 60))


def trouble_of(row: MailboxRow) -> Explanation | None:
    """The sentences for a mailbox that does not work, None for one that does."""
    if row.state not in list(ProblemKind):
        return None
    facts = {"address": row.settings.address, "host": row.settings.imap.host}
    said = row.state_detail or None
    return explain(Problem(ProblemKind(row.state), said=said, holder=said, folder=said, **facts))


def short_state(row: MailboxRow, now: datetime) -> tuple[str, str]:
    """A word or two for a chip, and their tone."""
    trouble = trouble_of(row)
    if waits_for_server(row, now):
        return _until(_tr("left alone until {when}"), row), "warn"
    if trouble is not None:
        return trouble.title, "bad"
    if row.state == "new" and not row.here:
        return _tr("new"), "muted"
    if row.stopped is not None and row.pending:
        return _tr("stopped by you"), "warn"
    if row.pending:
        return _tr("fetching"), "warn"
    return _tr("all there"), "good"


def waits_for_server(row: MailboxRow, now: datetime) -> bool:
    """Whether the server itself asked to be left alone for now."""
    return row.retry_at is not None and row.retry_at > now


def state(row: MailboxRow, now: datetime) -> str:
    """How the mailbox stands, in whole sentences."""
    parts = [_contact_state(row, now)]
    if row.stopped is not None:
        said = (
            _tr("Import stopped by you until the next start.")
            if row.stopped_until_start
            else _tr("Import stopped by you.")
        )
        parts += [said, _tr("New mail comes in meanwhile.")]
    return " ".join(part for part in parts if part)


def _contact_state(row: MailboxRow, now: datetime) -> str:
    if waits_for_server(row, now):
        said = _until(_tr("Left alone until {when}, because the server said so."), row)
        return f"{said} {row.state_detail}".rstrip()
    trouble = trouble_of(row)
    if trouble is None:
        if row.last_success_at is None:
            return _tr("No contact with the server yet.")
        when = text.stamp(row.last_success_at, now)
        said = _tr("Connected.") if row.lease_holder else ""
        parts = [said, _tr("Last contact {when}.").replace("{when}", when)]
        if row.state_detail:  # an ALERT, which a server sends for a person to read
            parts.append(_tr("The server says: {said}").replace("{said}", row.state_detail))
        return " ".join(part for part in parts if part)
    begun = ""
    if row.state_since is not None:
        begun = _tr(_SINCE.get(ProblemKind(row.state), _OTHER_SINCE))
        begun = begun.replace("{when}", text.stamp(row.state_since, now))
    return f"{begun} {trouble.in_one()}".strip()


def lease(row: MailboxRow, now: datetime) -> str:
    """Which computer works on the mailbox, and since when."""
    if not row.lease_holder:
        return _tr("No computer fetches this mailbox now.")
    holder = read_holder(row.lease_holder)
    here = holder.machine == machine_name(platform.node())
    said = _tr("This computer fetches it") if here else _tr("{machine} fetches it")
    if row.lease_since is not None:
        since = text.stamp(row.lease_since, now)
        said = (
            _tr("This computer fetches it since {when}")
            if here
            else _tr("{machine} fetches it since {when}")
        ).replace("{when}", since)
    said = said.replace("{machine}", holder.machine)
    if holder.process is not None:
        said += " " + _tr("(process {number})").replace("{number}", str(holder.process))
    return said + "."


def audit(row: MailboxRow, missing: Sequence[MissingMails]) -> tuple[str, str]:
    """What a full look found, and its tone: every mail is here, or how many are not."""
    away = max(sum(len(one.uids) for one in missing if not one.has_bytes), row.pending)
    unread = sum(len(one.uids) for one in missing if one.has_bytes)
    if away:
        said, tone = _tr("{counts}: %Ln mail(s) on the server are not here.", away), "bad"
    elif unread:
        said = (
            _tr(
                "{counts}: every mail in the other folders is here; %Ln cannot be read yet.", unread
            )
            if row.not_looked_at
            else _tr("{counts}: every mail on the server is here; %Ln cannot be read yet.", unread)
        )
        tone = "warn"
    elif row.not_looked_at:
        said, tone = _tr("{counts}: every mail in the other folders is here."), "warn"
    else:
        said, tone = _tr("{counts}: every mail on the server is here."), "good"
    said = said.replace("{counts}", counts(row))
    if row.not_looked_at:
        also = _tr("Could not be looked at: {folders}.")
        said = f"{said} {also.replace('{folders}', row.not_looked_at)}"
    more = older(row)
    return (f"{said} {more[:1].upper()}{more[1:]}." if more else said), tone


def missing_line(one: MissingMails, now: datetime) -> str:
    """Mails of one folder that are not here, with the reason and the first of their numbers."""
    uids = ", ".join(map(str, one.uids[:_UIDS_SHOWN]))
    uids += " …" if len(one.uids) > _UIDS_SHOWN else ""
    reason = words.held_reason(one.reason) if one.reason else _tr("Not fetched yet")
    if one.reason == STOPPED:
        reason = _tr("The import was stopped before their turn")
    said = _tr("{folder} · %Ln mail(s) · {reason} · UID {uids}", len(one.uids))
    for name, fact in (("folder", one.folder), ("uids", uids), ("reason", reason)):
        said = said.replace("{" + name + "}", fact)
    if one.retry_at is not None and one.retry_at > now:
        again = _tr("asked for again at {when}")
        said += " · " + again.replace("{when}", text.clock(one.retry_at))
    return said


def _until(said: str, row: MailboxRow) -> str:
    return said.replace("{when}", text.clock(row.retry_at) if row.retry_at else "")
