"""Places in a draft that still want a value; known without loading the template language."""

import re
from dataclasses import dataclass

# Each part ends where another could begin: of thousands none looks through all the rest.
_mark = re.compile(
    r"⟦(?P<mark>[^⟦⟧\n]*)⟧"
    r"|\{\{(?!\{)-?(?P<output>(?:[^{}]|\{(?!\{))*)\}\}"
    r"|\{%-?(?P<tag>(?:[^%{]|\{(?!%))*)%\}"
)

_apart = str.maketrans({"⟦": "[", "⟧": "]"})


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A placeholder still in a text; ``start`` and ``end`` count characters of that text."""

    name: str
    start: int
    end: int


def mark(name: str) -> str:
    """What stands in a draft where a value is missing; brackets in the name are taken apart."""
    return f"⟦{' '.join(name.translate(_apart).split())}⟧"


def find_unresolved(text: str) -> tuple[Unresolved, ...]:
    """Every mark and every leftover ``{{ … }}`` or ``{% … %}`` of a draft; any of them blocks it.

    Ask it of what the agent wrote, not of a quoted mail, where such signs are the customer's.
    """
    return tuple(
        Unresolved(_name_of(match), match.start(), match.end()) for match in _mark.finditer(text)
    )


def _name_of(match: re.Match[str]) -> str:
    if match["mark"] is not None:
        return match["mark"].strip()
    inside = match["output"] if match["output"] is not None else match["tag"]
    return inside.partition("|")[0].strip(" -\t\n")
