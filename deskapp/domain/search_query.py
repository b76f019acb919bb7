"""What a person types into the search field, and the same question to FTS5 and PostgreSQL.

``order 1001`` finds messages with both words, ``"not arrived"`` the words side by side, ``-refund``
leaves messages out, and the word still being typed is looked for by its beginning. Everything else
a person may type is just not a letter: nothing is refused and nothing reaches the database as
syntax, because only folded tokens leave this module.
"""

import re
from dataclasses import dataclass

from .folding import fold
from .folding_cjk import stands_alone

_MOST_TOKENS = 128
"""A pasted page is cut here: fewer words find more, never less; FTS5 refuses deep expressions."""

QUOTES = str.maketrans(dict.fromkeys("“”„‟«»「」『』＂", '"'))
"""Translates every kind of double quotation mark to the one that is understood."""
_terms = re.compile(r'(?P<out>-?)"(?P<phrase>[^"]*)(?P<end>"?)|(?P<not>-?)(?P<word>[^\s"]+)')


@dataclass(frozen=True, slots=True)
class Term:
    """Folded tokens that stand side by side; ``prefix``: the last is the beginning of a word."""

    tokens: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """All of ``wanted`` and none of ``unwanted``. False when there is nothing to look for.

    A query of exclusions alone counts as nothing: FTS5 cannot answer it.
    """

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wanted)


def parse_query(words: str) -> SearchQuery:
    """Reads a search line; never raises. An empty query is false.

    The last term is a beginning while it is being typed: until a space or a closing quote follows.
    A star after a word (``deliv*``) makes any word a beginning.
    """
    wanted: list[Term] = []
    unwanted: list[Term] = []
    room = _MOST_TOKENS
    for match in _terms.finditer(words.translate(QUOTES)):
        typing = match.end() == len(words) and not match["end"]
        text = match["phrase"] if match["word"] is None else match["word"]
        excluded = bool(match["out"] or match["not"])
        tokens = tuple(fold(text).split()[:room])
        if not tokens:
            continue
        starred = match["word"] is not None and text.endswith("*")
        prefix = (starred or (typing and not excluded)) and can_begin(tokens)
        (unwanted if excluded else wanted).append(Term(tokens, prefix))
        room -= len(tokens)
        if not room:
            break
    return SearchQuery(tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(unwanted)))


def to_fts5(query: SearchQuery) -> str:
    """The right side of FTS5's MATCH, every phrase quoted; "" for an empty query (do not ask)."""
    if not query:
        return ""
    wanted = " AND ".join(map(_fts5_term, query.wanted))
    return f"({wanted})" + "".join(f" NOT {_fts5_term(term)}" for term in query.unwanted)


def to_tsquery(query: SearchQuery) -> str:
    """The text of ``to_tsquery('simple', …)``, every token quoted; "" for an empty query."""
    if not query:
        return ""
    parts = [_tsquery_term(term) for term in query.wanted]
    parts += [f"!{_tsquery_term(term)}" for term in query.unwanted]
    return " & ".join(parts)


def can_begin(tokens: tuple[str, ...]) -> bool:
    """A Han letter is its whole token."""
    return not stands_alone(tokens[-1][0])


def _fts5_term(term: Term) -> str:
    return f'"{" ".join(term.tokens)}"' + ("*" if term.prefix else "")


def _tsquery_term(term: Term) -> str:
    phrase = " <-> ".join(f"'{token}'" for token in term.tokens) + (":*" if term.prefix else "")
    return f"({phrase})"
