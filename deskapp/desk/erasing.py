"""Erasing people at their wish, with a proof, and so that nothing brings them back by itself."""

import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from deskapp.data.database import Unit
from deskapp.data.queries import erasures
from deskapp.data.queries.customers import kept_customer
from deskapp.data.queries.customers_write import customer_here
from deskapp.data.queries.erase_preview import preview_of
from deskapp.data.queries.erase_rows import delete_unused, erase_rows
from deskapp.data.queries.erase_scope import EraseScope, scope_of
from deskapp.data.queries.erase_stones import stones_of
from deskapp.data.queries.filing import lock_tickets, wait_for_turn
from deskapp.data.queries.held_mails import erase_held
from deskapp.data.queries.tombstones import erased_at, put_stones
from deskapp.data.scrub import overwrite_deleted, scrub
from deskapp.data.snapshot import snapshot
from deskapp.domain.erasing import (
    EraseMode,
    ErasePreview,
    EraseProof,
    LegalHold,
    PersonExport,
    StoneKind,
)
from deskapp.domain.file_problems import writing_problem
from deskapp.domain.ids import AgentId, CustomerId, TicketId
from deskapp.domain.plain import one_line
from deskapp.domain.problem import Problem, ProblemKind

from .context import Context
from .person_export import PersonArchive

log = logging.getLogger(__name__)

CONTACT_STONES = (StoneKind.MAIL, StoneKind.PHONE, StoneKind.HANDLE)
_LONGEST_REASON = 500


class Erasing:
    """Preview first, then ``erase`` with the preview that a person agreed to."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._database = context.database

    def preview(self, customer: CustomerId) -> ErasePreview:
        """What would go, and what must be settled first. Raises Problem(NOT_FOUND)."""
        with self._database.reading() as connection:
            scope = scope_of(connection, customer)
            kept = kept_customer(connection, customer) or customer
            return preview_of(connection, scope, kept, self._context.now())

    def erase(self, agreed: ErasePreview, mode: EraseMode) -> EraseProof:
        """Erases what was previewed; the proof sheet. The files are wiped as well where nobody is
        in the way, else ``cleaned_at`` is None and ``wipe`` does it later.

        Raises Problem TOO_LATE(what="erase") where something must be settled first, and
        CHANGED_MEANWHILE(what="erase") where there is more or less than was agreed to.
        """
        at = self._context.now()
        with self._database.writing() as unit:
            number = erase_person(unit, agreed, mode, at, self._context.agent)
        log.info("a customer was erased: proof sheet %d", number)
        self._wiped()
        return next(one for one in self.proofs() if one.id == number)

    def wipe(self) -> None:
        """Wipes what erased rows left in the database's files. Raises Problem(DATABASE_BUSY) while
        others are in the way, DISK_FULL, and so on."""
        at = self._context.now()
        scrub(self._database)
        with self._database.writing() as unit:
            erasures.mark_cleaned(unit, at)

    def export(self, customer: CustomerId, path: Path) -> PersonExport:
        """Everything about a customer in one zip, for them. Raises Problem NOT_FOUND, FILE_EXISTS,
        DISK_FULL or READ_ONLY; then no file is left.
        """
        if path.exists():
            raise Problem(ProblemKind.FILE_EXISTS, path=str(path))
        unfinished = path.with_name(path.name + ".part")
        try:
            with snapshot(self._database) as connection:
                read_file = self._context.mail.read_attachment
                archive = PersonArchive(connection, read_file, self._context.now())
                unfinished.touch(mode=0o600)
                written = archive.write(customer, unfinished)
            unfinished.replace(path)
        except OSError as error:
            raise writing_problem(path, error) from error
        finally:
            unfinished.unlink(missing_ok=True)
        return replace(written, path=path)

    def proofs(self) -> tuple[EraseProof, ...]:
        """All proof sheets, the newest first."""
        with self._database.reading() as connection:
            return erasures.proofs(connection)

    def erased_before(self, contacts: Iterable[tuple[StoneKind, str]]) -> datetime | None:
        """When somebody with one of these contacts (by key) was erased last; None: nobody was."""
        with self._database.reading() as connection:
            return max(erased_at(connection, contacts).values(), default=None)

    def hold(self, customer: CustomerId, reason: str, until: datetime | None = None) -> None:
        """Forbids erasing a customer. Raises Problem EMPTY (no reason) or NOT_FOUND."""
        said = one_line(reason, _LONGEST_REASON)
        if not said:
            raise Problem(ProblemKind.EMPTY, what="reason")
        hold = LegalHold(said, until, self._context.now(), self._context.agent)
        with self._database.writing() as unit:
            erasures.put_hold(unit, customer, hold)

    def lift_hold(self, customer: CustomerId) -> None:
        """Raises Problem(NOT_FOUND) where there was none."""
        with self._database.writing() as unit:
            if not erasures.lift_hold(unit, customer):
                raise Problem(ProblemKind.NOT_FOUND, what="hold", id=customer)

    def _wiped(self) -> None:
        try:
            self.wipe()
        except Problem as problem:
            log.warning("the free space could not be wiped yet: %s", problem.kind)


def erase_person(
    unit: Unit, agreed: ErasePreview, mode: EraseMode, at: datetime, by: AgentId | None
) -> int:
    """The rows only; the number of the proof sheet. Raises Problem as ``Erasing.erase``."""
    wait_for_turn(unit.connection)
    scope = scope_of(unit.connection, agreed.customer)
    scope = _locked(unit, scope, agreed.customer)
    now = preview_of(unit.connection, scope, agreed.customer, at)
    if now.forbidden:
        raise Problem(ProblemKind.TOO_LATE, what="erase", reason=_why(now))
    if now.counts != agreed.counts:
        raise Problem(ProblemKind.CHANGED_MEANWHILE, what="erase")
    overwrite_deleted(unit.connection)
    number = erasures.insert_erasure(unit, mode, now.counts, at, by)
    hashes = put_stones(unit.connection, number, stones_of(unit, scope), at)
    contacts = {one for (kind, _), one in hashes.items() if kind in CONTACT_STONES}
    erasures.set_identifiers(unit, number, contacts)
    names = erase_rows(unit, scope, mode)
    names |= erase_held(unit, scope.of(StoneKind.MAIL))
    delete_unused(unit, names)
    return number


def _locked(unit: Unit, scope: EraseScope, customer: CustomerId) -> EraseScope:
    """Read again once nobody can add to it: people before tickets, as a merge takes them."""
    customer_here(unit, customer)
    lock_tickets(unit.connection, {TicketId(one) for one in scope.tickets})
    return scope_of(unit.connection, customer)


def _why(preview: ErasePreview) -> str:
    if preview.hold:
        return "hold"
    if preview.uncertain:
        return "uncertain"
    return "acts" if preview.acts else "waiting"
