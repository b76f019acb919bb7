"""The few words around a search hit, cut from the text as it was written."""

import re
from functools import lru_cache

from .folding import fold
from .search_answers import HIT_END, HIT_START
from .search_query import SearchQuery, Term

_AROUND = 60
_IN_LISTS = 200
_word = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff]|[^\W_]+", re.UNICODE)


def list_snippet(text: str) -> str:
    """The beginning of a message on one line, as a list of tickets shows it."""
    return " ".join(text.split())[:_IN_LISTS]


def snippet(text: str, query: SearchQuery) -> str:
    """About 120 letters around the first hit, each hit between ``HIT_START`` and ``HIT_END``.

    The hit is found again word by word under the same folding; where folding joined or split words
    so that none is found, the beginning of the text is shown.
    """
    spans = _hits(text, query)
    first = spans[0][0] if spans else 0
    start = max(0, first - _AROUND)
    end = min(len(text), first + 2 * _AROUND)
    shown = ["…"] if start else []
    at = start
    for left, right in spans:
        if left < at or right > end:
            continue
        shown += [text[at:left], HIT_START, text[left:right], HIT_END]
        at = right
    shown.append(text[at:end])
    if end < len(text):
        shown.append("…")
    return " ".join("".join(shown).split())


def _hits(text: str, query: SearchQuery) -> list[tuple[int, int]]:
    """Where the hits are, the first of them and those that can be shown with it."""
    words = (match.span() for match in _word.finditer(text))
    tokens: list[tuple[str, int, int]] = []
    found: list[tuple[int, int]] = []
    for start, end in words:
        if found and start > found[0][0] + 2 * _AROUND:
            break
        for token in _folded(text[start:end]):
            tokens.append((token, start, end))
            found += [span for term in query.wanted if (span := _ends_here(tokens, term))]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


@lru_cache(maxsize=1 << 14)  # the words of a list's rows are mostly those of the rows before
def _folded(word: str) -> tuple[str, ...]:
    return tuple(fold(word).split())


def _ends_here(tokens: list[tuple[str, int, int]], term: Term) -> tuple[int, int] | None:
    """Where a term stands whose last word is the last of these."""
    wanted, size = term.tokens, len(term.tokens)
    if len(tokens) < size:
        return None
    last = tokens[-1][0]
    ends = last.startswith(wanted[-1]) if term.prefix else last == wanted[-1]
    if ends and all(tokens[i - size][0] == wanted[i] for i in range(size - 1)):
        return tokens[-size][1], tokens[-1][2]
    return None
