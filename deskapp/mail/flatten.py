"""Bounding the shape of markup before it is shown: depth, table nesting, links, word length."""

import re

MAX_DEPTH = 60
MAX_TABLES = 6
MAX_LINKS = 5000
MAX_WORD = 500
MAX_TAGS = 60_000
_BREAK_AFTER = 40  # letters or entities: at most 480 characters of markup
_PIECE = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>|[^<]+|<")
_VOID = frozenset(("img", "br", "hr", "col", "input", "meta", "link", "wbr", "area", "base"))
_TABLE_PARTS = frozenset(
    ("table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption", "colgroup", "col")
)
_LINE_LIKE = frozenset(("table", "tr", "div", "p", "li", "blockquote"))
_STRETCH = re.compile(rf"(?:&[#\w]{{1,10}};|[^\s<>&\u200b]|&){{{_BREAK_AFTER}}}")
_LONG = re.compile(rf"[^\s<>\u200b]{{{MAX_WORD + 1},}}")


def flatten(html: str) -> str:
    """The same text in a shallower tree; the caller cleans the result again.

    Elements below the bounds are dropped with their text kept. Linear in the length of the input.
    """
    result: list[str] = []
    stack: list[tuple[str, bool]] = []  # every open element and whether it was kept
    kept = tables = links = tags = 0
    for match in _PIECE.finditer(html):
        tag = (match[2] or "").lower()
        if not tag:
            result.append(_break_words(match[0]))
            continue
        tags += 1
        if tags > MAX_TAGS:
            if tag in _LINE_LIKE or tag == "br":
                result.append(" ")
            continue
        if tag in _VOID:
            result.append(match[0])
        elif match[1]:
            kept, tables = _close(tag, stack, result, kept, tables)
        else:
            links += tag == "a"
            in_table = tag in _TABLE_PARTS
            keep = kept < MAX_DEPTH - 5 and not (
                (in_table and tables >= MAX_TABLES and _is_too_deep(tag, stack))
                or (tag == "a" and links > MAX_LINKS)
            )
            if tag == "table":
                tables += 1
            if keep:
                kept += 1
                result.append(match[0])
            elif tag in _LINE_LIKE:
                result.append("<br>")
            stack.append((tag, keep))
    return "".join(result)


def _is_too_deep(tag: str, stack: list[tuple[str, bool]]) -> bool:
    """A table beyond the bound goes, and with it the rows and cells inside."""
    if tag == "table":
        return True
    return next((not kept for name, kept in reversed(stack) if name == "table"), False)


def _close(
    tag: str, stack: list[tuple[str, bool]], result: list[str], kept: int, tables: int
) -> tuple[int, int]:
    """Close the nearest open element of that name if it is near; a stray end tag is dropped."""
    for back in range(1, min(len(stack), MAX_DEPTH) + 1):
        if stack[-back][0] != tag:
            continue
        for _ in range(back):
            name, was_kept = stack.pop()
            tables -= name == "table"
            if was_kept:
                kept -= 1
                result.append(f"</{name}>")
        return kept, tables
    return kept, tables


def _break_words(text: str) -> str:
    """Let endless words wrap: an invisible space every so often, never inside an entity."""
    if not _LONG.search(text):
        return text
    return _LONG.sub(lambda word: _STRETCH.sub(lambda run: run[0] + "\u200b", word[0]), text)
