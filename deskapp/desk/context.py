"""What every part of the Desk works with."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from deskapp.data.database import Connection, Database
from deskapp.data.queries.leases import clock
from deskapp.domain.identity import Identity
from deskapp.domain.ids import AgentId
from deskapp.domain.mail import AttachmentInfo, ParsedMail
from deskapp.domain.replies import OutgoingMail


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class MailFunctions:
    """What the desk needs of the mail room, handed in by the faces: desk does not import mail."""

    parse: Callable[[bytes], ParsedMail]
    build: Callable[[OutgoingMail], bytes]
    read_attachment: Callable[[bytes, int], tuple[AttachmentInfo, bytes]]


_CLOCKS_AGREE = timedelta(seconds=2)


@dataclass(slots=True)
class Context:
    """One desk as one agent works on it. ``agent`` may change while the program runs."""

    database: Database
    mail: MailFunctions
    agent: AgentId | None = None
    now: Callable[[], datetime] = field(default=utc_now)
    identity: Identity = field(default_factory=Identity)

    def team_now(self, connection: Connection) -> datetime:
        """The time that all who share the desk agree on. Where one machine writes down when and
        another judges by it what is too old, a clock set wrong must not decide."""
        apart = clock(connection) - utc_now()
        return self.now() + (apart if abs(apart) > _CLOCKS_AGREE else timedelta())
