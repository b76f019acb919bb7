"""Mails for the pictures: each has something that a window may break on. Written by us."""

import random
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime

from deskapp.sample import pictures

LONG_NAME = "Công Tằng Tôn Nữ Hoàng Phương Thảo Nguyễn Phúc Bảo Ngọc Quỳnh Hương"
LONG_CHINESE = (
    "關於上週訂購的雙人帳篷與睡袋配件遲遲未到貨且物流單號查詢不到任何紀錄的問題請盡快協助處理"
)
LONG_RUSSIAN = (
    "Возврат денежных средств за неполученный заказ и многократно обещанную, но так и не "
    "состоявшуюся доставку"
)
US = "support@lotus-outdoor.example"


def letter(
    text: str,
    *,
    sender: str,
    subject: str,
    at: datetime,
    message_id: str,
    answers: str = "",
    headers: dict[str, str] | None = None,
    html: str = "",
    to: str = US,
) -> EmailMessage:
    """A mail to the shop; files may be added to what comes back."""
    # Unfolded: where the generator folds encoded words it loses the space between them.
    mail = EmailMessage(policy=policy.SMTP.clone(max_line_length=900))
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{message_id}>"
    if answers:
        mail["In-Reply-To"] = mail["References"] = f"<{answers}>"
    for name, value in (headers or {}).items():
        mail[name] = value
    mail.set_content(text)
    if html:
        mail.add_alternative(html, subtype="html")
    return mail


def with_files(mail: EmailMessage) -> EmailMessage:
    """Fourteen files: a photo, papers in three scripts, and two that must not be opened."""
    photo = pictures.photo(random.Random(7))
    mail.add_attachment(photo, maintype="image", subtype="png", filename="ảnh áo khoác bị rách.png")
    page = pictures.pdf(["Invoice"])
    for name in (
        "发票抬头修改申请表（最终版）2026年11月.pdf",
        "Акт приёма-передачи товара ненадлежащего качества № 10377 от 12 ноября.pdf",
        "hóa đơn.pdf",
        *(f"photo-{number:02}.pdf" for number in range(1, 9)),
    ):
        mail.add_attachment(page, maintype="application", subtype="pdf", filename=name)
    harmless = b"This is a sample. Nothing in this file can run.\r\n"
    for name in ("Invoice_10377.pdf.exe", "macro.docm"):
        mail.add_attachment(harmless, maintype="application", subtype="octet-stream", filename=name)
    return mail


def encrypted(mail: EmailMessage) -> bytes:
    """RFC 3156: the words are in a part that only the key's owner can read."""
    head = mail.as_bytes().partition(b"\r\n\r\n")[0]
    lines = [one for one in head.split(b"\r\n") if not one.lower().startswith(b"content-")]
    body = (
        "--lock\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n\r\n"
        '--lock\r\nContent-Type: application/octet-stream; name="encrypted.asc"\r\n'
        'Content-Disposition: inline; filename="encrypted.asc"\r\n\r\n'
        "-----BEGIN PGP MESSAGE-----\r\n\r\nwcFMA0xvdHVzAQ//dGVzdA==\r\n=Ab12\r\n"
        "-----END PGP MESSAGE-----\r\n\r\n--lock--\r\n"
    )
    kind = (
        b'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary="lock"'
    )
    return b"\r\n".join([*lines, kind]) + b"\r\n\r\n" + body.encode()


def newsletter_page() -> str:
    """A page in a table with pictures from outside, as shops' machines write."""
    cell = '<td style="padding:12px"><img src="https://pictures.example/{n}.jpg" width="180"'
    cell += ' height="120" alt="Jacket {n}"><p><a href="https://shop.example/{n}">Jacket {n}</a>'
    row = "<tr>" + "".join(f"{cell.format(n=n)}</td>" for n in range(1, 4)) + "</tr>"
    return (
        '<html><body style="font-family:Arial"><table width="600"><tr><td colspan="3">'
        '<h1 style="color:#7a2e12">Winter is here</h1><p>Your order <b>#10482</b> is packed. '
        f"While you wait, look at these.</p></td></tr>{row}</table></body></html>"
    )


def huge_text() -> str:
    """2 400 lines, as of a log that somebody pasted."""
    lines = (
        f"{number:05}  2026-11-{number % 28 + 1:02}  parcel VN{839_000 + number} scanned at hub"
        for number in range(2_400)
    )
    return "Hello, here is everything the carrier told me.\n\n" + "\n".join(lines)


def long_quote(lines: int = 60) -> str:
    """A short answer above a long quote; only the quote names the tracking number."""
    quoted = "\n".join(
        f"> line {number} of what was written before" if number != 33 else "> tracking VN83920114"
        for number in range(1, lines + 1)
    )
    return f"Thanks, that helps!\n\nOn Mon, 16 Nov 2026 at 10:00, Lotus Outdoor wrote:\n{quoted}\n"
