"""Where the quote of a message begins and how much it hides."""

from deskapp.domain.tickets import MessageRow


def quoted_lines(message: MessageRow) -> int:
    """How many written lines are folded away; 0 when nothing is.

    At least 1 where the HTML folds, also if its plain form does not: what is hidden has a button.
    """
    if message.html:
        is_folded = message.reply_html not in ("", message.html)
    else:
        is_folded = message.reply_text != message.text
    if not is_folded:
        return 0
    return max(_lines(message.text) - _lines(message.reply_text), 1)


def quoted_start(message: MessageRow) -> int | None:
    """The character of ``text`` from which on it is a quote, where the reply stands above it."""
    reply = message.reply_text.rstrip()
    return len(reply) if reply and message.text.startswith(reply) else None


def _lines(text: str) -> int:
    return sum(bool(line.strip()) for line in text.splitlines())
