"""Which language a mail is written in: the script first, then letters that only one language
has, then a model for what they leave open.

The model takes about a second to load, so the first mail that needs it loads it.
"""

import re
from functools import cache
from typing import TYPE_CHECKING

from deskapp.domain.subjects import base_subject

from .bare_vietnamese import is_bare_vietnamese
from .chinese_script import chinese_of

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

MAX_LETTERS = 400
MIN_LETTERS = 10  # of a Latin text; below, a word may be anybody's
_MIN_CONFIDENCE = 0.3
_NOISE = re.compile(r"https?://\S+|\S+@\S+|#\S+|[\d\W_]+")
_NOT_LETTERS = re.compile(r"[\d\W_]+")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_KANA = re.compile("[\u3040-\u30ff]")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_ARABIC = re.compile("[\u0600-\u06ff]")
_ONE_LANGUAGE = (
    ("ko", re.compile("[\uac00-\ud7af\u1100-\u11ff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("el", re.compile("[\u0370-\u03ff\u1f00-\u1fff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("ka", re.compile("[\u10a0-\u10ff]")),
    ("hy", re.compile("[\u0530-\u058f]")),
    ("km", re.compile("[\u1780-\u17ff]")),
    ("lo", re.compile("[\u0e80-\u0eff]")),
    ("my", re.compile("[\u1000-\u109f]")),
)
_VIETNAMESE = re.compile("[\u1ea0-\u1ef9ơưƠƯ]")
_MARKED = re.compile("[\u00c0-\u024f]")
_LATIN_LETTERS = (
    ("es", re.compile("[¿¡]")),
    ("de", re.compile("[ßẞ]")),
    ("pl", re.compile("[łąęśźżŁĄĘŚŹŻ]")),
    ("tr", re.compile("[ğışĞİŞ]")),
    ("hu", re.compile("[őűŐŰ]")),
    ("cs", re.compile("[řěůŘĚŮ]")),
    ("ro", re.compile("[ășțĂȘȚ]")),
    ("pt", re.compile("[ãÃ]")),
)
_ENGLISH_WORDS = """
    the and you your have has this that with would been when what from was not please which
    could should there their they about because i'm it's we my is are it
"""
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_LATIN_TAGS = "en vi id fr de es pt it nl pl cs sk sv da no fi tr hu ro et lv lt hr sl sq ca tl"
_UKRAINIAN = re.compile(
    r"""\b(?:буде|будуть|ще|дякую|чому|коли|що|це|але|чи|якщо|вже|дуже|зараз|ласка|доброго|прийшов
    |прийшла|треба|цього|цей|немає|також|тобто|скасуйте|допомогу|моє)\b
    |\w(?:увати|нути|ився|ався|увся)\b""",
    re.VERBOSE,
)
"""What Russian does not write; the letters alone do not tell short texts apart."""


def language_of(text: str, subject: str = "") -> str:
    """A tag such as "en", "vi", "ru", "zh-Hans", "zh-Hant"; "" where too little is written.

    The subject helps where the text is short, unless it is that of an answer: its words may be
    ours.
    """
    start = text[: MAX_LETTERS * 3]
    sample = _words(start)
    if _letters(sample) < MIN_LETTERS and base_subject(subject) == " ".join(subject.split()):
        start = f"{start} {subject[:MAX_LETTERS]}"
        sample = _words(start)
    count = _letters(sample)
    if count < 2:
        return ""
    if sample.isascii():
        return _latin(sample, count)
    return _by_script(sample, count) or _by_letters(start, sample, count)


def _words(text: str) -> str:
    has_noise = "@" in text or "#" in text or "http" in text
    noise = _NOISE if has_noise else _NOT_LETTERS
    return noise.sub(" ", text)[:MAX_LETTERS].strip()


def _letters(sample: str) -> int:
    return len(sample) - sample.count(" ")


def _by_script(sample: str, count: int) -> str:
    if len(_KANA.findall(sample)) * 8 > count:
        return "ja"
    han = _HAN.findall(sample)
    if len(han) * 4 > count:
        return chinese_of("".join(han))
    if len(_CYRILLIC.findall(sample)) * 2 > count:
        return _cyrillic(sample, count) if count > 2 else ""
    if len(_ARABIC.findall(sample)) * 2 > count:
        return _arabic(sample)
    for language, script in _ONE_LANGUAGE:
        if len(script.findall(sample)) * 3 > count:
            return language
    return ""


def _by_letters(text: str, sample: str, count: int) -> str:
    if len(_VIETNAMESE.findall(sample)) * 30 > count > 2:
        return "vi"
    marked = len(_MARKED.findall(sample))
    for language, letters in _LATIN_LETTERS:
        if marked * 60 > count and letters.search(text):
            return language
    if "¿" in text or "¡" in text:
        return "es"
    latin = _latin(sample, count)
    return "vi" if not latin and "đ" in sample.lower() else latin


def _latin(sample: str, count: int) -> str:
    if is_bare_vietnamese(sample):
        return "vi"
    if count < MIN_LETTERS:
        return ""
    if _is_plainly_english(sample):
        return "en"
    language, confidence = _model().classify(sample.lower())
    return str(language) if confidence >= _MIN_CONFIDENCE else ""


def _is_plainly_english(sample: str) -> bool:
    """Whether words that no other language writes make up a fifth: the model is dear."""
    words = sample.lower().split()
    found = [word for word in words if word in _ENGLISH]
    return len(found) * 5 >= len(words) and len(set(found)) >= 4


def _cyrillic(sample: str, count: int) -> str:
    """Russian unless letters say otherwise; Bulgarian is told from long texts alone."""
    lower = sample.lower()
    if any(letter in lower for letter in "қғңөұүһә"):
        return "kk"
    if any(letter in lower for letter in "їєґ"):
        return "uk"
    if "ў" in lower:
        return "be"
    if any(letter in lower for letter in "ђћџљњ"):
        return "sr"
    if any(letter in lower for letter in "ѓќѕ"):
        return "mk"
    if not any(letter in lower for letter in "ыэёъ") and ("і" in lower or _UKRAINIAN.search(lower)):
        return "uk"
    if count > 60 and not any(letter in lower for letter in "ыэё"):
        return "bg" if lower.count("ъ") * 150 > count else "ru"
    return "ru"


def _arabic(sample: str) -> str:
    if any(letter in sample for letter in "ٹڈڑے"):
        return "ur"
    return "fa" if any(letter in sample for letter in "پچژگ") else "ar"


@cache
def _model() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages(_LATIN_TAGS.split())
    return model
