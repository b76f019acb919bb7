"""Taking a person's name apart: by its script and marks first, by the customer's language second.

A name is kept as written; nothing is split where the rules do not tell.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from .known_names import han_family_of_two, russian_given, vietnamese_family
from .titles import HAN_TITLES, split_title, title_aside

_LONGEST_WORD = 40  # letters; a longer one is no name

_HAN = "\u3400-\u9fff\U00020000-\U0003134f"
_han_name = re.compile(f"[{_HAN}·]{{1,}}")
_han_part = re.compile(f"[{_HAN}·]{{2,}}")
_han_gap = re.compile(f"(?<=[{_HAN}]) (?=[{_HAN}])")
_HAN_NICKNAMES = tuple("小阿老")

_vietnamese_alone = re.compile("nguyen|tran|pham|huynh", re.IGNORECASE)
_vietnamese_middle = re.compile("v[aă]n|th[iị]", re.IGNORECASE)
_vietnamese_marks = re.compile("[ăơưđ\u1ea0-\u1ef9]", re.IGNORECASE)
_cyrillic_vietnamese = re.compile("нгуен|нгуйен|чан|фам|хоанг", re.IGNORECASE)

_aside = re.compile(r"\([^)]*\)|（[^）]*）|\bvia\b.*|[\"“”«»]|(?<!\w)['‘’]|['‘’](?!\w)")
_not_a_person = re.compile(
    r"[@\d_]|公司|客服|团队|團隊|用户|用戶|商店|商城|旗舰|旗艦|有限|集团|集團|匿名|店$|"
    r"\b(?:ltd|llc|inc|gmbh|corp|co|team|support|shop|store|service|services|sales|info|admin|"
    r"office|billing|department|customer|customers|no-?reply|postmaster|webmaster|consulting|"
    r"solutions|trading|company|group|"
    r"công ty|cửa hàng|ооо|зао|ао|ип|магазин|компания|администратор|админ|отдел|поддержка|"
    r"бухгалтерия)\b",
    re.IGNORECASE,
)
_initial = re.compile(r"(?:\w\.-?)+|[^\W\d_]")
_cyrillic = re.compile("[\u0400-\u04ff]")
_patronymic = re.compile(
    r"(?i)[а-яё]+(?:ович|евич|ьич|кузьмич|фомич|лукич|овна|евна|ична)|[a-z]+(?:[oe]vich|[oe]vna)"
)
_russian_family = re.compile(r"(?i)[а-яё-]+(?:[оеё]ва?|[сц]кий|[сц]кая|енко|[иы]на|их|ых)")


@dataclass(frozen=True, slots=True)
class PersonName:
    """``called``: what a letter says, "" for what is no person's name. ``title``: the name's own.

    ``patronymic`` is Russian; ``whole`` is the name without asides and titles; ``han``: it is
    written in Chinese letters.
    """

    whole: str = ""
    called: str = ""
    family: str = ""
    patronymic: str = ""
    title: str = ""
    han: bool = False


def whole_name(given: str, family: str) -> str:
    """A name that came in two fields, as its owner writes it: Chinese ones family first and without
    a space."""
    if given and family and _han_name.fullmatch(family + given):
        return family + given
    return " ".join(filter(None, (given, family)))


def person_name(full_name: str, language: str) -> PersonName:
    """A name taken apart. ``language`` is the primary one (vi, zh, ru), "" if unknown."""
    name = _person(full_name)
    if not name:
        return PersonName()
    in_han = _han_part.search(name) if language in ("zh", "") else None
    if in_han or _han_name.fullmatch(name):
        return _han(in_han[0] if in_han else name)
    words = [word for word in name.replace(",", " ").split() if any(map(str.isalpha, word))]
    title, words = split_title(words, vietnamese_family)
    title = title_aside(full_name) or title
    whole = " ".join(words)
    family, comma, given = name.partition(",")
    if language in ("zh", "ja", "ko"):
        return PersonName(whole, whole, title=title)
    if language == "vi" or _is_vietnamese(words):
        called, of_family = _vietnamese(words)
    elif _cyrillic.search(name) or _is_russian(words, language):
        return _russian(words, title)
    elif comma and given.strip():
        called, of_family = given.split()[0], " ".join(family.split())
    elif title and len(words) == 1:  # Mr. Smith
        return PersonName(whole, "", _cased(whole, name), "", title)
    else:
        called, of_family = words[0], words[-1] if len(words) > 1 else ""
    if _initial.fullmatch(called):  # "Hello J.," is no greeting
        return PersonName(
            whole, whole if len(words) > 1 else "", _cased(of_family, name), "", title
        )
    return PersonName(whole, _cased(called, name), _cased(of_family, name), "", title)


def _person(full_name: str) -> str:
    """The name without asides and quotes; "" for addresses, companies and what has no letters."""
    plain = "".join(" " if unicodedata.category(one) == "Cc" else one for one in full_name)
    plain = "".join(one for one in plain if unicodedata.category(one) != "Cf")
    name = _han_gap.sub("", " ".join(_aside.sub(" ", plain).split()))
    words = name.split()
    too_long = max(map(len, words), default=0) > _LONGEST_WORD
    address = len(words) == 1 and re.search(r"\w\.\w\w", name) is not None
    if too_long or address or _not_a_person.search(name) or not any(map(str.isalpha, name)):
        return ""
    return name


def _cased(part: str, name: str) -> str:
    """NGUYỄN VĂN MINH shouts and nguyễn văn minh mumbles: both are Minh. JJ may stay."""
    shouted = name.isupper() and len(name) > 3
    mumbled = name.islower() and " " in name
    if not part or not (shouted or mumbled):
        return part
    pieces = re.split(r"([\s'’-])", part)
    return "".join(piece[:1].upper() + piece[1:].lower() for piece in pieces)


def _is_vietnamese(words: list[str]) -> bool:
    """Whether a name is Vietnamese whatever the customer reads: Nguyễn Văn Minh is no Mr. Minh."""
    if len(words) < 2 or not vietnamese_family.fullmatch(words[0]):
        return False
    told = _vietnamese_alone.fullmatch(words[0]) or _vietnamese_middle.fullmatch(words[1])
    return bool(told or _vietnamese_marks.search(" ".join(words)))


def _vietnamese(words: list[str]) -> tuple[str, str]:
    """Family first, call name last; ``Minh Nguyễn`` is somebody's name turned the western way."""
    if len(words) == 1:
        return words[0], ""
    turned = vietnamese_family.fullmatch(words[-1]) and not vietnamese_family.fullmatch(words[0])
    return (words[-2], words[-1]) if turned else (words[-1], words[0])


def _is_russian(words: list[str], language: str) -> bool:
    """Ivan Petrovich Petrov; in another language two words may as well be a Serbian family's."""
    return (language == "ru" or len(words) > 2) and any(map(_patronymic.fullmatch, words[1:]))


def _russian(words: list[str], title: str) -> PersonName:
    """Given name and patronymic are the polite form; initials are no name to be called by."""
    name = " ".join(words)
    title_alone = bool(title) and len(words) == 1
    if place := _patronymic_place(words):
        given, patronymic = words[place - 1], words[place]
        rest = [*words[: place - 1], *words[place + 1 :]]
        family = rest[-1] if rest else ""
    elif title_alone or any(map(_initial.fullmatch, words)):
        given, patronymic = "", ""
        family = next((word for word in words if not _initial.fullmatch(word)), "")
    else:
        at = _given_place(words)
        given, patronymic = words[at], ""
        family = words[0] if at else words[-1] if len(words) > 1 else ""
    return PersonName(
        name, _cased(given, name), _cased(family, name), _cased(patronymic, name), title
    )


def _patronymic_place(words: list[str]) -> int:
    """Where the patronymic stands; 0 for none. In two words it is the second one or a family."""
    for at, (before, word) in enumerate(pairwise(words), start=1):
        if _patronymic.fullmatch(word) and not _initial.fullmatch(before):
            return at
    return 0


def _given_place(words: list[str]) -> int:
    if len(words) < 2:
        return 0
    if _cyrillic_vietnamese.fullmatch(words[0]):
        return len(words) - 1
    known = [_known_given(word) for word in words[:2]]
    if known[0] != known[1]:
        return known.index(True)
    families = [bool(_russian_family.fullmatch(word)) for word in words[:2]]
    turned = families == [True, False] or bool(_patronymic.fullmatch(words[0]))
    return 1 if turned else 0


def _known_given(word: str) -> bool:
    return bool(russian_given.fullmatch(word.casefold().replace("ё", "е").partition("-")[0]))


def _han(name: str) -> PersonName:
    title = next((title for title in HAN_TITLES if name.endswith(title) and name != title), "")
    bare = name.removesuffix(title)
    return PersonName(bare, bare, _han_family(bare), "", title, han=True)


def _han_family(name: str) -> str:
    if han_family_of_two.match(name):
        return name[:2]
    # A foreign name in Chinese letters, or a nickname: neither has a family to be seen.
    return "" if "·" in name or len(name) > 4 or name.startswith(_HAN_NICKNAMES) else name[0]
