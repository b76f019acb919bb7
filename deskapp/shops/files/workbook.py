"""Rows out of an xlsx workbook. Formulas are never evaluated: the value stored beside counts."""

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import datetime, time

from deskapp.domain.problem import Problem, ProblemKind

from .delimited import Row

# A small file can unpack to anything; an honest workbook of 50 MiB stays far below this.
_MOST_UNPACKED = 600 * 1024 * 1024
_MOST_SHEETS = 10


def sheets(data: bytes, most_columns: int) -> Iterator[Iterator[Row]]:
    """The first visible sheets, each as rows with their numbers in the sheet.

    Rows carry up to ``most_columns`` + 1 cells, so that a caller sees when there are more.
    Raises Problem(TOO_LARGE), and whatever openpyxl raises for a damaged file.
    """
    import openpyxl  # takes 0.2 s, and most people's orders come as CSV

    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if sum(part.file_size for part in packed.infolist()) > _MOST_UNPACKED:
            raise Problem(ProblemKind.TOO_LARGE, limit=_MOST_UNPACKED)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and extensions that we do not read
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        try:
            for sheet in book.worksheets[:_MOST_SHEETS]:
                if sheet.sheet_state == "visible":
                    # The stated size of a sheet is a remark of its writer and often wrong.
                    sheet.reset_dimensions()
                    cells = sheet.iter_rows(max_col=most_columns + 1, values_only=True)
                    yield (
                        Row(number, tuple(map(_as_text, values)))
                        for number, values in enumerate(cells, 1)
                    )
        finally:
            book.close()


def _as_text(value: object) -> str:
    """A cell's value as a CSV file would have it, without losing what its type says."""
    if value is None:
        return ""
    if isinstance(value, float):
        return _number_as_text(value)
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.time() != time() else value.date().isoformat()
    return str(value)


def _number_as_text(value: float) -> str:
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = repr(value)
    # A number cell has a decimal point for certain; with three decimals its text alone would
    # look like thousands. A fourth decimal says which.
    return text + "0" if len(text.partition(".")[2]) == 3 and "e" not in text else text
