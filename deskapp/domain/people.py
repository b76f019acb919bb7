"""Customers and agents as windows and commands hold them."""

from dataclasses import dataclass
from datetime import datetime

from .consents import Consent, NoMail
from .custom_fields import CustomValue
from .ids import AgentId, CompanyId, ContactPointId, CustomerId
from .kinds import ContactKind


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """One way to reach a customer, as written. ``key`` finds it again: a phone in E.164.

    ``label`` is theirs (home, work), ``network`` of a handle, ``country`` (ISO 3166) of a postal
    address.
    """

    id: ContactPointId
    kind: ContactKind
    value: str
    is_primary: bool
    bounced: bool
    bounced_status: str = ""  # why, as in RFC 3463
    key: str = ""
    label: str = ""
    network: str = ""
    country: str = ""
    verified: bool = False


@dataclass(frozen=True, slots=True)
class ContactEdit:
    """What a contact is to become; None leaves a fact alone."""

    value: str | None = None
    label: str | None = None
    network: str | None = None
    country: str | None = None
    verified: bool | None = None


@dataclass(frozen=True, slots=True)
class RemovedContact:
    """What was taken off, whole, so that it can be put back as it was."""

    customer: CustomerId
    contact: ContactPoint
    verified_at: datetime | None
    bounced_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A person in a list or on the card."""

    id: CustomerId
    name: str
    email: str
    phone: str
    language: str
    must_know: str
    created_at: datetime
    ticket_count: int
    open_count: int
    order_count: int
    version: int
    vip: bool = False


@dataclass(frozen=True, slots=True)
class CustomerNote:
    at: datetime
    agent_name: str
    text: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One entry of a customer's history: a field by its column's name, or by the name of the
    desk's own field (``own``)."""

    field: str
    old: str
    new: str
    at: datetime
    agent_name: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class CustomerRecord:
    """What is known of a customer, without what happened (``timeline``).

    ``address`` is the postal address used first. ``region`` (ISO 3166) is where a phone without a
    country code is from. ``values`` has every field that is asked for, empty ones too.
    """

    row: CustomerRow
    address: str
    time_zone: str
    honorific: str
    company: str
    contacts: tuple[ContactPoint, ...]
    notes: tuple[CustomerNote, ...]
    family_name: str = ""
    given_name: str = ""
    call_name: str = ""
    country: str = ""
    company_id: CompanyId | None = None
    company_by: str = ""  # "domain": the program said so
    company_must_know: str = ""
    region: str = ""
    tags: tuple[str, ...] = ()
    values: tuple[CustomValue, ...] = ()
    consents: tuple[Consent, ...] = ()  # the newest of each purpose, also those that ran out
    no_mail: NoMail | None = None


@dataclass(frozen=True, slots=True)
class CustomerEdit:
    """New values for a customer's fields. None leaves a field alone."""

    name: str | None = None
    language: str | None = None
    must_know: str | None = None
    address: str | None = None
    time_zone: str | None = None
    honorific: str | None = None
    company: str | None = None
    family_name: str | None = None
    given_name: str | None = None
    call_name: str | None = None
    country: str | None = None
    vip: bool | None = None


@dataclass(frozen=True, slots=True)
class AgentRow:
    """A member of staff."""

    id: AgentId
    name: str
    email: str
    role: str
    signature: str
    active: bool
    version: int
    login: str = ""  # what they sign in to PostgreSQL as, on a team desk
