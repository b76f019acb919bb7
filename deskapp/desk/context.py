"""What every part of the Desk works with."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from deskapp.data.database import Database
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


@dataclass(slots=True)
class Context:
    """One desk as one agent works on it. ``agent`` may change while the program runs."""

    database: Database
    mail: MailFunctions
    agent: AgentId | None = None
    now: Callable[[], datetime] = field(default=utc_now)
