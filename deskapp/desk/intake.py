"""Mail becomes tickets: reads what the ledger has stored and files it, batch by batch."""

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from deskapp.data.database import Unit
from deskapp.data.queries import desk_info, filing, filing_facts, filing_queue
from deskapp.data.queries.blobs import put_blobs
from deskapp.data.queries.filing_facts import Staff
from deskapp.data.queries.outbox_unless import take_back_answered
from deskapp.data.queries.people_write import ensure_customers
from deskapp.data.queries.side_threads import borne_aside
from deskapp.data.queries.snoozes import seen_to_elsewhere, wake_heard
from deskapp.data.rowids import reserve
from deskapp.data.tables import tickets as tables
from deskapp.domain.arrivals import Arrived, Filed, Letter, Unfiled
from deskapp.domain.contact import is_mail_address
from deskapp.domain.forwards import original_senders
from deskapp.domain.ids import BlobHash, CustomerId, MailboxId, ServerMailId
from deskapp.domain.joining import MOST_IDS
from deskapp.domain.mail import Address, ParsedMail, UnreadableMail
from deskapp.domain.message_ids import is_ours
from deskapp.domain.problem import Problem, ProblemKind

from . import filing_erased
from .auto_answer import answer_letters
from .context import Context
from .filing import Filing, Outcome
from .filing_joins import named_by, subject_asked, token_asked
from .filing_people import customer_address, forwarded_by_staff, moment
from .filing_twins import sent_asked
from .filing_write import write_outcome
from .giving_out import give_out_again

log = logging.getLogger(__name__)

MOST_REOPEN_DAYS = 3650
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
        readable = [one for one in arrived if one.parsed is not None]
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
            filing_erased.let_go(unit, outcome.erased)
        if outcome.erased:
            filing_erased.forget_log(self._database)
        new = sum(one.new for one in outcome.tickets.values())
        held_back, erased = len(arrived) - len(readable), len(outcome.erased)
        return Filed(outcome.messages, new, outcome.duplicates, held_back, erased)

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

    def reopen_days(self) -> int:
        """For how many days after its end an answer still reopens a ticket."""
        with self._database.reading() as connection:
            return desk_info.reopen_days(connection)

    def set_reopen_days(self, days: int, seen: int | None = None) -> None:
        """Later answers begin a ticket of their own, linked. Raises Problem INVALID below 0, and
        CHANGED_MEANWHILE where they are not any more what was ``seen``."""
        if not 0 <= days <= MOST_REOPEN_DAYS:
            raise Problem(ProblemKind.INVALID, what="days", value=days)
        with self._database.writing() as unit:
            desk_info.refuse_other_days(unit, "days", seen, days)
            desk_info.set_reopen_days(unit, days)

    def _file(self, unit: Unit, mails: Sequence[Arrived]) -> Outcome:
        if not mails:
            return Outcome()
        connection = unit.connection
        filing.wait_for_turn(connection)
        now = self._context.now()
        own, staff = filing_facts.own_addresses(connection), filing_facts.staff_of(connection)
        letters = [
            Letter(one.unfiled, one.parsed, self._original(one.unfiled, one.parsed, own, staff))
            for one in mails
            if one.parsed is not None
        ]
        # Of one letter the copy in Sent first: it proves that the others are ours.
        letters.sort(key=lambda one: (moment(one, now), one.unfiled.role != "sent"))
        people = [
            customer_address(one, own, outgoing=one.unfiled.role == "sent") for one in letters
        ]
        erased = filing_erased.erased_among(unit, letters, people, now)
        gone = [letters[place] for place in sorted(erased)]
        letters = [one for place, one in enumerate(letters) if place not in erased]
        people = [one for place, one in enumerate(people) if place not in erased]
        # Before tickets, as a merge takes them.
        others = _no_third_parties(unit, letters, people)
        customers = _customers(unit, letters, others, now)
        work = Filing(
            _facts(unit, letters, people, now),
            customers,
            reserve(connection, tables.message, len(letters)),
            reserve(connection, tables.ticket, len(letters)),
            now,
        )
        for letter in letters:
            work.add(letter)
        write_outcome(unit, work.outcome)
        seen_to_elsewhere(unit, work.outcome.rows.answered(), now)
        wake_heard(unit, work.outcome.rows.heard)
        take_back_answered(unit, work.outcome.rows.spoke_on(), now)
        answer_letters(unit, self._context, work.outcome, own, staff)
        new = {one for one, opened in work.outcome.tickets.items() if opened.new}
        give_out_again(unit, new | work.outcome.turned, work.outcome.reopened, now)
        work.outcome.erased = gone
        return work.outcome

    def _original(
        self, unfiled: Unfiled, mail: ParsedMail, own: set[str], staff: Staff
    ) -> Address | None:
        """Whose mail staff forward with this one: named in its text, or attached whole."""
        if unfiled.role == "sent" or not forwarded_by_staff(mail, staff, own):
            return None
        named = list(original_senders(mail.text))
        for file in mail.attachments:
            if file.content_type == "message/rfc822":
                named += self._attached_sender(unfiled.raw, file.index)
        ours = own | staff.by_address.keys()
        fitting = [one for one in named if is_mail_address(one.address)]
        return next((one for one in fitting if one.key not in ours), None)

    def _attached_sender(self, raw: bytes, index: int) -> list[Address]:
        _, data = self._context.mail.read_attachment(raw, index)
        try:
            return [self._context.mail.parse(data).sender]
        except UnreadableMail:
            return []


def _customers(
    unit: Unit, letters: list[Letter], people: list[Address | None], now: datetime
) -> dict[str, CustomerId]:
    since: dict[str, datetime] = {}
    wanted: list[tuple[Address, str]] = []
    for letter, person in zip(letters, people, strict=True):
        if person is not None:
            wanted.append((person, letter.mail.language))
            since.setdefault(person.key, moment(letter, now))
    return ensure_customers(unit, wanted, now, since)


def _no_third_parties(
    unit: Unit, letters: list[Letter], people: list[Address | None]
) -> list[Address | None]:
    """Who a mail of a side thread is with does not become a customer by it."""
    secret = desk_info.desk_secret(unit.connection)
    signed = [
        {
            one
            for one in (mail.message_id, mail.in_reply_to, *mail.references[-MOST_IDS:])
            if is_ours(secret, one)
        }
        for mail in (letter.mail for letter in letters)
    ]
    aside = borne_aside(unit.connection, set().union(*signed))
    return [None if ids & aside else one for ids, one in zip(signed, people, strict=True)]


def _facts(
    unit: Unit, letters: list[Letter], people: list[Address | None], now: datetime
) -> filing_facts.Facts:
    subjects = [
        asked
        for one, person in zip(letters, people, strict=True)
        if (asked := subject_asked(one.mail, person.key if person else "", moment(one, now)))
    ]
    numbers = {token for one in letters if (token := token_asked(one.mail)) is not None}
    asked_for = filing_facts.FactsAsked(
        ids={named.message_id for one in letters for named in named_by(one.mail)},
        hashes={one.unfiled.sha256 for one in letters},
        own_ids={one.mail.message_id for one in letters if one.mail.message_id},
        dates={one.mail.date for one in letters if one.mail.date is not None},
        subjects=subjects,
        numbers=numbers,
        sent=sent_asked(letters),
    )
    return filing_facts.facts_for(unit.connection, asked_for, lock=True)


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
