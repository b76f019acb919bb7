"""What each line of a mail is, seen alone or with its neighbours."""

import re
from enum import Enum

from .signatures import SIGNATURE
from .words import (
    BEGINNING,
    CATEGORY,
    FORWARDED,
    LAST_VERB,
    LONGEST_NAME,
    NAMED_BEGINNING,
    ORIGINAL,
    VERB,
)

MAX_INTRODUCTION_LINES = 7
MAX_INTRODUCTION = 400
_INTRODUCTION_ENDS = frozenset(":：- \t*_\xa0\r")
_DIGITS = frozenset("0123456789")
MAX_CANDIDATES = 500  # lines that end like an introduction; a mail with more of them is a list
_MAX_SIGNATURE_LINE = 120


class Kind(Enum):
    """A line's part in the play."""

    TEXT = "text"
    EMPTY = "empty"
    QUOTE = "quote"
    INTRODUCTION = "introduction"  # "On Monday Ann wrote:"
    ORIGINAL = "original"  # "-----Original Message-----"
    FORWARD = "forward"  # "---- Forwarded message ----"
    HEADER = "header"  # From:, Sent:, To: of a quoted mail
    SIGNATURE = "signature"  # what markup names one
    DASHES = "dashes"  # "-- ", all below is a signature
    RULE = "rule"  # a drawn line
    FRAME = "frame"  # the empty cells that NetEase draws around a signature


_INITIALS_QUOTE = re.compile(r"[A-Z]{1,3}>(?:\s|\Z)")
_RULE = re.compile(r"(?:[-_=~*#+.—–]\s?){2,}\Z|ᐧ\Z")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w|<mailto:|\[mailto:", re.ASCII)
_TIME = re.compile(r"\d{1,2}[:.h時点时]\d{2}")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_NUMBER = re.compile(r"\d+")
_PLAIN_DATE = re.compile(
    r"\d{4}[-/]\d{1,2}[-/]\d{1,2}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"
    r"(?:\s+(?:GMT|UTC)[+-]\d{1,2}:?\d{2}\s+\S.{0,80}|\s+[^<>]{1,80}<[^<>\s]+@[^<>\s]+>:?)\Z"
)
_HEADER = re.compile(
    rf"[\s*_>【\[|]*([^\W\d_][\w\-. \u0e31-\u0e4e]{{0,{LONGEST_NAME}}}?)[\s*_】\]]*[:：|]"
)
_INLINE_QUOTE = re.compile(r".{0,20}\d.{0,200}<[^<>\s]+@[^<>\s]+>[^<>:：]{1,12}[:：]\s{2,}\S")
_UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]")

_LAST_ADDRESS = re.compile(r"[<(\[][^<>()\[\]]{0,80}@[^<>()\[\]]{1,80}[>)\]]\W*\Z")
_OPEN_ADDRESS = re.compile(r"<[^<>]*\Z|mailto:[^<>]*<[^<>]+>\Z")
_FENCE = ("```", "~~~")


def plain_lines(lines: list[str]) -> list[str]:
    """The lines less what only a program sees: marks of direction, entities in plain text."""
    text = "\n".join(lines)
    if "&nbsp;" not in text and not _UNSEEN.search(text):
        return lines
    return [_UNSEEN.sub("", line.replace("&nbsp;", " ")) for line in lines]


def kinds_of(lines: list[str]) -> list[Kind]:
    """One kind per line, given ``plain_lines``. Linear: only lines that end or begin oddly are
    looked at twice."""
    kinds = [_alone(line) for line in lines]
    _read_fences(lines, kinds)
    _read_headers(lines, kinds)
    candidates = 0
    ends, digits = _INTRODUCTION_ENDS, _DIGITS
    for index, line in enumerate(lines):
        if len(line) < MAX_INTRODUCTION and "@" in line and _introduces_inline(line):
            kinds[index] = Kind.INTRODUCTION
        elif (
            (line[-1:] in ends or line[:1] in digits)
            and _may_end_introduction(line)
            and _is_candidate(lines, kinds, index)
        ):
            start = _introduction_start(lines, kinds, index)
            candidates += 1
            if start is not None:
                kinds[start : index + 1] = [Kind.INTRODUCTION] * (index + 1 - start)
            if candidates >= MAX_CANDIDATES:
                break
    return kinds


def _alone(line: str) -> Kind:
    stripped = line.strip()
    if not stripped:
        return Kind.EMPTY
    first = stripped[0]
    if first == ">":
        return Kind.QUOTE
    if stripped in ("--", "—", "––", "-- "):
        return Kind.DASHES
    if first in "-_=~*#+.—–ᐧ":
        if _RULE.match(stripped):
            return Kind.RULE
        if ORIGINAL.match(stripped):
            return Kind.ORIGINAL
        if FORWARDED.match(stripped):
            return Kind.FORWARD
    elif stripped[-1] in ":：" and FORWARDED.match(stripped):
        return Kind.FORWARD
    elif first == "|" and not stripped.strip("| "):
        return Kind.FRAME
    elif first.isupper() and ">" in stripped[:4] and _INITIALS_QUOTE.match(stripped):
        return Kind.QUOTE
    return Kind.TEXT


def is_signature(line: str) -> bool:
    """Whether a line only names the program or telephone that sent the mail."""
    stripped = line.strip()
    return len(stripped) <= _MAX_SIGNATURE_LINE and SIGNATURE.match(stripped) is not None


def is_introduction(line: str) -> bool:
    """Whether one line, already without quote marks, introduces a quote."""
    text = line.strip()
    return _may_end_introduction(text) and _is_introduction(text, VERB)


def begins_forward(line: str) -> bool:
    """Whether a line, with or without quote marks, says that a forwarded mail follows."""
    return _alone(line.lstrip("> \t")) is Kind.FORWARD


def _introduces_inline(line: str) -> bool:
    """Yahoo's telephones write the old mail's first line behind the colon."""
    match = _INLINE_QUOTE.match(line.strip())
    return match is not None and _is_introduction(match[0][:-1].rstrip(), LAST_VERB)


def _read_fences(lines: list[str], kinds: list[Kind]) -> None:
    """What stands between code fences is text, whatever it looks like."""
    opened = -1
    for index, line in enumerate(lines):
        if not line.startswith(_FENCE) or len(line) > 20:
            continue
        if line.startswith("~~~~"):
            continue
        if opened < 0:
            opened = index
        else:
            kinds[opened : index + 1] = [Kind.TEXT] * (index + 1 - opened)
            opened = -1


def header_category(line: str) -> str:
    """What a line such as "*Gesendet:* Freitag" says, or ""."""
    if ":" not in line and "：" not in line and not line.startswith("|"):
        return ""
    match = _HEADER.match(line)
    if match is None:
        return ""
    name = match[1].strip().lower()
    return CATEGORY.get(name) or CATEGORY.get(name.replace(" ", ""), "")  # "主 题" for the looks


def _read_headers(lines: list[str], kinds: list[Kind]) -> None:
    """A header block says at least three different things, one of them from whom; two are enough
    below a drawn line."""
    index = 0
    while index < len(lines):
        if kinds[index] is not Kind.TEXT or not header_category(lines[index]):
            index += 1
            continue
        end, groups = _header_block(lines, kinds, index)
        above = _kind_above(kinds, index)
        needed = 2 if above in (Kind.RULE, Kind.ORIGINAL, Kind.FORWARD) else 3
        if "from" in groups and len(groups) >= needed:
            kinds[index:end] = [Kind.HEADER] * (end - index)
        index = max(end, index + 1)


def _header_block(lines: list[str], kinds: list[Kind], start: int) -> tuple[int, set[str]]:
    groups: set[str] = set()
    end = start
    unnamed = 0
    for index in range(start, min(start + 20, len(lines))):
        group = header_category(lines[index]) if kinds[index] is Kind.TEXT else ""
        if group:
            groups.add(group)
            end = index + 1
            unnamed = 0
        elif kinds[index] is Kind.EMPTY and end == index and len(groups) < 3:
            continue  # some programs put an empty line between the names
        elif kinds[index] is Kind.TEXT and unnamed < 2:
            unnamed += 1
        else:
            break
    # a last header may run on until the empty line
    while end < len(lines) and end > start + 1 and kinds[end] is Kind.TEXT and unnamed:
        end += 1
        unnamed -= 1
    return end, groups


def _kind_above(kinds: list[Kind], index: int) -> Kind | None:
    for above in range(index - 1, max(index - 4, -1), -1):
        if kinds[above] is not Kind.EMPTY:
            return kinds[above]
    return None


def _may_end_introduction(line: str) -> bool:
    stripped = line.rstrip(" \t*_\xa0")
    return bool(stripped) and (
        stripped[-1] in ":："
        or stripped.endswith("---")
        or (stripped[:4].isdigit() and bool(_PLAIN_DATE.match(stripped)))
    )


def _is_candidate(lines: list[str], kinds: list[Kind], index: int) -> bool:
    """Text, or the ">" that closes an address which a program wrapped."""
    if kinds[index] is not Kind.QUOTE:
        return kinds[index] in (Kind.TEXT, Kind.HEADER)
    above = index - 1
    while above >= 0 and kinds[above] is Kind.EMPTY:
        above -= 1
    return (
        above >= 0 and kinds[above] is Kind.TEXT and _OPEN_ADDRESS.search(lines[above]) is not None
    )


def _introduction_start(lines: list[str], kinds: list[Kind], end: int) -> int | None:
    """The first line of an introduction that ends at ``end``: the nearest one that begins like
    one, else the nearest that makes sense."""
    fallback: int | None = None
    joined = ""
    # "I wrote to you on Monday:" may stand above marked lines, which stay when it is text, but
    # must not fold the unmarked ones.
    verb = VERB if _kind_below(kinds, end) is Kind.QUOTE else LAST_VERB
    for start in range(end, max(end - MAX_INTRODUCTION_LINES, -1), -1):
        kind = kinds[start]
        if kind is Kind.EMPTY:
            if joined.startswith(("<", ">")):
                continue
            break
        if kind not in (Kind.TEXT, Kind.HEADER) and not (kind is Kind.QUOTE and start == end):
            break
        joined = f"{lines[start].strip()} {joined}".strip()
        if len(joined) > MAX_INTRODUCTION:
            break
        if not _is_introduction(joined, verb):
            continue
        if BEGINNING.match(joined) or NAMED_BEGINNING.match(joined):
            return start
        fallback = end if fallback is None and start == end else fallback
    return fallback


def _kind_below(kinds: list[Kind], index: int) -> Kind | None:
    for below in range(index + 1, min(index + 4, len(kinds))):
        if kinds[below] is not Kind.EMPTY:
            return kinds[below]
    return None


def _is_introduction(joined: str, verb: re.Pattern[str]) -> bool:
    text = joined.rstrip(" *_\xa0")
    if _PLAIN_DATE.match(text):
        return True
    has_address = bool(_ADDRESS.search(text))
    has_date = bool(_TIME.search(text)) or (
        bool(_YEAR.search(text)) and len(_NUMBER.findall(text)) >= 2
    )
    if verb.search(text):
        return has_address or has_date
    # Without a verb it is somebody's name and address that end it, as in Gmail's Russian.
    return has_date and bool(_LAST_ADDRESS.search(text) and BEGINNING.match(text))
