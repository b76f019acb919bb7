"""How much of a long mail is laid out at once: the rest comes when somebody asks for it.

Laying text out is work of the window's own thread. The costs are in letters: a paragraph, a table
cell or a list item takes as long as so many of them. A first part of BUDGET letters takes about a
tenth of a second, whatever it is made of.
"""

import re

BUDGET = 40_000

_PIECE = re.compile(r"<(/?)([a-z][a-z0-9]*)([^>]*)>|[^<]+")
_VOID = frozenset(("br", "hr", "img", "col"))
_COST = {
    "p": 60, "div": 50, "br": 40, "li": 80, "table": 80, "tr": 30, "td": 40, "th": 40,
    "blockquote": 60, "hr": 40, "h1": 60, "h2": 60, "h3": 60, "h4": 60, "h5": 60, "h6": 60,
    "pre": 60, "img": 200, "a": 40, "dt": 60, "dd": 60, "ul": 60, "ol": 60, "dl": 60, "center": 60,
}  # fmt: skip
_INLINE_COST = 22
_DEEPER = 1.6  # Qt measures what is inside a table again for each table around it
_LINE_COST = 40
_UNDIVIDED = 2000  # letters


def first_markup(cleaned: str, budget: int = BUDGET) -> tuple[str, str]:
    """(what is shown, the rest) of cleaned markup; both are balanced, the rest is "" if all fits.

    The rest opens the elements again in which it stands.
    """
    if len(cleaned) <= budget // 10:  # shorter than any piece could make dear
        return cleaned, ""
    opened: list[tuple[str, str]] = []  # (name, start tag)
    spent = tables = 0
    for piece in _PIECE.finditer(cleaned):
        slash, tag = piece[1], piece[2]
        if tag is None:
            spent += _letters(piece[0])
        elif slash:
            tables -= tag == "table"
            if opened:
                opened.pop()
        else:
            tables += tag == "table"
            spent += int(_COST.get(tag, _INLINE_COST) * _DEEPER ** min(max(tables - 1, 0), 10))
            if tag not in _VOID:
                opened.append((tag, piece[0]))
        if spent <= budget:
            continue
        at = piece.end() if tag is not None else _place_in(piece[0], piece.start(), spent - budget)
        if not cleaned[at:].strip():
            break
        closing = "".join(f"</{name}>" for name, _ in reversed(opened))
        return cleaned[:at] + closing, "".join(start for _, start in opened) + cleaned[at:]
    return cleaned, ""


def first_text(text: str, budget: int = BUDGET) -> tuple[str, str]:
    """(what is shown, the rest) of plain text, divided between two lines if there are any."""
    if len(text) <= budget // (2 + _LINE_COST):
        return text, ""
    spent = at = 0
    for line in text.splitlines(keepends=True):
        cost = _letters(line) + _LINE_COST
        if spent + cost > budget:
            room = budget - spent
            at += room // 2 if cost > budget // 2 else 0
            break
        spent, at = spent + cost, at + len(line)
    return text[:at], text[at:]


def _letters(text: str) -> int:
    """Letters beyond ASCII are shaped, which costs more."""
    return len(text) if text.isascii() else max(len(text), len(text.encode()) * 2 // 3)


def _place_in(text: str, start: int, over: int) -> int:
    """Where to divide a text: at its end if it is short, else at a space, never in an entity."""
    if len(text) <= _UNDIVIDED:
        return start + len(text)
    at = max(len(text) - over, 1)
    space = text.rfind(" ", 0, at)
    if space > at // 2:
        return start + space
    entity = text.rfind("&", max(at - 12, 0), at)
    if entity > 0 and ";" in text[entity : entity + 12] and text.find(";", entity) >= at:
        at = entity
    return start + at
