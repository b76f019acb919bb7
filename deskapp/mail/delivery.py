"""Carries one claimed reply through SMTP and says what became of it.

Every phase is stored before its step is taken. Once ``body_sent`` is stored and the dot may have
gone out, a lost line means that nobody knows: the reply is uncertain and is not sent again.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from deskapp.data.queries.outbox_ends import RecipientAnswer
from deskapp.domain.kinds import OutboxPhase
from deskapp.domain.outbox_trouble import SendFault, fault_of
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import ClaimedMail

from .headers_out import ascii_address
from .smtp_line import Answer, SmtpLine, wire_form

log = logging.getLogger(__name__)


class Outcome(StrEnum):
    """What became of a reply in one try."""

    SENT = "sent"
    LATER = "later"  # the server said: not now
    REFUSED = "refused"  # the server said: never
    CUT = "cut"  # the line went before the server could have the whole mail
    UNCERTAIN = "uncertain"  # the line went when it may have it
    CLAIM_LOST = "claim_lost"  # somebody else took the reply over: not ours to judge


@dataclass(slots=True)
class Delivery:
    """The outcome, words for a person and whose they are, and a word on each recipient."""

    outcome: Outcome
    said: str = ""
    fault: SendFault = SendFault.ANSWER
    recipients: dict[str, RecipientAnswer] = field(default_factory=dict)

    @property
    def refused(self) -> str:
        """Who did not get it and why, for a mail that others did get."""
        return _told(self.recipients, "refused")

    @property
    def put_off(self) -> str:
        """Who is to be tried again, and why."""
        return _told(self.recipients, "deferred")

    @property
    def some_later(self) -> bool:
        """Whether recipients are left for another try."""
        return any(answer.state == "deferred" for answer in self.recipients.values())


class _Ended(Exception):
    def __init__(self, outcome: Outcome, said: str, fault: SendFault = SendFault.ANSWER) -> None:
        super().__init__(outcome)
        self.outcome, self.said, self.fault = outcome, said, fault


def deliver(line: SmtpLine, mail: ClaimedMail, advance: Callable[[OutboxPhase], bool]) -> Delivery:
    """Sends one mail on an open line. ``advance`` stores a phase; False: the claim is lost."""
    delivery = Delivery(Outcome.SENT)
    stored = OutboxPhase.NONE

    def reached(phase: OutboxPhase) -> None:
        nonlocal stored
        if not advance(phase):
            raise _Ended(Outcome.CLAIM_LOST, "")
        stored = phase

    try:
        reached(OutboxPhase.CONNECTED)
        _offer(line, mail)
        reached(OutboxPhase.SENDER_ACCEPTED)
        _name_recipients(line, mail, delivery)
        reached(OutboxPhase.RECIPIENTS_ACCEPTED)
        _judge(line.body(mail.raw), expected=354)
        reached(OutboxPhase.BODY_SENT)
        _judge(line.dot(), expected=250)
    except _Ended as end:
        delivery.outcome, delivery.said, delivery.fault = end.outcome, end.said, end.fault
    except Problem as problem:
        delivery.outcome = _broken_off(stored)
        delivery.said, delivery.fault = str(problem.details.get("said", "")), fault_of(problem)
    except Exception:
        # Our own fault in one mail: told, and those behind it go on.
        log.exception("reply %d: a fault of the program", mail.id)
        delivery.outcome, delivery.fault = _broken_off(stored), SendFault.INTERNAL
    if delivery.outcome is not Outcome.SENT:
        # Who was accepted for a mail that was not is still waited for.
        delivery.recipients = {
            address: answer
            for address, answer in delivery.recipients.items()
            if answer.state != "accepted"
        }
    return delivery


def _broken_off(stored: OutboxPhase) -> Outcome:
    return Outcome.UNCERTAIN if stored is OutboxPhase.BODY_SENT else Outcome.CUT


def _offer(line: SmtpLine, mail: ClaimedMail) -> None:
    size = len(wire_form(mail.raw))
    limit = line.size_limit
    if limit is not None and size > limit:
        raise _Ended(Outcome.REFUSED, f"{size} > {limit}", SendFault.TOO_LARGE)
    _judge(line.sender(_spelt(mail.envelope_from), size), expected=250)


def _name_recipients(line: SmtpLine, mail: ClaimedMail, delivery: Delivery) -> None:
    for address in mail.recipients:
        try:
            answer = line.recipient(_spelt(address))
        except _Ended:
            delivery.recipients[address] = RecipientAnswer("refused", None, "")
            continue
        if answer.code in (250, 251):
            state = "accepted"
        elif answer.code == 421:
            raise _Ended(Outcome.LATER, str(answer))
        elif not 400 <= answer.code < 600:
            raise Problem(ProblemKind.SERVER_REFUSED, said=str(answer))
        else:
            state = "deferred" if answer.for_now else "refused"
        delivery.recipients[address] = RecipientAnswer(state, answer.code, str(answer))
    states = {answer.state for answer in delivery.recipients.values()}
    if "accepted" not in states:
        if "deferred" in states:
            raise _Ended(Outcome.LATER, _told(delivery.recipients, "deferred"))
        asked = any(answer.code for answer in delivery.recipients.values())
        fault = SendFault.ANSWER if asked else SendFault.ADDRESS
        raise _Ended(Outcome.REFUSED, delivery.refused, fault)


def _spelt(address: str) -> str:
    try:
        return ascii_address(address)
    except Problem as problem:
        if problem.kind is not ProblemKind.INVALID:
            raise
        raise _Ended(Outcome.REFUSED, address, SendFault.ADDRESS) from problem


def _judge(answer: Answer, expected: int) -> None:
    if answer.code == expected or (expected == 250 and answer.ok and answer.code < 300):
        return
    if answer.for_now:
        raise _Ended(Outcome.LATER, str(answer))
    if 500 <= answer.code < 600:
        raise _Ended(Outcome.REFUSED, str(answer))
    # -1 and the like: smtplib met something that is no SMTP. As with a lost line.
    raise Problem(ProblemKind.SERVER_REFUSED, said=str(answer))


def _told(recipients: Mapping[str, RecipientAnswer], state: str) -> str:
    return "; ".join(
        f"{address}: {answer.answer}".removesuffix(": ")
        for address, answer in recipients.items()
        if answer.state == state
    )
