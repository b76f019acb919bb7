"""A whole line of the search field: words, and operators like ``status:open`` between them.

Never raises and drops nothing: what is no operator is text, and ``as_text`` names what looked like
one. An operator without a value yet says nothing.
"""

import re
import unicodedata
from dataclasses import dataclass, field, replace
from datetime import datetime

from .plain import storable
from .search_operators import Fact, operator_named, read_value
from .search_query import QUOTES, SearchQuery, parse_query

_MOST_FACTS = 32  # more of them than anybody types; the rest is not asked
_piece = re.compile(
    r'-?"[^"]*"?'
    r'|(?P<out>-?)(?P<name>[^\s":\uff1a]+)[:\uff1a](?P<value>"[^"]*"?|[^\s"]*)'
    r'|[^\s"]+'
)
_letters = re.compile(r"[^\W\d_]+(-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class SearchLine:
    """``exact`` are the wanted words as they were typed: who has them so comes first."""

    words: SearchQuery = field(default_factory=SearchQuery)
    facts: tuple[Fact, ...] = ()
    as_text: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.words.unwanted or self.facts)

    @property
    def is_words(self) -> bool:
        """Whether it asks only for words: customers and orders can then be answers too."""
        return bool(self.words) and not self.facts


def parse_line(typed: str, now: datetime) -> SearchLine:
    """Reads the line; dates mean the time zone of ``now``."""
    typed = storable(typed).translate(QUOTES)
    facts: dict[Fact, None] = {}
    as_text: dict[str, None] = {}
    rest: list[str] = []
    at = 0
    for found in _piece.finditer(typed):
        if found["name"] is None:
            continue
        fact = _fact(found, now)
        if fact is None:
            if _looks_like_operator(found):
                as_text[found["name"].removeprefix("-") + ":"] = None
            continue
        rest += [typed[at : found.start()], " "]
        at = found.end()
        if fact.text and len(facts) < _MOST_FACTS:
            facts[fact] = None
    rest.append(typed[at:])
    left = "".join(rest)
    return SearchLine(parse_query(left), tuple(facts), tuple(as_text), _as_typed(left))


def operator_places(typed: str) -> list[tuple[int, int]]:
    """Where known operators with a value stand in the line, as (start, end)."""
    return [
        found.span()
        for found in _piece.finditer(typed.translate(QUOTES))
        if found["name"] and found["value"] and operator_named(found["name"]) is not None
    ]


def _fact(found: re.Match[str], now: datetime) -> Fact | None:
    """What the piece says; of an operator still without a value a fact without text."""
    operator = operator_named(found["name"])
    if operator is None:
        return None
    value = found["value"].strip('"').strip()
    if not value:
        return Fact(operator.name, "")
    fact = read_value(operator, value, now)
    return None if fact is None else replace(fact, excluded=bool(found["out"]))


def _looks_like_operator(found: re.Match[str]) -> bool:
    """Not a link, not a time of day."""
    there = found["value"] and not found["value"].startswith("//")
    return bool(there and _letters.fullmatch(found["name"]))


def _as_typed(words: str) -> tuple[str, ...]:
    wanted = (one[0] for one in re.finditer(r'-?"[^"]*"?|[^\s"]+', words))
    plain = (one.strip('"*').strip() for one in wanted if not one.startswith("-"))
    return tuple(unicodedata.normalize("NFC", one).casefold() for one in plain if one)
