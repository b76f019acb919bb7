"""The fields in which two records differ: one of both values is taken, or another is written."""

from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from deskapp.domain.merging_people import MergeField
from deskapp.ui import text
from deskapp.ui.pieces import form

_LINE = " ⏎ "
_FEWEST_LETTERS = 12
_CHOSEN_ONLY = ("language", "vip", "country")


class MergeFields(form.Form):
    """One line a field that differs; what is only in one of the two is taken without a question."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.picks: dict[str, ValuePick] = {}

    def show_fields(self, fields: Sequence[MergeField]) -> int:
        """How many there are to choose."""
        for field in fields:
            if not field.differs:
                continue
            values = dict.fromkeys((field.proposed, field.kept, field.merged))
            shown = [(_shown(field.name, value), value) for value in values]
            title = field.title or _name(self, field.name)
            pick = ValuePick(title, shown, may_write=field.name not in _CHOSEN_ONLY)
            self.add(title, pick)
            self.picks[field.name] = pick
        return len(self.picks)

    def wanted(self) -> dict[str, str]:
        """The values as they stand there."""
        return {name: pick.value() for name, pick in self.picks.items()}


class ValuePick(QWidget):
    """One of some values, or another that is written below."""

    def __init__(self, title: str, values: Iterable[tuple[str, str]], *, may_write: bool) -> None:
        super().__init__()
        entries: list[tuple[str, object]] = list(values)
        if may_write:
            entries.append((self.tr("Another value…"), None))
        self.choice = form.choice(entries, entries[0][1], name=title)
        # As wide as there is room, not as its longest name.
        self.choice.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.choice.setMinimumContentsLength(_FEWEST_LETTERS)
        self.written = form.line(name=self.tr("Another value"))
        self.written.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.choice)
        column.addWidget(self.written)
        self.choice.currentIndexChanged.connect(self._chosen)

    def write(self, value: str) -> None:
        """As if a person wrote a value of their own."""
        self.choice.setCurrentIndex(self.choice.count() - 1)
        self.written.setText(value)

    def value(self) -> str:
        chosen = self.choice.currentData()
        return self.written.text().strip() if chosen is None else str(chosen)

    def _chosen(self, _place: int) -> None:
        self.written.setVisible(self.choice.currentData() is None)
        if self.written.isVisible():
            self.written.setFocus()


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
