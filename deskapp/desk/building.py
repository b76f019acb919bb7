"""A draft turned into the mail that would leave now; sending and preview build the same way."""

from datetime import datetime

from deskapp.data.database import Connection
from deskapp.data.queries import answering
from deskapp.data.queries.blobs import get_blobs
from deskapp.domain.replies import Draft, OutgoingMail, Preview

from . import outgoing
from .context import Context
from .signatures import signature_of
from .wording import Words, said_on, words_of


def built(
    connection: Connection,
    context: Context,
    draft: Draft,
    facts: answering.Sending,
    at: datetime,
) -> tuple[OutgoingMail, Words]:
    """The mail with its files, and its words apart. ``Problem(FILE_UNREADABLE)`` for a picture in
    the text whose file never came."""
    signature = draft.signature
    if signature is None:
        signature = signature_of(connection, context, facts)
    words = words_of(draft, facts, signature, said_on(connection, draft, facts))
    wanted = outgoing.files_of(draft)
    blobs = get_blobs(connection, [file.sha256 for file in wanted])
    files = tuple((file, blobs[file.sha256]) for file in wanted)
    return outgoing.outgoing_mail(draft, facts, words, files, at), words


def preview(context: Context, draft: Draft) -> Preview:
    """What the customer gets: bytes are built, and what is in them is read."""
    with context.database.reading() as connection:
        facts = answering.sending_facts(connection, draft.ticket_id, context.agent, draft.sender)
        mail, _words = built(connection, context, draft, facts, context.now())
    raw = context.mail.build(mail)
    read = context.mail.parse(raw)
    shown = [one for one in read.attachments if one.inline and one.content_id]
    pictures = ((one.content_id, context.mail.read_attachment(raw, one.index)[1]) for one in shown)
    return Preview(mail.text, read.html if mail.html else "", tuple(pictures))
