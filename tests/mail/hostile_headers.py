"""Strings made to smuggle a header into a mail, and where each of them is put."""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

from deskapp.domain.canned import render
from deskapp.domain.ids import BlobHash
from deskapp.domain.mail import Address
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import OutgoingFile, OutgoingMail
from deskapp.domain.subjects import reply_subject
from deskapp.mail.compose import build_mail

_BREAKS = ("\r\n", "\n", "\r", "\n\n", "\r\n\r\n", "\x0b", "\x0c", "\x1c", "\x85", "\u2028",
           "\u2029", "\0", "\x7f", "\r\n ", "\r\n\t", "=0D=0A", "%0d%0a", "=?utf-8?q?=0D=0A?=",
           "\\r\\n", "&#13;&#10;", "\ud800", "\ue000", "\u202e", "\ufeff", "")  # fmt: skip
_HEADERS = ("Bcc: spy@evil.example", "To: x@evil.example", "Subject: you won", "X-Spam: no",
            "Content-Type: text/html", "--=_0", "From: boss@shop.example", "MIME-Version: 9",
            "Content-Disposition: inline", "Reply-To: <a@b.example>", "\";name=x", "; x=y",
            "<a@b.example>, <c@d.example>", "@", "a@b@c", "=?utf-8?b?QmNjOiB4?=", "(", "\"", "\\",
            ",", ";", ":;", "<>", "''", "*0*=UTF-8''x")  # fmt: skip
_WORDS = ("Заказ № 4711", "訂單 4711 還沒有收到", "Đơn hàng của chị", "Re: order", "a" * 90, "👋",
          "", " ", "\t", "x" * 1100, "ngày mai " * 30)  # fmt: skip

_SHOP = Address("Support", "support@shop.example")
_LINH = Address("Linh", "linh@customer.example")
_PLAIN = OutgoingMail(
    message_id="abc.1@shop.example",
    sender=_SHOP,
    to=(_LINH,),
    cc=(_LINH,),
    bcc=(Address("", "hidden@shop.example"),),
    subject="Re: order",
    text="Hello",
    date=datetime(2026, 11, 22, 9, tzinfo=UTC),
    in_reply_to="parent@customer.example",
    references=("first@customer.example", "parent@customer.example"),
    files=(),
    html='<p>Hello</p><img src="cid:one@draft">',
)
_TOP = ["Date", "From", "To", "Cc", "Subject", "Message-ID", "In-Reply-To", "References",
        "MIME-Version", "Content-Type"]  # fmt: skip
_TEXT = ["Content-Type", "Content-Transfer-Encoding"]
_FILE = [*_TEXT, "Content-Disposition"]
_PARTS = [_TOP, ["Content-Type"], _TEXT, ["Content-Type"], _TEXT, [*_FILE, "Content-ID"], _FILE]


def hostile_strings(count: int) -> Iterator[str]:
    """The same ones each time."""
    chance = random.Random(4711)
    for _ in range(count):
        words = [chance.choice(_WORDS)]
        for _ in range(chance.randint(1, 3)):
            words += [chance.choice(_BREAKS), chance.choice(_HEADERS), chance.choice(_BREAKS)]
        words.append(chance.choice(_WORDS))
        yield "".join(words)


def _file(name: str = "a.pdf", kind: str = "application/pdf", content_id: str = "") -> OutgoingFile:
    return OutgoingFile(name, kind, 1, BlobHash("0" * 64), content_id)


def _with_files(mail: OutgoingMail, shown: OutgoingFile, hung: OutgoingFile) -> OutgoingMail:
    return replace(mail, files=((shown, b"\x89PNG"), (hung, b"%PDF")))


_ONE = _file("b.png", "image/png", "one@draft")
_WHOLE = _with_files(_PLAIN, _ONE, _file())


def _rendered(bad: str) -> str:
    return render("{{ customer.name }}", {"customer": {"name": bad}}).text


FIELDS: dict[str, Callable[[str], OutgoingMail]] = {
    "subject": lambda bad: replace(_WHOLE, subject=bad),
    "ticket's subject": lambda bad: replace(_WHOLE, subject=reply_subject(bad)),
    "sender's name": lambda bad: replace(_WHOLE, sender=replace(_SHOP, name=bad)),
    "sender's address": lambda bad: replace(_WHOLE, sender=Address("", bad)),
    "name in To": lambda bad: replace(_WHOLE, to=(replace(_LINH, name=bad), _LINH)),
    "address in To": lambda bad: replace(_WHOLE, to=(_LINH, Address("", f"{bad}@x.example"))),
    "domain in To": lambda bad: replace(_WHOLE, to=(Address("", f"x@{bad}"),)),
    "name in Cc": lambda bad: replace(_WHOLE, cc=(replace(_LINH, name=bad),)),
    "parent": lambda bad: replace(_WHOLE, in_reply_to=bad),
    "references": lambda bad: replace(_WHOLE, references=(bad, "parent@customer.example")),
    "own id": lambda bad: replace(_WHOLE, message_id=bad),
    "file's name": lambda bad: _with_files(_PLAIN, _ONE, _file(bad)),
    "file's type": lambda bad: _with_files(_PLAIN, _ONE, _file(kind=bad)),
    "picture's name": lambda bad: _with_files(_PLAIN, replace(_ONE, filename=bad), _file()),
    "picture's id": lambda bad: _with_files(_PLAIN, replace(_ONE, content_id=bad), _file()),
    "unsubscribe": lambda bad: replace(_WHOLE, unsubscribe=(f"mailto:{bad}",)),
    "text": lambda bad: replace(_WHOLE, text=bad),
    "markup": lambda bad: replace(_WHOLE, html=f'{bad}<img src="cid:one@draft">'),
    "variable in a subject": lambda bad: replace(_WHOLE, subject=_rendered(bad)),
    "variable in a name": lambda bad: replace(_WHOLE, to=(replace(_LINH, name=_rendered(bad)),)),
}


def smuggled(field: str, bad: str) -> str:
    """What is wrong with the mail built with this string there; "" if it is as built, or was
    refused with a sentence."""
    try:
        raw = build_mail(FIELDS[field](bad))
    except Problem as problem:
        refused = (ProblemKind.INVALID, ProblemKind.TEMPLATE_ERROR)
        return "" if problem.kind in refused else f"refused as {problem.kind}"
    if not raw.isascii():
        return "not ASCII"
    wanted = [list(names) for names in _PARTS]
    if field == "parent":
        wanted[0] = [name for name in _TOP if name != "In-Reply-To" or b"\r\nIn-Reply-To:" in raw]
    if field == "unsubscribe":
        wanted[0] = [*_TOP[:-2], "List-Unsubscribe", "Precedence", *_TOP[-2:]]
    if field == "picture's id":
        wanted[1:] = []  # it hangs on where the markup does not name it
    found = list(_header_lists(raw))
    return "" if found[: len(wanted)] == wanted else f"{found}"


def _header_lists(raw: bytes) -> Iterator[list[str]]:
    """Reads headers as RFC 5322 says and no more: names of unfolded lines until an empty one; of
    the mail, then of each part behind a line with a boundary that a header has named."""
    boundaries: set[bytes] = set()
    names: list[str] | None = []
    for line in raw.split(b"\r\n"):
        if names is None:
            if line in {b"--" + one for one in boundaries}:
                names = []
            continue
        if not line:
            yield names
            names = None
            continue
        if found := re.search(rb'boundary="(=_[0-9a-f]{32})"', line):
            boundaries.add(found[1])
        if line[:1] not in (b" ", b"\t"):
            names.append(line.partition(b":")[0].decode("ascii"))
