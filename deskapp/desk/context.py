"""What every part of the Desk works with."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from deskapp.data import team_clock
from deskapp.data.database import Connection, Database
from deskapp.domain.identity import Identity
from deskapp.domain.ids import AgentId
from deskapp.domain.mail import AttachmentInfo, ParsedMail
from deskapp.domain.replies import OutgoingMail


def utc_now() -> datetime:
    """This machine's time; ``Context.now`` is the desk's."""
    return team_clock.machine_time()


@dataclass(frozen=True, slots=True)
class MailFunctions:
    """What the desk needs of the mail room, handed in by the faces: desk does not import mail."""

    parse: Callable[[bytes], ParsedMail]
    build: Callable[[OutgoingMail], bytes]
    read_attachment: Callable[[bytes, int], tuple[AttachmentInfo, bytes]]


@dataclass(slots=True)
class Context:
    """One desk as one agent works on it. ``agent`` may change while the program runs."""

    database: Database
    mail: MailFunctions
    agent: AgentId | None = None
    machine: Callable[[], datetime] = field(default=utc_now)
    identity: Identity = field(default_factory=Identity)

    def now(self) -> datetime:
        """The time that all who share the desk agree on, whatever this machine's clock shows."""
        return self.machine() + self.database.clock.apart

    def team_now(self, connection: Connection) -> datetime:
        """``now``, the server being asked anew."""
        self.database.clock.set_by(connection, fresh=True)
        return self.now()
