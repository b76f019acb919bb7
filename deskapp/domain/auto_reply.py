"""Whether a mail gets the mailbox's automatic reply: people who begin a matter, never machines.

RFC 3834, sections 2 and 5, and caps on top of it: a program that hides what it is must not be able
to talk with ours for long. In doubt nothing is sent; a receipt that is missing harms nobody.
"""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from .contact import is_mail_address
from .ids import CannedId, MailboxId, TicketId
from .kinds import MailKind
from .mail import Address

MOST_A_DAY = 3
"""To one customer, in any 24 hours."""
BETWEEN_TWO = timedelta(hours=1)
"""To one customer: whoever writes a hundred mails in a minute gets one answer, not three."""
MOST_OF_MAILBOX = 30
MAILBOX_TIME = timedelta(minutes=10)
"""More than so many in so long, to whomever, and the mailbox pauses its automatic reply."""
OLDEST = timedelta(hours=12)
"""Whoever wrote longer ago needs an answer by now and not a receipt."""

DAY = timedelta(days=1)

_robot = re.compile(
    r"""(?:no|not|do[-_.]?not|dont|please[-_.]?do[-_.]?not)[-_.]?reply.*|.*[-_.+](?:no|donot)[-_.]?reply
    |mailer[-_.]?daemon|mail[-_.]?daemon|.*[-_.]daemon|daemon|post[-_.]?master|hostmaster|root|nobody
    |bounces?(?:[-_.+=].*)?|.*[-_.]bounces?|returns?[-_.+=].*|prvs=.*|srs[01][-+=].*
    |owner[-_.].*|.*[-_.](?:owner|request|relay|subscribe|unsubscribe)|list(?:serv|proc|manager)?
    |majordomo|mailman|auto(?:mat(?:ic|ed))?(?:[-_.].*|reply|responder)?|notif(?:y|ications?)(?:[-_.].*)?
    |khong[-_.]?tra[-_.]?loi|ne[-_.]?otvecha(?:t|i|jte).*|wu[-_.]?hui[-_.]?fu""",
    re.VERBOSE,
)
"""Local parts that no person reads (RFC 3834, section 2, and what programs call themselves)."""


class Silence(StrEnum):
    """Why a mail gets no automatic reply."""

    MACHINE = "machine"  # automatic mail, a list, a bounce, or its headers ask for none
    NO_PERSON = "no_person"  # nobody reads what is sent to its sender
    OURSELVES = "ourselves"
    OLD = "old"
    DOUBTFUL = "doubtful"  # it claims a ticket that is not its own, or a filter calls it spam
    GOES_ON = "goes_on"  # a person of ours has written on the ticket
    ONCE = "once"  # this customer has had one on this ticket
    ENOUGH = "enough"  # this customer has had one just now, or a day's worth


@dataclass(frozen=True, slots=True)
class Asking:
    """What the rule looks at of one mail that was filed.

    ``arrived`` is the server's time, ``dated`` the mail's own; ``quiet``: its headers ask for no
    automatic reply (``ParsedMail.quiet``). ``by_us``: its id is one of ours, or staff wrote it.
    ``past``: from a file, or from before the desk's time. ``doubtful``: marked when it was filed,
    or its ticket is spam. ``goes_on``: one of us has written on its ticket.
    """

    sender: Address
    kind: MailKind
    quiet: bool
    arrived: datetime
    dated: datetime | None
    by_us: bool
    past: bool
    doubtful: bool
    goes_on: bool


def silence(mail: Asking, own: Container[str], since: datetime, now: datetime) -> Silence | None:
    """Why this mail gets none whatever was sent before, or None.

    ``own``: the desk's addresses, by key. ``since``: when a person switched it on, or on again;
    mail that had arrived by then is left to people.
    """
    if mail.kind is not MailKind.HUMAN or mail.quiet:
        return Silence.MACHINE
    if mail.by_us or mail.sender.key in own or _without_detail(mail.sender.key) in own:
        return Silence.OURSELVES
    if not is_mail_address(mail.sender.address) or is_robot(mail.sender.address):
        return Silence.NO_PERSON
    times = [mail.arrived] if mail.dated is None else [mail.arrived, mail.dated]
    begin = since.replace(microsecond=0)  # servers' dates are whole seconds (RFC 3501, 2.3.3)
    if mail.past or mail.arrived < begin or min(times) < now - OLDEST:
        return Silence.OLD
    if mail.doubtful:
        return Silence.DOUBTFUL
    return Silence.GOES_ON if mail.goes_on else None


def had_enough(earlier: Sequence[datetime], now: datetime) -> bool:
    """Whether a customer who got automatic replies at these times gets none now."""
    of_today = [at for at in earlier if at > now - DAY]
    return len(of_today) >= MOST_A_DAY or any(at > now - BETWEEN_TWO for at in of_today)


def is_robot(address: str) -> bool:
    """Whether by its name nobody reads what is sent to an address."""
    return _robot.fullmatch(address.strip().casefold().rpartition("@")[0]) is not None


def _without_detail(key: str) -> str:
    """``support+x@shop.example`` is delivered to ``support@shop.example`` (RFC 5233)."""
    local, at, domain = key.rpartition("@")
    return local.partition("+")[0] + at + domain


@dataclass(frozen=True, slots=True)
class AutoReply:
    """How a mailbox's automatic reply stands. ``canned`` is its text; ``since`` None is off.

    ``paused``: since when it has stopped itself. ``fault``: the kind of Problem that kept the last
    one from being made, "" for none; ``fault_about`` the name it is about, ``fault_ticket`` the
    number of the ticket. ``given``: how many left in the last 24 hours.
    """

    mailbox: MailboxId
    address: str
    canned: CannedId | None = None
    canned_name: str = ""
    since: datetime | None = None
    paused: datetime | None = None
    fault: str = ""
    fault_about: str = ""
    fault_ticket: int | None = None
    given: int = 0

    @property
    def on(self) -> bool:
        """Whether a person wants it, paused or not."""
        return self.since is not None and self.canned is not None

    @property
    def works(self) -> bool:
        """Whether it would answer the next mail."""
        return self.on and self.paused is None

    @property
    def needs_a_person(self) -> bool:
        """Whether somebody must look at it."""
        return self.on and (self.paused is not None or bool(self.fault))


@dataclass(frozen=True, slots=True)
class Given:
    """An automatic reply that a customer got. ``person``: their address's key."""

    ticket: TicketId
    person: str
    at: datetime
