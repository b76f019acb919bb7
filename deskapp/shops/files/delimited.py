"""Rows out of delimited text: the delimiter sniffed, broken quoting contained to its own row."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from deskapp.domain.problem import Problem, ProblemKind

from .header_words import HEADER_WORDS, folded_header

DELIMITERS = ",;\t|"
_SNIFFED_LINES = 60
# No honest cell has more lines; a quote still open after them was never meant to open a cell.
_LONGEST_RECORD = 200
_MOST_STRAYS = 500


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it stands in the file: ``number`` from 1, ``cells`` as text.

    ``broken`` means that a quote opens in it and is not closed; ``cells`` then end there.
    """

    number: int
    cells: tuple[str, ...]
    broken: bool = False

    @property
    def blank(self) -> bool:
        return not self.broken and not any(cell.strip() for cell in self.cells)


def physical_lines(text: str) -> list[str]:
    """The lines with their ends, split where the csv module splits and nowhere else."""
    return list(io.StringIO(text.replace("\0", ""), newline=""))


def stated_delimiter(lines: list[str]) -> str:
    """The delimiter of a first line ``sep=;`` as Excel understands it, else ""."""
    match = re.fullmatch(r'"?sep=([^"\r\n])"?\s*', lines[0]) if lines else None
    return match.group(1) if match else ""


def sniffed_delimiter(lines: list[str]) -> str:
    """The delimiter under which the most headers are known, and then the most rows agree."""
    sample = lines[:_SNIFFED_LINES]
    return max(DELIMITERS, key=lambda delimiter: _fit(sample, delimiter))


def _fit(sample: list[str], delimiter: str) -> tuple[int, int, int]:
    known = 0
    widths: list[int] = []
    for cells in _tolerant(sample, delimiter):
        if any(cells):
            widths.append(len(cells))
            known = max(known, sum(folded_header(cell) in HEADER_WORDS for cell in cells))
    wide = [width for width in widths if width > 1]
    common = max(set(wide), key=wide.count, default=1)
    # One known header is what any delimiter finds in a file of one column.
    return (known if known > 1 else 0, wide.count(common), common)


def _tolerant(lines: list[str], delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(iter(lines), delimiter=delimiter, skipinitialspace=True)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            continue


class _RunsOn(Exception):
    """A record is longer than any honest one."""


def rows(lines: list[str], delimiter: str, first: int, width: int | None = None) -> Iterator[Row]:
    """Rows from line ``first`` (from 0) on, blank ones too.

    A record that runs over several lines and never closes its quote properly, or does not
    fit the ``width`` of the header, is one stray quote: its first line is given as broken,
    and reading goes on with the line after it, so that a quote never swallows other orders.
    Raises Problem(FILE_UNREADABLE) when that happens too often to be an accident.
    """
    start = first
    strays = 0

    def fed() -> Iterator[str]:
        for place in range(start, len(lines)):
            if place - start > _LONGEST_RECORD:
                raise _RunsOn
            yield lines[place]

    while start < len(lines):
        origin = start
        reader = csv.reader(fed(), delimiter=delimiter, skipinitialspace=True)
        try:
            for cells in reader:
                end = origin + reader.line_num
                if end - start > 1 and _stray_quote(lines[start:end], delimiter, cells, width):
                    break
                yield Row(start + 1, tuple(cells))
                start = end
            else:
                return
        except (csv.Error, _RunsOn):
            pass  # start still stands at the record that could not be read
        strays += 1
        if strays > _MOST_STRAYS:
            raise Problem(ProblemKind.FILE_UNREADABLE, reason="quotes", row=start + 1)
        yield Row(start + 1, _cells_of_line(lines[start], delimiter), broken=True)
        start += 1


def _stray_quote(record: list[str], delimiter: str, cells: list[str], width: int | None) -> bool:
    if width is not None and (len(cells) < width or any(map(str.strip, cells[width:]))):
        return True
    strict = csv.reader(iter(record), delimiter=delimiter, skipinitialspace=True, strict=True)
    try:
        next(strict)
    except csv.Error:
        return True
    return False


def _cells_of_line(line: str, delimiter: str) -> tuple[str, ...]:
    return tuple(next(_tolerant([line], delimiter), ()))
