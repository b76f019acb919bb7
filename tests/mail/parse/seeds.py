"""Mails of every shape that mail programs send, written by us in our customers' languages."""

import base64
import struct
from collections.abc import Callable, Iterator

from .letters import multipart, part
from .transcoded import Sample, false_labels, true_labels
from .transcoded import encode as encode_text
from .transcoded_words import WORDS

ENGLISH = (
    "Hello, I ordered a rain jacket two weeks ago and it has not arrived.\n"
    "Please check with the carrier and tell me when to expect it.",
    "Where is order 10234?",
    "Harriet Oyelaran",
    "receipt for November.pdf",
)
Words = tuple[str, str, str, str]
LANGUAGES: dict[str, tuple[Words, ...]] = {"en": (ENGLISH,), **WORDS}
Shape = Callable[[Words], bytes]


def seeds() -> list[bytes]:
    """More than four hundred mails: each shape in each language, and each charset and label."""
    shaped = [
        shape(words) for samples in LANGUAGES.values() for words in samples for shape in SHAPES
    ]
    every = [*true_labels(), *false_labels()]
    return shaped + [sample.raw for _, sample in _thinned(every)]


def _thinned(samples: list[tuple[str, Sample]]) -> Iterator[tuple[str, Sample]]:
    yield from samples[::7]


def _plain(words: Words) -> bytes:
    return part(
        base64.encodebytes(words[0].encode()),
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: base64",
    )


def _flowed(words: Words) -> bytes:
    body = words[0].replace(" ", " \r\n", 2).encode() + b"\r\n-- \r\n" + words[2].encode()
    return _alone(words, body, "Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes")


def _html(words: Words) -> bytes:
    body = f"<html><body><p>{words[0]}</p><img src='cid:pic@x'><blockquote>{words[1]}"
    return part(
        body.encode(), "Content-Type: text/html; charset=utf-8", "Content-Transfer-Encoding: 8bit"
    )


def _word(text: str) -> str:
    return f"=?utf-8?B?{base64.b64encode(text.encode()).decode()}?="


def _head(words: Words) -> list[str]:
    return [
        f"Subject: {_word(words[1])}",
        f"Reply-To: {_word(words[2])} <other@mail.example>, Team: a@b.example, c@d.example;",
        "Date: Mon, 2 Nov 2026 10:00:00 +0700",
        "References: <a@mail.example> <b@mail.example>",
        "Received: from a.example by b.example; Mon, 2 Nov 2026 10:00:01 +0700",
    ]


def _alone(words: Words, body: bytes, *headers: str) -> bytes:
    lines = [f"From: {_word(words[2])} <c@mail.example>", *_head(words), *headers]
    return part(body, *lines, "MIME-Version: 1.0")


def _file(words: Words, kind: str = "application/pdf", data: bytes = b"%PDF-1.4 x") -> bytes:
    return part(
        base64.encodebytes(data),
        f'Content-Type: {kind}; name="{_word(words[3])}"',
        f'Content-Disposition: attachment; filename="{_word(words[3])}"',
        "Content-Transfer-Encoding: base64",
    )


def _picture(identity: str) -> bytes:
    return part(
        base64.encodebytes(b"\x89PNG\r\n\x1a\n" + bytes(30)),
        "Content-Type: image/png",
        "Content-Disposition: inline; filename=pic.png",
        *([f"Content-ID: <{identity}>"] if identity else []),
        "Content-Transfer-Encoding: base64",
    )


def _inside(kind: str, parts: list[bytes], edge: str) -> bytes:
    whole = multipart(kind, parts, boundary=edge)
    return part(
        whole.split(b"\r\n\r\n", 1)[1], f'Content-Type: multipart/{kind}; boundary="{edge}"'
    )


def _alternative(words: Words) -> bytes:
    return multipart("alternative", [_plain(words), _html(words)], *_head(words))


def _related(words: Words) -> bytes:
    related = _inside("related", [_html(words), _picture("pic@x")], "rel")
    both = _inside("alternative", [_plain(words), related], "alt")
    return multipart("mixed", [both, _file(words)], *_head(words))


def _interleaved(words: Words) -> bytes:
    parts = [_plain(words), _picture(""), _plain(words), _file(words), _html(words)]
    return multipart("mixed", parts, *_head(words))


def _located(words: Words) -> bytes:
    html = part(
        f'<p>{words[0]}</p><img src="logo.png">'.encode(), "Content-Type: text/html; charset=utf-8"
    )
    picture = part(b"x", "Content-Type: image/png", "Content-Location: logo.png")
    return multipart("related", [html, picture], *_head(words))


def _forwarded(words: Words) -> bytes:
    inner = part(_alternative(words), "Content-Type: message/rfc822")
    return multipart("mixed", [_plain(words), inner], *_head(words))


def _digest(words: Words) -> bytes:
    return multipart("digest", [part(_alternative(words)), part(_related(words))], *_head(words))


def _bounce(words: Words) -> bytes:
    status = (
        b"Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; c@mail.example\r\n"
        b"Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 no such user\r\n"
    )
    parts = [
        _plain(words),
        part(status, "Content-Type: message/delivery-status"),
        part(_alternative(words), "Content-Type: text/rfc822-headers"),
    ]
    return multipart('report; report-type="delivery-status"', parts, *_head(words))


def calendar(words: Words, method: str = "REQUEST") -> str:
    """An invitation as Outlook writes one, folded and escaped."""
    return "\r\n".join(
        (
            "BEGIN:VCALENDAR",
            f"METHOD:{method}",
            "BEGIN:VEVENT",
            f"SUMMARY:{words[1]}",
            'DTSTART;TZID="Asia/Ho_Chi_Minh":20261124T140000',
            "DTEND;TZID=Asia/Ho_Chi_Minh:20261124T150000",
            f"LOCATION:{words[3]}\\, 2",
            f"ORGANIZER;CN={words[2]}:mailto:c@mail.example",
            'ATTENDEE;CN="Lotus";PARTSTAT=ACCEPTED:mailto:support@shop.exa',
            " mple",
            "BEGIN:VALARM",
            "DESCRIPTION:Reminder",
            "END:VALARM",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        )
    )


def _invitation(words: Words) -> bytes:
    ics = part(
        base64.encodebytes(calendar(words).encode()),
        "Content-Type: text/calendar; charset=utf-8; method=REQUEST",
        "Content-Transfer-Encoding: base64",
    )
    return multipart("alternative", [_plain(words), _html(words), ics], *_head(words))


def _only_invitation(words: Words) -> bytes:
    ics = part(calendar(words, "CANCEL").encode(), "Content-Type: text/calendar; charset=utf-8")
    return multipart("alternative", [ics], *_head(words))


def tnef(words: Words) -> bytes:
    """A winmail.dat with the text and one file whose long name is a property."""

    def entry(level: int, name: int, data: bytes) -> bytes:
        return struct.pack("<BHHI", level, name, 6, len(data)) + data + b"\x00\x00"

    def text(name: int, value: str) -> bytes:
        data = (value + "\x00").encode("utf-16-le")
        return struct.pack("<HHII", 0x1F, name, 1, len(data)) + data + b"\x00" * (-len(data) % 4)

    properties = struct.pack("<I", 1) + text(0x3707, words[3])
    return (
        b"\x78\x9f\x3e\x22\x01\x00"
        + entry(1, 0x9003, struct.pack("<I", 1) + text(0x1000, words[0]))
        + entry(2, 0x9002, b"\x00" * 14)
        + entry(2, 0x8010, b"SHORT~1.PDF\x00")
        + entry(2, 0x800F, b"%PDF")
        + entry(2, 0x9005, properties)
    )


def _winmail(words: Words) -> bytes:
    packed = part(
        base64.encodebytes(tnef(words)),
        "Content-Type: application/ms-tnef; name=winmail.dat",
        "Content-Transfer-Encoding: base64",
    )
    return multipart("mixed", [packed], *_head(words))


def signed_data(content: bytes) -> bytes:
    """As much of a SignedData as carries its content."""

    def block(tag: int, inner: bytes) -> bytes:
        return bytes([tag, 0x83]) + len(inner).to_bytes(3, "big") + inner

    data = bytes.fromhex("06092a864886f70d010701") + block(0xA0, block(0x04, content))
    signed = b"\x02\x01\x01" + block(0x31, b"") + block(0x30, data)
    outer = bytes.fromhex("06092a864886f70d010702") + block(0xA0, block(0x30, signed))
    return block(0x30, outer)


def _sealed(words: Words) -> bytes:
    data = base64.encodebytes(signed_data(_plain(words)))
    kind = "Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m"
    return _alone(words, data, kind, "Content-Transfer-Encoding: base64")


def _encrypted(words: Words) -> bytes:
    parts = [
        part("Version: 1", "Content-Type: application/pgp-encrypted"),
        part("-----BEGIN PGP MESSAGE-----", "Content-Type: application/octet-stream"),
    ]
    return multipart("encrypted; protocol=pgp", parts, *_head(words))


def _signed(words: Words) -> bytes:
    parts = [_plain(words), part("sig", "Content-Type: application/pgp-signature")]
    return multipart("signed; protocol=pgp", parts, *_head(words))


def _uuencoded(words: Words) -> bytes:
    body = words[0].encode() + b"\r\nbegin 644 note.txt\r\n%:&5L;&\\\r\n`\r\nend\r\n" + b"bye\r\n"
    return _alone(words, body, "Content-Type: text/plain; charset=utf-8")


def _quoted(words: Words) -> bytes:
    quote = "\r\n".join("> " + line for line in words[0].split("\n"))
    body = f"{words[0]}\r\n\r\nOn Mon, 2 Nov 2026, {words[2]} wrote:\r\n{quote}\r\n".encode()
    return _alone(words, body, "Content-Type: text/plain; charset=utf-8", "Auto-Submitted: no")


def _piece(words: Words) -> bytes:
    parts = [
        _plain(words),
        part(_plain(words), 'Content-Type: message/partial; id="a@b"; number=1; total=2'),
        part("", 'Content-Type: message/external-body; access-type=URL; URL="https://x.example"'),
    ]
    return multipart("mixed", parts, *_head(words))


def _wide(words: Words) -> bytes:
    body = base64.encodebytes(encode_text(words[0], "utf-16"))
    kind = "Content-Type: text/plain; charset=utf-16"
    return _alone(words, body, kind, "Content-Transfer-Encoding: base64")


SHAPES: tuple[Shape, ...] = (
    *(_flowed, _alternative, _related, _interleaved, _located, _forwarded, _digest, _bounce),
    *(_invitation, _only_invitation, _winmail, _sealed, _encrypted, _signed, _uuencoded),
    *(_quoted, _piece, _wide),
)
