"""Whom a reply speaks to: the name in its greeting, and the full names in its text."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from .folding import bare_letters
from .own_words import own_words

_HAN = "㐀-䶿一-鿿"
_NAME = r"(?P<name>[^\W\d_][^\n,!?:;，！？：；。]{0,60})"
_GREETINGS = (
    rf"(?:dear|hello|hi|hey|good (?:morning|afternoon|evening))[ ,]+{_NAME}",
    rf"(?:kính gửi|kính chào|thân gửi|xin chào|chào|dạ chào|gửi)[ ,]+{_NAME}",
    rf"(?:уважаем(?:ый|ая|ые)|здравствуйте|добрый (?:день|вечер)|доброе утро|привет|дорог(?:ой|ая))"
    rf"[ ,]+{_NAME}",
    rf"(?:sehr geehrte[rs]?|lieber?|liebes|hallo|guten (?:tag|morgen|abend))[ ,]+{_NAME}",
    rf"(?:bonjour|bonsoir|cher|chère)[ ,]+{_NAME}",
    rf"(?:estimad[oa]|querid[oa]|hola|buenos días|buenas tardes)[ ,]+{_NAME}",
)
_greeting = re.compile(
    "|".join(
        f"(?:{one})"
        for one in (
            greeting.replace("?P<name>", f"?P<name{place}>")
            for place, greeting in enumerate(_GREETINGS)
        )
    ),
    re.IGNORECASE,
)
_TITLE = "先生|女士|小姐|太太|同學|同学|老師|老师|经理|經理|總|总"
_han_greeting = re.compile(
    rf"^\s*(?:尊敬的|敬爱的|敬愛的|親愛的|亲爱的|致|哈囉|哈罗|嗨)?\s*(?P<han>[{_HAN}]{{1,4}}?)\s*"
    rf"(?:(?:{_TITLE})\s*)?(?:您好|你好|早安|午安|晚安|[:：，,]|$)"
)
_HAN_GREETED = """
    您 你 客户 客戶 顾客 顧客 大家 各位 用户 用戶 买家 買家 贵宾 貴賓 老板 老闆 朋友
    先生 女士 小姐 您好 你好 先生女士 先生小姐 尊敬的 親愛的 亲爱的 早上 下午 晚上
    收到 謝謝 谢谢 感謝 感谢 不好意思 抱歉 好的 是的
"""
_HAN_NOBODY = frozenset(_HAN_GREETED.split())
_GREETED = """
    sir madam sirs ms mr mrs miss dr prof team all there everyone customer friend again guys folks
    ban anh chi em co chu bac ong ba quy khach hang cac moi nguoi oi a shop nhe than men
    господин госпожа коллеги клиент покупатель друзья вас дорогои все еще раз
    herr frau damen und herren zusammen kundin kunde kundendienst alle
    monsieur madame mademoiselle client cliente tous toutes et
    senor senora senorita todos don dona sr sra equipo
    to you your for the and with our thank thanks from this we i
"""
_NOBODY = frozenset(_GREETED.split())
"""Words of a greeting that name nobody, as bare letters."""
_word = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_capital_run = re.compile(
    r"[^\W\d_]+(?:['’-][^\W\d_]+)*(?:[ \u00a0][^\W\d_]+(?:['’-][^\W\d_]+)*){0,5}"
)
_han_run = re.compile(rf"[{_HAN}]{{3,}}")
_MOST_CANDIDATES = 600
_GREETING_LINES = 2


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a text; ``text[start:end] == name``."""

    name: str
    start: int
    end: int


def greeted(text: str) -> Named | None:
    """The name in the greeting at the top of a reply; None where it greets nobody by name."""
    begin = 0
    seen = 0
    for line in own_words(text).split("\n"):
        if line.strip():
            found = _greeted_in(line)
            if found is not None:
                return Named(found.name, begin + found.start, begin + found.end)
            seen += 1
        begin += len(line) + 1
        if seen >= _GREETING_LINES:
            break
    return None


def _greeted_in(line: str) -> Named | None:
    han = _han_greeting.match(line)
    if han is not None and han["han"] not in _HAN_NOBODY:
        return Named(han["han"], han.start("han"), han.end("han"))
    found = _greeting.match(line.lstrip())
    if found is None:
        return None
    shift = len(line) - len(line.lstrip())
    group = next(name for name, value in found.groupdict().items() if value is not None)
    # A long run behind the word is a sentence and no name.
    words = [one for one in _word.finditer(found[group]) if bare_letters(one[0]) not in _NOBODY]
    capital = [one for one in words if one[0][0].isupper() or not one[0][0].islower()]
    if not capital or len(words) > 4:
        return None
    start, end = found.start(group) + capital[0].start(), found.start(group) + capital[-1].end()
    return Named(found.string[start:end], shift + start, shift + end)


def is_one_of(name: str, people: Iterable[str]) -> bool:
    """Whether a greeted name may be one of these people: a word shared, or not comparable.

    Names in different scripts cannot be compared, and nobody is accused for that.
    """
    words = _words(name)
    scripts = {_script(word) for word in words}
    comparable = False
    for person in people:
        theirs = _words(person)
        if not scripts & {_script(word) for word in theirs}:
            continue
        comparable = True
        if any(_same(mine, other) for mine in words for other in theirs):
            return True
    return not comparable


def name_candidates(text: str) -> dict[str, Named]:
    """What in a text may be somebody's full name, by ``folding.bare_letters``.

    Two to four words with capitals beside each other, or three to four Han signs; at most 600.
    """
    found: dict[str, Named] = {}
    ours = own_words(text)
    for run in _capital_run.finditer(ours):
        words = list(_word.finditer(run[0]))
        for first in range(len(words)):
            for last in range(first + 1, min(first + 4, len(words))):
                part = words[first : last + 1]
                if all(one[0][0].isupper() for one in part):
                    _add(found, ours, run.start() + part[0].start(), run.start() + part[-1].end())
    for run in _han_run.finditer(ours):
        for size in (3, 4):
            for start in range(run.start(), run.end() - size + 1):
                _add(found, ours, start, start + size)
    return found


def _add(found: dict[str, Named], text: str, start: int, end: int) -> None:
    if len(found) < _MOST_CANDIDATES:
        found.setdefault(bare_letters(text[start:end]), Named(text[start:end], start, end))


def _words(name: str) -> list[str]:
    return [one for one in bare_letters(name).replace("-", " ").split() if one not in _NOBODY]


def _script(word: str) -> str:
    return unicodedata.name(word[0], "?").partition(" ")[0]


def _same(mine: str, other: str) -> bool:
    if _script(mine) == "CJK" and _script(other) == "CJK":
        return mine.startswith(other) or other.startswith(mine) or mine in other or other in mine
    shorter, longer = sorted((mine, other), key=len)
    return mine == other or (len(shorter) >= 3 and longer.startswith(shorter))
