"""Why an order that a source told of could not be taken."""

from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    """Why a row of an order file was not taken. Windows and commands make the sentence."""

    MISSING_NUMBER = "missing_number"
    DAMAGED_NUMBER = "damaged_number"  # "1.23E+15": a spreadsheet program has cut the digits off
    BAD_DATE = "bad_date"
    BAD_MONEY = "bad_money"
    BAD_QUANTITY = "bad_quantity"
    TOO_FEW_COLUMNS = "too_few_columns"
    TOO_MANY_COLUMNS = "too_many_columns"
    UNCLOSED_QUOTE = "unclosed_quote"
    DUPLICATE_NUMBER_CONFLICT = "duplicate_number_conflict"  # one number, two different orders


@dataclass(frozen=True, slots=True)
class RowFault:
    """One cell or row that could not be read; the order it belongs to is left out as a whole.

    ``row`` counts from 1 as a spreadsheet program shows it (for CSV: the line of the file where
    the row begins); for a shop it is the place of the order in its answer. ``value`` is the cell
    as it stands, shortened; ``column`` is its header in the file or the shop's name for it, ""
    when the whole row is meant; ``number`` is the order left out, "" if unknown.
    """

    row: int
    why: FaultKind
    value: str
    column: str
    number: str = ""
