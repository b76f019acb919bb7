"""Adding, changing and removing mailboxes, and giving held mails another try."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import case, insert, literal, select, update

from deskapp.domain.ids import MailboxId
from deskapp.domain.kinds import LedgerState
from deskapp.domain.mail import Address
from deskapp.domain.mailboxes import MailboxSettings
from deskapp.domain.problem import Problem, ProblemKind

from ..database import Unit
from ..tables.mail import folder, mailbox, server_mail
from .ledger_scope import go_on
from .mailboxes import OTHER_FOLDER, mailbox_row
from .parts import parts
from .writes import insert_row, lock_row, unique


def insert_mailbox(unit: Unit, settings: MailboxSettings, at: datetime) -> MailboxId:
    """Adds a mailbox, or takes a removed one of this address back with its ledger.

    Raises Problem(DUPLICATE, what="mailbox").
    """
    values = _values(settings)
    back = update(mailbox).where(
        mailbox.c.address_key == values["address_key"], mailbox.c.removed_at.is_not(None)
    )
    unit.touched.areas.add("mailboxes")
    revived = unit.connection.execute(
        back.values(**values, removed_at=None).returning(mailbox.c.id)
    ).scalar()
    if revived is None:
        with unique("mailbox", settings.address):
            revived = insert_row(unit.connection, mailbox, {**values, "created_at": at})
    _watch_just(unit, revived, settings.folders)
    return MailboxId(revived)


def locked_settings(unit: Unit, mailbox_id: MailboxId) -> MailboxSettings:
    """As they stand until this write ends. Raises Problem(NOT_FOUND)."""
    lock_row(unit.connection, mailbox, mailbox_id)
    return mailbox_row(unit.connection, mailbox_id).settings


def update_mailbox(unit: Unit, mailbox_id: MailboxId, settings: MailboxSettings) -> None:
    """Raises Problem NOT_FOUND or DUPLICATE. The engine then tries again whatever went wrong."""
    statement = update(mailbox).where(mailbox.c.id == mailbox_id, mailbox.c.removed_at.is_(None))
    with unique("mailbox", settings.address):
        done = unit.connection.execute(statement.values(**_values(settings)))
    _must_be_there(done.rowcount, mailbox_id)
    _watch_just(unit, mailbox_id, settings.folders)
    unit.touched.areas.add("mailboxes")


def remove_mailbox(unit: Unit, mailbox_id: MailboxId, at: datetime) -> None:
    """Marks it removed; tickets and mails stay. Raises Problem(NOT_FOUND)."""
    statement = update(mailbox).where(mailbox.c.id == mailbox_id, mailbox.c.removed_at.is_(None))
    done = unit.connection.execute(statement.values(removed_at=at))
    _must_be_there(done.rowcount, mailbox_id)
    unit.touched.areas.add("mailboxes")


def set_country(unit: Unit, mailbox_id: MailboxId, country: str) -> None:
    """Where its customers are at home. Raises Problem(NOT_FOUND)."""
    statement = update(mailbox).where(mailbox.c.id == mailbox_id, mailbox.c.removed_at.is_(None))
    done = unit.connection.execute(statement.values(country=country))
    _must_be_there(done.rowcount, mailbox_id)
    unit.touched.areas.add("mailboxes")


def ask_full_look(unit: Unit, mailbox_id: MailboxId) -> int:
    """Asks whoever pulls the mailbox to compare all of it now. The number of this wish.

    Raises Problem(NOT_FOUND).
    """
    return _wish(unit, mailbox_id, {})


def stop_import(unit: Unit, mailbox_id: MailboxId, *, until_start: bool) -> None:
    """What is not here yet waits; mail that arrives from now on comes. Raises NOT_FOUND."""
    number = mailbox.c.asked + 1
    _wish(unit, mailbox_id, {"stopped": number, "stopped_until_start": until_start})


def resume_import(unit: Unit, mailbox_id: MailboxId) -> None:
    """Goes on where the import was stopped. Raises Problem(NOT_FOUND)."""
    _wish(unit, mailbox_id, _NOT_STOPPED)
    go_on(unit, mailbox_id)


def resume_stopped_until_start(unit: Unit, mailbox_ids: Sequence[MailboxId]) -> None:
    """An engine has started: what was stopped until then goes on."""
    waiting = select(mailbox.c.id).where(
        mailbox.c.id.in_(list(mailbox_ids)),
        mailbox.c.stopped.is_not(None),
        mailbox.c.stopped_until_start,
        mailbox.c.removed_at.is_(None),
    )
    for one in unit.connection.execute(waiting).scalars().all():
        resume_import(unit, MailboxId(one))


def fetch_since(unit: Unit, mailbox_id: MailboxId, since: datetime | None) -> None:
    """Another reach into the past; None is all of it. Goes on if stopped. Raises NOT_FOUND."""
    _wish(unit, mailbox_id, {"since": since, **_NOT_STOPPED})
    go_on(unit, mailbox_id)


_NOT_STOPPED: Mapping[str, object] = {"stopped": None, "stopped_until_start": False}


def _wish(unit: Unit, mailbox_id: MailboxId, values: Mapping[str, object]) -> int:
    """A wish has a number and not a time: clocks of several machines disagree."""
    number = unit.connection.execute(
        update(mailbox)
        .where(mailbox.c.id == mailbox_id, mailbox.c.removed_at.is_(None))
        .values(asked=mailbox.c.asked + 1, **values)
        .returning(mailbox.c.asked)
    ).scalar()
    _must_be_there(0 if number is None else 1, mailbox_id)
    unit.touched.areas.add("mailboxes")
    return int(number or 0)


def release_held(unit: Unit, ids: Sequence[int] | None, at: datetime) -> int:
    """Lets intake read held mails again, or the engine fetch those without bytes; how many."""
    has_bytes = server_mail.c.sha256.is_not(None)
    statement = (
        update(server_mail)
        .where(server_mail.c.state == LedgerState.HELD)
        .values(
            state=case((has_bytes, LedgerState.STORED), else_=LedgerState.PENDING),
            filed_at=None,
            retry_at=case((has_bytes, None), else_=literal(at, server_mail.c.retry_at.type)),
        )
    )
    released = 0
    for some in [None] if ids is None else parts(ids):
        chosen = statement if some is None else statement.where(server_mail.c.id.in_(some))
        released += unit.connection.execute(chosen).rowcount
    if released:
        unit.touched.areas |= {"ledger", "mailboxes"}
    return released


def _values(settings: MailboxSettings) -> Mapping[str, object]:
    return {
        "address": settings.address,
        "address_key": Address("", settings.address).key,
        "name": settings.name,
        "aliases": "\n".join(dict.fromkeys(settings.aliases)),
        "imap_host": settings.imap.host,
        "imap_port": settings.imap.port,
        "imap_security": settings.imap.security,
        "imap_user": settings.imap.user,
        "smtp_host": settings.smtp.host,
        "smtp_port": settings.smtp.port,
        "smtp_security": settings.smtp.security,
        "smtp_user": settings.smtp.user,
        "since": settings.since,
        "signature": settings.signature,
        "country": settings.country,
        "state": "new",
        "state_detail": "",
    }


def _watch_just(unit: Unit, mailbox_id: int, names: Sequence[str]) -> None:
    """Makes the folders a person named watched; those no longer named are let be."""
    named = (folder.c.mailbox_id == mailbox_id, folder.c.role == OTHER_FOLDER)
    unit.connection.execute(
        update(folder).where(*named).values(watched=folder.c.name.in_(list(names)))
    )
    known = set(
        unit.connection.execute(
            select(folder.c.name).where(folder.c.mailbox_id == mailbox_id)
        ).scalars()
    )
    fresh = [name for name in dict.fromkeys(names) if name not in known]
    if fresh:
        unit.connection.execute(
            insert(folder),
            [{"mailbox_id": mailbox_id, "name": name, "role": OTHER_FOLDER} for name in fresh],
        )


def _must_be_there(count: int, mailbox_id: MailboxId) -> None:
    if not count:
        raise Problem(ProblemKind.NOT_FOUND, what="mailbox", id=mailbox_id)
