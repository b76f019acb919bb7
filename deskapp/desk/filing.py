"""Files one batch of read mails: which ticket, which customer, and every row to write.

Decisions are made in memory against facts asked once for the whole batch, so that a mail can also
join a ticket that an earlier mail of the same batch began.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from deskapp.data.queries.filing import Facts, KnownMessage, KnownTicket, text_key
from deskapp.data.search import Indexed
from deskapp.domain.arrivals import Arrived
from deskapp.domain.contact import LONGEST_CONTACT
from deskapp.domain.ids import CustomerId, TicketId
from deskapp.domain.joining import Decision, JoinReason, Known, decide, ids_newest_first
from deskapp.domain.kinds import Direction, EventKind
from deskapp.domain.mail import Address, ParsedMail
from deskapp.domain.message_ids import is_ours
from deskapp.domain.snippets import list_snippet
from deskapp.domain.standing import (
    BY_MAIL,
    Fact,
    Standing,
    first_status,
    standing,
    status_after,
    waiting_since,
)

from .filing_rows import Rows


@dataclass(slots=True)
class OpenTicket:
    """A ticket of this batch: what is known of it, and what the batch adds."""

    known: KnownTicket
    new: bool
    subject: str
    language: str
    mailbox_id: int | None
    created_at: datetime
    newest_at: datetime | None = None


@dataclass(slots=True)
class Outcome:
    """What the batch became."""

    rows: Rows = field(default_factory=Rows)
    tickets: dict[TicketId, OpenTicket] = field(default_factory=dict)
    placed: list[tuple[Arrived, int]] = field(default_factory=list)
    messages: int = 0
    duplicates: int = 0


class Filing:
    """The filing of one batch. ``message_ids`` and ``ticket_ids`` are reserved row ids."""

    def __init__(
        self,
        facts: Facts,
        customers: Mapping[str, CustomerId],
        message_ids: list[int],
        ticket_ids: list[int],
        now: datetime,
    ) -> None:
        self._facts = facts
        self._customers = customers
        self._message_ids = iter(message_ids)
        self._ticket_ids = iter(ticket_ids)
        self._now = now
        self.outcome = Outcome()

    def add(self, arrived: Arrived, mail: ParsedMail) -> None:
        """Places one mail."""
        twin = self._twin(arrived, mail)
        if twin is not None:
            self.outcome.placed.append((arrived, twin.row))
            self.outcome.duplicates += 1
            return
        outgoing = self._is_ours(arrived, mail)
        decision = self._decide(mail, outgoing)
        number = next(self._message_ids)
        at = moment(arrived, mail, self._now)
        way = Direction.OUT if outgoing else Direction.IN
        fact = Fact(at, number, way, mail.kind, settled=arrived.unfiled.old)
        one = self._ticket_for(decision, arrived, mail, fact)
        self._put(one, fact, decision, arrived, mail)
        self.outcome.placed.append((arrived, number))
        self.outcome.messages += 1

    def _twin(self, arrived: Arrived, mail: ParsedMail) -> KnownMessage | None:
        """The message this mail already is: same bytes, or our own reply come back from Sent.

        An equal Message-ID alone drops nothing: another text or another file under it is kept, and
        marked (scanners use one id and one text for all they send). Who got a reply of ours knows
        its id, so only the copy in Sent may differ from what we wrote.
        """
        told = (mail.sender.key, text_key(mail.text), _files(mail))
        same = self._facts.by_sha256.get(arrived.unfiled.sha256)
        if same is not None:
            return same
        for known in self._facts.by_message_id.get(mail.message_id, ()):
            ours = known.direction is Direction.OUT and self._signed(mail.message_id)
            if (ours and arrived.unfiled.role == "sent") or (
                (known.sender, known.text_key, known.files) == told
            ):
                return known
        return None

    def _signed(self, message_id: str) -> bool:
        return is_ours(self._facts.secret, message_id)

    def _is_ours(self, arrived: Arrived, mail: ParsedMail) -> bool:
        """Written by us: it lies in Sent, or it is signed and comes from one of our addresses.

        A forged sender in the inbox is not enough: it would pass a stranger's words off as ours.
        """
        if arrived.unfiled.role == "sent":
            return True
        return mail.sender.key in self._facts.own_addresses and self._signed(mail.message_id)

    def _decide(self, mail: ParsedMail, outgoing: bool) -> Decision:
        ids = ids_newest_first(mail.in_reply_to, mail.references)
        # Its own id last: answers to it may have been filed before it.
        wanted = (*ids, mail.message_id) if mail.message_id else ids
        known: dict[str, Known] = {}
        for one in wanted:
            tickets = self._facts.tickets_of_id.get(one)
            if not tickets:
                continue
            ticket = self._facts.tickets[min(tickets)]
            people = frozenset(ticket.participants - self._facts.own_addresses.keys())
            known[one] = Known(ticket.id, outgoing or self._signed(one), people)
        sender = customer_address(mail, outgoing, self._facts.own_addresses)
        return decide(wanted, known, sender.key if sender else "", mail.kind)

    def _ticket_for(
        self, decision: Decision, arrived: Arrived, mail: ParsedMail, fact: Fact
    ) -> OpenTicket:
        if decision.ticket is not None:
            known = self._facts.tickets[decision.ticket]
            if known.id not in self.outcome.tickets:
                self.outcome.tickets[known.id] = OpenTicket(
                    known, False, "", "", None, self._now, newest_at=_newest(known)
                )
            return self.outcome.tickets[known.id]
        who = customer_address(mail, fact.direction is Direction.OUT, self._facts.own_addresses)
        known = KnownTicket(
            TicketId(next(self._ticket_ids)),
            0,
            first_status(fact, arrived.unfiled.old),
            self._customers.get(who.key) if who else None,
        )
        opened = OpenTicket(
            known, True, mail.subject, mail.language, arrived.unfiled.mailbox_id, fact.at
        )
        self._facts.tickets[known.id] = known
        self.outcome.tickets[known.id] = opened
        self.outcome.rows.event(known.id, EventKind.CREATED, fact.at, new=known.status)
        return opened

    def _put(
        self, one: OpenTicket, fact: Fact, decision: Decision, arrived: Arrived, mail: ParsedMail
    ) -> None:
        known = one.known
        first = not known.facts
        known.facts.append(fact)
        if not (one.new and first) and not arrived.unfiled.old:
            self._turn(one, fact)
        if one.newest_at is None or fact.at >= one.newest_at:
            one.newest_at = fact.at
            known.snippet = list_snippet(mail.reply_text)
        known.has_attachment = known.has_attachment or any(
            not file.inline for file in mail.attachments
        )
        # Before this one is learnt: else every mail is its own twin.
        twice = mail.message_id != "" and bool(self._facts.by_message_id.get(mail.message_id))
        self._learn(known, fact, arrived, mail)
        rows = self.outcome.rows
        rows.message(known.id, fact, decision, arrived, mail, self._now, marked_twice=twice)
        rows.event(
            known.id,
            EventKind.RECEIVED if fact.direction is Direction.IN else EventKind.REPLIED,
            fact.at,
            message=fact.id,
            reason=decision.reason if decision.reason is not JoinReason.NEW else "",
        )
        text = mail.text if first else mail.reply_text
        files = " ".join(file.filename for file in mail.attachments)
        words = f"{mail.subject}\n{mail.sender.name} {mail.sender.address}\n{text}\n{files}"
        rows.search.append(Indexed("message", fact.id, known.id, words))

    def _turn(self, one: OpenTicket, fact: Fact) -> None:
        known = one.known
        after = status_after(known.status, fact, standing(known.facts))
        if after is not known.status:
            self.outcome.rows.event(
                known.id,
                EventKind.STATUS,
                fact.at,
                old=known.status,
                new=after,
                reason=BY_MAIL,
                message=fact.id,
            )
            known.status = after

    def _learn(self, known: KnownTicket, fact: Fact, arrived: Arrived, mail: ParsedMail) -> None:
        """Later mails of the batch see this one."""
        people = (mail.sender, *mail.reply_to, *mail.to, *mail.cc)
        known.participants.update(person.key for person in people if person.address)
        seen = KnownMessage(
            fact.id,
            known.id,
            mail.message_id,
            arrived.unfiled.sha256,
            fact.direction,
            mail.sender.key,
            text_key(mail.text),
            _files(mail),
        )
        self._facts.by_sha256[arrived.unfiled.sha256] = seen
        if mail.message_id:
            self._facts.by_message_id.setdefault(mail.message_id, []).append(seen)
        for one in (mail.message_id, mail.in_reply_to, *mail.references):
            if one:
                self._facts.tickets_of_id.setdefault(one, set()).add(known.id)


def _files(mail: ParsedMail) -> frozenset[str]:
    return frozenset(file.sha256 for file in mail.attachments)


def _newest(known: KnownTicket) -> datetime | None:
    return max((fact.at for fact in known.facts), default=None)


def moment(arrived: Arrived, mail: ParsedMail, now: datetime) -> datetime:
    """When a mail happened: its server's date, else its own, never later than now."""
    at = arrived.unfiled.internal_at or mail.date or now
    if arrived.unfiled.id is None or arrived.unfiled.role == "sent":
        at = mail.date or at  # a file, or a copy put there later: the server's date says nothing
    return min(at, now)


def customer_address(mail: ParsedMail, outgoing: bool, own: Container[str]) -> Address | None:
    """Who a mail is with: its sender, or whom we wrote to; never one of our own addresses.

    A contact form writes from our own address with the customer in Reply-To. What is longer than
    an address can be is nobody's.
    """
    people = (*mail.to, *mail.cc) if outgoing else (mail.sender, *mail.reply_to)
    for person in people:
        fits = max(len(person.address), len(person.key)) <= LONGEST_CONTACT
        if person.address and fits and person.key not in own:
            return person
    return None


def ticket_values(one: OpenTicket, now: Standing) -> dict[str, Any]:
    """The columns of a ticket that its messages decide."""
    return {
        "status": one.known.status,
        "snippet": one.known.snippet,
        "has_attachment": one.known.has_attachment,
        "message_count": now.count,
        "updated_at": now.updated_at,
        "last_in_at": now.last_in_at,
        "last_out_at": now.last_out_at,
        "waiting_since": waiting_since(one.known.status, now, one.known.turned),
        "newest_message_id": now.newest_id,
    }
