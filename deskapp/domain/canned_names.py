"""What may stand in a canned reply, for whoever writes one: offered while typing, and told from
what is not known. Works on text that is half written and no Liquid yet."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .canned_variables import NAMES, PLACEHOLDERS
from .naming import name_key

FILTER_NAMES = (
    "append",
    "capitalize",
    "date",
    "default",
    "downcase",
    "prepend",
    "remove",
    "strip",
    "truncate",
    "upcase",
)
"""The keys of ``canned_filters.FILTERS``, without loading the template language."""

TAG_NAMES = (
    "if",
    "elsif",
    "else",
    "endif",
    "unless",
    "endunless",
    "case",
    "when",
    "endcase",
    "for",
    "endfor",
    "assign",
    "include",
    "comment",
    "endcomment",
)
_ASK = "ask."
_LIQUID = (
    "and or not contains true false nil null empty blank in break continue limit offset "
    "reversed forloop"
)
_KNOWN = frozenset((*PLACEHOLDERS, *NAMES, *_LIQUID.split(), *TAG_NAMES))

_piece = re.compile(r"\{\{.*?(?:\}\}|$)|\{%.*?(?:%\}|$)", re.DOTALL)
_quoted = re.compile(r"\"[^\"]*\"?|'[^']*'?")
_word = re.compile(r"(?P<bar>\|\s*)?(?P<word>[^\W\d][\w.-]*)(?P<colon>\s*:)?")
_local = re.compile(r"\{%-?\s*(?:assign|for)\s+([\w-]+)")
_comment = re.compile(r"\{%-?\s*comment\b.*?(?:endcomment\s*-?%\}|$)|\{%-?\s*#.*?%\}", re.DOTALL)

_begun_include = re.compile(r"\{%-?\s*include\s+[\"']([^\"'%}]*)$")
_include = re.compile(r"""(\{%-?\s*include\s+)(?:"([^"]*)"|'([^']*)')""")
_begun_filter = re.compile(r"\|\s*(\w*)$")
_begun_tag = re.compile(r"\{%-?\s*(\w*)$")
_begun_name = re.compile(r"([\w.]*)$")


@dataclass(frozen=True, slots=True)
class Begun:
    """``typed`` letters before the caret, and what they may become. ``kind``: name, filter, tag,
    include."""

    kind: str
    typed: str
    offers: tuple[str, ...]


def begun(before: str, replies: Sequence[str] = ()) -> Begun | None:
    """What is being typed at the end of ``before``; None outside of ``{{ … }}`` and ``{% … %}``.

    ``replies`` are the names that may be included.
    """
    opener = max(before.rfind("{{"), before.rfind("{%"))
    if opener < 0 or re.search(r"\}\}|%\}", before[opener:]):
        return None
    inside = before[opener:]
    if found := _begun_include.search(inside):
        return Begun("include", found[1], tuple(replies))
    bare = _quoted.sub("", inside)
    if bare.count('"') + bare.count("'") or inside.rstrip()[-1:] in "\"'":
        return None
    if inside.count('"') % 2 or inside.count("'") % 2:
        return None  # inside a text in quotes
    if inside.startswith("{%") and (found := _begun_tag.search(inside)):
        return Begun("tag", found[1], TAG_NAMES)
    if found := _begun_filter.search(inside):
        return Begun("filter", found[1], FILTER_NAMES)
    found = _begun_name.search(inside)
    return Begun("name", found[1] if found else "", (*PLACEHOLDERS, _ASK))


def local_names(text: str) -> frozenset[str]:
    """The names a text gives itself, by ``assign`` and ``for``."""
    return frozenset(_local.findall(text))


def unknown_words(text: str, given: frozenset[str] = frozenset()) -> Iterator[tuple[int, int]]:
    """Where names and filters stand that no canned reply knows, as (start, end).

    ``given`` are the ``local_names`` of what stands around ``text``.
    """
    bare = _comment.sub(lambda found: " " * len(found[0]), text)
    local = given | local_names(bare)
    for piece in _piece.finditer(bare):
        inside = _quoted.sub(lambda found: " " * len(found[0]), piece[0])
        for found in _word.finditer(inside):
            if not _is_known(found, local):
                start = piece.start() + found.start("word")
                yield start, start + len(found["word"])


def _is_known(found: re.Match[str], local: frozenset[str]) -> bool:
    word = found["word"]
    if found["bar"]:
        return word in FILTER_NAMES
    if word.startswith(_ASK) and len(word) > len(_ASK):
        return True
    return word in _KNOWN or word.partition(".")[0] in local or word.startswith("forloop.")


def renamed_include(text: str, old: str, new: str) -> str:
    """A text that includes a reply by its new name, wherever it did by its old one.

    A name with both kinds of quotes cannot be included: the text stays, and says what is missing.
    """
    sign = "'" if '"' in new else '"'
    if sign in new:
        return text
    wanted = name_key(old)

    def put(found: re.Match[str]) -> str:
        name = found[2] if found[2] is not None else found[3]
        return f"{found[1]}{sign}{new}{sign}" if name_key(name) == wanted else found[0]

    return _include.sub(put, text)
