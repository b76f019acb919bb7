"""Mail as our customers' programs write it: known texts under each charset, encoding and label.

The answer is the text in NFC. Everything here is written by us; nothing is taken from real mail.
"""

import base64
import quopri
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from deskapp.mail.parse import legacy_charsets

from . import letters

Words = tuple[str, str, str, str]  # body, subject, name, file name
HELD_OUT = Path(__file__).resolve().parent / "held_out"
WORDS: dict[str, tuple[Words, ...]] = {
    "vi": (
        (
            "Chào shop, em đặt áo mưa từ hai tuần trước mà đến nay vẫn chưa nhận được hàng.\n"
            "Shop kiểm tra với bên vận chuyển giúp em nhé. Em cảm ơn nhiều!",
            "Đơn hàng số 10234 chưa giao tới nơi",
            "Nguyễn Thị Minh Châu",
            "hóa đơn tháng mười một.pdf",
        ),
        (
            "Tôi muốn đổi chiếc lều màu xanh sang màu đỏ vì khóa kéo bị hỏng ngay đêm thứ hai.\n"
            "Nếu hết hàng thì cho tôi xin hoàn tiền, tôi không chờ thêm được nữa.",
            "Xin đổi hàng: lều bị hỏng khóa kéo",
            "Trần Quốc Đạt",
            "ảnh chụp chỗ hỏng.jpg",
        ),
    ),
    "zh-Hant": (
        (
            "您好，我兩個星期前訂了一件雨衣，到現在還沒有收到。\n請幫我向快遞公司確認一下什麼時候"
            "可以送到，謝謝。",
            "訂單 10234 還沒有收到，請協助查詢",
            "陳怡君",
            "退貨申請單.pdf",
        ),
        (
            "帳篷的拉鍊第二個晚上就壞了，我想換一個新的。\n如果沒有庫存，請直接退款到原來的信用卡，"
            "麻煩您了。",
            "帳篷拉鍊損壞，想要換貨或退款",
            "林志明",
            "損壞照片與發票.jpg",
        ),
    ),
    "zh-Hans": (
        (
            "您好，我两个星期前订了一件雨衣，到现在还没有收到。\n请帮我向快递公司确认一下什么时候"
            "可以送到，谢谢。",
            "订单 10234 还没有收到，请协助查询",
            "李伟",
            "退货申请单.pdf",
        ),
        (
            "帐篷的拉链第二个晚上就坏了，我想换一个新的。\n如果没有库存，请直接退款到原来的银行卡，"
            "麻烦您了。",
            "帐篷拉链损坏，想要换货或退款",
            "王小明",
            "损坏照片和发票.jpg",
        ),
    ),
    "ru": (
        (
            "Здравствуйте! Я заказал дождевик две недели назад, но посылка до сих пор не пришла.\n"
            "Уточните, пожалуйста, у перевозчика, когда её ждать.",
            "Где мой заказ номер 10234?",
            "Иван Петрович Соколов",
            "счёт за ноябрь.pdf",
        ),
        (
            "Молния палатки сломалась на вторую ночь, хочу обменять её на новую.\n"
            "Если такой больше нет, верните, пожалуйста, деньги на карту.",
            "Возврат: сломалась молния палатки",
            "Мария Кузнецова",
            "фотография поломки.jpg",
        ),
    ),
    "ja": (
        (
            "いつもお世話になっております。二週間前に注文したレインコートがまだ届きません。\n"
            "配送業者に確認していただけますか。よろしくお願いいたします。",
            "注文番号 10234 の商品が届きません",
            "山田花子",
            "請求書と領収書.pdf",
        ),
        (
            "テントのファスナーが二日目の夜に壊れてしまいました。\n新しいものと交換できない場合は、"
            "返金をお願いします。",
            "テントのファスナーが壊れました",
            "佐藤健一",
            "破損箇所の写真.jpg",
        ),
    ),
}
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


def held_out() -> dict[str, tuple[Words, ...]]:
    """Twenty more texts per language, short and long, that the reader was not written with: a
    file each, "## subject | name | file name" above each body."""
    return {file.stem: tuple(_blocks(file)) for file in sorted(HELD_OUT.glob("*.txt"))}


def _blocks(file: Path) -> Iterator[Words]:
    for block in file.read_text("utf-8").removeprefix("## ").split("\n## "):
        head, _, body = block.partition("\n")
        subject, name, filename = head.split(" | ")
        yield body.strip("\n"), subject, name, filename


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
