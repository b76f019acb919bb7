"""Files of customers: what their columns mean, what was read, and what taking them in would do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .plain import one_line


class PersonField(StrEnum):
    """What a column of a customer file can mean. Values stand in saved mappings."""

    DESK_ID = "desk_id"  # the number of a record of this desk
    OWN_ID = "own_id"  # the id in the system the file is from
    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    EMAIL = "email"
    MORE_EMAILS = "more_emails"
    PHONE = "phone"
    MORE_PHONES = "more_phones"
    HANDLE = "handle"
    COMPANY = "company"
    HONORIFIC = "honorific"
    LANGUAGE = "language"
    TIME_ZONE = "time_zone"
    ADDRESS = "address"
    STREET = "street"
    STREET_2 = "street_2"
    CITY = "city"
    PROVINCE = "province"
    ZIP = "zip"
    COUNTRY = "country"
    COUNTRY_CODE = "country_code"
    TAGS = "tags"
    NOTE = "note"
    MUST_KNOW = "must_know"
    VIP = "vip"
    MAIL_OK = "mail_ok"


PeopleMapping = Mapping[PersonField, str]
"""Field to the heading as it stands in the file."""


def mapping_name(written: str) -> str:
    """The name a mapping is kept under; "" for none."""
    return one_line(written, 120)


def mapping_told(mapping: PeopleMapping) -> str:
    """As a command takes it: "email=E-Mail, name=Who"."""
    return ", ".join(sorted(f"{field.value}={heading}" for field, heading in mapping.items()))


class PersonFault(StrEnum):
    """Why a row was left out."""

    EMPTY = "empty"  # nothing by which anybody could be found again
    BAD_MAIL = "bad_mail"
    BAD_PHONE = "bad_phone"
    TWO_CUSTOMERS = "two_customers"  # its contacts are of two records here
    ERASED = "erased"  # this person was erased at their wish
    BROKEN_ROW = "broken_row"  # a quote is opened and not closed
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class FailedRow:
    """One row that was left out: its number in the file, why, and the cell that says so."""

    row: int
    why: PersonFault
    column: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class PersonData:
    """One person as a file tells of them; "" and () where it says nothing, None for unsaid."""

    row: int
    desk_id: str = ""
    own_id: str = ""
    name: str = ""
    given_name: str = ""
    family_name: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    company: str = ""
    honorific: str = ""
    language: str = ""
    time_zone: str = ""
    address: str = ""
    country: str = ""
    tags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    must_know: str = ""
    vip: bool | None = None
    mail_ok: bool | None = None


@dataclass(frozen=True, slots=True)
class PeopleReading:
    """A whole file as read: the dry run and the import share it. ``rows`` counts those that say
    anything; ``cells`` are their texts by number, for the file of those that failed."""

    people: tuple[PersonData, ...]
    faults: tuple[FailedRow, ...]
    rows: int
    header: tuple[str, ...] = ()
    cells: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    mapping: PeopleMapping = field(default_factory=dict)
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class PeoplePreview:
    """What a person needs to say which column is which. A vCard has no columns."""

    header: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    encoding: str
    delimiter: str
    proposed: PeopleMapping


@dataclass(frozen=True, slots=True)
class PeopleImport:
    """What an import did, or would do. ``kept`` counts fields that say something else here, as
    somebody typed it, and were left alone."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: int = 0
    faults: tuple[FailedRow, ...] = ()
