"""The fields in which two records differ: one of both values is taken, or another is written."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QWidget

from deskapp.domain.merging_people import MergeField
from deskapp.ui import text
from deskapp.ui.pieces import form

_LINE = " ⏎ "


class MergeFields(form.Form):
    """One line a field that differs; what is only in one of the two is taken without a question."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._asked: dict[str, tuple[QComboBox, dict[str, str]]] = {}

    def show_fields(self, fields: Sequence[MergeField]) -> int:
        """How many there are to choose."""
        for field in fields:
            if not field.differs:
                continue
            values = dict.fromkeys((field.proposed, field.kept, field.merged))
            shown = {_shown(field.name, value): value for value in values}
            box = QComboBox()
            box.setEditable(field.name not in ("language", "vip", "country"))
            box.setMinimumContentsLength(24)
            box.addItems(list(shown))
            self.add(field.title or _name(self, field.name), box)
            self._asked[field.name] = (box, shown)
        return len(self._asked)

    def wanted(self) -> dict[str, str]:
        """The values as they stand there."""
        return {
            name: shown.get(box.currentText(), box.currentText().replace(_LINE, "\n").strip())
            for name, (box, shown) in self._asked.items()
        }


def _shown(name: str, value: str) -> str:
    if name == "language":
        return text.language_name(value) or value
    return value.replace("\n", _LINE)


def _name(owner: QWidget, name: str) -> str:
    return {
        "name": owner.tr("Name"),
        "family_name": owner.tr("Family name"),
        "given_name": owner.tr("Given name"),
        "call_name": owner.tr("Call name"),
        "honorific": owner.tr("Form of address"),
        "language": owner.tr("Language"),
        "time_zone": owner.tr("Time zone"),
        "country": owner.tr("Country"),
        "must_know": owner.tr("Must know"),
        "vip": owner.tr("VIP"),
        "company": owner.tr("Company"),
    }.get(name, name)
