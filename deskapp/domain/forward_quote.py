"""What a forward hands on: each message below a block of its headers, in the ticket's language.

The blocks are those that mail programs write, so that ours and others' know a forward by them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from .language_choice import choose_language
from .mail import Address
from .reply_quote import quotable_html

_WORDS = {
    "en": ("Forwarded message", "From", "Date", "Subject", "To", "Cc", "{name}: {value}"),
    "vi": ("Thư được chuyển tiếp", "Từ", "Ngày", "Chủ đề", "Đến", "Cc", "{name}: {value}"),
    "zh-Hans": ("转发的邮件", "发件人", "日期", "主题", "收件人", "抄送", "{name}：{value}"),
    "zh-Hant": ("轉寄的郵件", "寄件者", "日期", "主旨", "收件者", "副本", "{name}：{value}"),
    "ru": ("Пересылаемое сообщение", "От", "Дата", "Тема", "Кому", "Копия", "{name}: {value}"),
}
_LINE = "---------- {words} ----------"


@dataclass(frozen=True, slots=True)
class HandedOn:
    """A message that is handed on. ``when`` is the date as it is read; ``html`` is cleaned markup,
    "" for a message that had none."""

    sender: Address
    when: str
    subject: str
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    text: str
    html: str = ""


def forwarded_text(messages: Sequence[HandedOn], language: str) -> str:
    """The messages one below the other, unmarked; ``language`` as in ``reply_quote``."""
    parts = []
    for one in messages:
        title, *headers = _block(one, language)
        parts.append("\n".join((title, *headers, "", one.text.strip("\r\n"), "")))
    return "\n".join(parts)


def forwarded_html(messages: Sequence[HandedOn], language: str) -> str:
    """The same as markup. Pictures in the text travel as files: their names stand there."""
    parts = []
    for one in messages:
        block = "<br>".join(escape(line, quote=False) for line in _block(one, language))
        inside = quotable_html(one.text, one.html)
        parts.append(f'<p class="quote-header" style="margin:12px 0 8px">{block}</p>')
        parts.append(f"<div>{inside}</div>")
    return "".join(parts)


def _block(one: HandedOn, language: str) -> Iterator[str]:
    title, *names, form = _WORDS[choose_language(tuple(_WORDS), language)]
    yield _LINE.format(words=title)
    values = (_named(one.sender), one.when, one.subject, _listed(one.to), _listed(one.cc))
    for name, value in zip(names, values, strict=True):
        if value:
            yield form.format(name=name, value=" ".join(value.split()))


def _listed(people: Sequence[Address]) -> str:
    return ", ".join(map(_named, people))


def _named(person: Address) -> str:
    return f"{person.name} <{person.address}>" if person.name else person.address
