"""Found words shown on a message's card: all of them marked, one of them selected."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from deskapp.domain.find_in_text import places
from deskapp.domain.tickets import MessageRow
from deskapp.ui.theme import theme

from .message_card import MessageCard

_MOST_MARKED = 500


def mark_found(card: MessageCard, words: str) -> None:
    """Gives every place with ``words`` a ground; "" takes all away, the selected one too."""
    found = _cursors(card, words)[:_MOST_MARKED]
    look = QTextCharFormat()
    look.setBackground(theme().colour("note_edge"))
    look.setForeground(theme().colour("ink"))
    marks = []
    for cursor in found:
        mark = QTextEdit.ExtraSelection()
        mark.cursor, mark.format = cursor, look
        marks.append(mark)
    card.body.setExtraSelections(marks)
    if card.body.textCursor().hasSelection():
        card.body.moveCursor(QTextCursor.MoveOperation.Start)


def go_to(card: MessageCard, words: str, place: int) -> QPoint | None:
    """Selects a place, the first being 0; where it stands in the body, None when it is gone.

    A long text is shown whole when the place is in what was folded, and a quote is unfolded.
    """
    found = _cursors(card, words)
    while place >= len(found) and card.text.hides:
        card.text.show_hidden()
        found = _cursors(card, words)
    if not found:
        return None
    place = min(place, len(found) - 1)  # HTML shows a little less than its text says
    body = card.body
    depth = body.cursorRect(found[place]).bottom() + body.verticalScrollBar().value()
    if depth >= body.height():
        card.text.show_all()
    body.setTextCursor(found[place])
    return body.cursorRect(found[place]).center()


def texts_of(message: MessageRow, card: MessageCard | None) -> tuple[str, str]:
    """What a message shows on its card (or will, where it has none), and all that it says."""
    shown = message.reply_text if card is None else card.body.toPlainText()
    is_whole = card is not None and not card.text.hides
    return shown, shown if is_whole else message.text


def _cursors(card: MessageCard, words: str) -> list[QTextCursor]:
    shown = card.body.toPlainText()
    made = []
    for start, end in places(shown, words):
        cursor = QTextCursor(card.body.document())
        # Qt counts UTF-16 units: an emoji before the place is one letter and two of them.
        cursor.setPosition(_units(shown[:start]))
        cursor.setPosition(_units(shown[:end]), QTextCursor.MoveMode.KeepAnchor)
        made.append(cursor)
    return made


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
