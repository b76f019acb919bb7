"""Canned texts nobody would write: half-broken Liquid, names that are none, five scripts."""

import random
from collections.abc import Iterator
from datetime import date

from deskapp.domain.canned_filters import FILTERS
from deskapp.domain.canned_names import TAG_NAMES
from deskapp.domain.canned_variables import NAMES, canned_variables

TODAY = date(2026, 11, 22)
_NOT_LISTED = (
    "__class__",
    "__init__.__globals__",
    "__dict__",
    "items",
    "keys",
    "values",
    "size",
    "first",
    "last",
    "password",
    "secret",
    "format",
    "mro",
    "0",
    "-1",
)
_ROOTS = ("customer", "ticket", "agent", "mailbox", "order", "ask", "self", "config", "request")
_OWN = ("desk", "context", "env", "settings", "today", "weekday", "now", "forloop", "tablerowloop")
_PROSE = (
    "Hi",
    "您好",
    "訂單",
    "Chào chị",
    "đơn hàng",
    "Здравствуйте",
    "заказ",
    "👋🏽",
    "\u202e",
    "é",
)
_SIGNS = ("{{", "}}", "{%", "%}", "{", "}", "|", "'", '"', "⟦", "⟧", "-", ":", ",", "[", "]", "\n")
_BEYOND = (
    "render",
    "capture",
    "raw",
    "layout",
    "tablerow",
    "cycle",
    "increment",
    "import",
    "liquid",
)


def variables() -> dict[str, object]:
    """Every listed name with a value that is told from all others."""
    facts = {group: {name: _value(group, name) for name in names} for group, names in NAMES.items()}
    return canned_variables(**facts, today=TODAY)


def listed() -> dict[str, str]:
    """What ``{{ name }}`` may ever come to, by name."""
    told = {f"{group}.{name}": _value(group, name) for group in NAMES for name in NAMES[group]}
    return {**told, "today": TODAY.isoformat(), "weekday": "sunday"}


def paths(chance: random.Random, count: int) -> Iterator[str]:
    """Names, listed and not: ``customer.name``, ``order.__class__``, ``agent['secret']``."""
    for _ in range(count):
        root = chance.choice((*_ROOTS, *_OWN))
        parts = [chance.choice((*NAMES.get(root, ()), *_NOT_LISTED))]
        if chance.random() < 0.3:
            parts.append(chance.choice(_NOT_LISTED))
        if root in _OWN and chance.random() < 0.5:
            parts = []
        brackets = chance.random() < 0.3
        yield root + "".join(f"['{part}']" if brackets else f".{part}" for part in parts)


def texts(chance: random.Random, count: int) -> Iterator[str]:
    """Whole texts, most of them broken in some way."""
    for number in range(count):
        pieces = [_piece(chance) for _ in range(chance.choice((1, 2, 2, 3, 4, 12)))]
        text = chance.choice((" ", "", "\n")).join(pieces)
        if number % 4 == 0:
            at = chance.randrange(len(text) + 1)
            text = text[:at] + chance.choice(_SIGNS) + text[at + chance.randint(0, 3) :]
        yield text


def _piece(chance: random.Random) -> str:
    path = next(paths(chance, 1))
    name = chance.choice((*FILTERS, *FILTERS, *FILTERS, "shout", "map", "json", "size"))
    kind = chance.choice((0, 0, 0, 1, 2, 2, 3, 3, 4, 5, 6, 7, 8))
    tag = chance.choice((*TAG_NAMES, *_BEYOND))
    return (
        f"{{{{ {path} }}}}",
        f"{{{{ {path} | {name}: {chance.choice(_PROSE)!r} }}}}",
        f"{{{{ {path} | {name} | default: '{chance.choice(_PROSE)}' }}}}",
        f"{{% if {path} == '{chance.choice(_PROSE)}' %}}{chance.choice(_PROSE)}{{% endif %}}",
        f"{{% for i in (1..{chance.choice((3, 400, 10**9))}) %}}{{{{ i }}}}{{% endfor %}}",
        f"{{% {tag} {path} %}}",
        f"{{% assign customer = {path} %}}",
        f"{{% include '{chance.choice(('one', 'two', 'gone'))}' %}}",
        chance.choice((*_PROSE, *_SIGNS)) * chance.choice((1, 1, 1, 40)),
    )[kind]


def _value(group: str, name: str) -> str:
    return f"<{group} {name}>".replace("_", " ")
