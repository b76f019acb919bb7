"""The plain text of a reply: our words above, the message answered below as a quote."""

from .language_choice import choose_language

_HEADERS = {
    "en": "On {when}, {author} wrote:",
    "vi": "Vào {when}, {author} đã viết:",
    "zh-Hans": "{when}，{author} 写道：",
    "zh-Hant": "{when}，{author} 寫道：",
    "ru": "{when}, {author} пишет:",
}


def quote_reply(body: str, when_text: str, author: str, quoted: str, language: str) -> str:
    """``body``, a blank line, who wrote when in the customer's language, and the quote.

    ``when_text`` is the date as the customer reads it; ``language`` a BCP 47 tag (English for
    others). Nothing to quote gives the body alone. Quotes in the quote go one level deeper
    (RFC 3676, 4.5).
    """
    lines = quoted.strip("\r\n").splitlines()
    if not any(line.strip() for line in lines):
        return body
    header = _HEADERS[choose_language(tuple(_HEADERS), language)].format(
        when=" ".join(when_text.split()), author=" ".join(author.split())
    )
    quote = "\n".join(map(_quoted_line, lines))
    return f"{body.rstrip()}\n\n{header}\n{quote}\n"


def _quoted_line(line: str) -> str:
    line = line.rstrip()
    return f">{line}" if not line or line.startswith(">") else f"> {line}"
