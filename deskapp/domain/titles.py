"""Titles people put before or behind a name, and the same title in another language.

Only titles that tell a sex have a counterpart: Mr. is anh, 先生 and г-н. Others stay as written.
"""

import re

HAN_TITLES = ("先生", "女士", "小姐", "太太")

_MR = {"en": "Mr.", "vi": "anh", "zh": "先生", "ru": "г-н"}
_MS = {"en": "Ms.", "vi": "chị", "zh": "女士", "ru": "г-жа"}
_meanings = {
    **dict.fromkeys(("mr", "mister", "sir", "anh", "ông", "先生", "г-н", "господин"), _MR),
    **dict.fromkeys(("ms", "mrs", "miss", "madam", "chị", "bà", "г-жа", "госпожа"), _MS),
    **dict.fromkeys(HAN_TITLES[1:], _MS),
}
_written_in = {
    "en": re.compile(r"(?!(?:anh|em)$)[a-z]+\.?", re.IGNORECASE),
    "vi": re.compile(r"anh|chị|em|cô|chú|bác|ông|bà|thầy|quý khách", re.IGNORECASE),
    "zh": re.compile(r"[\u3400-\u9fff]+"),
    "ru": re.compile(r"[а-яё. -]+", re.IGNORECASE),
}
_before = re.compile(
    r"(?:mr|mrs|ms|miss|mx|mister|dr|prof|sir|madam|г-н|г-жа|господин|госпожа)\.?", re.IGNORECASE
)
_vietnamese = re.compile(r"anh|chị|em|cô|chú|bác|ông|bà", re.IGNORECASE)
_behind = re.compile(r"(?:jr|sr|ii|iii|iv|phd|ph\.d|mba|md|esq)\.?", re.IGNORECASE)
_aside = re.compile(r"[(（]\s*((?:mr|mrs|ms|miss)\.?)\s*[)）]", re.IGNORECASE)


def in_language(title: str, primary: str) -> str:
    """A title as a letter in that language says it; "" for one that is no word there.

    ``primary`` is the language alone: vi, zh, ru; any other is written to as English is.
    """
    title = " ".join(title.split())
    primary = primary if primary in _written_in else "en"
    if _written_in[primary].fullmatch(title):
        return title.casefold() if primary in ("vi", "ru") else title
    return _meanings.get(title.casefold().rstrip("."), {}).get(primary, "")


def title_aside(full_name: str) -> str:
    """Ms of ``Nguyễn Thị Minh Khai (Ms)``; "" for none."""
    found = _aside.search(full_name)
    return found[1] if found else ""


def split_title(words: list[str], vietnamese_family: re.Pattern[str]) -> tuple[str, list[str]]:
    """The title before a name, and the name without it and without the degrees behind.

    Vietnamese titles are names too (Anh, Ông): they count before a family name, chị always.
    """
    while len(words) > 1 and _behind.fullmatch(words[-1]):
        words = words[:-1]
    if len(words) > 1 and _before.fullmatch(words[0]):
        return words[0], split_title(words[1:], vietnamese_family)[1]
    if len(words) > 1 and _vietnamese.fullmatch(words[0]):
        of_family = len(words) > 2 and vietnamese_family.fullmatch(words[1])
        if of_family or words[0].casefold() == "chị":
            return words[0], words[1:]
    return "", words
