"""How a customer is addressed, by the rules of the name's script and the customer's language.

A name is kept as written; this only picks the words that a letter opens with. Where the rules do
not tell, the whole name or a greeting without a name is right and a guess is rude.
"""

import re
from itertools import pairwise

_HAN_TITLES = ("先生", "女士", "小姐", "太太")

_han_family_of_two = re.compile(
    "欧阳|歐陽|司马|司馬|上官|诸葛|諸葛|夏侯|东方|東方|皇甫|尉迟|尉遲|公孙|公孫|慕容|令狐|司徒|长孙|長孫|宇文|端木|南宫|南宮"
)
_vietnamese_family = re.compile(
    "nguy[eễ]n|tr[aầ]n|ph[aạ]m|hu[yỳ]nh|[dđ][aặ]ng|b[uù]i|đỗ|ng[oô]|v[oõuũ]|lê|ho[aà]ng|phan|"
    "d[uư][oơ]ng|lý",
    re.IGNORECASE,
)
_title = re.compile(
    r"(?:mr|mrs|ms|miss|mx|dr|prof|sir|madam|г-н|г-жа|господин|госпожа)\.?", re.IGNORECASE
)
_han_name = re.compile(r"[\u3400-\u9fff·]{2,}")
_aside = re.compile(r"\([^)]*\)|（[^）]*）|\bvia\b.*|[\"“”'«»]")
_not_a_person = re.compile(
    r"[@\d]|公司|客服|团队|團隊|\b(?:ltd|llc|inc|gmbh|corp|co|team|support|shop|store|service|"
    r"công ty|cửa hàng|ооо|зао|ао|ип|магазин|компания)\b",
    re.IGNORECASE,
)
_patronymic = re.compile(r"(?i)[а-яё]+(?:ович|евич|ьич|кузьмич|фомич|лукич|овна|евна|ична)")
_russian_family = re.compile(r"(?i)[а-яё]+(?:[оеё]ва?|[сц]кий|[сц]кая|енко)")
_cyrillic = re.compile("[\u0400-\u04ff]")


def first_name(full_name: str, language: str) -> str:
    """The name a letter says: 王小明 whole, Nguyễn Văn Minh as Minh, Петров Иван as Иван.

    ``language`` is the customer's BCP 47 tag, "" when unknown. "" for what is not a person's name.
    """
    name = _person(full_name)
    if not name or _han_name.fullmatch(_without_han_title(name)):
        return _without_han_title(name)
    words = _words(name)
    if not words:
        return ""
    primary = _primary(language)
    if primary in ("zh", "ja", "ko"):
        return " ".join(words)
    if primary == "vi":
        return _vietnamese(words)[-1]
    if _cyrillic.search(name):
        return _russian_given(words)[0]
    return _western(name, words)[0]


def family_name(full_name: str, language: str) -> str:
    """The name of the family, or "" where it cannot be told."""
    name = _without_han_title(_person(full_name))
    if _han_name.fullmatch(name):
        return _han_family(name)
    words = _words(name)
    if len(words) < 2 or _primary(language) in ("zh", "ja", "ko"):
        return ""
    if _primary(language) == "vi":
        return words[0] if _vietnamese(words) == words else words[-1]
    if _cyrillic.search(name):
        given = _russian_given(words)
        rest = [word for word in words if word not in given]
        return rest[-1] if rest else ""
    return _western(name, words)[-1]


def greeting(full_name: str, language: str, honorific: str = "") -> str:
    """The opening line of a letter in the customer's language; English when it is another one.

    ``honorific`` is what staff wrote down: 先生, chị, г-н, Dr. Without one nobody's sex is guessed:
    a Chinese title is used only where the name carries it (王小明先生 becomes 王先生), Vietnamese
    says anh/chị.
    """
    primary = _primary(language)
    name = _person(full_name)
    title = " ".join(honorific.split())
    if primary == "zh":
        return f"{_han_address(name, title)}，您好！" if name else "您好！"
    if primary == "vi":
        called = f"{title.casefold() or 'anh/chị'} {first_name(full_name, language)}".strip()
        return f"Chào {called},"
    if primary == "ru":
        return _russian_greeting(name, language, title)
    called = first_name(full_name, language)
    if title and (family := family_name(full_name, language)):
        called = f"{title} {family}"
    return f"Hello {called}," if called else "Hello,"


def _primary(language: str) -> str:
    return re.split("[-_]", language.strip().casefold())[0]


def _person(full_name: str) -> str:
    """The name without asides and quotes; "" for addresses, companies and what has no letters."""
    name = " ".join(_aside.sub(" ", full_name).split())
    if _not_a_person.search(name) or not any(letter.isalpha() for letter in name):
        return ""
    return name


def _words(name: str) -> list[str]:
    words = name.replace(",", " ").split()
    while words and _title.fullmatch(words[0]):
        words = words[1:]
    return words


def _western(name: str, words: list[str]) -> list[str]:
    """Given name first, also for ``Smith, John``."""
    family, comma, given = name.partition(",")
    if comma and given.strip():
        return [*given.split(), *family.split()]
    return words


def _vietnamese(words: list[str]) -> list[str]:
    """Family first, call name last; ``Minh Nguyễn`` is somebody's name turned the western way."""
    turned = (
        len(words) > 1
        and bool(_vietnamese_family.fullmatch(words[-1]))
        and not _vietnamese_family.fullmatch(words[0])
    )
    return words[:-1] if turned else words


def _russian_given(words: list[str]) -> list[str]:
    """The given name, with the patronymic when it is written."""
    for before, word in pairwise(words):
        if _patronymic.fullmatch(word):
            return [before, word]
    families = [bool(_russian_family.fullmatch(word)) for word in words[:2]]
    return [words[1]] if families == [True, False] else words[:1]


def _without_han_title(name: str) -> str:
    for title in _HAN_TITLES:
        name = name.removesuffix(title).strip()
    return name


def _han_family(name: str) -> str:
    if "·" in name or len(name) > 4:  # a foreign name in Chinese letters
        return ""
    return name[:2] if _han_family_of_two.match(name) and len(name) > 2 else name[0]


def _russian_greeting(name: str, language: str, title: str) -> str:
    """Given name and patronymic are the polite form; a title goes with the family name."""
    words = _words(name)
    given, family = _russian_given(words), family_name(name, language)
    if title and family and len(given) < 2:
        return f"Здравствуйте, {title} {family}!"
    return f"Здравствуйте, {' '.join(given)}!" if given else "Здравствуйте!"


def _han_address(name: str, honorific: str = "") -> str:
    bare = _without_han_title(name)
    title = next((title for title in _HAN_TITLES if name.endswith(title)), "")
    title = honorific if honorific in _HAN_TITLES else title
    family = _han_family(bare) if _han_name.fullmatch(bare) or len(bare) == 1 else ""
    return f"{family}{title}" if title and family else f"{bare}{title}"
