"""What the clock and the calendar say where somebody lives."""

from datetime import UTC, date, datetime

from PySide6.QtCore import QDate, QDateTime, QLocale, QTime, QTimeZone

from deskapp.ui import text


def there_now(zone: str, now: datetime) -> str:
    """The time of day in a zone such as "Asia/Ho_Chi_Minh", with the weekday where it is another
    one than here; "" for a zone that nobody knows."""
    there = _zone(zone)
    if not there.isValid():
        return ""
    moment = QDateTime.fromSecsSinceEpoch(int(now.timestamp()))
    theirs = moment.toTimeZone(there)
    clock = QLocale().toString(theirs.time(), QLocale.FormatType.ShortFormat)
    if theirs.date() == moment.date():
        return clock
    day = QLocale().dayName(theirs.date().dayOfWeek(), QLocale.FormatType.ShortFormat)
    return f"{day} {clock}"


def day_ends(day: date, zone: str) -> datetime:
    """The last second of a day where somebody lives, in UTC; here where nobody knows the zone."""
    there = _zone(zone)
    place = there if there.isValid() else QTimeZone.systemTimeZone()
    ends = QDateTime(QDate(day.year, day.month, day.day), QTime(23, 59, 59), place)
    return datetime.fromtimestamp(ends.toSecsSinceEpoch(), UTC)


def day_there(moment: datetime, zone: str) -> str:
    """The day a moment has where somebody lives, here where nobody knows the zone."""
    there = _zone(zone)
    if not there.isValid():
        return text.day(moment)
    on = QDateTime.fromSecsSinceEpoch(int(moment.timestamp())).toTimeZone(there).date()
    return text.calendar_day(date(on.year(), on.month(), on.day()))


def _zone(name: str) -> QTimeZone:
    return QTimeZone(name.encode("ascii", "ignore")) if name else QTimeZone()
