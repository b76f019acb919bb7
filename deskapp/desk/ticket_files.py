"""The bytes behind a ticket's messages: files, pictures, the mail itself."""

from deskapp.data.queries.blobs import get_blob
from deskapp.data.queries.conversations import attachment_source, attachments_of, raw_hash
from deskapp.domain.ids import AttachmentId, MessageId
from deskapp.domain.messages import AttachmentRow

from .context import Context


class TicketFiles:
    """Read out of the stored mails, when they are asked for."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._database = context.database

    def attachment(self, one: AttachmentId) -> tuple[AttachmentRow, bytes]:
        """A file's row and bytes, read out of the stored mail."""
        with self._database.reading() as connection:
            row, blob, index = attachment_source(connection, one)
            raw = get_blob(connection, blob)
        _, data = self._context.mail.read_attachment(raw, index)
        return row, data

    def raw(self, message: MessageId) -> bytes:
        """A message's original bytes."""
        with self._database.reading() as connection:
            return get_blob(connection, raw_hash(connection, message))

    def inline_images(self, message: MessageId) -> dict[str, bytes]:
        """The pictures a message's HTML shows, by Content-ID."""
        with self._database.reading() as connection:
            files = attachments_of(connection, [message]).get(message, [])
            wanted = [file for file in files if file.content_id]
            if not wanted:
                return {}
            raw = get_blob(connection, raw_hash(connection, message))
            places = [(file.content_id, attachment_source(connection, file.id)) for file in wanted]
        read = self._context.mail.read_attachment
        return {content_id: read(raw, index)[1] for content_id, (_, _, index) in places}
