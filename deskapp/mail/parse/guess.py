"""What text is meant by bytes whose label is missing or false.

Each candidate charset is tried strictly and its text weighed by how many of its letters are the
common ones of a language. Short headers go through this table only: statistical detectors call a
single French letter Macintosh text. Long bodies that nothing here explains may ask chardet.
"""

import re
from functools import lru_cache

from .labels import codec_for
from .strict import strict, tidy

CHARDET_FROM_BYTES = 40
CHARDET_UP_TO_BYTES = 4096
SAMPLE_BYTES = 2000
_ENOUGH = 0.12

_HANZI = (
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里"
    "用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实"
    "日您请订单货谢寄收退换问题吗呢联系尽快电话号码付款买产品客服公司商店邮件回复麻烦感"
    "這個們來為國說時會對於著過發後裡種經麼學現當沒動還進樣開從實請訂單貨謝換問題嗎聯絡繫盡電話號碼"
    "買產品務郵件覆煩謝樣將讓給與關貴間"
)
_KANA = "".join(chr(code) for code in range(0x3041, 0x30F7)) + "ー、。"
_HANGUL = "이다는을에가의하고를은한지도로기서사있대나어리자시보해요니습안문주세으만"
_CYRILLIC = "оеаинтсрвлкмдпуягыьзбйчхжюшцщєії"
_VIETNAMESE = "đơưăạảấầẩẫậắằẳẵặẹẻẽếềểễệịỉĩọỏốồổỗộớờởỡợụủũứừửữựỳỵỷỹĐ"
_WESTERN = "äöüßéèêàçñíóáúãõâôîœæøåÄÖÜÉÀÅØ’“”–„»«…·€°"
_EASTERN = "ąćęłńóśźżáčďěňřšťůúýžőűăâîșț"
_SCRIPTS: tuple[tuple[str, frozenset[str], float], ...] = (
    ("gb18030", frozenset(_HANZI), 1.0),
    ("big5hkscs", frozenset(_HANZI), 1.0),
    ("cp932", frozenset(_KANA), 0.8),
    ("euc_jp", frozenset(_KANA), 0.8),
    ("cp949", frozenset(_HANGUL), 1.0),
    ("cp1251", frozenset(_CYRILLIC), 0.5),
    ("koi8-u", frozenset(_CYRILLIC), 0.5),
    ("cp866", frozenset(_CYRILLIC), 0.5),
    ("iso8859-5", frozenset(_CYRILLIC), 0.5),
    ("cp1258", frozenset(_VIETNAMESE), 0.7),
    ("cp1252", frozenset(_WESTERN), 0.45),
    ("cp1250", frozenset(_EASTERN), 0.4),
)
_LABELLED = frozenset(_HANZI + _KANA + _HANGUL + _CYRILLIC + _VIETNAMESE + _WESTERN + _EASTERN)
_MULTI_BYTE = ("gb18030", "big5", "cp9", "euc", "shift")
_UTF8_TRIPLE = re.compile(rb"[\xe1-\xef][\x80-\xbf]{2}")
_ODD_CASE = re.compile("[а-яёєії][А-ЯЁЄІЇ]|[à-öø-ÿ][À-ÖØ-Þ]")
_FOREIGN = re.compile("[\x80-\x9f\u2500-\u259f\ue000-\uf8ff\u0300-\u036f\ufffd]|[\uff61-\uff9f]{3}")
_LETTER_RUN = re.compile(r"[^\W\d_a-zA-Z]{5,}")


def is_surely_utf8(data: bytes, codec: str) -> bool:
    """Whether bytes that happen to be valid UTF-8 are so by intention, whatever their label.

    In a single-byte charset that takes an unlikely pair such as "Ã¤"; two-byte charsets make
    valid UTF-8 by chance only in very short texts.
    """
    if codec.startswith(_MULTI_BYTE):
        return len(_UTF8_TRIPLE.findall(data)) >= 3
    return True


def is_plausible(text: str) -> bool:
    """Whether text read by its label looks like a language. Cheap: a sample, counted once."""
    sample = [letter for letter in text[:SAMPLE_BYTES] if letter > "\x7f"]
    if not sample:
        return True
    high = "".join(sample)
    known = sum(1 for letter in sample if letter.lower() in _LABELLED) / len(sample)
    if _FOREIGN.search(high) or known < 0.25:
        return False
    if known >= 0.5 and high[0] < "\u0250" and _LETTER_RUN.search(text[:SAMPLE_BYTES]):
        return False  # five accented letters in a row are no Western word
    return len(_ODD_CASE.findall(text[:SAMPLE_BYTES])) * 6 <= len(sample)


def guess(data: bytes, labelled: str | None) -> str | None:
    """The best reading of the bytes, or None when nothing beats what the label gave."""
    sample = data[:SAMPLE_BYTES]
    best, best_weight = "", weigh(tidy(labelled[:SAMPLE_BYTES]), _LABELLED) if labelled else 0.0
    if labelled:
        best_weight = max(best_weight * 0.55, 0.05)
    for codec, common, worth in _SCRIPTS:
        text = strict_sample(sample, codec)
        if text is None:
            continue
        text = tidy(text)
        if codec == "cp1258" and len(common.intersection(text)) < 3:
            continue  # one such letter is some other charset's punctuation
        weight = weigh(text, common) * worth
        if weight > best_weight:
            best, best_weight = codec, weight
    if best_weight < _ENOUGH and len(data) >= CHARDET_FROM_BYTES and labelled is None:
        best = _ask_chardet(data[:CHARDET_UP_TO_BYTES]) or best
    return strict(data, best) if best else None


def strict_sample(sample: bytes, codec: str) -> str | None:
    """The sample in a codec, forgiving a letter cut in two at its end."""
    for end in range(len(sample), max(len(sample) - 4, 0), -1):
        text = strict(sample[:end], codec)
        if text is not None or len(sample) < SAMPLE_BYTES:
            return text
    return None


def weigh(text: str, common: frozenset[str]) -> float:
    """The share of a text's non-ASCII letters that are common ones, less what looks torn."""
    high = [letter for letter in text if letter > "\x7f"]
    if not high:
        return 0.0
    lower = sum(1 for letter in high if letter in common)
    upper = sum(1 for letter in high if letter not in common and letter.lower() in common)
    torn = len(_FOREIGN.findall(text)) + len(_ODD_CASE.findall(text))
    return (lower + 0.6 * upper - 2 * torn) / len(high)


@lru_cache(maxsize=32)
def _ask_chardet(data: bytes) -> str:
    """chardet is slow to load and right only on longer texts; below 0.1 it guesses blindly."""
    import chardet

    answer = chardet.detect(data)
    name = answer.get("encoding") or ""
    return codec_for(name) if (answer.get("confidence") or 0.0) >= 0.1 else ""
