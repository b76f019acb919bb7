"""Mail as our customers' programs write it: known texts under each charset, encoding and label.

The answer is the text in NFC.
"""

import base64
import quopri
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from deskapp.mail.parse import legacy_charsets

from . import letters
from .transcoded_words import WORDS, Words

MICROSOFT_ROWS = "①注文㈱テスト№５ Ⅲ"  # NEC's row, which Python's iso-2022-jp lacks
CHARSETS: dict[str, tuple[tuple[str, str], ...]] = {  # (codec, true label)
    "vi": (
        ("utf-8", "utf-8"),
        ("cp1258", "windows-1258"),
        ("viscii", "VISCII"),
        ("tcvn", "x-viet-tcvn"),
    ),
    "zh-Hant": (
        ("utf-8", "UTF-8"),
        ("big5", "big5"),
        ("big5hkscs", "big5-hkscs"),
        ("gbk", "gbk"),
        ("gb18030", "gb18030"),
        ("gbk", "gb2312"),
    ),
    "zh-Hans": (
        ("utf-8", "utf-8"),
        ("gbk", "GBK"),
        ("gb18030", "gb18030"),
        ("gbk", "gb2312"),
        ("utf-7", "utf-7"),
    ),
    "ru": (
        ("utf-8", "utf-8"),
        ("koi8-r", "koi8-r"),
        ("cp1251", "windows-1251"),
        ("iso8859-5", "iso-8859-5"),
        ("cp866", "ibm866"),
        ("koi8-u", "koi8-u"),
    ),
    "ja": (
        ("utf-8", "utf-8"),
        ("iso2022-ms", "iso-2022-jp"),
        ("cp932", "shift_jis"),
        ("cp932", "windows-31j"),
        ("euc_jp", "euc-jp"),
    ),
}
HONEST_LIES = ("us-ascii", "iso-8859-1", "", "x-unknown", "utf-8")
NEIGHBOURS = {
    "vi": ("windows-1252",),
    "zh-Hant": ("gb2312", "big5"),
    "zh-Hans": ("big5", "gb2312"),
    "ru": ("koi8-r", "windows-1251"),
    "ja": ("iso-2022-jp", "shift_jis"),
}
_NEC_ROWS = {  # where Outlook takes IBM's letters from, such as the long ladder of a name
    letter: bytes([lead, trail])
    for lead in (0xED, 0xEE)
    for trail in range(0x40, 0xFD)
    if len(letter := bytes([lead, trail]).decode("cp932", "ignore")) == 1 and not letter.isascii()
}
_SEVEN_BIT = ("iso2022-ms", "utf-7")  # read without a label by their escapes, or not at all


@dataclass(frozen=True)
class Sample:
    """One mail and its four answers."""

    what: str
    raw: bytes
    body: str
    subject: str
    name: str
    filename: str


def encode(text: str, codec: str) -> bytes:
    """Bytes as a mail program writes them."""
    if codec == "cp1258":
        return letters.encode(text, "windows-1258")
    if codec in legacy_charsets.NAMES:
        table = {legacy_charsets.decode(bytes([byte]), codec): byte for byte in range(256)}
        return bytes(table[letter] for letter in unicodedata.normalize("NFC", text))
    return _iso_2022_jp(text) if codec == "iso2022-ms" else text.encode(codec)


def _fits(words: Words, codec: str) -> bool:
    """Whether a program would choose this charset: others take UTF-8 for such words."""
    try:
        for text in words:
            encode(text, codec)
    except (UnicodeEncodeError, KeyError):
        return False
    return True


def _iso_2022_jp(text: str) -> bytes:
    """Runs of JIS X 0208 as Outlook writes them: Microsoft's letters are put there as well."""
    result, state = b"", b"\x1b(B"
    for letter in text:
        data = _NEC_ROWS.get(letter) or letter.encode("cp932")
        wanted = b"\x1b$B" if len(data) == 2 else b"\x1b(B" if letter.isascii() else b"\x1b(I"
        if wanted != state:
            result, state = result + wanted, wanted
        result += _shifted_to_jis(data) if len(data) == 2 else bytes([data[0] & 0x7F])
    return result + (b"" if state == b"\x1b(B" else b"\x1b(B")


def _shifted_to_jis(pair: bytes) -> bytes:
    lead, trail = pair
    row = (lead - (0x70 if lead < 0xA0 else 0xB0)) * 2
    if trail >= 0x9F:
        return bytes([row, trail - 0x7E])
    return bytes([row - 1, trail - (0x20 if trail > 0x7F else 0x1F)])


def true_labels(
    words_by_language: Mapping[str, tuple[Words, ...]] = WORDS,
) -> Iterator[tuple[str, Sample]]:
    """(language, mail) for every charset, transfer encoding and spelling under its own label."""
    for language, samples in words_by_language.items():
        choices = product(samples, CHARSETS[language], TRANSFERS, WORD_FORMS, FILE_FORMS)
        for words, (codec, label), transfer, word_form, file_form in choices:
            if codec in _SEVEN_BIT and file_form == "raw":
                continue  # escapes in a raw parameter: no program does that
            if language == "ja" and codec != "euc_jp":
                words = (f"{words[0]}\n{MICROSOFT_ROWS}", *words[1:])
            if not _fits(words, codec):
                continue
            what = f"{language} {codec} as {label} {transfer} {word_form} {file_form}"
            yield language, _mail(what, words, codec, label, transfer, word_form, file_form)


def false_labels(
    words_by_language: Mapping[str, tuple[Words, ...]] = WORDS,
) -> Iterator[tuple[str, Sample]]:
    """(language, mail) whose body label lies the way real programs do; headers stand raw."""
    for language, samples in words_by_language.items():
        lies = (*HONEST_LIES, *NEIGHBOURS[language])
        choices = product(samples, CHARSETS[language], ("8bit", "base64"), lies)
        for words, (codec, label), transfer, lie in choices:
            if codec in _SEVEN_BIT and lie != "us-ascii":
                continue  # 7-bit text under an 8-bit label is nobody's mistake
            if codec == "utf-7" or lie.lower() == label.lower() or not _fits(words, codec):
                continue
            what = f"{language} {codec} as {lie or 'nothing'} {transfer}"
            yield language, _mail(what, words, codec, lie, transfer, "raw", "raw")


def _mail(
    what: str,
    words: tuple[str, str, str, str],
    codec: str,
    label: str,
    transfer: str,
    word_form: str,
    file_form: str,
) -> Sample:
    body, subject, name, filename = words
    charset = f"; charset={label}" if label else ""
    head = [
        b"From: " + _words(name, codec, label, word_form) + b" <customer@mail.example>",
        b"To: support@shop.example",
        b"Subject: " + _words(subject, codec, label, word_form),
        b"Message-ID: <transcoded@mail.example>",
        b"Date: Mon, 2 Nov 2026 10:00:00 +0700",
        b"MIME-Version: 1.0",
        b'Content-Type: multipart/mixed; boundary="edge"',
        b"",
        b"--edge",
        b"Content-Type: text/plain" + charset.encode(),
        b"Content-Transfer-Encoding: " + transfer.encode(),
        b"",
        TRANSFERS[transfer](encode(body, codec).replace(b"\n", b"\r\n")),
        b"--edge",
        b"Content-Type: application/octet-stream",
        b"Content-Disposition: attachment;" + _file_name(filename, codec, label, file_form),
        b"",
        b"data",
        b"--edge--",
        b"",
    ]
    return Sample(what, b"\r\n".join(head), body, subject, name, filename)


def _words(text: str, codec: str, label: str, form: str) -> bytes:
    if form == "raw":
        return encode(text, codec)
    data = encode(text, codec)
    # an odd piece cuts letters in two, as careless programs do; escapes are not cut
    size = 10_000 if codec in _SEVEN_BIT else 15
    pieces = [data[start : start + size] for start in range(0, len(data), size)]
    return b"\r\n ".join(_word(piece, label, form) for piece in pieces)


def _word(data: bytes, label: str, form: str) -> bytes:
    if form == "B":
        content = base64.b64encode(data)
    else:
        content = b"".join(
            bytes([byte]) if chr(byte).isascii() and chr(byte).isalnum() else b"=%02X" % byte
            for byte in data
        )
    return b"=?" + label.encode() + b"?" + form.encode() + b"?" + content + b"?="


def _file_name(name: str, codec: str, label: str, form: str) -> bytes:
    data = encode(name, codec)
    if form == "raw":
        return b' filename="' + data + b'"'
    if form == "2047":
        return b' filename="' + _word(data, label, "B") + b'"'
    percent = b"".join(b"%%%02X" % byte for byte in data)
    start = label.encode() + b"''"
    half = len(percent) // 6 * 3
    if form == "2231":
        return b" filename*=" + start + percent
    return b"\r\n filename*0*=" + start + percent[:half] + b";\r\n filename*1*=" + percent[half:]


TRANSFERS = {
    "8bit": lambda data: data,
    "quoted-printable": quopri.encodestring,
    "base64": base64.encodebytes,
}
WORD_FORMS = ("B", "Q")
FILE_FORMS = ("2231", "2231 cut", "2047", "raw")
