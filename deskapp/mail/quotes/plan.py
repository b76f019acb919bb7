"""Which lines of a mail fold away: the decision shared by text and HTML.

In doubt a line stays. What a person wrote below or between marked quotes always stays; only text
under an unmarked copy of an older mail cannot be told from that mail and folds with it.
"""

from .answers_inside import tells_of_answers_inside
from .lines import (
    Kind,
    begins_forward,
    is_introduction,
    is_signature,
    kinds_of,
    plain_lines,
)

MAX_SIGNATURE_LINES = 15
MAX_UNDERLINED_SIGNATURE_LINES = 4

_STARTS_OLD_MAIL = (Kind.INTRODUCTION, Kind.ORIGINAL, Kind.FORWARD, Kind.HEADER)
_WRITTEN = (Kind.TEXT, Kind.QUOTE, Kind.SIGNATURE)


def kept_lines(
    lines: list[str], forced: dict[int, Kind] | None = None, is_forward: bool = False
) -> list[bool]:
    """One flag per line: True stays in sight. ``forced`` are kinds that markup proves;
    ``is_forward``: the subject says that somebody else's mail is handed on."""
    lines = plain_lines(lines)
    kinds = kinds_of(lines)
    for index, kind in (forced or {}).items():
        if kinds[index] not in (Kind.EMPTY, Kind.FORWARD):
            kinds[index] = kind
    keep = [True] * len(lines)
    if _hands_on(lines, kinds, is_forward):
        return keep
    _fold_old_mails(lines, kinds, keep)
    while _fold_last(lines, kinds, keep):
        pass
    if set(kinds) <= {Kind.QUOTE, Kind.EMPTY}:
        first = next((line for line in lines if line.strip()), "")
        return [not is_introduction(first.lstrip("> "))] * len(lines)
    return keep if _visible(kinds, keep) else [True] * len(lines)


def _hands_on(lines: list[str], kinds: list[Kind], is_forward: bool) -> bool:
    """Whether the first older mail is a forwarded one below some words: all of it is meant to be
    read. One without words above folds its header alone."""
    written_above = False
    for index, kind in enumerate(kinds):
        if kind is Kind.QUOTE and begins_forward(lines[index]):
            return written_above
        if kind in _STARTS_OLD_MAIL:
            return written_above and (is_forward or kind is Kind.FORWARD)
        if kind is Kind.QUOTE:
            return False
        written_above = written_above or kind in _WRITTEN
    return False


def _fold_old_mails(lines: list[str], kinds: list[Kind], keep: list[bool]) -> None:
    """Go down from one start of an older mail to the next."""
    index = 0
    written_above = False
    while index < len(kinds):
        if kinds[index] not in _STARTS_OLD_MAIL:
            written_above = written_above or kinds[index] in _WRITTEN
            index += 1
            continue
        end = index
        while end < len(kinds) and kinds[end] in (*_STARTS_OLD_MAIL, Kind.EMPTY):
            end += 1
        is_marked = end < len(kinds) and kinds[end] is Kind.QUOTE
        if written_above and not is_marked:
            if not tells_of_answers_inside(lines[:index]):
                _fold(keep, index, len(keep))
            return
        _fold(keep, index, _without_empty(kinds, end))
        index = end
        if is_marked and not written_above:
            index = _fold_answered_quote(kinds, keep, end)


def _fold_answered_quote(kinds: list[Kind], keep: list[bool], start: int) -> int:
    """A marked quote with the answer below it goes, if nothing is quoted after that answer."""
    end = start
    while end < len(kinds) and kinds[end] in (Kind.QUOTE, Kind.EMPTY):
        end += 1
    if Kind.QUOTE not in kinds[end:] and Kind.TEXT in kinds[end:]:
        _fold(keep, start, end)
    return end


def _without_empty(kinds: list[Kind], end: int) -> int:
    while end > 0 and kinds[end - 1] is Kind.EMPTY:
        end -= 1
    return end


def _fold_last(lines: list[str], kinds: list[Kind], keep: list[bool]) -> bool:
    """Fold what ends the visible text and was not written for this mail; False if nothing is."""
    visible = _visible(kinds, keep)
    if not visible:
        return False
    last = visible[-1]
    has_text = any(kinds[index] is Kind.TEXT for index in visible[:-1])
    is_closing = kinds[last] in (Kind.RULE, Kind.SIGNATURE, Kind.DASHES)
    if has_text and (is_closing or (kinds[last] is Kind.TEXT and is_signature(lines[last]))):
        keep[last] = False
        return True
    if kinds[last] is Kind.QUOTE and has_text:
        while visible and kinds[visible[-1]] is Kind.QUOTE:
            keep[visible.pop()] = False
        return True
    start = _signature_start(lines, kinds, visible)
    if start is None:
        return False
    _fold(keep, start, len(keep))
    return True


def _signature_start(lines: list[str], kinds: list[Kind], visible: list[int]) -> int | None:
    """The line of dashes that opens a short signature below some text."""
    for below, index in enumerate(reversed(visible[-MAX_SIGNATURE_LINES - 1 :])):
        if kinds[index] is Kind.QUOTE:
            return None
        is_underlined = (
            kinds[index] is Kind.RULE
            and below <= MAX_UNDERLINED_SIGNATURE_LINES
            and set(lines[index].strip()) == {"_"}
        )
        if kinds[index] is Kind.DASHES or is_underlined or _opens_frame(kinds, visible, index):
            has_text = any(kinds[i] is Kind.TEXT for i in visible if i < index)
            return index if has_text else None
    return None


def _opens_frame(kinds: list[Kind], visible: list[int], index: int) -> bool:
    """NetEase sets a signature between lines of empty cells."""
    if kinds[index] is not Kind.FRAME:
        return False
    return all(kinds[i] is not Kind.FRAME for i in visible if i < index)


def _visible(kinds: list[Kind], keep: list[bool]) -> list[int]:
    return [i for i, flag in enumerate(keep) if flag and kinds[i] is not Kind.EMPTY]


def _fold(keep: list[bool], start: int, end: int) -> None:
    keep[start:end] = [False] * (end - start)
