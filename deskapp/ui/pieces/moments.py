"""Fields for a day or a time, with the caret of our other fields: it brings a calendar."""

import re
from datetime import date, datetime

from PySide6.QtCore import QDate, QDateTime, QLocale
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDateEdit, QDateTimeEdit

from deskapp.ui.icons import pixmap

_CARET, _FROM_RIGHT = 12, 8
_SHORT = QLocale.FormatType.ShortFormat


class MomentField(QDateTimeEdit):
    """A day and a time of day, in this computer's zone."""

    def __init__(self, at: datetime) -> None:
        super().__init__(qt_moment(at))
        self.setCalendarPopup(True)
        self.setDisplayFormat(f"{day_format()} {QLocale().timeFormat(_SHORT)}")

    def moment(self) -> datetime:
        """What it says, with the zone."""
        return datetime.fromtimestamp(self.dateTime().toSecsSinceEpoch()).astimezone()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        _caret(self)


class DayField(QDateEdit):
    """A day of the calendar."""

    def __init__(self, day: date) -> None:
        super().__init__(QDate(day.year, day.month, day.day))
        self.setCalendarPopup(True)
        self.setDisplayFormat(day_format())

    def day(self) -> date:
        """What it says."""
        said = self.date()
        return date(said.year(), said.month(), said.day())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        _caret(self)


def day_format() -> str:
    """The weekday, and the day as this person writes it, the year never in two digits."""
    return "ddd " + re.sub("y+", "yyyy", QLocale().dateFormat(_SHORT))


def qt_moment(at: datetime) -> QDateTime:
    """As Qt says it."""
    return QDateTime.fromSecsSinceEpoch(int(at.timestamp()))


def _caret(field: QDateTimeEdit) -> None:
    painter = QPainter(field)
    top = (field.height() - _CARET) // 2
    painter.drawPixmap(field.width() - _FROM_RIGHT - _CARET, top, pixmap("down", _CARET))
    painter.end()
