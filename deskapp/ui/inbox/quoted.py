"""Where the quote of a message begins and how much it hides."""

import re

from deskapp.domain.tickets import MessageRow

_BREAK = re.compile(r"<br[^>]*>|</(?:div|p|li|tr|h[1-6]|blockquote|pre|dd|dt)>")
_TAG = re.compile(r"<[^>]*>?|&nbsp;|[^<\S]+")
_LOOKED_THROUGH = 200_000  # letters of markup


def quoted_lines(message: MessageRow) -> int:
    """How many written lines are folded away; 0 when nothing is.

    Counted in the HTML where that folds and the plain form, which may say something else, does
    not. At least 1 then: what is hidden has a button.
    """
    if message.html:
        is_folded = message.reply_html not in ("", message.html)
    else:
        is_folded = message.reply_text != message.text
    if not is_folded:
        return 0
    folded = _lines(message.text) - _lines(message.reply_text)
    if folded < 1 and len(message.html) <= _LOOKED_THROUGH:
        folded = _lines_of(message.html) - _lines_of(message.reply_html)
    return max(folded, 1)


def quoted_start(message: MessageRow) -> int | None:
    """The character of ``text`` from which on it is a quote, where the reply stands above it."""
    reply = message.reply_text.rstrip()
    return len(reply) if reply and message.text.startswith(reply) else None


def _lines(text: str) -> int:
    return sum(bool(line.strip()) for line in text.splitlines())


def _lines_of(markup: str) -> int:
    """About as many lines as it shows: those that hold a word."""
    return sum(bool(_TAG.sub("", line)) for line in _BREAK.split(markup))
