"""What the clock says where somebody lives."""

from datetime import datetime

from PySide6.QtCore import QDateTime, QLocale, QTimeZone


def there_now(zone: str, now: datetime) -> str:
    """The time of day in a zone such as "Asia/Ho_Chi_Minh", with the weekday where it is another
    one than here; "" for a zone that nobody knows."""
    there = QTimeZone(zone.encode("ascii", "ignore")) if zone else QTimeZone()
    if not there.isValid():
        return ""
    moment = QDateTime.fromSecsSinceEpoch(int(now.timestamp()))
    theirs = moment.toTimeZone(there)
    clock = QLocale().toString(theirs.time(), QLocale.FormatType.ShortFormat)
    if theirs.date() == moment.date():
        return clock
    day = QLocale().dayName(theirs.date().dayOfWeek(), QLocale.FormatType.ShortFormat)
    return f"{day} {clock}"
