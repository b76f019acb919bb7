"""Finding canned replies by the beginnings of their words, a few letters at a time."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping

from .folding import fold
from .ids import CannedId

Tokens = frozenset[str]


def tokens_of(text: str) -> Tokens:
    """The words of a text as a search compares them."""
    return frozenset(fold(text).split())


class Vocabulary:
    """Which replies have a word; made once per change, then only read."""

    def __init__(self, tokens: Iterable[tuple[CannedId, Tokens]]) -> None:
        places: defaultdict[str, set[CannedId]] = defaultdict(set)
        for one, words in tokens:
            for word in words:
                places[word].add(one)
        self._places: Mapping[str, set[CannedId]] = places
        self._sorted = sorted(places)

    def having(self, words: Iterable[str]) -> set[CannedId]:
        """The replies in which each of the folded words begins a word. ``words`` is not empty."""
        found = [self._beginning(word) for word in words]
        return set.intersection(*sorted(found, key=len))

    def _beginning(self, word: str) -> set[CannedId]:
        first = bisect_left(self._sorted, word)
        last = bisect_left(self._sorted, word + "\U0010ffff", first)
        return set().union(*(self._places[token] for token in self._sorted[first:last]))
