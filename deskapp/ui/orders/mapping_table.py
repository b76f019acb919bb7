"""The columns of an order file; a person says what each one means."""

from PySide6.QtWidgets import QWidget

from deskapp.domain.order_files import ColumnMapping, FilePreview, OrderField
from deskapp.ui.pieces.columns_table import ColumnsTable

from .file_words import field_name


class MappingTable(ColumnsTable):
    """``edited`` comes when a person has said something else than we think."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__([(field_name(field), field) for field in OrderField], parent)

    def show_preview(self, preview: FilePreview) -> None:
        """A file's columns, and what we take them for."""
        self.show_columns(preview.header, preview.sample, _by_heading(preview.mapping))

    def show_mapping(self, mapping: ColumnMapping) -> None:
        """What the columns are taken for; announces nothing."""
        self.show_meant(_by_heading(mapping))

    def mapping(self) -> ColumnMapping:
        """What a person sees in the table."""
        return {OrderField(str(field)): column for column, field in self.meant().items()}

    def say(self, column: str, field: OrderField | None) -> None:
        """As if a person had chosen it: a field belongs to one column only."""
        self.say_of(column, field)


def _by_heading(mapping: ColumnMapping) -> dict[str, object]:
    return {column: field for field, column in mapping.items()}
