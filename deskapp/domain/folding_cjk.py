"""Chinese, Japanese, Korean and Thai letters as search sees them: one token each.

These scripts write no spaces between words, so a run of them would be one token that nobody can
find a part of. One token per letter, and a typed word searched as a phrase, finds every part.
"""

from functools import lru_cache
from importlib.resources import files

_LETTER_BLOCKS = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x11FF),  # Burmese, Hangul letters (Georgian between them is written with spaces)
    (0x1780, 0x17FF),  # Khmer
    (0x2E80, 0x2FDF),  # Han radicals
    (0x3005, 0x3007),  # repetition mark, closing mark, the zero of dates
    (0x3040, 0x31FF),  # Kana, Bopomofo, Hangul letters
    (0x3400, 0x9FFF),  # Han
    (0xA960, 0xA97F),  # Hangul letters
    (0xD7B0, 0xD7FF),  # Hangul letters
    (0xF900, 0xFAFF),  # Han, compatibility
    (0x20000, 0x3FFFF),  # Han, the rare ones of names
)
_GEORGIAN = range(0x10A0, 0x1100)


def stands_alone(letter: str) -> bool:
    """Whether the letter belongs to a script that is searched letter by letter."""
    code = ord(letter)
    if code < 0x0E00 or code in _GEORGIAN:
        return False
    return any(first <= code <= last for first, last in _LETTER_BLOCKS)


def is_hangul_syllable(letter: str) -> bool:
    return "\uac00" <= letter <= "\ud7a3"


@lru_cache(maxsize=1)
def simplified_forms() -> dict[str, str]:
    """Traditional to Simplified, letter by letter, from OpenCC's table (Apache-2.0).

    Letter by letter is right for search: 後 and 后 must meet, whichever word they stand in. Where
    the table offers several forms the first is its most common.
    """
    table = files("opencc").joinpath("dictionary", "TSCharacters.txt").read_text("utf-8")
    forms: dict[str, str] = {}
    for line in table.splitlines():
        traditional, _, simplified = line.partition("\t")
        if simplified:
            forms[traditional] = simplified.split()[0]
    return {traditional: forms.get(form, form) for traditional, form in forms.items()}
