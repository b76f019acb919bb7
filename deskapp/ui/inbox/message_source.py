"""Where the bytes behind a message come from: the desk, or a mail that lies inside another one."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from deskapp.domain.dangerous_files import is_dangerous
from deskapp.domain.ids import AttachmentId, MessageId, TicketId
from deskapp.domain.kinds import Direction
from deskapp.domain.mail import AttachmentInfo, ParsedMail
from deskapp.domain.messages import AttachmentRow
from deskapp.domain.tickets import MessageRow

if TYPE_CHECKING:
    from deskapp.desk import Desk

ReadFile = Callable[[bytes, int], tuple[AttachmentInfo, bytes]]
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class MessageSource(Protocol):
    """Called in lanes. Each raises Problem(NOT_FOUND) where the bytes are gone."""

    def raw(self, desk: "Desk") -> bytes: ...
    def images(self, desk: "Desk") -> dict[str, bytes]: ...
    def file(self, desk: "Desk", row: AttachmentRow) -> bytes: ...


class StoredMessage:
    """A message of a ticket."""

    def __init__(self, message: MessageId) -> None:
        self._message = message

    def raw(self, desk: "Desk") -> bytes:
        return desk.tickets.raw(self._message)

    def images(self, desk: "Desk") -> dict[str, bytes]:
        """The pictures that its HTML shows, by Content-ID."""
        return desk.tickets.inline_images(self._message)

    def file(self, desk: "Desk", row: AttachmentRow) -> bytes:
        return desk.tickets.attachment(row.id)[1]


class LooseMail:
    """A mail that came as a file inside another; its rows carry the files' places as ids."""

    def __init__(self, raw: bytes, mail: ParsedMail, read_file: ReadFile) -> None:
        self._raw, self._mail, self._read_file = raw, mail, read_file

    def raw(self, desk: "Desk") -> bytes:
        return self._raw

    def images(self, desk: "Desk") -> dict[str, bytes]:
        wanted = [one for one in self._mail.attachments if one.content_id]
        return {one.content_id: self._read_file(self._raw, one.index)[1] for one in wanted}

    def file(self, desk: "Desk", row: AttachmentRow) -> bytes:
        return self._read_file(self._raw, int(row.id))[1]

    def message(self) -> MessageRow:
        """The mail as a card shows it; it belongs to no ticket."""
        mail, nowhere = self._mail, MessageId(0)
        return MessageRow(
            id=nowhere,
            ticket_id=TicketId(0),
            direction=Direction.IN,
            kind=mail.kind,
            message_id=mail.message_id,
            sender=mail.sender,
            to=mail.to,
            cc=mail.cc,
            reply_to=mail.reply_to,
            subject=mail.subject,
            at=mail.date or _NEVER,
            agent_id=None,
            agent_name="",
            text=mail.text,
            reply_text=mail.text,  # a forwarded mail is shown whole
            html=mail.html,
            reply_html=mail.html,
            language=mail.language,
            attachments=tuple(_row(one) for one in mail.attachments),
            sha256=None,
            joined_by="",
            marked=False,
            defects=mail.defects,
            delivery=None,
        )


def _row(one: AttachmentInfo) -> AttachmentRow:
    return AttachmentRow(
        id=AttachmentId(one.index),
        message_id=MessageId(0),
        filename=one.filename,
        content_type=one.content_type,
        size=one.size,
        inline=one.inline,
        content_id=one.content_id,
        dangerous=is_dangerous(one.filename, one.content_type),
    )
