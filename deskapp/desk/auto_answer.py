"""The automatic reply to mail that is being filed: queued in the same write, or not at all.

A kill of the engine leaves either the mail filed with its automatic reply in the outbox, or
neither; filing the mail again finds it there and answers nothing.
"""

import logging
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from deskapp.data.database import Connection, Unit
from deskapp.data.queries import answering, auto_replies, reply_write
from deskapp.data.queries.blobs import put_blob
from deskapp.data.queries.canned import canned_whole
from deskapp.data.queries.customer_facts import no_mail_reasons
from deskapp.data.queries.desk_info import desk_secret
from deskapp.data.queries.filing import KnownTicket
from deskapp.data.queries.filing_facts import Staff
from deskapp.domain.arrivals import Letter
from deskapp.domain.auto_reply import (
    MAILBOX_TIME,
    MOST_OF_MAILBOX,
    Asking,
    AutoReply,
    Given,
    had_enough,
    silence,
)
from deskapp.domain.canned_pictures import told_plainly
from deskapp.domain.ids import CannedId, MailboxId, TicketId
from deskapp.domain.kinds import Direction, TicketStatus
from deskapp.domain.mail import Address
from deskapp.domain.message_ids import is_ours
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import Draft
from deskapp.domain.standing import speaks

from . import building, outgoing
from .canned_filling import filled_by_nobody
from .context import Context
from .filing import Outcome
from .filing_people import moment

log = logging.getLogger(__name__)

_OF_THE_TEXT = (
    ProblemKind.UNRESOLVED_PLACEHOLDER,
    ProblemKind.TEMPLATE_ERROR,
    ProblemKind.EMPTY,
    ProblemKind.TOO_LARGE,
    ProblemKind.INVALID,
    ProblemKind.FILE_UNREADABLE,
    ProblemKind.NOT_FOUND,
)
"""What is wrong with the reply itself. Anything else is the desk's trouble, and the batch's."""


def answer_letters(
    unit: Unit, context: Context, outcome: Outcome, own: Container[str], staff: Staff
) -> None:
    """Queues what the new mails of a batch, filed in this write, get by themselves."""
    if auto_replies.any_works(unit.connection):
        _Answering(unit, context, outcome, own, staff).answer()


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A mail that would get one, as far as it alone is concerned."""

    letter: Letter
    ticket: KnownTicket
    rule: AutoReply

    @property
    def person(self) -> str:
        return self.letter.mail.sender.key


class _Answering:
    def __init__(
        self, unit: Unit, context: Context, outcome: Outcome, own: Container[str], staff: Staff
    ) -> None:
        self._unit, self._context = unit, context
        self._connection = unit.connection
        self._outcome, self._own, self._staff = outcome, own, staff
        self._now = context.now()
        self._rules = {
            rule.mailbox: rule
            for rule in auto_replies.auto_replies(self._connection, self._now)
            if rule.works
        }
        self._secret = desk_secret(self._connection)
        self._lately: dict[MailboxId, int] = {}

    def answer(self) -> None:
        wanted = list(self._wanted())
        persons = auto_replies.all_addresses(self._connection, {one.person for one in wanted})
        given = list(
            auto_replies.given_to(
                self._connection,
                frozenset().union(*persons.values()),
                {one.ticket.id for one in wanted},
                self._now,
            )
        )
        for one in wanted:
            ticket, theirs = one.ticket.id, persons[one.person]
            earlier = [had for had in given if had.person in theirs]
            once = any(had.ticket == ticket for had in earlier)
            if once or had_enough([had.at for had in earlier], self._now):
                continue
            if no_mail_reasons(self._connection, theirs, self._now):
                continue
            if self._may(one.rule) and self._queue(one):
                given.append(Given(ticket, one.person, self._now))
                self._lately[one.rule.mailbox] += 1

    def _wanted(self) -> Iterator[_Wanted]:
        new = {int(row["id"]): row for row in self._outcome.rows.messages}
        for letter, number in self._outcome.placed:
            rule = self._rules.get(letter.unfiled.mailbox_id or MailboxId(0))
            row = new.get(number)
            if rule is None or rule.since is None or row is None:
                continue
            # A third party is asked by us; a receipt would tell them of the customer's ticket.
            if row["direction"] != Direction.IN or row["side_id"] is not None:
                continue
            ticket = self._outcome.tickets[TicketId(row["ticket_id"])].known
            asking = self._asking(letter, ticket, marked=bool(row["marked"]))
            if silence(asking, self._own, rule.since, self._now) is None:
                yield _Wanted(letter, ticket, rule)

    def _asking(self, letter: Letter, ticket: KnownTicket, *, marked: bool) -> Asking:
        mail = letter.mail
        by_staff = letter.original is not None or mail.sender.key in self._staff.by_address
        return Asking(
            sender=mail.sender,
            kind=mail.kind,
            quiet=mail.quiet,
            arrived=moment(letter, self._now),
            dated=mail.date,
            by_us=by_staff or is_ours(self._secret, mail.message_id),
            past=letter.unfiled.old,
            doubtful=marked or ticket.status is TicketStatus.SPAM,
            goes_on=any(
                fact.direction is Direction.OUT and speaks(fact.kind) and not fact.side
                for fact in ticket.facts
            ),
        )

    def _may(self, rule: AutoReply) -> bool:
        """Whether the mailbox has not answered too much; if it has, it stops itself here."""
        one, since = rule.mailbox, rule.since
        if one not in self._rules:
            return False
        if one not in self._lately:
            begin = max(self._now - MAILBOX_TIME, since or self._now)
            self._lately[one] = auto_replies.sent_since(self._connection, one, begin)
        if self._lately[one] < MOST_OF_MAILBOX:
            return True
        log.warning("mailbox %d: %d automatic replies; paused", one, self._lately[one])
        auto_replies.pause(self._unit, one, self._now)
        del self._rules[one]
        return False

    def _queue(self, one: _Wanted) -> bool:
        try:
            made = self._made(one)
        except Problem as problem:
            if problem.kind not in _OF_THE_TEXT:
                raise
            if problem.details.get("what") != "recipient":  # that is the mail's fault, not ours
                about = problem.details.get("name") or problem.details.get("what") or ""
                self._note_fault(one, problem.kind.value, str(about))
            return False
        except Exception:
            # A fault of ours in a receipt must not keep the customer's mail from being filed. One
            # of the database shows itself again in the next statement, and ends the batch.
            log.exception("an automatic reply could not be made")
            self._note_fault(one, "internal", "")
            return False
        facts, reply = made
        _, message = reply_write.store_reply(self._unit, facts, reply, self._now, None)
        auto_replies.note_given(
            self._unit, one.rule.mailbox, facts.ticket, message, one.person, self._now
        )
        return True

    def _note_fault(self, one: _Wanted, fault: str, about: str) -> None:
        number = one.ticket.number
        auto_replies.note_fault(self._unit, one.rule.mailbox, fault, about, number)

    def _made(self, one: _Wanted) -> tuple[answering.Sending, reply_write.Reply]:
        """Reads only, and keeps the mail's bytes. Raises Problem for what must not leave."""
        ticket, now = one.ticket.id, self._now
        draft = _draft(self._connection, one, now)
        outgoing.check(draft)
        facts = answering.sending_facts(self._connection, ticket, None)
        if facts.mailbox_id != one.rule.mailbox:  # it leaves from where the mail came to
            sender = Address(facts.mailbox.name, one.rule.address)
            facts = replace(facts, mailbox_id=one.rule.mailbox, mailbox=sender)
        mail, words = building.built(self._connection, self._context, draft, facts, now)
        answered = one.letter.mail
        chain = dict.fromkeys((*answered.references, answered.message_id))
        mail = replace(
            mail,
            automatic=True,
            in_reply_to=answered.message_id,
            references=tuple(filter(None, chain)),
        )
        raw = self._context.mail.build(mail)
        reply = reply_write.Reply(
            mail=mail,
            body=words.own,
            sha256=put_blob(self._connection, raw),
            files=self._context.mail.parse(raw).attachments,
            draft=None,
            status=facts.status,
            not_before=now,
            act=str(uuid4()),
        )
        return facts, reply


def _draft(connection: Connection, one: _Wanted, now: datetime) -> Draft:
    """The canned reply as text alone, to the sender and nobody else: RFC 3834, section 4, warns of
    Reply-To, and copies would tell others."""
    reply = canned_whole(connection, one.rule.canned or CannedId(0))
    ticket = one.ticket.id
    filled = filled_by_nobody(connection, reply, ticket, now.astimezone().date())
    return Draft(
        id=None,
        ticket_id=ticket,
        agent_id=None,
        kind="reply",
        to=(Address(one.letter.mail.sender.name, one.letter.mail.sender.address),),
        cc=(),
        bcc=(),
        body=told_plainly(filled.text),
        quote=False,
        caret=0,
        base=None,
        files=reply.files,
        updated_at=None,
        version=1,
        plain=True,
        signature="",  # the first answer of a person brings it
    )
