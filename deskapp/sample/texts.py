"""Reads the sample's words from resources/sample: people, products, talks, canned replies.

A talk is the script of one conversation. Its ``script`` holds the turns, each begun by a line
``-- customer``, ``-- agent`` or ``-- colleague``; words in braces are slots (see ``slots``).
"""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from deskapp.paths import resource

LANGUAGES = ("en", "vi", "zh-Hans", "zh-Hant", "ru")
Speaker = Literal["customer", "agent", "colleague"]


@dataclass(frozen=True, slots=True)
class Turn:
    by: Speaker
    text: str


@dataclass(frozen=True, slots=True)
class Person:
    """A customer. ``call`` is what a greeting says: given name, family name or name and patronymic.

    ``client`` names the mail program they write with; ``zone`` is hours east of UTC.
    """

    name: str
    call: str
    address: str
    sex: Literal["f", "m"]
    client: str
    city: str
    language: str
    zone: int


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation as a script. ``status`` and ``minutes`` pin what the plan would choose.

    ``goods`` names the products (SKU) that it can be about, any when empty; ``size`` its size.
    ``attach`` is "photo:NAME", "pdf:NAME", "txt:NAME" or "inline:NAME" on the first mail.
    """

    language: str
    tag: str
    subject: str
    turns: tuple[Turn, ...]
    uses: int = 2
    who: str = ""
    order: str = ""
    colleague: str = ""
    attach: str = ""
    note: str = ""
    goods: str = ""
    size: str = ""
    mailbox: str = ""
    both_mailboxes: bool = False
    status: str = ""
    assignee: str = ""
    minutes: int = 0
    charset: str = ""
    tags: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Product:
    """Something the shop sells; ``titles`` by language, ``price`` in euro."""

    sku: str
    price: int
    sizes: tuple[str, ...]
    titles: dict[str, str]


@cache
def table(name: str) -> dict[str, Any]:
    """One TOML file of the sample as a dictionary."""
    with resource(f"sample/{name}.toml").open("rb") as file:
        return tomllib.load(file)


def read_people() -> dict[str, list[Person]]:
    """All customers by language."""
    return {
        language: [_person(row, language, group["zone"]) for row in group["people"]]
        for language, group in table("people").items()
        if language in LANGUAGES
    }


def _person(row: str, language: str, zone: int) -> Person:
    name, call, address, sex, client, city = (cell.strip() for cell in row.split("|"))
    return Person(name, call, address, "f" if sex == "f" else "m", client, city, language, zone)


def read_products() -> list[Product]:
    """What the shop sells."""
    return [
        Product(
            row["sku"],
            row["price"],
            tuple(row.get("sizes", "").split()),
            {language: row[language] for language in LANGUAGES},
        )
        for row in table("shop")["product"]
    ]


def read_talks(name: str) -> list[Talk]:
    """The scripts of one file, in its order."""
    content = table(name)
    return [_talk(row, content["language"]) for row in content["talk"]]


def _talk(row: dict[str, Any], language: str) -> Talk:
    known = {key: value for key, value in row.items() if key not in ("script", "tags")}
    return Talk(
        language=known.pop("language", language),
        turns=_turns(row["script"]),
        tags=tuple(row.get("tags", ())),
        **known,
    )


def _turns(script: str) -> tuple[Turn, ...]:
    turns = []
    for block in f"\n{script}".split("\n-- ")[1:]:
        speaker, _, text = block.partition("\n")
        if speaker not in ("customer", "agent", "colleague"):
            raise ValueError(f"nobody speaks as {speaker!r} in a sample talk")
        turns.append(Turn(speaker, text.strip()))  # type: ignore[arg-type]
    return tuple(turns)
