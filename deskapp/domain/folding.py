"""The one text folding for search: what is stored beside a message and what a query becomes.

FTS5 (``unicode61``) and PostgreSQL (``to_tsvector('simple', …)``) must cut the
same text into the same tokens, so the text holds only lower-case letters and ASCII digits, in
tokens of one kind each, with single spaces between them. Letters and digits never share a token:
PostgreSQL reads ``1e5abc`` as the number ``1e5`` and the word ``abc``, and people search ``1001``
for ORD1001. (A long mixed run, the tail of a tracking link, is kept in one piece: cut apart it
would be most of the index.)
"""

import re
import unicodedata
from functools import cache, lru_cache
from threading import Lock
from typing import Protocol, cast

from .folding_cjk import is_hangul_syllable, simplified_forms, stands_alone

FOLDING_VERSION = 2
"""Raised with every change that folds some text differently: the index is then built anew."""

LONGEST_TOKEN = 64
_LONGEST_CUT_RUN = 40

_LETTERS = {
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ı": "i",
    "ł": "l",
    "ø": "o",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "\u02bc": " ",  # the apostrophe that Ukrainian counts as a letter
}
"""What NFKD does not take apart."""

_MARKS_TO_FTS5 = frozenset(map(chr, (*range(0x19B0, 0x19CA), 0x1CF2, 0x1CF3)))
"""Letters to Unicode, marks to SQLite's table (3.53): New Tai Lue vowels, two Vedic signs."""


class Stemmer(Protocol):
    """What is used of Snowball."""

    def stemWord(self, word: str) -> str: ...


class _FoldedLetters(dict[int, str]):
    """The translation table of :func:`fold`, filled letter by letter as they first turn up."""

    def __missing__(self, code: int) -> str:
        folded = _fold_letter(chr(code))
        self[code] = folded
        return folded


_folded_letters = _FoldedLetters()
_runs = re.compile(r"[0-9]+|[^0-9]+")
_cyrillic = re.compile("[\u0400-\u04ff]")
_cyrillic_word = re.compile("[\u0400-\u04ff]+")


def fold(text: str) -> str:
    """Text as search compares it: tokens of letters or digits, one space between, "" for none.

    Case, marks, width and script variants are gone (Đơn hàng = don hang, 訂單 = 订单, ещё = еще),
    Cyrillic words are stemmed, Han letters stand alone. Folding folded text changes nothing.
    No token is longer than ``LONGEST_TOKEN``; what stands beyond is dropped.
    """
    letters = _letters(text)
    tokens: list[str] = []
    for word in letters.split():
        if len(word) > _LONGEST_CUT_RUN:
            tokens.append(_shortened(word))
        elif word.isalpha() or word.isdigit():
            tokens.append(word)
        else:
            tokens += _runs.findall(word)
    if _cyrillic.search(letters):
        # Only what can have a stem: numbers and Latin words would fill the cache in vain.
        return " ".join([_stem(one) if "\u0400" <= one[0] <= "\u04ff" else one for one in tokens])
    return " ".join(tokens)


def bare_letters(text: str) -> str:
    """Lower-case letters and digits without marks, in words as they stand: what names sort by."""
    return " ".join(_letters(text).split())


def _letters(text: str) -> str:
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return text.translate(_folded_letters)


def _fold_letter(letter: str) -> str:
    if is_hangul_syllable(letter):  # NFKD would leave three tokens of it
        return f" {letter} "
    if letter in "йЙ":  # not и with a mark: the stemmer knows endings by it
        return "й"
    parts = unicodedata.normalize("NFKD", letter.casefold())
    parts = unicodedata.normalize("NFKD", parts.casefold())
    return "".join(map(_fold_part, parts))


def _fold_part(part: str) -> str:
    if part in _LETTERS:
        return _LETTERS[part]
    if part in _MARKS_TO_FTS5:
        return ""
    category = unicodedata.category(part)
    if category[0] == "M" or (category == "Cf" and part != "\u200b"):
        return ""  # marks, soft hyphens and joiners stand inside words
    if category == "Nd":
        return str(unicodedata.decimal(part))
    if category[0] != "L" and category != "Nl":
        return " "
    if stands_alone(part):
        return f" {simplified_forms().get(part, part)} "
    return part


def _shortened(word: str) -> str:
    if word.isalpha() or word.isdigit() or not word[0].isdigit():
        return word[:LONGEST_TOKEN]
    return f"x{word}"[:LONGEST_TOKEN]  # PostgreSQL would read a number off its front


_fleeting = re.compile("(?<=..)([а-яё])[ео]к$")
_OTHER_STEMS = {"писем": "письмо", "денег": "деньги"}
_stemmer_lock = Lock()  # the stemmer keeps the word it works on in itself


@cache
def _stemmer() -> "Stemmer":
    # The package brings the stemmers of all languages, 15 ms that a command may not need.
    import snowballstemmer

    return cast("Stemmer", snowballstemmer.stemmer("russian"))


@lru_cache(maxsize=1 << 16)
def _stem(token: str) -> str:
    """The Snowball stem, stemmed until it stays. Ukrainian has no stemmer and shares this one.

    The vowel that comes and goes before the last к is left out, which Snowball does not do:
    посылка and посылок are one word, as are батарейка and батареек.
    """
    if not _cyrillic_word.fullmatch(token):
        return token
    token = _OTHER_STEMS.get(token, token)
    with _stemmer_lock:
        while (stem := _fleeting.sub(_without_vowel, _stemmer().stemWord(token))) != token:
            token = stem
    return token


def _without_vowel(found: re.Match[str]) -> str:
    return f"{found[1]}йк" if found[1] in "аеёиоуыэюя" else f"{found[1]}к"
