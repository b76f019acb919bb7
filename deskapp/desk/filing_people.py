"""Who a mail is from or with, and when it happened."""

from collections.abc import Container
from datetime import datetime

from deskapp.data.queries.filing_facts import Staff
from deskapp.domain.arrivals import Letter
from deskapp.domain.contact import LONGEST_CONTACT
from deskapp.domain.ids import AgentId
from deskapp.domain.kinds import MailKind
from deskapp.domain.mail import Address, ParsedMail
from deskapp.domain.naming import name_key


def moment(letter: Letter, now: datetime) -> datetime:
    """When a mail happened: its server's date, else when it was first seen; never later than now.

    Its own date is whatever its writer's clock said. It counts where no server has one of its own:
    in a file, and for a copy in Sent, which may have been put there later.
    """
    unfiled, stated = letter.unfiled, letter.mail.date
    at = unfiled.internal_at or (stated if unfiled.id is None else None) or now
    if unfiled.role == "sent":
        at = stated or at
    return min(at, now)


def customer_address(letter: Letter, own: Container[str], *, outgoing: bool) -> Address | None:
    """Who a mail is with: its sender, or whom we wrote to; never one of our own addresses.

    A contact form writes from our own address with the customer in Reply-To. What staff forward is
    with nobody until somebody says so. What is longer than an address can be is nobody's.
    """
    mail = letter.mail
    if letter.original is not None:
        return None
    people = (*mail.to, *mail.cc) if outgoing else (mail.sender, *mail.reply_to)
    for person in people:
        fits = max(len(person.address), len(person.key)) <= LONGEST_CONTACT
        if person.address and fits and person.key not in own:
            return person
    return None


def forwarded_by_staff(mail: ParsedMail, staff: Staff, own: Container[str]) -> bool:
    """Whether one of us sent it to the inbox, so that somebody else may be who it is about."""
    return mail.kind is MailKind.HUMAN and (
        mail.sender.key in staff.by_address or mail.sender.key in own
    )


def agent_of(mail: ParsedMail, staff: Staff) -> AgentId | None:
    """Who of us wrote it: by their own address, else by the name their program gives."""
    found = staff.by_address.get(mail.sender.key)
    return found or staff.by_name.get(name_key(mail.sender.name))
