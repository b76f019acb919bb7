"""What a command prints: one JSON document, lines of JSON, or text in aligned columns."""

import json
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

import typer

_GAP = "  "
_WIDE = ("W", "F")
_PIPED_WIDTH = 160  # columns where no terminal says how many it has


def show_json(value: object) -> None:
    """One document on one line. Times are ISO 8601 in UTC, money is its decimal text."""
    typer.echo(json.dumps(value, ensure_ascii=False, default=_plain))


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"no JSON for {type(value).__name__}")


def show_table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Aligned columns; the last one is cut where the line ends."""
    shown = [[safe_line(str(cell)) for cell in row] for row in rows]
    widths = [
        max(_width(row[place]) for row in [list(head), *shown]) for place in range(len(head) - 1)
    ]
    most = shutil.get_terminal_size((_PIPED_WIDTH, 24)).columns
    left = max(most - sum(widths) - len(_GAP) * len(widths), 12)
    for row in [[word.upper() for word in head], *shown]:
        cells = [_padded(cell, width) for cell, width in zip(row, widths, strict=False)]
        typer.echo(_GAP.join([*cells, _cut(row[-1], left)]).rstrip())


def show_list(
    as_json: bool,
    documents: object,
    head: Sequence[str],
    lines: Sequence[Sequence[object]],
    nothing: str,
) -> None:
    """A list as one JSON document or as a table; ``nothing`` is said where the table is empty."""
    if as_json:
        show_json(documents)
    elif lines:
        show_table(head, lines)
    else:
        typer.echo(nothing)


def show_facts(facts: Sequence[tuple[str, object]]) -> None:
    """One fact a line, the names in a column of their own. Empty facts are left out."""
    told = [(name, safe_line(str(value))) for name, value in facts if value not in (None, "", ())]
    width = max((_width(name) for name, _ in told), default=0)
    for name, value in told:
        typer.echo(f"{_padded(name, width)}{_GAP}{value}")


def show_text(text: str, indent: str = "  ") -> None:
    """A longer text as it was written, moved in."""
    for line in text.splitlines():
        typer.echo(f"{indent}{_safe(line)}".rstrip())


def tell(line: str) -> None:
    """A remark beside the result, on stderr, so that a pipe gets only the result."""
    sys.stderr.write(_safe(line) + "\n")


def when(at: datetime | None) -> str:
    """A time as a person here reads it, "" for none."""
    return "" if at is None else at.astimezone().strftime("%Y-%m-%d %H:%M")


def safe_line(text: str) -> str:
    """A text on one line."""
    return _safe(" ".join(text.split()))


def _safe(text: str) -> str:
    """Without control characters: a subject line must not move a terminal's cursor."""
    return "".join(
        letter if unicodedata.category(letter) not in ("Cc", "Cs") or letter == "\t" else "\ufffd"
        for letter in text
    )


def _width(text: str) -> int:
    """Columns of a terminal: a Chinese letter takes two, a combining mark none."""
    return sum(
        2 if unicodedata.east_asian_width(letter) in _WIDE else 1
        for letter in text
        if not unicodedata.combining(letter)
    )


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _cut(text: str, width: int) -> str:
    if _width(text) <= width:
        return text
    while text and _width(text) > width - 1:
        text = text[:-1]
    return text.rstrip() + "…"
