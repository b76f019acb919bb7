"""Mail written for the tests: one known text per language, under any charset, encoding, label."""

import base64
import quopri
import unicodedata
from collections.abc import Iterable

TEXTS = {
    "en": "Hello, I would like to know where my order is. The parcel should have come on Monday.",
    "vi": "Xin chào, tôi muốn hỏi về đơn hàng của tôi. Sản phẩm bị hỏng và tôi muốn đổi sang cái "
    "khác. Cảm ơn bạn rất nhiều.",
    "zh-Hant": "您好，我想查詢訂單的處理進度。商品已經寄出了嗎？如果還沒有，請問可以"
    "改成黑色的款式嗎？謝謝您的協助。",
    "zh-Hans": "您好，我想查询一下订单的处理进度。商品已经寄出了吗？如果还没有，请问"
    "可以改成黑色的款式吗？谢谢您的帮助。",
    "ru": "Здравствуйте, я хотел бы узнать, где мой заказ. Посылка должна была прийти ещё в "
    "понедельник. Спасибо за помощь.",
}
CHARSETS = {
    "en": ("us-ascii", "utf-8"),
    "vi": ("utf-8", "windows-1258"),
    "zh-Hant": ("utf-8", "big5", "gb18030"),
    "zh-Hans": ("utf-8", "gb2312", "gbk", "gb18030"),
    "ru": ("utf-8", "koi8-r", "windows-1251", "iso-8859-5", "cp866"),
}
TONES = "\u0300\u0301\u0303\u0309\u0323"


def encode(text: str, charset: str) -> bytes:
    """Bytes as a mail program writes them; windows-1258 needs its tones as separate letters."""
    if charset != "windows-1258":
        return text.encode(charset)
    result = b""
    for letter in unicodedata.normalize("NFC", text):
        try:
            result += letter.encode("cp1258")
        except UnicodeEncodeError:
            marks = unicodedata.normalize("NFD", letter)
            tones = "".join(mark for mark in marks if mark in TONES)
            bare = "".join(mark for mark in marks if mark not in TONES)
            result += (unicodedata.normalize("NFC", bare) + tones).encode("cp1258")
    return result


def letter(
    body: bytes | str = b"Hello\n", *headers: str | bytes, sender: str = "Ann <ann@example.org>"
) -> bytes:
    """A small mail; ``headers`` are whole lines without their end."""
    lines = [f"From: {sender}", "To: shop@example.com", "Message-ID: <one@example.org>", *headers]
    head = b"\r\n".join(line.encode() if isinstance(line, str) else line for line in lines)
    return head + b"\r\n\r\n" + (body.encode() if isinstance(body, str) else body)


def text_letter(data: bytes, label: str, transfer: str) -> bytes:
    """A mail of one text part in a transfer encoding, under a label that may be false."""
    encoded = {
        "8bit": lambda: data,
        "base64": lambda: base64.encodebytes(data),
        "quoted-printable": lambda: quopri.encodestring(data),
    }[transfer]()
    return letter(
        encoded,
        "MIME-Version: 1.0",
        f'Content-Type: text/plain; charset="{label}"',
        f"Content-Transfer-Encoding: {transfer}",
    )


def multipart(kind: str, parts: Iterable[bytes], *headers: str, boundary: str = "edge") -> bytes:
    """A mail made of parts, each with its own header block."""
    body = b"".join(b"--" + boundary.encode() + b"\r\n" + part + b"\r\n" for part in parts)
    body += b"--" + boundary.encode() + b"--\r\n"
    return letter(
        body,
        "MIME-Version: 1.0",
        f'Content-Type: multipart/{kind}; boundary="{boundary}"',
        *headers,
    )


def part(body: bytes | str, *headers: str | bytes) -> bytes:
    lines = [line.encode() if isinstance(line, str) else line for line in headers]
    return b"\r\n".join(lines) + b"\r\n\r\n" + (body.encode() if isinstance(body, str) else body)
