"""What a reply quotes: who wrote when, in the customer's language, and their words below."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from .language_choice import choose_language

_HEADERS = {
    "en": "On {when}, {author} wrote:",
    "vi": "Vào {when}, {author} đã viết:",
    "zh-Hans": "{when}，{author} 写道：",
    "zh-Hant": "{when}，{author} 寫道：",
    "ru": "{when}, {author} пишет:",
}
_LONGEST_HTML = 200_000  # characters of one quoted mail; a longer one is quoted as text
_IMAGE = re.compile(r"<img([^>]*)>")
_ALT = re.compile(r' alt="([^"]*)"')
_QUOTE = (
    '<blockquote class="quote" type="cite" '
    'style="margin:0 0 0 6px;padding-left:10px;border-left:2px solid #8c98a6">'
)


@dataclass(frozen=True, slots=True)
class Said:
    """A message to be quoted. ``when`` is the date as the customer reads it; ``html`` is cleaned
    markup, "" for a message that had none."""

    when: str
    author: str
    text: str
    html: str = ""


def quoted_text(said: Sequence[Said], language: str) -> str:
    """The messages one below the other; quotes in them go one level deeper (RFC 3676, 4.5).

    ``language`` is a BCP 47 tag (English for others). Nothing to quote gives "".
    """
    parts = []
    for one in said:
        lines = one.text.strip("\r\n").splitlines()
        if any(line.strip() for line in lines):
            quote = "\n".join(map(_quoted_line, lines))
            parts.append(f"{_header(one, language)}\n{quote}\n")
    return "\n".join(parts)


def quoted_html(said: Sequence[Said], language: str) -> str:
    """The same as markup. Pictures of the quoted mail do not travel again: their names stand."""
    parts = []
    for one in said:
        if one.text.strip() or one.html:
            inside = quotable_html(one.text, one.html)
            header = escape(_header(one, language), quote=False)
            head = f'<p class="quote-header" style="margin:12px 0 4px">{header}</p>'
            parts.append(f"{head}{_QUOTE}{inside}</blockquote>")
    return "".join(parts)


def quotable_html(text: str, html: str) -> str:
    """The markup of one message as it stands in another mail; of its text if it is too long."""
    inside = _IMAGE.sub(_named, html) if len(html) <= _LONGEST_HTML else ""
    return inside or escape(text.strip("\r\n"), quote=False).replace("\n", "<br>")


def _header(one: Said, language: str) -> str:
    form = _HEADERS[choose_language(tuple(_HEADERS), language)]
    return form.format(when=" ".join(one.when.split()), author=" ".join(one.author.split()))


def _quoted_line(line: str) -> str:
    line = line.rstrip()
    return f">{line}" if not line or line.startswith(">") else f"> {line}"


def _named(image: re.Match[str]) -> str:
    name = _ALT.search(image[1])
    return f"[{name[1]}]" if name and name[1] else ""
