"""The rows of a file that were left out, as they were, and why: to be mended and imported alone."""

import csv
from collections.abc import Iterable
from pathlib import Path

from deskapp.domain.cells import safe_cell
from deskapp.domain.people_files import FailedRow, PeopleReading

from .file_words import fault_words


def write_left_out(
    path: Path, reading: PeopleReading, faults: Iterable[FailedRow], why: str
) -> None:
    """``why`` is the heading of the last column. Raises OSError."""
    width = len(reading.header)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow([*reading.header, why])
        for one in sorted(faults, key=lambda fault: fault.row):
            cells = (*reading.cells.get(one.row, ()), *[""] * width)[:width]
            writer.writerow([*map(safe_cell, cells), safe_cell(fault_words(one))])
