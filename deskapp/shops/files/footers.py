"""The lines below the orders that are no orders: counts, sums, seller ids."""

import re

from .delimited import Row
from .table import Table

_WORDS = re.compile(
    r"record\(?s?\)? downloaded|seller id|datensätze|verkäufer-?id|^(?:sub|grand )?total\b"
    r"|^sum(?:me)?\b|^итого|^всего|^合[计計]|^总计|^總計|^tổng(?: cộng| số)?\b",
    re.IGNORECASE,
)
_NARROW = 2  # cells that a footer fills at most, unless its first word gives it away
_NARROWEST_HEADER = 4


def without_footer(table: Table) -> tuple[list[Row], str]:
    """The rows of orders, and the text of the footer that was left off ("" for none).

    A footer is the block of nearly empty rows at the very end, from the first that follows a
    blank row or says what it is. An order line cut off in the middle is not taken for one.
    """
    rows = list(table.rows)
    begin = len(rows)
    if len(table.header) < _NARROWEST_HEADER:
        return rows, ""
    for place in range(len(rows) - 1, -1, -1):
        row = rows[place]
        filled = [cell.strip() for cell in row.cells if cell.strip()]
        named = bool(_WORDS.search(" ".join(filled)[:80]))
        if row.broken or (not named and len(filled) > _NARROW):
            break
        if named or row.number in table.after_blank:
            begin = place
    skipped = "; ".join(
        " ".join(cell.strip() for cell in row.cells if cell.strip()) for row in rows[begin:]
    )
    return rows[:begin], skipped[:200]
