"""Where the quote of a message begins and how much it hides."""

from deskapp.domain.tickets import MessageRow


def quoted_lines(message: MessageRow) -> int:
    """How many written lines are folded away; 0 when nothing is."""
    if message.html and message.reply_html in ("", message.html):
        return 0
    whole, shown = _lines(message.text), _lines(message.reply_text)
    return max(whole - shown, 1) if message.reply_text != message.text else 0


def quoted_start(message: MessageRow) -> int | None:
    """The character of ``text`` from which on it is a quote, where the reply stands above it."""
    reply = message.reply_text.rstrip()
    return len(reply) if reply and message.text.startswith(reply) else None


def _lines(text: str) -> int:
    return sum(bool(line.strip()) for line in text.splitlines())
