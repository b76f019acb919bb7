"""What stands under a reply: the message answered, quoted in the manner of each mail program."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from html import escape

from deskapp.sample import phrases

_DEEPEST = 3  # people cut old quotes away sooner or later; it also keeps long talks small


@dataclass(frozen=True, slots=True)
class Tail:
    """The quoted part of a mail as text and as HTML; empty in a first mail."""

    text: str = ""
    html: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Written:
    """A message as the next writer sees it. ``when`` is in the next writer's own time zone."""

    name: str
    mail: str
    to: str
    subject: str
    text: str
    tail: Tail
    when: datetime


_LINES: dict[str, Callable[[str, str, datetime, str], str]] = {
    "gmail": phrases.gmail_line,
    "apple": phrases.apple_line,
    "plain": phrases.plain_line,
    "yandex": phrases.yandex_line,
    "mailru": phrases.mailru_line,
}
_QUOTE_TAGS = {
    "gmail": '<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;'
    'border-left:1px solid rgb(204,204,204);padding-left:1ex">',
    "apple": '<blockquote type="cite">',
    "plain": "<blockquote>",
    "yandex": "<blockquote>",
    "mailru": '<blockquote style="border-left:1px solid #0857A6;margin:10px;padding:0 0 0 10px">',
}


def to_html(text: str) -> str:
    """Plain text as HTML lines."""
    return escape(text, quote=False).replace("\n", "<br>\r\n")


def quote(style: str, language: str, last: Written) -> Tail:
    """The tail of a reply to ``last``, written with a program that quotes in ``style``."""
    old = last.tail if last.tail.depth < _DEEPEST else Tail()
    depth = old.depth + 1
    if style == "none":
        return Tail()
    if style in ("outlook", "qq"):
        return _under_header_block(style, language, last, old, depth)
    line = _LINES[style](last.name, last.mail, last.when, language)
    body = last.text + (f"\n\n{old.text}" if old.text else "")
    marked = "\n".join(f"> {row}" if not row.startswith(">") else f">{row}" for row in _rows(body))
    inner = f"{to_html(last.text)}{old.html}"
    html = f"<div>{to_html(line)}<br></div>{_QUOTE_TAGS[style]}{inner}</blockquote>"
    if style == "gmail":
        html = f'<br><div class="gmail_quote">{html}</div>'.replace(
            "<div>", '<div dir="ltr" class="gmail_attr">', 1
        )
    return Tail(f"{line}\n\n{marked}".replace("> \n", ">\n"), html, depth)


def _rows(text: str) -> list[str]:
    return text.split("\n")


def _under_header_block(style: str, language: str, last: Written, old: Tail, depth: int) -> Tail:
    body = last.text + (f"\n\n{old.text}" if old.text else "")
    inner = f"{to_html(last.text)}<br>{old.html}"
    if style == "qq":
        block = phrases.qq_block(last.name, last.mail, last.when, last.to, last.subject)
        rule = "------------------&nbsp;原始邮件&nbsp;------------------"
        head = "<br>".join(f"<b>{label}:</b> {escape(value)}" for label, value in block)
        html = f'<div><br></div><div style="font-size:12px">{rule}<br>{head}</div>{inner}'
        text = "\n".join(f"{label}: {value}" for label, value in block)
        return Tail(f"{rule.replace('&nbsp;', ' ')}\n{text}\n\n{body}", html, depth)
    block = phrases.outlook_block(last.name, last.mail, last.when, language, last.to, last.subject)
    head = "<br>".join(f"<b>{label}:</b> {escape(value)}" for label, value in block)
    html = (
        '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">'
        f'<p class="MsoNormal">{head}</p></div>{inner}'
    )
    text = "\n".join(f"{label}: {value}" for label, value in block)
    return Tail(f"{'_' * 32}\n{text}\n\n{body}", html, depth)
