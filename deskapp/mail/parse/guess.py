"""What text is meant by bytes whose label is missing or false.

Each candidate charset is tried strictly and its text weighed by how many of its letters are the
common ones of a language. Short headers go through this table only: statistical detectors call a
single French letter Macintosh text. Long bodies that nothing here explains may ask chardet.
"""

import re
from functools import cache, lru_cache

from .labels import codec_for
from .strict import strict, tidy
from .vietnamese import vietnamese_share

CHARDET_FROM_BYTES = 40
CHARDET_UP_TO_BYTES = 4096
SAMPLE_BYTES = 2000
_ENOUGH = 0.12
_FREQUENT_WORTH = 0.4
_BIG5_FIRST, _GB_FIRST, _JIS_FIRST = (
    ("big5", 0xA4, 0xC6),
    ("gb2312", 0xB0, 0xD7),
    ("euc_jp", 0xB0, 0xCF),
)
_FIRST_LEVELS = {
    "gb18030": (_GB_FIRST, _BIG5_FIRST),  # which writes Traditional Chinese as well
    "big5hkscs": (_BIG5_FIRST,),
    "cp932": (_JIS_FIRST,),
    "euc_jp": (_JIS_FIRST,),
}

_HANZI = (
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里"
    "用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实"
    "日您请订单货谢寄收退换问题吗呢联系尽快电话号码付款买产品客服公司商店邮件回复麻烦感"
    "這個們來為國說時會對於著過發後裡種經麼學現當沒動還進樣開從實請訂單貨謝換問題嗎聯絡繫盡電話號碼"
    "買產品務郵件覆煩謝樣將讓給與關貴間"
)
_KANA = "".join(chr(code) for code in range(0x3041, 0x30F7)) + "ー、。"
_HANGUL = "이다는을에가의하고를은한지도로기서사있대나어리자시보해요니습안문주세으만"
_CYRILLIC = "оеаинтсрвл"  # the ten that make up two thirds of any text
_VIETNAMESE = "đơưăạảấầẩẫậắằẳẵặẹẻẽếềểễệịỉĩọỏốồổỗộớờởỡợụủũứừửữựỳỵỷỹĐ"
_WESTERN = "äöüßéèêàçñíóáúãõâôîœæøåïëùûìòðþÄÖÜÉÀÅØ’“”–„»«…·€°"
_EASTERN = "ąćęłńóśźżáčďěňřšťůúýžőűăâîșț"
_HANZI_LETTERS = frozenset(_HANZI)
_CYRILLIC_LETTERS = frozenset(_CYRILLIC)
_SCRIPTS: tuple[tuple[str, frozenset[str], float], ...] = (
    ("gb18030", _HANZI_LETTERS, 1.0),
    ("big5hkscs", _HANZI_LETTERS, 1.0),
    ("cp932", frozenset(_KANA), 0.8),
    ("euc_jp", frozenset(_KANA), 0.8),
    ("cp949", frozenset(_HANGUL), 1.0),
    ("cp1251", _CYRILLIC_LETTERS, 0.9),
    ("koi8-u", _CYRILLIC_LETTERS, 0.9),
    ("cp866", _CYRILLIC_LETTERS, 0.9),
    ("iso8859-5", _CYRILLIC_LETTERS, 0.9),
    ("cp1258", frozenset(_VIETNAMESE), 0.92),
    ("viscii", frozenset(_VIETNAMESE), 0.91),
    ("tcvn", frozenset(_VIETNAMESE), 0.9),
    ("cp1252", frozenset(_WESTERN), 0.45),
    ("cp1250", frozenset(_EASTERN), 0.4),
)
_VIETNAMESE_CODECS = ("cp1258", "viscii", "tcvn")
_LATIN = ("cp1252", "cp1250")
_MULTI_BYTE = ("gb18030", "big5", "cp9", "euc", "shift")
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
_UTF8_TRIPLE = re.compile(rb"[\xe1-\xef][\x80-\xbf]{2}")
_TORN_WORD = re.compile(
    "[а-яёєії][А-ЯЁЄІЇ]|[à-öø-ÿ][À-ÖØ-Þ]|[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]"
)
_FOREIGN = re.compile("[\x80-\x9f\u2500-\u259f\ue000-\uf8ff\u0300-\u036f\ufffd]")
_HALF_WIDTH = "\uff61-\uff9f"  # any byte beyond ASCII is one of these kana in Shift_JIS
_HALF_WIDTH_RUN = re.compile(f"[{_HALF_WIDTH}]{{3}}")
_NO_HALF_WIDTH_WORD = re.compile(
    f"(?<![{_HALF_WIDTH}])[\uff67-\uff70\uff9e\uff9f]|[\uff61-\uff65]{{2}}"
)
_SWAPPED_CASE = re.compile(r"\b[а-яё][А-ЯЁ]")  # koi8-r read as windows-1251, or the reverse
_NO_RUSSIAN_WORD = re.compile(
    r"[бвгджзклмнпрстфхцчшщ]{5}|\b[ьъы]|[аеёиоуыэюяьъ][ьъ]|ъ(?![еёюя])", re.IGNORECASE
)
_SIGN_IN_WORD = re.compile(r"[^\W\d_][\xa1-\xac\xae-\xb6\xb8-\xbf\xd7\xf7][^\W\d_]")
_VIETNAMESE_MARKS = re.compile("[aeiouyAEIOUYâêôăðõý][ÌÒÞìò]")
_ASCII_LETTER = re.compile("[A-Za-z]")
GATE_CHARACTERS = 400


def is_surely_utf8(data: bytes, codec: str, is_claimed: bool = True) -> bool:
    """Whether bytes that happen to be valid UTF-8 are so by intention, whatever their label.

    In a single-byte charset that takes an unlikely pair such as "Ã¤", but three letters of
    Russian in cp866; two-byte charsets make valid UTF-8 by chance only in very short texts.
    Where the codec ``is_claimed`` by nobody, being that of the mail's other texts, a header that
    is all Chinese in UTF-8 is believed.
    """
    if codec.startswith(_MULTI_BYTE):
        sample = data[:SAMPLE_BYTES]
        triples, high = len(_UTF8_TRIPLE.findall(sample)), len(_HIGH_BYTE.findall(sample))
        return triples >= 3 or high >= 24 or (not is_claimed and triples * 3 == high)
    return codec != "cp866" or len(_HIGH_BYTE.findall(data[:SAMPLE_BYTES])) > 3


def is_plausible(text: str) -> bool:
    """A cheap look whether text read by its label is a language; False only means: weigh it."""
    sample = text[:GATE_CHARACTERS]
    high = [letter for letter in sample if letter > "\x7f"]
    if not high:
        return True
    if _FOREIGN.search(sample) or _is_odd_half_width(sample):
        return False
    middle = sorted(high)[len(high) // 2]
    if "\u0400" <= middle < "\u0530":
        return not _SWAPPED_CASE.search(sample) and weigh(sample, _CYRILLIC_LETTERS) >= 0.42
    if middle < "\u0400":
        is_sparse = len(high) * 2 <= len(_ASCII_LETTER.findall(sample))
        marks = len(_VIETNAMESE_MARKS.findall(sample)) + len(_SIGN_IN_WORD.findall(sample))
        return is_sparse and marks < 2 and not _is_marked_like_vietnamese(sample)
    if "\u3400" <= middle < "\ua000":
        return weigh(sample, _HANZI_LETTERS) >= 0.12
    return True


def is_torn(text: str) -> bool:
    """Whether a short text read by the charset of its neighbours cannot be meant so."""
    return bool(_FOREIGN.search(tidy(text)) or _TORN_WORD.search(text) or _is_odd_half_width(text))


def _is_odd_half_width(text: str) -> bool:
    """Whether half-width kana make no words: bytes of other charsets, read as Shift_JIS."""
    return bool(_HALF_WIDTH_RUN.search(text) and _NO_HALF_WIDTH_WORD.search(text))


def _is_marked_like_vietnamese(text: str) -> bool:
    """Whether nearly every other word has marks, as in no Western language."""
    words = text.split()
    marked = len(words) - sum(map(str.isascii, words))
    return marked >= 3 and marked * 5 >= len(words) * 2


def guess(data: bytes, labelled: str | None) -> tuple[str, str] | None:
    """The best reading of the bytes and its codec, or None when nothing clearly beats what the
    label gave."""
    sample = data[:SAMPLE_BYTES]
    best, best_weight = "", 0.0
    is_latin = True
    if labelled:
        text = tidy(labelled[:SAMPLE_BYTES])
        weight = max(weigh(text, common) * worth for _, common, worth in _SCRIPTS)
        weight = max(weight, float(vietnamese_share(text) == 1.0))
        weight += _FREQUENT_WORTH * max(_frequent_share(text, codec) for codec in _FIRST_LEVELS)
        letters = [letter for letter in text if letter > "\x7f"]
        # little evidence is none: the fewer the letters, the more the label counts
        best_weight = 1.25 * weight + 1.5 / max(len(letters), 1)
        is_latin = max(letters, default="") < "\u0400"
        if is_latin and _is_all_marked(text):
            best_weight = 0.25 * weight
    for codec, common, worth in _SCRIPTS:
        if not is_latin and codec in _LATIN:
            continue  # these fit any bytes at all, a label such as big5 does not
        text_or_none = strict_sample(sample, codec)
        if text_or_none is None:
            continue
        text = tidy(text_or_none)
        if codec in _VIETNAMESE_CODECS:
            weight = vietnamese_share(text) * worth
        else:
            weight = weigh(text, common) * worth
        if codec in _LATIN and _is_all_marked(text):
            weight *= 0.25
        if codec in _FIRST_LEVELS:
            weight += _FREQUENT_WORTH * _frequent_share(text, codec)
        if weight > best_weight:
            best, best_weight = codec, weight
    if best_weight < _ENOUGH and len(data) >= CHARDET_FROM_BYTES and labelled is None:
        best = _ask_chardet(data[:CHARDET_UP_TO_BYTES]) or best
    text_or_none = strict(data, best) if best else None
    return None if text_or_none is None else (text_or_none, best)


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
    torn = len(_FOREIGN.findall(text)) + len(_TORN_WORD.findall(text))
    if common is _CYRILLIC_LETTERS:
        torn += len(_NO_RUSSIAN_WORD.findall(text))
    else:
        torn += len(_HALF_WIDTH_RUN.findall(text))
    return (lower + 0.9 * upper - 2 * torn) / len(high)


def _is_all_marked(text: str) -> bool:
    """Whether hardly a letter is plain: no language that is written in Latin looks so."""
    high = [letter for letter in text if letter > "\x7f"]
    return len(_ASCII_LETTER.findall(text)) * 2 < len(high)


def _frequent_share(text: str, codec: str) -> float:
    """The share of the letters beyond ASCII that stand in the first level of a charset of Chinese
    or Japanese, where its makers put the frequent ones."""
    high = [letter for letter in text if letter > "\x7f"]
    frequent = _first_level(codec)
    return sum(letter in frequent for letter in high) / len(high) if high else 0.0


@cache
def _first_level(codec: str) -> frozenset[str]:
    return frozenset[str]().union(*(_letters_between(*rows) for rows in _FIRST_LEVELS[codec]))


def _letters_between(codec: str, first: int, last: int) -> frozenset[str]:
    pairs = (bytes((lead, trail)) for lead in range(first, last + 1) for trail in range(0x40, 0xFF))
    return frozenset(letter for pair in pairs if len(letter := pair.decode(codec, "ignore")) == 1)


@lru_cache(maxsize=32)
def _ask_chardet(data: bytes) -> str:
    """chardet is slow to load and right only on longer texts; below 0.1 it guesses blindly."""
    import chardet

    answer = chardet.detect(data)
    name = answer.get("encoding") or ""
    return codec_for(name) if (answer.get("confidence") or 0.0) >= 0.1 else ""
