"""A conversation as it is handed on: as text for the clipboard, as a document for paper."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument

from deskapp.domain.kinds import Direction
from deskapp.domain.senders import shown_address, shown_name
from deskapp.domain.tickets import Conversation, MessageRow
from deskapp.ui import text, words
from deskapp.ui.theme import theme

from .entry_words import entry_line
from .quoted import quoted_start
from .remarks import side_line
from .row_look import shown_subject

_TEXT_PT, _SMALL_PT, _TITLE_PT = 10.0, 8.5, 14.0
_RULE = "-" * 60


@dataclass(frozen=True, slots=True)
class Wish:
    """What goes along. Left out unless wished: what the customer was never shown, and quotes."""

    internal: bool = False  # notes, and side threads with third parties
    quoted: bool = False


def told(conversation: Conversation, wish: Wish) -> list[MessageRow]:
    """The messages that go along, oldest first."""
    return [
        one
        for one in conversation.messages
        if wish.internal or (one.direction is not Direction.NOTE and one.side is None)
    ]


def facts(conversation: Conversation, now: datetime) -> list[str]:
    """The lines below the subject: which ticket, whose, and of when this is."""
    row = conversation.ticket
    number = _tr("Ticket {number}").replace("{number}", str(row.number))
    parts = [number, words.status(row.status), row.customer_name, row.mailbox_address]
    if row.tags:
        parts.append(", ".join(row.tags))
    stand = _tr("As it stood on {time}").replace("{time}", text.full(now))
    return [" · ".join(part for part in parts if part), stand]


def as_text(conversation: Conversation, wish: Wish, now: datetime) -> str:
    """Plain text, the messages one below the other with a head each."""
    parts = [shown_subject(conversation.ticket.subject), *facts(conversation, now)]
    for one in told(conversation, wish):
        parts += ["", _RULE, *_head(one), "", _body(one, wish)]
        parts += [f"[{line}]" for line in _files(one)]
    return "\n".join(parts) + "\n"


def as_document(conversation: Conversation, wish: Wish, now: datetime) -> QTextDocument:
    """Black on white, each message in the face of its language. Sizes are points, so that the
    device it is painted on decides how many pixels they are."""
    made = QTextDocument()
    made.setDocumentMargin(0)
    made.setDefaultFont(_font(_TEXT_PT))
    cursor = QTextCursor(made)
    row = conversation.ticket
    cursor.setBlockFormat(_block(0))
    cursor.insertText(shown_subject(row.subject), _format(_TITLE_PT, row.language, bold=True))
    for line in facts(conversation, now):
        _line(cursor, line, _format(_SMALL_PT, muted=True), 2)
    for one in told(conversation, wish):
        _message(cursor, one, wish)
    return made


def _message(cursor: QTextCursor, one: MessageRow, wish: Wish) -> None:
    first, *others = _head(one)
    cursor.insertBlock(_block(16))
    cursor.insertText(first, _format(_TEXT_PT, one.language, bold=True))
    for line in others:
        _line(cursor, line, _format(_SMALL_PT, muted=True), 1)
    plain, quoted = _format(_TEXT_PT, one.language), _format(_TEXT_PT, one.language, muted=True)
    own = (quoted_start(one) if wish.quoted else None) or len(one.text)
    place = 0
    for number, line in enumerate(_body(one, wish).split("\n")):
        _line(cursor, line, plain if place <= own else quoted, 1 if number else 4)
        place += len(line) + 1
    for line in _files(one):
        _line(cursor, line, _format(_SMALL_PT, muted=True), 2)


def _head(one: MessageRow) -> list[str]:
    """Who and when; to whom; by which way it came, where that was no mail to the customer."""
    name, address = shown_name(one.sender.name), shown_address(one.sender.address)
    if one.direction is Direction.NOTE:
        who = _tr("Note · {name}").replace("{name}", one.agent_name)
    elif one.agent_name:
        who = f"{one.agent_name} <{address}>"
    else:
        who = f"{name} <{address}>" if name else address
    lines = [f"{who}  ·  {text.full(one.at)}"]
    if one.to or one.cc:
        lines.append(", ".join(shown_address(person.address) for person in (*one.to, *one.cc)))
        lines[-1] = _tr("To {people}").replace("{people}", lines[-1])
    if one.side is not None:
        lines.append(side_line(one))
    if one.entry is not None:
        lines.append(entry_line(one.entry))
    return lines


def _body(one: MessageRow, wish: Wish) -> str:
    return (one.text if wish.quoted else one.reply_text or one.text).strip("\n").rstrip()


def _files(one: MessageRow) -> Iterator[str]:
    for file in one.attachments:
        if not file.inline:
            line = _tr("Attachment: {name}, {size}").replace("{size}", text.size(file.size))
            yield line.replace("{name}", file.filename)


def _line(cursor: QTextCursor, said: str, look: QTextCharFormat, above: int) -> None:
    cursor.insertBlock(_block(above))
    cursor.insertText(said, look)


def _block(above: int) -> QTextBlockFormat:
    made = QTextBlockFormat()
    made.setTopMargin(above)
    return made


def _font(points: float, language: str = "", *, bold: bool = False) -> QFont:
    font = theme().fonts.in_language(QFont(), language)
    font.setPointSizeF(points)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font


def _format(
    points: float, language: str = "", *, bold: bool = False, muted: bool = False
) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFont(_font(points, language, bold=bold))
    made.setForeground(theme().colour("ink_muted" if muted else "ink"))
    return made


def _tr(sentence: str) -> str:
    return QCoreApplication.translate("Transcript", sentence)
