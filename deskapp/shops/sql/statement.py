"""An admin's query, taken apart as far as it takes to put values in and to keep writing out.

That nothing is written is what the server sees to (a read-only transaction). What stands here is
what a server would still do in one: run a second statement, write a file, lock rows.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from deskapp.domain.problem import Problem, ProblemKind

from .address import DatabaseKind

LONGEST = 20_000
_STRING = r"'(?:[^']|'')*'"
_BACKSLASHED = r"'(?:[^'\\]|''|\\.)*'"
_NAMED = r'"(?:[^"]|"")*"'
_TICKED = r"`(?:[^`]|``)*`"
_LINE_COMMENT = r"--[^\n]*"
_WORD = r"[^\W\d]\w*"
_KINDS_OF_TEXT = {
    DatabaseKind.POSTGRESQL: (
        rf"[eE]{_BACKSLASHED}",
        _STRING,
        _NAMED,
        r"\$(?P<tag>\w*)\$.*?\$(?P=tag)\$",
        _LINE_COMMENT,
    ),
    DatabaseKind.MYSQL: (
        _BACKSLASHED,
        r'"(?:[^"\\]|""|\\.)*"',
        _TICKED,
        r"--(?=\s|\Z)[^\n]*",
        r"\#[^\n]*",
    ),
    DatabaseKind.SQLITE: (_STRING, _NAMED, _TICKED, r"\[[^\]]*\]", _LINE_COMMENT),
}
_COMMENT = r"/\*(?!M?!)(?:[^*/]|\*(?!/)|/(?!\*))*\*/"  # none within another, none that is run
_PARTS = {
    kind: re.compile(
        rf"(?P<kept>{'|'.join((*texts, _COMMENT))})|::|:=|:(?P<value>{_WORD})|(?P<word>{_WORD})|.",
        re.DOTALL,
    )
    for kind, texts in _KINDS_OF_TEXT.items()
}
_FIRST = ("select", "with")
_NEVER = re.compile(
    r"\binto\b|\bfor (?:no key )?update\b|\bfor (?:key )?share\b|\block in\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One query. ``parts`` are text and names of values in turn; the first is text."""

    parts: tuple[str, ...]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self.parts[1::2])

    def written(self, text: Callable[[str], str], value: Callable[[str], str]) -> str:
        """The query as a driver takes it: ``value`` gives what stands for a name."""
        pieces = list(self.parts)
        pieces[::2] = map(text, pieces[::2])
        pieces[1::2] = map(value, pieces[1::2])
        return "".join(pieces)


def statement_of(query: str, kind: DatabaseKind, known: Collection[str]) -> Statement:
    """Reads a query; ``known`` are the names of values that may stand in it.

    Raises Problem EMPTY (what="query"), TOO_LARGE (what="query"), INVALID (what="query_parameter",
    value) and READ_ONLY (what="query", value) for what is more or other than one question.
    """
    plain = query.strip()
    if not plain:
        raise Problem(ProblemKind.EMPTY, what="query")
    if len(plain) > LONGEST:
        raise Problem(ProblemKind.TOO_LARGE, what="query", limit=LONGEST)
    parts: list[str] = [""]
    words: list[str] = []
    ended = False
    for match in _PARTS[kind].finditer(plain):
        name, word, text = match["value"], match["word"], match.group()
        comment = text.startswith(("--", "/*", "#")) and match["kept"]
        if ended and not (comment or text.isspace()):
            raise _more_than_a_question(";")
        if text == ";":
            ended = True
        elif comment or (text in ("/", "*") and plain.startswith(("/*", "*/"), match.start())):
            if not comment:
                raise _more_than_a_question(plain[match.start() :][:20])
            parts[-1] += " "
        elif name:
            if name not in known:
                raise Problem(ProblemKind.INVALID, what="query_parameter", value=name)
            parts += [name, ""]
        else:
            parts[-1] += text
            words += [word] if word else ([text] if not text.isspace() and text != "(" else [])
    _check_words(words)
    return Statement(tuple(parts))


def _check_words(words: list[str]) -> None:
    first = words[0] if words else ""
    if first.lower() not in _FIRST:
        raise _more_than_a_question(first)
    # Only bare words are here: no strings, no quoted names, no comments.
    bare = " ".join(word if re.fullmatch(_WORD, word) else "." for word in words)
    if found := _NEVER.search(bare):
        raise _more_than_a_question(found.group())


def _more_than_a_question(what: str) -> Problem:
    return Problem(ProblemKind.READ_ONLY, what="query", value=what[:40])
