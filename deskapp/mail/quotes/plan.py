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
    _fold_endings(lines, kinds, keep)
    if all(kind in (Kind.QUOTE, Kind.EMPTY) for kind in kinds):
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
    last_quote = _last(kinds, Kind.QUOTE)
    last_text = _last(kinds, Kind.TEXT)
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
            while index < len(kinds) and kinds[index] in (Kind.QUOTE, Kind.EMPTY):
                index += 1
            # a marked quote with the answer below it goes, if nothing is quoted after that answer
            if last_quote < index <= last_text:
                _fold(keep, end, index)


def _last(kinds: list[Kind], kind: Kind) -> int:
    return next((index for index in range(len(kinds) - 1, -1, -1) if kinds[index] is kind), -1)


def _without_empty(kinds: list[Kind], end: int) -> int:
    while end > 0 and kinds[end - 1] is Kind.EMPTY:
        end -= 1
    return end


def _fold_endings(lines: list[str], kinds: list[Kind], keep: list[bool]) -> None:
    """Fold what ends the visible text and was not written for this mail, piece by piece. Each
    line is looked at a bounded number of times."""
    visible = _visible(kinds, keep)
    first_text = _first(kinds, visible, Kind.TEXT)
    first_frame = _first(kinds, visible, Kind.FRAME)
    end = len(keep)
    while visible:
        start = _last_line_start(lines, kinds, visible, first_text)
        if start is None:
            start = _signature_start(lines, kinds, visible, first_text, first_frame)
            if start is None:
                return
            _fold(keep, start, end)
            end = start
        while visible and visible[-1] >= start:
            keep[visible.pop()] = False


def _last_line_start(
    lines: list[str], kinds: list[Kind], visible: list[int], first_text: int
) -> int | None:
    """The last line, or the first of the quoted lines that end the text, where they fold."""
    last = visible[-1]
    if first_text >= last:
        return None
    if kinds[last] is Kind.QUOTE:
        place = len(visible) - 1
        while kinds[visible[place - 1]] is Kind.QUOTE:  # ends at the first text
            place -= 1
        return visible[place]
    is_closing = kinds[last] in (Kind.RULE, Kind.SIGNATURE, Kind.DASHES)
    is_closing = is_closing or (kinds[last] is Kind.TEXT and is_signature(lines[last]))
    return last if is_closing else None


def _signature_start(
    lines: list[str], kinds: list[Kind], visible: list[int], first_text: int, first_frame: int
) -> int | None:
    """The line of dashes that opens a short signature below some text."""
    for below, index in enumerate(reversed(visible[-MAX_SIGNATURE_LINES - 1 :])):
        if kinds[index] is Kind.QUOTE:
            return None
        is_underlined = (
            kinds[index] is Kind.RULE
            and below <= MAX_UNDERLINED_SIGNATURE_LINES
            and set(lines[index].strip()) == {"_"}
        )
        # NetEase sets a signature between lines of empty cells
        if kinds[index] is Kind.DASHES or is_underlined or index == first_frame:
            return index if first_text < index else None
    return None


def _first(kinds: list[Kind], visible: list[int], kind: Kind) -> int:
    """The first visible line of a kind, or a place behind the last line."""
    return next((index for index in visible if kinds[index] is kind), len(kinds))


def _visible(kinds: list[Kind], keep: list[bool]) -> list[int]:
    return [i for i, flag in enumerate(keep) if flag and kinds[i] is not Kind.EMPTY]


def _fold(keep: list[bool], start: int, end: int) -> None:
    keep[start:end] = [False] * (end - start)
