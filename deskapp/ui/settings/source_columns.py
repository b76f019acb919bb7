"""Which column means what, where the names of a file or a query do not say it themselves."""

from collections.abc import Mapping

from PySide6.QtWidgets import QPlainTextEdit

from deskapp.ui.pieces import form

_LINES = 3


class ColumnsField:
    """A paragraph of lines like ``number = Order ID``, the word of ours first.

    A line that is none becomes a word that ``order_sources.checked`` refuses by its name.
    """

    def __init__(self, known: Mapping[str, str]) -> None:
        self.edit: QPlainTextEdit = form.paragraph(columns_text(known), lines=_LINES)
        self.edit.setPlaceholderText("number = Order ID")

    def mapping(self) -> Mapping[str, str]:
        """Our word to the column's name."""
        told: dict[str, str] = {}
        for line in filter(None, map(str.strip, self.edit.toPlainText().splitlines())):
            field, _, column = (part.strip() for part in line.partition("="))
            told[field.lower() if column else line] = column
        return told


def columns_text(known: Mapping[str, str]) -> str:
    """A line for each."""
    return "\n".join(f"{field} = {column}" for field, column in known.items())
