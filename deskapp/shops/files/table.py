"""One order file as a header and rows, whatever its format, encoding and decoration."""

import logging
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from deskapp.domain.problem import Problem, ProblemKind

from . import delimited, workbook
from .delimited import Row
from .encoding import decoded
from .header_words import HEADER_WORDS, folded_header

MOST_BYTES = 50 * 1024 * 1024
MOST_COLUMNS = 1000  # plug-ins write some for each item and each field of their own
MOST_ROWS = 1_000_000
_HEADER_WITHIN = 40

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Table:
    """A file's header, and its rows below it less blank ones, numbered as in the file.

    ``after_blank`` are the numbers of rows with a blank row before them. ``encoding`` and
    ``delimiter`` are "" for a workbook; ``damaged`` says that some text came out as U+FFFD.
    """

    header: tuple[str, ...]
    rows: Sequence[Row]
    after_blank: frozenset[int]
    encoding: str = ""
    delimiter: str = ""
    damaged: bool = False


def read_table(path: Path, wanted: Collection[str] = ()) -> Table:
    """Reads a CSV, TSV or xlsx file; what it is, its first bytes say and not its name.

    ``wanted`` are headers to look for beside those that are known anyway. Raises
    Problem(FILE_MISSING), Problem(FILE_UNREADABLE, reason=...) with reason "folder", "xls",
    "html", "workbook", "quotes" or the system's words, Problem(TOO_LARGE), Problem(EMPTY) and
    Problem(WRONG_COLUMNS) when nothing in the file looks like a header.
    """
    data = file_bytes(path)
    words = frozenset(map(folded_header, wanted)) - {""}
    if data.startswith(b"PK\x03\x04"):
        return _workbook_table(data, words, path)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Problem(ProblemKind.FILE_UNREADABLE, path=str(path), reason="xls")
    if data.lstrip()[:15].lower().startswith((b"<html", b"<!doctype html", b"<table")):
        raise Problem(ProblemKind.FILE_UNREADABLE, path=str(path), reason="html")
    return _text_table(data, words, path)


def file_bytes(path: Path) -> bytes:
    """The whole file. Raises Problem as ``read_table`` does."""
    try:
        if path.is_dir():
            raise Problem(ProblemKind.FILE_UNREADABLE, path=str(path), reason="folder")
        if path.stat().st_size > MOST_BYTES:
            raise Problem(ProblemKind.TOO_LARGE, path=str(path), limit=MOST_BYTES)
        with path.open("rb") as file:
            return file.read(MOST_BYTES)
    except FileNotFoundError as missing:
        raise Problem(ProblemKind.FILE_MISSING, path=str(path)) from missing
    except OSError as fault:
        reason = fault.strerror or type(fault).__name__
        raise Problem(ProblemKind.FILE_UNREADABLE, path=str(path), reason=reason) from fault


def _text_table(data: bytes, words: frozenset[str], path: Path) -> Table:
    text, encoding, damaged = decoded(data)
    # The Vietnamese code page and some Macs write marks apart; the desk keeps composed text.
    lines = delimited.physical_lines(unicodedata.normalize("NFC", text))
    stated = delimited.stated_delimiter(lines)
    first = 1 if stated else 0
    delimiter = stated or delimited.sniffed_delimiter(lines)
    header = _header_row(delimited.rows(lines, delimiter, first), words, path)
    below = delimited.rows(lines, delimiter, header.number - 1, len(_trimmed(header)))
    return _table(header, islice(below, 1, None), path, encoding, delimiter, damaged)


def _workbook_table(data: bytes, words: frozenset[str], path: Path) -> Table:
    """The sheet with the most known headers."""
    tables: list[Table] = []
    refused: list[Problem] = []
    try:
        for sheet in workbook.sheets(data, MOST_COLUMNS):
            top = list(islice(sheet, _HEADER_WITHIN))
            try:
                header = _header_row(top, words, path)
            except Problem as no_header:
                refused.append(no_header)
                continue
            below = chain((row for row in top if row.number > header.number), sheet)
            tables.append(_table(header, below, path))
    except Problem:
        raise
    except Exception as damage:
        # openpyxl has no error of its own for damage: it raises whatever a part trips over.
        _log.info("workbook not readable: %s", type(damage).__name__)
        raise Problem(ProblemKind.FILE_UNREADABLE, path=str(path), reason="workbook") from damage
    if tables:
        return max(tables, key=lambda table: _known(table.header, words))
    raise refused[0] if refused else Problem(ProblemKind.EMPTY, path=str(path))


def _header_row(candidates: Iterable[Row], words: frozenset[str], path: Path) -> Row:
    """The row with the most known headers, else the first that is as wide as the file is."""
    top = [row for row in islice(candidates, _HEADER_WITHIN) if not row.blank]
    if not top:
        raise Problem(ProblemKind.EMPTY, path=str(path))
    best = max(top, key=lambda row: _known(row.cells, words))
    if _known(best.cells, words) < 2:
        widest = max(_filled(row) for row in top)
        best = next(row for row in top if _filled(row) * 2 >= widest)
    columns = len(_trimmed(best))
    if columns > MOST_COLUMNS or columns < 2:
        found = " ".join(_trimmed(best))[:200]
        raise Problem(ProblemKind.WRONG_COLUMNS, path=str(path), columns=columns, found=found)
    return best


def _trimmed(header: Row) -> tuple[str, ...]:
    cells = [" ".join(cell.split()) for cell in header.cells]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _known(cells: Sequence[str], words: frozenset[str]) -> int:
    folded = {folded_header(cell) for cell in cells if len(cell) < 80}
    return len([word for word in folded if word in HEADER_WORDS or word in words])


def _filled(row: Row) -> int:
    return sum(bool(cell.strip()) for cell in row.cells)


def _table(
    header: Row,
    below: Iterator[Row],
    path: Path,
    encoding: str = "",
    delimiter: str = "",
    damaged: bool = False,
) -> Table:
    kept: list[Row] = []
    after_blank: set[int] = set()
    blank_before = False
    for row in below:
        if row.blank:
            blank_before = True
            continue
        if len(kept) >= MOST_ROWS:
            raise Problem(ProblemKind.TOO_LARGE, path=str(path), rows=MOST_ROWS)
        if blank_before:
            after_blank.add(row.number)
        blank_before = False
        kept.append(row)
    return Table(_trimmed(header), kept, frozenset(after_blank), encoding, delimiter, damaged)
