"""A draft turned into the mail that would leave now; sending and preview build the same way."""

from dataclasses import replace
from datetime import datetime

from deskapp.data.database import Connection
from deskapp.data.queries import answering
from deskapp.data.queries.approvals import approval_row
from deskapp.data.queries.blobs import get_blobs
from deskapp.data.queries.side_threads import subject_of
from deskapp.domain.ids import AgentId, TicketId
from deskapp.domain.replies import Draft, OutgoingMail, Preview
from deskapp.domain.subjects import forward_subject

from . import outgoing
from .context import Context
from .signatures import signature_of
from .wording import Words, below, words_of


def as_author(context: Context, connection: Connection, draft: Draft) -> Context:
    """The desk as the one works on it in whose name a draft leaves: a senior's version of a reply
    is its writer's, with their name and signature."""
    if draft.reviews is None:
        return context
    return replace(context, agent=approval_row(connection, draft.reviews).writer)


def facts_of(
    connection: Connection, draft: Draft, by: AgentId | None, ticket: TicketId | None = None
) -> answering.Sending:
    """What a draft depends on. What begins a side thread answers nothing: its third party's mail
    names no id of the customer's. ``ticket``: where the draft's ticket lives on."""
    one = ticket or draft.ticket_id
    facts = answering.sending_facts(connection, one, by, draft.sender, draft.side)
    if not draft.hands_on:
        return facts
    subject = subject_of(connection, draft.forwards) or facts.subject
    return replace(facts, answered=None, hands_on=True, subject=forward_subject(subject))


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
    words = words_of(draft, signature, below(connection, draft, facts))
    wanted = outgoing.files_of(draft)
    blobs = get_blobs(connection, [file.sha256 for file in wanted])
    files = tuple((file, blobs[file.sha256]) for file in wanted)
    return outgoing.outgoing_mail(draft, facts, words, files, at), words


def to_many(mail: OutgoingMail) -> OutgoingMail:
    """Says that many get it, and where to ask for no more: a mail to the address it comes from."""
    return replace(mail, unsubscribe=(f"mailto:{mail.sender.address}?subject=unsubscribe",))


def preview(context: Context, draft: Draft) -> Preview:
    """What the customer gets: bytes are built, and what is in them is read."""
    with context.database.reading() as connection:
        context = as_author(context, connection, draft)
        facts = facts_of(connection, draft, context.agent)
        mail, _words = built(connection, context, draft, facts, context.now())
    raw = context.mail.build(mail)
    read = context.mail.parse(raw)
    shown = [one for one in read.attachments if one.inline and one.content_id]
    pictures = ((one.content_id, context.mail.read_attachment(raw, one.index)[1]) for one in shown)
    return Preview(mail.text, read.html if mail.html else "", tuple(pictures))
