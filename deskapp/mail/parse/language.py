"""Which language a mail is written in: the script first, then a model for what it leaves open.

The model takes half a second to load, so it is loaded by the first mail that needs it.
"""

import re
from functools import cache

MAX_LETTERS = 400
MIN_LETTERS = 12
_NOISE = re.compile(r"https?://\S+|\S+@\S+|[\d\W_]+")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_KANA = re.compile("[\u3040-\u30ff]")
_HANGUL = re.compile("[\uac00-\ud7af]")
_THAI = re.compile("[\u0e00-\u0e7f]")
_VIETNAMESE = re.compile("[\u1ea0-\u1ef9đơưăĐƠƯĂ]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN_VI_SHARE = 0.06


def language_of(text: str, subject: str = "") -> str:
    """A tag such as "en", "vi", "ru", "zh-Hans", "zh-Hant"; "" where too little is written."""
    sample = _NOISE.sub(" ", text[: MAX_LETTERS * 3])[:MAX_LETTERS].strip()
    if _letters(sample) < MIN_LETTERS:
        sample = (sample + " " + _NOISE.sub(" ", subject[:MAX_LETTERS])).strip()
    count = _letters(sample)
    if not count:
        return ""
    han = len(_HAN.findall(sample))
    if len(_KANA.findall(sample)) * 8 > count:
        return "ja" if count >= 4 else ""
    if len(_HANGUL.findall(sample)) * 3 > count:
        return "ko" if count >= 4 else ""
    if han * 4 > count:
        return _chinese(sample) if han >= 4 else ""
    if count < MIN_LETTERS:
        return ""
    if len(_THAI.findall(sample)) * 2 > count:
        return "th"
    if len(_VIETNAMESE.findall(sample)) > count * _LATIN_VI_SHARE:
        return "vi"
    return _ask_model(sample)


def _letters(sample: str) -> int:
    return len(sample) - sample.count(" ")


def _chinese(sample: str) -> str:
    simplified, traditional = _script_letters()
    balance = sum((each in traditional) - (each in simplified) for each in sample)
    return "zh-Hant" if balance > 0 else "zh-Hans"


@cache
def _script_letters() -> tuple[frozenset[str], frozenset[str]]:
    """Letters that only one of the two Chinese scripts uses, from OpenCC's tables."""
    from importlib.resources import files

    tables = files("opencc") / "dictionary"
    to_traditional = _pairs((tables / "STCharacters.txt").read_text("utf-8"))
    to_simplified = _pairs((tables / "TSCharacters.txt").read_text("utf-8"))
    simplified = {letter for letter, others in to_traditional.items() if letter not in others}
    traditional = {letter for letter, others in to_simplified.items() if letter not in others}
    return frozenset(simplified - traditional), frozenset(traditional - simplified)


def _pairs(table: str) -> dict[str, list[str]]:
    lines = (line.split("\t") for line in table.splitlines() if "\t" in line)
    return {letter: others.split() for letter, others in lines}


def _ask_model(sample: str) -> str:
    if len(_CYRILLIC.findall(sample)) * 2 > _letters(sample):
        return _cyrillic(sample)
    from py3langid import classify

    return str(classify(sample)[0])


def _cyrillic(sample: str) -> str:
    lower = sample.lower()
    if any(letter in lower for letter in "їєґ"):
        return "uk"
    if "і" in lower and "ы" not in lower:
        return "uk"
    if "ў" in lower:
        return "be"
    if any(letter in lower for letter in "ыэё"):
        return "ru"
    from py3langid import classify

    language = str(classify(sample)[0])
    return language if language in ("ru", "uk", "be", "bg", "sr", "mk", "kk", "mn", "ky") else "ru"
