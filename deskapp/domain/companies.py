"""Companies as windows and commands hold them."""

from dataclasses import dataclass
from datetime import datetime

from .ids import CompanyId
from .people import CustomerRow


@dataclass(frozen=True, slots=True)
class CompanyRow:
    id: CompanyId
    name: str
    people: int
    version: int


@dataclass(frozen=True, slots=True)
class CompanyNote:
    at: datetime
    agent_name: str
    text: str


@dataclass(frozen=True, slots=True)
class CompanyRecord:
    """A company whole. ``people`` are the newest of its ``row.people``; ``domains`` in ASCII."""

    row: CompanyRow
    domains: tuple[str, ...]
    must_know: str
    people: tuple[CustomerRow, ...]
    notes: tuple[CompanyNote, ...]


@dataclass(frozen=True, slots=True)
class CompanyEdit:
    """None leaves a field alone."""

    name: str | None = None
    must_know: str | None = None
