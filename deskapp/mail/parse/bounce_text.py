"""What a delivery report says in plain words, for servers that send no status part."""

import re

from deskapp.domain.mail import Bounce

from .tree import Headers

MAX_TEXT = 20_000
_MAX_RECIPIENTS = 20
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_REPLY_CODE = re.compile(
    r"""(?<![\d.:/@-])([45])[0-5]\d
        (?:[ \t]*[-:][ \t]*|[ \t]+)(?=[A-Za-z\#<("'\u0400-\u04ff\u3040-\u9fff]|[45][0-5]\d[ \t-])
        |(?:error|code|status|smtp|错误|錯誤|код)\D{0,12}[:：=\s]([45])[0-5]\d\b""",
    re.IGNORECASE | re.VERBOSE,
)
_LABEL = "[A-Za-z0-9\u00c0-\u04ff_-]{1,63}"  # Chinese around an address stands without a space
_ADDRESS = re.compile(
    rf"[^\s<>()\[\]\",;:@\u3000-\u9fff\uff00-\uffef]{{1,64}}@{_LABEL}(?:\.{_LABEL}){{1,10}}"
)
_ALONE = re.compile(
    rf"^[ \t>]*(?:[-*•·]+[ \t]+)?(?:\w{{2,12}}[:：][ \t]*)?<?({_ADDRESS.pattern})>?"
    r"(?=[ \t]*(?:$|[:;,(\[]|\.{2,}|on\b|-))",
    re.MULTILINE,
)
_NAMED = re.compile(
    r"(?:deliver\w*|undeliverable|reach|recipient|rcpt[ ]to|unknown|invalid|адрес\w*|получател\w*|"
    r"收件人|收件者|邮件地址|地址|người nhận|địa chỉ|宛先)"
    rf"[^@\n]{{0,80}}?[<\s:：(]({_ADDRESS.pattern})",
    re.IGNORECASE,
)
_MACHINE = re.compile(r"mailer-daemon|postmaster|support@", re.IGNORECASE)
_TEMPORARY = re.compile(
    r"""delay|temporar|will\ (?:be\ )?retr|still\ (?:be\ )?trying|warning|no\ need\ to\ (?:re)?send
    |do\ not\ need\ to\ resend|будут\ продолж|временн|задерж|延迟|延遲|稍后重试|重試|tạm\ thời
    |sẽ\ thử\ lại""",
    re.IGNORECASE | re.VERBOSE,
)
_GIVEN_UP = re.compile(
    r"permanent|giv(?:e|en|ing)\ up|not\ going\ to\ try\ again|queue\ too\ long", re.I
)
_COPY_BELOW = re.compile(
    r"""^(?:[-*=_ \t>]*(?:this\ is\ a\ copy\ of|copy\ of\ (?:the|your)|below\ this\ line\ is|
        (?:begin\ )?(?:original|returned|unsent)\ (?:message|mail)|the\ original\ message|
        message\ header|original\ headers|以下是您的邮件|原始邮件|原邮件|원본)
        |[ \t]*(?:below\ is\ a\ copy|message\ headers\ follow|received:\s?from|return-path:)
        ).*$""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)


def without_returned(text: str) -> str:
    """The report alone: the copy of the returned mail below it names other people."""
    for line in _COPY_BELOW.finditer(text):
        if text[: line.start()].strip() and "was received" not in line[0]:
            return text[: line.start()]
    return text


def read_report_text(headers: Headers, text: str) -> list[Bounce]:
    """The recipients that a report in words names; one without an address where it names none."""
    report = without_returned(text[:MAX_TEXT])
    status = _status(report)
    if status:
        action = "delayed" if status.startswith("4") and not _GIVEN_UP.search(report) else "failed"
    else:
        is_late = _TEMPORARY.search(report[:2000]) and not _GIVEN_UP.search(report)
        action = "delayed" if is_late else "failed"
    failed = b",".join(headers.get("x-failed-recipients", ())).decode("latin-1")
    names = _ADDRESS.findall(failed) or _named(report)
    return [Bounce(name, status, action) for name in names[:_MAX_RECIPIENTS] or [""]]


def _named(report: str) -> list[str]:
    alone = [match[1] for match in _ALONE.finditer(report) if not _MACHINE.match(match[1])]
    if alone:
        return list(dict.fromkeys(alone))
    return list(dict.fromkeys(match[1] for match in _NAMED.finditer(report)))


def _status(report: str) -> str:
    stated = _STATUS.search(report)
    if stated:
        return stated[1]
    code = _REPLY_CODE.search(report)
    return f"{code[1] or code[2]}.0.0" if code else ""
