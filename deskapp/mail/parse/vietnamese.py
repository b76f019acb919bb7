"""Whether text is made of Vietnamese syllables.

Three charsets carry Vietnamese and each turns Western text, or text of the other two, into letters
of the right alphabet. Only the shape of a syllable tells them apart: an opening of a few
consonants, one group of vowels with at most one tone, one of eight endings.
"""

import re
import unicodedata

_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_WORD = re.compile(r"[^\W\d_]+")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?"
    r"[aăâeêioôơuưy]{1,3}(?:ch|ng|nh|[cmnpt])?\Z"
)
_MOST_WORDS = 200
_LEAST_MARKED = 2


def vietnamese_share(text: str) -> float:
    """The share of the words with marks that are syllables; 0.0 where too few words have marks."""
    words = _WORD.findall(text)[:_MOST_WORDS]
    marked = [word for word in words if not word.isascii()]
    if len(marked) < _LEAST_MARKED or len(marked) * 4 < len(words):
        return 0.0
    high = [letter for letter in text if letter > "\x7f"]
    signs = len(high) - sum(map(str.isalpha, high))
    return 0.0 if signs * 5 > len(high) else sum(map(_is_syllable, marked)) / len(marked)


def _is_syllable(word: str) -> bool:
    apart = unicodedata.normalize("NFD", word.lower())
    bare = apart.translate(_TONES)
    if len(apart) - len(bare) > 1:
        return False
    return bool(_SYLLABLE.match(unicodedata.normalize("NFC", bare)))
