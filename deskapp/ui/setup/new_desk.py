"""What the wizard asks of the composition root, and what it gets."""

from dataclasses import dataclass, field
from typing import Protocol

from deskapp.domain.mailboxes import MailboxSettings


@dataclass(frozen=True, slots=True)
class DeskWish:
    """A desk to make, or to open where it exists. ``place`` is a path, a PostgreSQL address, or
    the link to join a team's desk with: that needs ``password``, and ``own_password`` to come."""

    place: str
    name: str
    agent_name: str
    password: str = field(default="", repr=False)
    own_password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class DeskFound:
    """The desk as it is now. ``mailboxes`` are addresses it has already."""

    url: str
    name: str
    mailboxes: tuple[str, ...] = ()
    agent_name: str = ""  # who one is there, where the sign-in says so


class DeskMaker(Protocol):
    """Both block; the wizard calls them from a thread beside the windows."""

    def make(self, wish: DeskWish) -> DeskFound:
        """Makes the desk with this agent in it, or opens it; the desk is closed again afterwards.

        Raises Problem NETWORK_FOLDER, READ_ONLY, DATABASE_UNREACHABLE, NOT_A_DESK, INVALID …
        """
        ...

    def add_mailbox(self, desk_url: str, settings: MailboxSettings) -> None:
        """Raises Problem DUPLICATE, INVALID and what opening a desk raises."""
        ...


@dataclass(frozen=True, slots=True)
class WizardResult:
    """What a person decided. ``sample``: only look around, no desk was made."""

    desk_url: str
    agent_name: str
    sample: bool = False
