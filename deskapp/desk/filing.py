"""Files one batch of read mails: which ticket, which customer, and every row to write.

Decisions are made in memory against facts asked once for the whole batch, so that a mail can also
join a ticket that an earlier mail of the same batch began.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from deskapp.data.queries.filing import KnownTicket
from deskapp.data.queries.filing_facts import Facts, KnownMessage
from deskapp.data.search import Indexed
from deskapp.domain.arrivals import Letter
from deskapp.domain.ids import CustomerId, MailboxId, MessageId, TicketId
from deskapp.domain.joining import Decision, JoinReason
from deskapp.domain.kinds import ENDED, WAITS_FOR_US, Direction, EventKind, MailKind
from deskapp.domain.mail import ParsedMail
from deskapp.domain.message_ids import is_ours
from deskapp.domain.snippets import list_snippet
from deskapp.domain.standing import (
    BY_MAIL,
    Course,
    Fact,
    first_status,
    speaks,
    status_after,
)
from deskapp.domain.subjects import subject_key

from .filing_joins import Joins
from .filing_people import agent_of, customer_address, moment
from .filing_rows import Rows
from .filing_tickets import OpenTicket
from .filing_twins import known_message, twin_of


@dataclass(slots=True)
class Outcome:
    """What the batch became."""

    rows: Rows = field(default_factory=Rows)
    tickets: dict[TicketId, OpenTicket] = field(default_factory=dict)
    placed: list[tuple[Letter, int]] = field(default_factory=list)
    messages: int = 0
    duplicates: int = 0
    erased: list[Letter] = field(default_factory=list)  # of people erased here: not filed
    turned: set[TicketId] = field(default_factory=set)  # to wait for us again
    reopened: set[TicketId] = field(default_factory=set)  # of these, what had ended


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
        self._joins = Joins(facts)
        self._customers = customers
        self._message_ids = iter(message_ids)
        self._ticket_ids = iter(ticket_ids)
        self._now = now
        self.outcome = Outcome()

    def add(self, letter: Letter) -> None:
        """Places one mail."""
        twin = twin_of(self._facts, letter)
        if twin is not None:
            self.outcome.placed.append((letter, twin.row))
            self.outcome.duplicates += 1
            if letter.unfiled.role == "sent" and twin.direction is Direction.IN:
                self._take_as_ours(twin, letter)
            self._note_given_id(twin, letter.mail.message_id)
            return
        mail = letter.mail
        outgoing = self._is_ours(letter)
        at = moment(letter, self._now)
        person = customer_address(letter, self._facts.own_addresses, outgoing=outgoing)
        who = person.key if person else ""
        decision = self._joins.decide(letter, who, at, ours=outgoing)
        if outgoing:  # the clock of the phone it was written on may be slow
            at = max((at, *self._answered_at(mail)))
        number = next(self._message_ids)
        way = Direction.OUT if outgoing else Direction.IN
        returned = self._returned(mail, decision)
        fact = Fact(
            at,
            number,
            way,
            mail.kind,
            settled=letter.unfiled.old,
            undelivered=returned is not None
            and mail.bounce is not None
            and mail.bounce.any_permanent,
            side=decision.side is not None,
        )
        one = self._ticket_for(decision, letter, fact, who)
        self._put(one, fact, decision, letter)
        if returned is not None and mail.bounce is not None:
            self.outcome.rows.bounce(fact, returned.row, mail.bounce, by_right=not decision.marked)
        self.outcome.placed.append((letter, number))
        self.outcome.messages += 1

    def _is_ours(self, letter: Letter) -> bool:
        """Written by us: it lies in Sent, or in a file and is signed and from an address of ours.

        In an inbox nothing proves it: anybody can write our address, and who got an answer of ours
        knows its id.
        """
        if letter.unfiled.role == "sent":
            return True
        mail, imported = letter.mail, letter.unfiled.id is None and letter.unfiled.old
        own = mail.sender.key in self._facts.own_addresses
        return imported and own and is_ours(self._facts.secret, mail.message_id)

    def _note_given_id(self, twin: KnownMessage, given: str) -> None:
        """What answers the id that a server gave to a letter of ours belongs to its ticket."""
        if given and given != twin.message_id and twin.direction is Direction.OUT:
            self._facts.by_message_id.setdefault(given, []).append(twin)
            self._facts.bearers.setdefault(given, set()).add(twin.place)
            self.outcome.rows.given_ids.append({"message_id": twin.row, "reference": given})

    def _answered_at(self, mail: ParsedMail) -> list[datetime]:
        """When that came which a mail answers."""
        answered = self._facts.by_message_id.get(mail.in_reply_to, ())
        return [known.at for known in answered if mail.in_reply_to and known.at is not None]

    def _take_as_ours(self, twin: KnownMessage, letter: Letter) -> None:
        """Mail of ours that came to an inbox too, and was filed from there before Sent was read."""
        known = self._facts.tickets[twin.ticket]
        one = self._opened(known)
        places = [place for place, fact in enumerate(known.facts) if fact.id == twin.row]
        for place in places:
            fact = replace(known.facts[place], direction=Direction.OUT)
            known.facts[place] = fact
            one.course = Course(known.facts)
            self._turn(one, fact)
        twin.direction = Direction.OUT
        by = agent_of(letter.mail, self._facts.staff)
        self.outcome.rows.taken_as_ours.append({"b_id": twin.row, "b_agent": by})
        person = customer_address(letter, self._facts.own_addresses, outgoing=True)
        if known.customer is None and person is not None and twin.side is None:
            known.customer = self._customers.get(person.key)

    def _returned(self, mail: ParsedMail, decision: Decision) -> KnownMessage | None:
        """The message of ours that a delivery report is about."""
        if mail.kind is not MailKind.BOUNCE or decision.ticket is None:
            return None
        for known in self._facts.by_message_id.get(decision.message_id, ()):
            here = self._facts.tickets[known.ticket].id == decision.ticket
            if known.direction is Direction.OUT and here:
                return known
        return None

    def _ticket_for(self, decision: Decision, letter: Letter, fact: Fact, who: str) -> OpenTicket:
        if decision.ticket is not None:
            return self._opened(self._facts.tickets[decision.ticket])
        mail = letter.mail
        customer = self._customers.get(who)
        if decision.follows is not None and not decision.marked:
            customer = self._facts.tickets[decision.follows].customer  # it is the same matter
        known = KnownTicket(
            TicketId(next(self._ticket_ids)),
            0,
            first_status(fact, letter.unfiled.old),
            customer,
            follows=decision.follows,
        )
        mailbox = self._mailbox(letter, fact.direction)
        opened = OpenTicket(known, True, mail.subject, mail.language, mailbox, fact.at)
        self._facts.tickets[known.id] = known
        self.outcome.tickets[known.id] = opened
        self.outcome.rows.event(known.id, EventKind.CREATED, fact.at, new=known.status)
        if decision.follows is not None:
            self._facts.followers[decision.follows] = known.id
            self._opened(self._facts.tickets[decision.follows])
        return opened

    def _opened(self, known: KnownTicket) -> OpenTicket:
        if known.id not in self.outcome.tickets:
            newest = max((fact.at for fact in known.facts), default=None)
            self.outcome.tickets[known.id] = OpenTicket(
                known, False, "", "", None, self._now, newest_at=newest
            )
        return self.outcome.tickets[known.id]

    def _mailbox(self, letter: Letter, way: Direction) -> MailboxId | None:
        """What the ticket is answered from: the first of our addresses that the mail names."""
        mail, facts = letter.mail, self._facts
        people = (mail.sender,) if way is Direction.OUT else (*mail.to, *mail.cc)
        for person in people:
            box = facts.own_addresses.get(person.key)
            if box in facts.open_mailboxes:
                return box
        return letter.unfiled.mailbox_id

    def _put(self, one: OpenTicket, fact: Fact, decision: Decision, letter: Letter) -> None:
        known, mail = one.known, letter.mail
        first = not known.facts
        known.facts.append(fact)
        one.course.add(fact)
        if not (one.new and first) and not letter.unfiled.old:
            self._turn(one, fact)
        if one.newest_at is None or fact.at >= one.newest_at:
            one.newest_at = fact.at
            known.snippet = list_snippet(mail.reply_text)
        known.has_attachment = known.has_attachment or any(
            not file.inline for file in mail.attachments
        )
        # Before this one is learnt: else every mail is its own twin.
        others = self._facts.by_message_id.get(mail.message_id, ()) if mail.message_id else ()
        rows = self.outcome.rows
        rows.same_id.update(other.row for other in others)
        by = agent_of(mail, self._facts.staff) if fact.direction is Direction.OUT else None
        rows.message(known.id, fact, decision, letter, self._now, by, marked_twice=bool(others))
        by_right = not decision.marked or one.new
        self._learn(known, fact, letter, decision.side, joined_by_right=by_right)
        rows.event(
            known.id,
            _told_as(fact),
            fact.at,
            by=by,
            message=fact.id,
            reason=decision.reason if decision.reason is not JoinReason.NEW else "",
        )
        text = mail.text if first else mail.reply_text
        files = " ".join(file.filename for file in mail.attachments)
        words = f"{mail.subject}\n{mail.sender.name} {mail.sender.address}\n{text}\n{files}"
        rows.search.append(Indexed("message", fact.id, known.id, words))

    def _turn(self, one: OpenTicket, fact: Fact) -> None:
        known = one.known
        after = status_after(known.status, fact, one.course.now())
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
            if after in WAITS_FOR_US:
                self.outcome.turned.add(known.id)
                if known.status in ENDED:
                    self.outcome.reopened.add(known.id)
            known.status = after

    def _learn(
        self,
        known: KnownTicket,
        fact: Fact,
        letter: Letter,
        side: MessageId | None,
        *,
        joined_by_right: bool,
    ) -> None:
        """Later mails of the batch see this one."""
        mail, facts = letter.mail, self._facts
        if joined_by_right and (fact.direction is Direction.OUT or speaks(mail.kind)):
            people = (mail.sender, *mail.reply_to, *mail.to, *mail.cc)
            on = known.participants if side is None else known.sides.setdefault(side, set())
            on.update(person.key for person in people if person.address)
        place = known.id, side
        seen = known_message(letter, fact, place)
        facts.by_sha256[letter.unfiled.sha256] = seen
        if mail.message_id:
            facts.by_message_id.setdefault(mail.message_id, []).append(seen)
            facts.bearers.setdefault(mail.message_id, set()).add(place)
        for one in (mail.in_reply_to, *mail.references):
            if one:
                facts.referrers.setdefault(one, set()).add(place)
        if key := subject_key(mail.subject):
            heard = facts.by_subject.setdefault(key, {})
            heard[known.id] = max(heard.get(known.id, fact.at), fact.at)


def _told_as(fact: Fact) -> EventKind:
    """What the history calls it: a side thread's mail answers no customer and is none of theirs."""
    if fact.direction is Direction.IN:
        return EventKind.SIDE_ANSWER if fact.side else EventKind.RECEIVED
    return EventKind.FORWARDED if fact.side else EventKind.REPLIED
