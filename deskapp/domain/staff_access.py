"""What may be done about the people of a desk, by who is signed in."""

from dataclasses import dataclass
from enum import StrEnum

from .identity import OWNER

_ADMINS, _LEADS = ("admin", OWNER), ("lead", "admin", OWNER)


class Sign(StrEnum):
    """How people come onto the desk."""

    FILE = "file"  # whoever has the file
    SHARED = "shared"  # all with one login of the database
    OWN = "own"  # each with an own login: a team desk


@dataclass(frozen=True, slots=True)
class Access:
    """``set_up``: the command that the database's owner runs once to give everybody an own login;
    ``grant``: the SQL that its administrator runs where the owner may make no logins. "" where
    nothing is missing."""

    sign: Sign = Sign.FILE
    role: str = OWNER
    set_up: str = ""
    grant: str = ""

    @property
    def shapes(self) -> bool:
        """Adds people, changes what others are called and may do, ends their access."""
        return self.sign is not Sign.OWN or self.role in _ADMINS

    @property
    def leads(self) -> bool:
        """Says of others that they are away."""
        return self.sign is not Sign.OWN or self.role in _LEADS

    @property
    def gives_logins(self) -> bool:
        return self.sign is Sign.OWN and self.shapes and not self.grant


@dataclass(frozen=True, slots=True)
class NewColleague:
    """Somebody to be added. ``login``: "" on a desk without own logins; ``password``: their first
    one, "" to have one made."""

    name: str
    email: str = ""
    role: str = "agent"
    login: str = ""
    password: str = ""
