"""What is wrong with a canned text, as a fault of ours: the template library speaks to programmers.

The sentences for the faults stand in ``ui/canned_faults.py`` and ``cli/canned_faults.py``.
"""

import re
from enum import StrEnum

from liquid.exceptions import (
    BlockNestingError,
    ContextDepthError,
    FilterArgumentError,
    LiquidError,
    LiquidTypeError,
    LoopIterationLimitError,
    ResourceLimitError,
    UnknownFilterError,
)

from .canned_names import TAG_NAMES


class Fault(StrEnum):
    """``name`` of the Problem is the tag, filter, sign or reply that it is about."""

    NOT_CLOSED = "not_closed"  # {{ or {% without its end
    TAG_OPEN = "tag_open"  # {% if %} without {% endif %}
    TAG_UNKNOWN = "tag_unknown"
    TAG_ALONE = "tag_alone"  # {% endif %} without {% if %}
    FILTER_UNKNOWN = "filter_unknown"
    FILTER_USE = "filter_use"
    NOTHING_THERE = "nothing_there"  # {{ }}, {% if %}
    UNEXPECTED = "unexpected"
    INCLUDE_NAME = "include_name"
    INCLUDE_MISSING = "include_missing"
    INCLUDE_OWN = "include_own"  # somebody's own, by a reply for everyone
    INCLUDED = "included"  # it may not become somebody's own: others include it
    INCLUDED_ELSEWHERE = "included_elsewhere"  # by colleagues' own, whose names are theirs
    INCLUDE_CIRCLE = "include_circle"
    PICTURE_MISSING = "picture_missing"  # it is none of the reply's files
    TOO_LONG = "too_long"
    TOO_DEEP = "too_deep"
    TOO_MANY_ROUNDS = "too_many_rounds"
    UNREADABLE = "unreadable"


_SIGNS = {
    "pipe": "|",
    "dpipe": "||",
    "colon": ":",
    "comma": ",",
    "lparen": "(",
    "rparen": ")",
    "lbracket": "[",
    "rbracket": "]",
    "rangeexpression": "(…)",
}
_in_quotes = re.compile(r"'([^']*)'")
_tag_open = re.compile(r"expected tag end(\w+)|(\w+) tag was never closed")
_nothing = re.compile(r"missing expression|found end of expression")
_unexpected = re.compile(r"found (?:an? )?(.+)$|unexpected (?:token )?(\S+)")


def fault_of(error: Exception) -> tuple[Fault, str]:
    """The fault, and what it is about ("" where nothing is named)."""
    if not isinstance(error, LiquidError):
        return (Fault.TOO_DEEP if isinstance(error, RecursionError) else Fault.UNREADABLE), ""
    said = str(error.message)
    quoted = _in_quotes.search(said)
    name = quoted[1] if quoted else ""
    if isinstance(error, UnknownFilterError):
        return Fault.FILTER_UNKNOWN, name
    if isinstance(error, FilterArgumentError | LiquidTypeError):
        return Fault.FILTER_USE, said.partition(":")[0].partition(" ")[0]
    if isinstance(error, ResourceLimitError):
        return _limit(error), ""
    return _syntax(said, name)


def _limit(error: ResourceLimitError) -> Fault:
    if isinstance(error, LoopIterationLimitError):
        return Fault.TOO_MANY_ROUNDS
    deep = isinstance(error, BlockNestingError | ContextDepthError)
    return Fault.TOO_DEEP if deep else Fault.TOO_LONG


def _syntax(said: str, name: str) -> tuple[Fault, str]:
    if said.startswith("include needs"):
        return Fault.INCLUDE_NAME, ""
    if found := _tag_open.match(said):
        return Fault.TAG_OPEN, found[1] or found[2]
    if said.startswith("unexpected tag"):
        return (Fault.TAG_ALONE if name in TAG_NAMES else Fault.TAG_UNKNOWN), name
    if "end of file" in said or "closing delimiter" in said:
        return Fault.NOT_CLOSED, ""
    if _nothing.search(said):
        return Fault.NOTHING_THERE, ""
    if found := _unexpected.search(said):
        sign = (found[1] or found[2]).strip("'")
        return Fault.UNEXPECTED, _SIGNS.get(sign, "" if sign.isalpha() else sign)
    return Fault.UNREADABLE, ""
