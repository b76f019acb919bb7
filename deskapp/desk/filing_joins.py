"""Puts a batch's facts before the rule of ``domain.joining``, and an ended ticket behind it."""

from dataclasses import replace
from datetime import datetime

from deskapp.data.queries.filing_facts import Facts, Place
from deskapp.data.queries.filing_subjects import SUBJECT_DAYS, SubjectAsked
from deskapp.domain.arrivals import Letter
from deskapp.domain.ids import TicketId
from deskapp.domain.joining import (
    Asked,
    Decision,
    JoinReason,
    Known,
    Named,
    decide,
    named_newest_first,
)
from deskapp.domain.kinds import ENDED, Direction, MailKind
from deskapp.domain.mail import ParsedMail
from deskapp.domain.message_ids import ids_in_text, is_ours
from deskapp.domain.standing import quiet_since, speaks
from deskapp.domain.subjects import answered_subject, subject_key, ticket_token

_BY_SUBJECT = (MailKind.HUMAN, MailKind.AUTO_REPLY, MailKind.OUT_OF_OFFICE)


def named_by(mail: ParsedMail) -> tuple[Named, ...]:
    """Every id by which a mail may find its ticket, the best first."""
    returned = (mail.bounce.message_id,) if mail.bounce is not None else ()
    return named_newest_first(
        mail.in_reply_to,
        mail.references,
        returned=returned,
        in_text=ids_in_text(mail.text),
        own_id=mail.message_id,
    )


def subject_asked(mail: ParsedMail, person: str, at: datetime) -> SubjectAsked | None:
    """What to look for when no id is known: only what looks like an answer is one by subject."""
    key = _answered_key(mail)
    if not key or not person or mail.kind not in _BY_SUBJECT:
        return None
    ids = frozenset(one.message_id for one in named_by(mail))
    return SubjectAsked(frozenset((person,)), key, ids, at)


def token_asked(mail: ParsedMail) -> int | None:
    """The ticket number to look for; newsletters and delivery reports name none of ours."""
    return ticket_token(mail.subject) if mail.kind in _BY_SUBJECT else None


def _answered_key(mail: ParsedMail) -> str:
    if mail.in_reply_to or mail.references:
        return subject_key(mail.subject)
    return answered_subject(mail.subject)


def _in_order(place: Place) -> tuple[TicketId, int]:
    """The ticket itself before its side threads."""
    return place[0], place[1] or 0


class Joins:
    """Decides where the mails of one batch go; what the batch adds to ``facts`` counts."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def decide(self, letter: Letter, person: str, at: datetime, *, ours: bool) -> Decision:
        """``person``: the key of who the mail is with. ``ours``: proven to be written by us."""
        mail, facts = letter.mail, self._facts
        named = named_by(mail)
        sender = mail.sender.key
        decision = decide(
            Asked(
                named,
                {one.message_id: hits for one in named if (hits := self._hits(one.message_id))},
                person,
                mail.kind,
                ours=ours,
                colleague=sender in facts.own_addresses or sender in facts.staff.by_address,
                same_subject=self._same_subject(mail, at),
                token=self._token(mail),
            )
        )
        if ours or letter.unfiled.old or not speaks(mail.kind) or decision.side is not None:
            return decision
        return self._after_an_end(decision, at)

    def _hits(self, message_id: str) -> list[Known]:
        facts = self._facts
        signed = is_ours(facts.secret, message_id)
        bearers = facts.bearers.get(message_id, set())
        sent = {
            facts.tickets[one.ticket].id
            for one in facts.by_message_id.get(message_id, ())
            if one.direction is Direction.OUT
        }
        return [
            self._known(place, signed, bears=place in bearers, sent=sent)
            for place in sorted(bearers | facts.referrers.get(message_id, set()), key=_in_order)
        ]

    def _known(
        self, asked: Place, signed: bool, *, bears: bool = False, sent: set[TicketId] | None
    ) -> Known:
        ticket, side = self._facts.tickets[asked[0]], asked[1]
        people = frozenset(ticket.participants - self._facts.own_addresses.keys())
        is_sent = ticket.id in (sent or ())
        if side is None:
            return Known(ticket.id, signed, people, bears, is_sent)
        third = ticket.on_side(side) - self._facts.own_addresses.keys()
        return Known(ticket.id, signed, third, bears, is_sent, side, people)

    def _same_subject(self, mail: ParsedMail, at: datetime) -> list[Known]:
        key = _answered_key(mail) if mail.kind in _BY_SUBJECT else ""
        heard = self._facts.by_subject.get(key, {}) if key else {}
        near = [one for one, last in heard.items() if abs(at - last) <= SUBJECT_DAYS]
        near.sort(key=lambda one: (heard[one], one), reverse=True)
        return [self._known((one, None), False, sent=None) for one in near]

    def _token(self, mail: ParsedMail) -> Known | None:
        number = token_asked(mail)
        found = self._facts.by_number.get(number) if number is not None else None
        return self._known((found, None), False, sent=None) if found is not None else None

    def _after_an_end(self, decision: Decision, at: datetime) -> Decision:
        """A ticket that ended too long ago stays ended: another one goes on from it."""
        if decision.ticket is None:
            return decision
        facts, passed = self._facts, set[TicketId]()
        ticket = facts.tickets[decision.ticket]
        while ticket.status in ENDED and ticket.id not in passed:
            quiet = quiet_since(ticket.facts, ticket.turned)
            if quiet is None or at - quiet <= facts.reopen_within:
                break
            passed.add(ticket.id)
            follower = facts.followers.get(ticket.id)
            if follower is None or facts.tickets[follower].id in passed:
                return replace(decision, ticket=None, reason=JoinReason.FOLLOWS, follows=ticket.id)
            ticket = facts.tickets[follower]
        return replace(decision, ticket=ticket.id)
