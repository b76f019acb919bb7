"""The mail programs that the sample's customers write with, and how each builds a mail."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from random import Random
from typing import Literal

from deskapp.sample import mime
from deskapp.sample.quoting import Tail, to_html


@dataclass(frozen=True, slots=True)
class Client:
    """A mail program. ``charsets``, ``footers`` and ``replies`` are by language."""

    headers: tuple[str, ...]
    shape: Literal["alternative", "plain", "html"]
    transfer: mime.Transfer
    quotes: str
    id_form: str
    charsets: dict[str, str] = field(default_factory=dict)
    footers: dict[str, str] = field(default_factory=dict)
    replies: dict[str, str] = field(default_factory=dict)
    names: mime.NameStyle = "rfc2231"


_PHONE = {
    "en": "Sent from my iPhone",
    "vi": "Đã gửi từ iPhone của tôi",
    "zh-Hans": "发自我的 iPhone",
    "zh-Hant": "從我的 iPhone 傳送",
    "ru": "Отправлено с iPhone",
}
_ANDROID = {
    "en": "Sent from my phone, please excuse typos",
    "vi": "Gửi từ điện thoại của mình",
    "zh-Hans": "从我的手机发送",
    "zh-Hant": "從手機寄出",
    "ru": "Отправлено с телефона",
}
_OUTLOOK_RE = {"zh-Hans": "答复: ", "zh-Hant": "回覆: ", "vi": "RE: ", "en": "RE: ", "ru": "HA: "}

CLIENTS: dict[str, Client] = {
    "gmail": Client(
        (), "alternative", "quoted-printable", "gmail", "CAF{token}@mail.{domain}",
    ),
    "gmail64": Client((), "alternative", "base64", "gmail", "CAK{token}@mail.{domain}"),
    "outlook": Client(
        ("X-Mailer: Microsoft Outlook 16.0", "Thread-Index: AdpQ3c2v", "Content-Language: en-us"),
        "alternative", "quoted-printable", "outlook", "{token}@PR3P192.{domain}",
        charsets={"zh-Hans": "gb2312", "zh-Hant": "big5", "ru": "koi8-r"},
        replies=_OUTLOOK_RE, names="rfc2047",
    ),
    "apple": Client(
        ("X-Mailer: Apple Mail (2.3774.600.62)",),
        "alternative", "quoted-printable", "apple", "{token}-APPLE@{domain}",
    ),
    "iphone": Client(
        ("X-Mailer: iPhone Mail (21F90)",),
        "alternative", "base64", "apple", "{token}-IPH@{domain}", footers=_PHONE,
    ),
    "android": Client(
        ("User-Agent: K-9 Mail for Android",),
        "plain", "8bit", "plain", "{token}@mobile.{domain}", footers=_ANDROID,
    ),
    "phone": Client((), "plain", "base64", "none", "{token}@app.{domain}", footers=_ANDROID),
    "qq": Client(
        ("X-QQ-STYLE: ", "X-Mailer: QQMail 2.x", "X-Priority: 3"),
        "alternative", "base64", "qq", "tencent_{token}@{domain}",
        charsets={"zh-Hans": "gb18030"}, replies={"zh-Hans": "回复："}, names="raw",
    ),
    "foxmail": Client(
        ("X-Mailer: Foxmail 7.2.25.228[cn]",),
        "plain", "base64", "plain", "2026{token}@{domain}",
        charsets={"zh-Hans": "gb2312"}, replies={"zh-Hans": "Re: "}, names="rfc2047",
    ),
    "yandex": Client(
        ("X-Mailer: Yamail [ http://yandex.example ] 5.0",),
        "html", "base64", "yandex", "{token}@mail.{domain}",
    ),
    "mailru": Client(
        ("X-Mailer: Mail.Ru Mailer 1.0", "X-Priority: 3 (Normal)"),
        "alternative", "base64", "mailru", "17{token}@f.{domain}", replies={"ru": "Re[2]: "},
    ),
    "thunderbird": Client(
        ("User-Agent: Mozilla Thunderbird",),
        "plain", "8bit", "plain", "{token}@{domain}",
        charsets={
            "ru": "windows-1251", "vi": "windows-1258", "zh-Hant": "big5", "zh-Hans": "gb18030",
        },
    ),
    "koi": Client(
        ("User-Agent: Mutt/2.2.9",),
        "plain", "8bit", "plain", "{token}@{domain}", charsets={"ru": "koi8-r"},
    ),
}  # fmt: skip

_SHELLS = {
    "gmail": '<div dir="ltr">{own}</div>{tail}',
    "outlook": '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>'
    "<style>p.MsoNormal{{margin:0cm;font-size:11.0pt;font-family:Calibri,sans-serif}}</style>"
    '</head><body lang="{lang}"><div class="WordSection1"><p class="MsoNormal">{own}</p>'
    '<p class="MsoNormal">&nbsp;</p>{tail}</div></body></html>',
    "apple": '<html><head></head><body dir="auto" style="overflow-wrap: break-word;">{own}'
    "<br><div>{tail}</div></body></html>",
    "qq": '<div style="font-family:微软雅黑;font-size:14px">{own}</div>{tail}',
    "yandex": "<div>{own}</div><div>&nbsp;</div>{tail}",
    "mailru": "<HTML><BODY><div>{own}</div>{tail}</BODY></HTML>",
}


@dataclass(frozen=True, slots=True)
class Envelope:
    """The facts of one mail that do not depend on the program it was written with."""

    message_id: str
    sender: tuple[str, str]
    to: tuple[tuple[str, str], ...]
    subject: str
    sent_at: datetime
    references: tuple[str, ...] = ()
    cc: tuple[tuple[str, str], ...] = ()


def header_lines(envelope: Envelope, charset: str, extra: Sequence[str] = ()) -> list[str]:
    """The header of a mail, its words in ``charset``."""

    def people(name: str, people: tuple[tuple[str, str], ...]) -> str:
        joined = ",\r\n ".join(mime.address(who, mail, charset) for who, mail in people)
        return f"{name}: {joined}"

    lines = [
        f"Date: {format_datetime(envelope.sent_at)}",
        people("From", (envelope.sender,)),
        people("To", envelope.to),
        *([people("Cc", envelope.cc)] if envelope.cc else []),
        mime.header_line("Subject", envelope.subject, charset),
        f"Message-ID: {envelope.message_id}",
    ]
    if envelope.references:
        lines.append(f"In-Reply-To: {envelope.references[-1]}")
        lines.append("References: " + "\r\n ".join(envelope.references))
    return [*lines, *extra]


def received_line(domain: str, at: datetime, random: Random) -> str:
    """The trace that the shop's own server adds, with an address of RFC 5737."""
    host = f"198.51.100.{random.randint(2, 250)}"
    return (
        f"Received: from mx.{domain} (mx.{domain} [{host}])\r\n"
        f"\tby mail.lotus-outdoor.example with ESMTPS id {random.getrandbits(40):010x};\r\n"
        f"\t{format_datetime(at)}"
    )


def body_part(
    client: Client, language: str, own: str, tail: Tail, charset: str, boundary: str
) -> mime.Part:
    """The text of a mail with its quote, in the shape that ``client`` gives it."""
    footer = client.footers.get(language, "")
    shown = f"{own}\n\n{footer}" if footer else own
    plain = f"{shown}\n\n{tail.text}\n" if tail.text else f"{shown}\n"
    if client.shape == "plain":
        return mime.text_part(plain, "plain", charset, client.transfer)
    shell = _SHELLS[client.quotes]
    html = shell.format(own=_with_pictures(to_html(shown)), tail=tail.html, lang=language)
    page = mime.text_part(html, "html", charset, client.transfer)
    if client.shape == "html":
        return page
    text = mime.text_part(plain, "plain", charset, client.transfer)
    return mime.multipart("alternative", [text, page], boundary)


def content_id(filename: str) -> str:
    """The Content-ID under which the HTML of a mail shows its inline picture."""
    return f"ii_{filename.partition('.')[0]}@mail.example"


def _with_pictures(html: str) -> str:
    """``[image: NAME]``, as plain text has it, becomes the picture itself."""
    return re.sub(
        r"\[image: ([^\]]+)\]",
        lambda found: f'<img src="cid:{content_id(found[1])}" alt="{found[1]}" width="240">',
        html,
    )
