"""How a customer is addressed, by the rules of the name's script and the customer's language.

A name is kept as written; this only picks the words that a letter opens with. Where the rules do
not tell, the whole name or a greeting without a name is right and a guess is rude.
"""

import re
from dataclasses import dataclass, replace

from .person_names import PersonName, person_name
from .titles import in_language


@dataclass(frozen=True, slots=True)
class WrittenNames:
    """What staff wrote down beside the whole name; "" where nobody did. ``call`` is what a letter
    calls them, whatever the rules make of the name."""

    family: str = ""
    given: str = ""
    call: str = ""


UNWRITTEN = WrittenNames()


def first_name(full_name: str, language: str, written: WrittenNames = UNWRITTEN) -> str:
    """The name a letter says: 王小明 whole, Nguyễn Văn Minh as Minh, Петров Иван as Иван.

    ``language`` is the customer's BCP 47 tag, "" when unknown. "" for what is not a person's name.
    """
    return _named(full_name, _primary(language), written).called


def family_name(full_name: str, language: str, written: WrittenNames = UNWRITTEN) -> str:
    """The name of the family, or "" where it cannot be told."""
    return _named(full_name, _primary(language), written).family


def greeting(
    full_name: str, language: str, honorific: str = "", written: WrittenNames = UNWRITTEN
) -> str:
    """The opening line of a letter in the customer's language; English when it is another one.

    ``honorific`` is what staff wrote down: 先生, chị, г-н, Dr. It is said as that language says it,
    like one the name carries: "Lan (Ms)" is chị Lan. Without one nobody's sex is guessed: 王小明 is
    greeted whole, Vietnamese says anh/chị, and quý khách to one without a name.
    """
    primary = _primary(language)
    name = _named(full_name, primary, written)
    wanted, own = in_language(honorific, primary), in_language(name.title, primary)
    title = wanted or own
    if primary == "zh":
        return f"{written.call}，您好！" if written.call else _chinese(name, title)
    if primary == "vi":
        named = " ".join(filter(None, (title or ("anh/chị" if name.called else ""), name.called)))
        return f"Chào {named or 'quý khách'},"
    if primary == "ru":
        return _russian(name, "" if written.call else title)
    formal = (
        "" if written.call else wanted or (own if not name.called else "")
    )  # English drops the Mr. of Mr. John Smith
    called = f"{formal} {name.family}" if formal and name.family else name.called
    return f"Hello {called}," if called else "Hello,"


def _named(full_name: str, primary: str, written: WrittenNames) -> PersonName:
    """The name taken apart by rule, where nobody wrote its parts down. They are never cut: a given
    name may be two words; of a Vietnamese one the last is the one that is called."""
    name = person_name(full_name or f"{written.given} {written.family}".strip(), primary)
    if written.family:
        name = replace(name, family=written.family)
    if written.given and not name.han:
        called = written.given.split()[-1] if primary == "vi" else written.given
        patronymic = "" if name.patronymic in written.given.split() else name.patronymic
        name = replace(name, called=called, patronymic=patronymic)
    if written.call:
        name = replace(name, called=written.call, patronymic="")
    return name


def _primary(language: str) -> str:
    return re.split("[-_]", language.strip().casefold())[0]


def _chinese(name: PersonName, title: str) -> str:
    if not name.called:
        return "您好！"
    if not name.han:
        return f"{name.whole} {title}".strip() + "，您好！"
    return f"{name.family if title and name.family else name.whole}{title}，您好！"


def _russian(name: PersonName, title: str) -> str:
    """Given name and patronymic are the polite form; a title goes with the family name."""
    if title and name.family and not name.patronymic:
        return f"Здравствуйте, {title} {name.family}!"
    called = " ".join(filter(None, (name.called, name.patronymic)))
    return f"Здравствуйте, {called}!" if called else "Здравствуйте!"
