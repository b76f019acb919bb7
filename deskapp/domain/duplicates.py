"""By what two records look like one person's. Only ever proposed: families share a phone."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from .kinds import ContactKind
from .naming import name_key
from .people import CustomerRow
from .public_mail import company_domain


class SameBy(StrEnum):
    """Why two records are proposed; what they share stands beside it."""

    MAIL = "mail"  # one address in two spellings
    PHONE = "phone"  # a number with its country and the same without
    NAME = "name"  # one name at one company's domain
    ORDER = "order"  # an order has the address of one and the phone of the other


TraitPairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """Two records that may be one person's, the older one first."""

    one: CustomerRow
    other: CustomerRow
    reasons: tuple[tuple[SameBy, str], ...]


PHONE_IN_FULL, PHONE_BARE = "phone", "bare"
MEETS = {PHONE_IN_FULL: (PHONE_BARE,), PHONE_BARE: (PHONE_IN_FULL, PHONE_BARE)}
"""Two numbers with their countries are either equal or not of one person; a bare one may be any."""

_GMAIL = frozenset({"gmail.com", "googlemail.com"})
_NATIONAL = 9  # the last digits of a number, without its country and trunk prefix
_FEWEST_LETTERS = 3  # of a name that says something


def traits_of(name: str, contacts: Iterable[tuple[ContactKind, str]]) -> set[tuple[str, str]]:
    """What a record can be met by: (kind, trait). ``contacts``: (kind, key)."""
    found: set[tuple[str, str]] = set()
    plain = name_key(name)
    for kind, key in contacts:
        if kind is ContactKind.MAIL:
            found.add((SameBy.MAIL, mail_trait(key)))
            site = company_domain(key)
            if site and " " in plain and len(plain) >= _FEWEST_LETTERS:
                found.add((SameBy.NAME, f"{plain} {site}"))
        elif kind is ContactKind.PHONE:
            digits = key.lstrip("+")
            if len(digits) >= _NATIONAL:
                which = PHONE_IN_FULL if key.startswith("+") else PHONE_BARE
                found.add((which, digits[-_NATIONAL:]))
    return found


def mail_trait(key: str) -> str:
    """An address without what its owner adds at will: a tag behind a plus, and dots where the
    provider does not look at them (Gmail's help: "dots don't matter")."""
    box, _, domain = key.casefold().rpartition("@")
    plain = box.partition("+")[0] or box
    if domain in _GMAIL:
        plain, domain = plain.replace(".", "") or plain, "gmail.com"
    return f"{plain}@{domain}"


def same_by(kind: str) -> SameBy:
    """The reason that a trait stands for."""
    return SameBy.PHONE if kind in MEETS else SameBy(kind)
