"""Finding canned replies by the beginnings of their words, a few letters at a time."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

from .folding import fold
from .ids import CannedId

Tokens = frozenset[str]
Said = tuple[CannedId, Tokens]


def tokens_of(text: str, known: dict[str, Tokens]) -> Tokens:
    """The words of a text as a search compares them. ``known`` takes and gives what each word
    folds to: texts of one desk share most of theirs, and folding is what costs."""
    words = set(text.split())  # folding cuts at the same blanks, and nothing grows together
    for word in words:
        if word not in known:
            known[word] = frozenset(fold(word).split())
    return frozenset().union(*(known[word] for word in words))


class Vocabulary:
    """Which replies have a word; made once per change, then only read."""

    def __init__(self, tokens: Iterable[Said] = ()) -> None:
        places: defaultdict[str, set[CannedId]] = defaultdict(set)
        for one, words in tokens:
            for word in words:
                places[word].add(one)
        self._places: dict[str, set[CannedId]] = dict(places)
        self._sorted = sorted(places)

    def changed(self, gone: Iterable[Said], come: Iterable[Said]) -> "Vocabulary":
        """Another one in which some replies say other words; this one stays as it is."""
        places, touched = dict(self._places), dict[str, set[CannedId]]()

        def own(word: str) -> set[CannedId]:
            if word not in touched:
                touched[word] = set(places.get(word, ()))
            return touched[word]

        for one, words in gone:
            for word in words:
                own(word).discard(one)
        for one, words in come:
            for word in words:
                own(word).add(one)
        new = touched.keys() - places.keys()
        places.update(touched)
        made = Vocabulary()
        made._places = {word: held for word, held in places.items() if held}
        made._sorted = sorted(word for word in (*self._sorted, *new) if word in made._places)
        return made

    def having(self, words: Iterable[str]) -> set[CannedId]:
        """The replies in which each of the folded words begins a word. ``words`` is not empty."""
        found = [self._beginning(word) for word in words]
        return set.intersection(*sorted(found, key=len))

    def _beginning(self, word: str) -> set[CannedId]:
        first = bisect_left(self._sorted, word)
        last = bisect_left(self._sorted, word + "\U0010ffff", first)
        return set().union(*(self._places[token] for token in self._sorted[first:last]))
