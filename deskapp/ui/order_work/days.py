"""Days of return cases: which one is today, and how one is written."""

from datetime import UTC, date, datetime

from PySide6.QtCore import QDate, QLocale


def today() -> date:
    """Here, by this computer's clock."""
    return datetime.now(UTC).astimezone().date()


def day_told(day: date) -> str:
    """In the language of the windows."""
    shown = QDate(day.year, day.month, day.day)
    return QLocale().toString(shown, QLocale.FormatType.ShortFormat)
