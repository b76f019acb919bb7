"""The words of a reply as they leave: what was typed, the signature, then the quote."""

from dataclasses import dataclass
from datetime import datetime
from html import escape

from deskapp.data.database import Connection
from deskapp.data.queries.answering import Sending
from deskapp.data.queries.quoting import spoken
from deskapp.data.queries.side_threads import handed_on
from deskapp.domain.forward_quote import HandedOn, forwarded_html, forwarded_text
from deskapp.domain.replies import Draft
from deskapp.domain.reply_quote import Said, quoted_html, quoted_text
from deskapp.domain.rich_reader import read_draft
from deskapp.domain.rich_text import PICTURE, Document, is_plain, readable, write_html


@dataclass(frozen=True, slots=True)
class Words:
    """``own`` is ``text`` without the quote. ``html`` is "" where text alone leaves; ``formed``:
    the markup says more than the text."""

    text: str
    own: str
    html: str
    formed: bool


@dataclass(frozen=True, slots=True)
class Below:
    """What stands below our words: a quote, or what is handed on; "" for nothing."""

    text: str
    html: str


def words_of(draft: Draft, signature: str, below: Below) -> Words:
    """Text and markup of a draft, from one document. ``signature`` is already the right one."""
    document = read_draft(draft.body, "" if draft.plain else draft.html)
    own = with_signature(readable(document).replace(PICTURE, ""), signature)
    text = f"{own.rstrip()}\n\n{below.text}".lstrip("\n") if below.text else own
    wordless = draft.hands_on and not draft.body.strip()
    rich = (bool(draft.html) or wordless) and not draft.plain
    html = _markup(document, own, signature, below.html) if rich else ""
    return Words(text, own, html, formed=rich and not is_plain(document))


def _markup(document: Document, own: str, signature: str, quote: str) -> str:
    signed = bool(signature.strip()) and own != with_signature(readable(document), "")
    lines = escape(signature.strip(), quote=False).replace("\n", "<br>")
    below = f'<p style="margin:0"><br></p><div class="signature">{lines}</div>' if signed else ""
    return write_html(_without_end(document)) + below + quote


def _without_end(document: Document) -> Document:
    """Without the empty lines that a caret left behind."""
    end = len(document)
    while end > 1 and not document[end - 1].text.strip():
        end -= 1
    return document[:end]


def with_signature(body: str, signature: str) -> str:
    """The body with the signature below, once: not again where the writer has typed it."""
    ours = signature.strip()
    if not ours or f"\n{ours}\n" in f"\n{body.strip()}\n":
        return body.rstrip() + "\n"
    return f"{body.rstrip()}\n\n{ours}\n"


def below(connection: Connection, draft: Draft, facts: Sending) -> Below:
    """The quote that the draft wants, or the messages that it hands on, for its reader."""
    if draft.hands_on:
        stored = handed_on(connection, facts.ticket, draft.forwards)
        on = [
            HandedOn(one.sender, _when(one.at), one.subject, one.to, one.cc, one.text, one.html)
            for one in stored
        ]
        return Below(forwarded_text(on, facts.language), forwarded_html(on, facts.language))
    said = _said_on(connection, draft, facts)
    return Below(quoted_text(said, facts.language), quoted_html(said, facts.language))


def _said_on(connection: Connection, draft: Draft, facts: Sending) -> tuple[Said, ...]:
    """What the draft wants quoted: nothing, the message it answers, or the conversation."""
    answered = facts.answered
    if not draft.quote or answered is None:
        return ()
    if draft.quote_all and (everything := spoken(connection, facts.ticket, facts.side)):
        return tuple(Said(_when(one.at), one.author, one.text, one.html) for one in everything)
    return (Said(_when(answered.at), answered.author, answered.text, answered.html),)


def _when(at: datetime) -> str:
    return at.astimezone().strftime("%Y-%m-%d %H:%M")
