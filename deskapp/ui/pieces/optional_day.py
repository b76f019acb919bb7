"""A day that may be chosen or left out."""

from datetime import date, timedelta

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from deskapp.ui import text

from .moments import DayField


class OptionalDay(QWidget):
    """A box to tick and a day from ``today`` on, tomorrow at first. ``names``: what a screen
    reader calls the box and the day."""

    def __init__(self, said: str, names: tuple[str, str], today: date) -> None:
        super().__init__()
        self.chosen = QCheckBox(said)
        self.setAccessibleName(names[0])
        self.chosen.setAccessibleName(names[0])
        self.day = DayField(today + timedelta(days=1))
        self.day.setMinimumDate(QDate(today.year, today.month, today.day))
        self.day.setAccessibleName(names[1])
        self.day.setEnabled(False)
        self.chosen.toggled.connect(self.day.setEnabled)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.chosen)
        row.addWidget(self.day)
        row.addStretch(1)
        self.setFocusProxy(self.chosen)

    def state(self, day: object) -> None:
        """Shows a day, also one that has gone by; None for none."""
        self.chosen.setChecked(day is not None)
        if isinstance(day, date):
            shown = QDate(day.year, day.month, day.day)
            self.day.setMinimumDate(min(self.day.minimumDate(), shown))
            self.day.setDate(shown)

    def stated(self) -> object:
        return self.value()

    def stated_words(self, day: object) -> str:
        return text.calendar_day(day) if isinstance(day, date) else ""

    def value(self) -> date | None:
        """The day, None for none."""
        return self.day.day() if self.chosen.isChecked() else None
