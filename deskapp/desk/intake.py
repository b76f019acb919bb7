"""Mail becomes tickets: reads what the ledger has stored and files it, batch by batch."""

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from deskapp.data.database import Unit
from deskapp.data.queries import filing, filing_queue
from deskapp.data.queries.blobs import put_blobs
from deskapp.data.queries.people_write import ensure_customers
from deskapp.data.rowids import reserve
from deskapp.data.search import index_rows
from deskapp.data.tables import tickets as tables
from deskapp.domain.arrivals import Arrived, Filed, Unfiled
from deskapp.domain.ids import BlobHash, CustomerId, MailboxId, ServerMailId
from deskapp.domain.mail import Address, ParsedMail, UnreadableMail
from deskapp.domain.standing import standing

from .context import Context
from .filing import Filing, Outcome, customer_address, moment, ticket_values

log = logging.getLogger(__name__)

_IMPORT_BATCH = 200
_IMPORT_BYTES = 32 * 1024 * 1024  # of one batch: 200 mails with large files would fill the memory


class Intake:
    """Files arrived mail. One caller at a time per mailbox: the engine holds its lease."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._database = context.database

    def next_unfiled(
        self,
        limit: int = 200,
        mailbox: MailboxId | None = None,
        after: ServerMailId | None = None,
    ) -> list[Unfiled]:
        """Stored mails that no ticket has yet, oldest ledger rows first, those behind ``after``."""
        with self._database.reading() as connection:
            return filing_queue.next_unfiled(connection, limit, mailbox, after)

    def read(self, unfiled: Unfiled) -> Arrived:
        """Parses a mail; one that cannot be read comes back with its reason, to be held."""
        try:
            return Arrived.read(unfiled, self._context.mail.parse(unfiled.raw))
        except UnreadableMail as unreadable:
            return Arrived.read(unfiled, unreadable.reason)

    def file(self, arrived: Sequence[Arrived]) -> Filed:
        """Files a batch in one transaction. The order within the batch is that of the mails' dates.

        Filing the same mails again does nothing: they are found by their content.
        """
        readable = [(one, one.parsed) for one in arrived if one.parsed is not None]
        with self._database.writing() as unit:
            outcome = self._file(unit, readable)
            at = self._context.now()
            filed = [
                (one.unfiled.id, row) for one, row in outcome.placed if one.unfiled.id is not None
            ]
            filing_queue.mark_filed(unit, filed, at)
            held = [
                (one.unfiled.id, one.reason)
                for one in arrived
                if one.parsed is None and one.unfiled.id is not None
            ]
            filing_queue.hold(unit, held)
        new = sum(one.new for one in outcome.tickets.values())
        return Filed(outcome.messages, new, outcome.duplicates, len(arrived) - len(readable))

    def import_mails(
        self,
        raws: Iterable[bytes],
        after_batch: Callable[[Filed, Sequence[tuple[int, str]]], None] | None = None,
    ) -> Filed:
        """Files mail from files as closed tickets; nothing automatic answers it.

        ``after_batch`` hears of each batch once it is stored: the counts so far, and of each mail
        that cannot be read its place among ``raws``, counted from 0, and the reason.
        """
        total, first = Filed(), 0
        for batch in _batches(raws):
            with self._database.writing() as unit:
                put_blobs(unit.connection, batch)
            arrived = [self.read(_from_file(raw)) for raw in batch]
            total += self.file(arrived)
            if after_batch is not None:
                held = [
                    (first + place, one.reason)
                    for place, one in enumerate(arrived)
                    if one.parsed is None
                ]
                after_batch(total, held)
            first += len(batch)
        return total

    def _file(self, unit: Unit, mails: list[tuple[Arrived, ParsedMail]]) -> Outcome:
        if not mails:
            return Outcome()
        filing.wait_for_turn(unit.connection)
        now = self._context.now()
        mails.sort(key=lambda pair: moment(pair[0], pair[1], now))
        connection = unit.connection
        customers = self._customers(unit, mails, now)  # before tickets, as a merge takes them
        work = Filing(
            _facts(unit, mails),
            customers,
            reserve(connection, tables.message, len(mails)),
            reserve(connection, tables.ticket, len(mails)),
            now,
        )
        for arrived, mail in mails:
            work.add(arrived, mail)
        _write(unit, work.outcome)
        return work.outcome

    def _customers(
        self, unit: Unit, mails: list[tuple[Arrived, ParsedMail]], now: datetime
    ) -> dict[str, CustomerId]:
        own = filing.own_addresses(unit.connection)
        people: list[tuple[Address, str]] = []
        since: dict[str, datetime] = {}
        for arrived, mail in mails:
            person = customer_address(mail, arrived.unfiled.role == "sent", own)
            if person is not None:
                people.append((person, mail.language))
                since.setdefault(person.key, moment(arrived, mail, now))
        return ensure_customers(unit, people, now, since)


def _facts(unit: Unit, mails: list[tuple[Arrived, ParsedMail]]) -> filing.Facts:
    ids = {
        one
        for _, mail in mails
        for one in (mail.message_id, mail.in_reply_to, *mail.references)
        if one
    }
    hashes: set[str] = {one.unfiled.sha256 for one, _ in mails}
    return filing.facts_for(unit.connection, ids, hashes, lock=True)


def _write(unit: Unit, outcome: Outcome) -> None:
    connection = unit.connection
    new = [one for one in outcome.tickets.values() if one.new]
    for one, number in zip(new, filing.next_numbers(connection, len(new)), strict=True):
        one.known.number = number
    stood = [
        (one, ticket_values(one, standing(one.known.facts))) for one in outcome.tickets.values()
    ]
    rows = outcome.rows
    filing.write_rows(
        connection,
        {
            tables.ticket: [
                {
                    "id": one.known.id,
                    "number": one.known.number,
                    "subject": one.subject,
                    "customer_id": one.known.customer,
                    "mailbox_id": one.mailbox_id,
                    "language": one.language,
                    "created_at": one.created_at,
                    **values,
                }
                for one, values in stood
                if one.new
            ],
            tables.message: rows.messages,
            tables.message_body: rows.bodies,
            tables.message_address: rows.addresses,
            tables.message_reference: rows.references,
            tables.attachment: rows.attachments,
            tables.event: rows.events,
        },
    )
    filing.update_tickets(
        connection,
        [{"id": one.known.id, **values} for one, values in stood if not one.new],
    )
    index_rows(connection, rows.search)
    unit.touched.tickets.update(outcome.tickets)


def _from_file(raw: bytes) -> Unfiled:
    name = BlobHash(hashlib.sha256(raw).hexdigest())
    return Unfiled(None, None, "inbox", name, raw, None, old=True)


def _batches(raws: Iterable[bytes]) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    size = 0
    for raw in raws:
        batch.append(raw)
        size += len(raw)
        if len(batch) >= _IMPORT_BATCH or size >= _IMPORT_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
