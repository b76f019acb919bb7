"""Times, sizes and money as people of the chosen language read them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from deskapp.domain.currencies import minor_places

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "VND": "₫", "RUB": "₽", "CNY": "¥", "TWD": "NT$"}

_OWN_NAMES = {"en": "English", "es": "Español", "pt": "Português"}


def local(moment: datetime) -> datetime:
    """A stored UTC time on this computer's clock."""
    return moment.astimezone()


def age(moment: datetime, now: datetime) -> str:
    """How long ago, short, for a list: "now", "12 min", "2 h", "yesterday", "Mon", "3 Sep"."""
    then, today = local(moment), local(now)
    seconds = (now - moment).total_seconds()
    days = (today.date() - then.date()).days
    if seconds < _MINUTE:
        return QCoreApplication.translate("Text", "now")
    if seconds < _HOUR:
        return QCoreApplication.translate("Text", "%n min", None, int(seconds // _MINUTE))
    if days == 0 or seconds < 6 * _HOUR:
        return QCoreApplication.translate("Text", "%n h", None, int(seconds // _HOUR))
    if days == 1:
        return QCoreApplication.translate("Text", "yesterday")
    if days < 7:
        return weekday(moment)
    return day(moment, now)


def span(duration: timedelta) -> str:
    """A length of time in its largest unit: "35 min", "2 h", "3 days"."""
    seconds = max(0, int(duration.total_seconds()))
    if seconds < _HOUR:
        return QCoreApplication.translate("Text", "%n min", None, seconds // _MINUTE)
    if seconds < 2 * _DAY:
        return QCoreApplication.translate("Text", "%n h", None, seconds // _HOUR)
    return QCoreApplication.translate("Text", "%n day(s)", None, seconds // _DAY)


def weekday(moment: datetime) -> str:
    return QLocale().dayName(local(moment).isoweekday(), QLocale.FormatType.ShortFormat)


def clock(moment: datetime) -> str:
    """The time of day: "9:12"."""
    then = local(moment)
    return QLocale().toString(QTime(then.hour, then.minute), QLocale.FormatType.ShortFormat)


def day(moment: datetime, now: datetime | None = None) -> str:
    """A date with the month's name: "3 Sep" this year, "3 Sep 2024" in another."""
    return calendar_day(local(moment).date(), now)


def calendar_day(one: date, now: datetime | None = None) -> str:
    """A day that belongs to no clock, written as ``day`` writes one."""
    shown = QDate(one.year, one.month, one.day)
    if local(now or datetime.now(UTC)).year == one.year:
        #: Date without the year, as a Qt format: "3 Sep"
        return QLocale().toString(shown, QCoreApplication.translate("Text", "d MMM"))
    #: Date with the year, as a Qt format: "3 Sep 2024"
    return QLocale().toString(shown, QCoreApplication.translate("Text", "d MMM yyyy"))


def stamp(moment: datetime, now: datetime) -> str:
    """When a message came: "9:47 · 35 min ago" today, "Mon 10:52" this week, else with date."""
    then, today = local(moment), local(now)
    days = (today.date() - then.date()).days
    if days == 0:
        gone = QCoreApplication.translate("Text", "{span} ago").format(span=age(moment, now))
        return f"{clock(moment)} · {gone if now - moment >= timedelta(minutes=1) else _now()}"
    if 0 < days < 7:
        return f"{weekday(moment)} {clock(moment)}"
    return f"{day(moment, now)} {clock(moment)}"


def _now() -> str:
    return QCoreApplication.translate("Text", "just now")


def ahead(moment: datetime, now: datetime) -> str:
    """A time to come: "18:00" today, "Mon 9:00" within a week, else "1 Dec 9:00"."""
    then, today = local(moment), local(now)
    days = (then.date() - today.date()).days
    if days == 0:
        return clock(moment)
    return f"{weekday(moment) if 0 < days < 7 else day(moment, now)} {clock(moment)}"


def full(moment: datetime) -> str:
    """Date and time in full, for a tool tip."""
    then = local(moment)
    on = QLocale().toString(QDate(then.year, then.month, then.day), QLocale.FormatType.LongFormat)
    return f"{on} {clock(moment)}"


def number(value: int) -> str:
    """An integer with the language's grouping."""
    return QLocale().toString(value)


def size(octets: int) -> str:
    """A file's size in the largest unit that keeps it over 1."""
    return QLocale().formattedDataSize(
        octets, 1 if octets >= 1024 * 1024 else 0, QLocale.DataSizeFormat.DataSizeTraditionalFormat
    )


def money(amount: Decimal | None, currency: str) -> str:
    """An amount with its currency: "1.249.000 ₫". "" when the source tells none."""
    if amount is None:
        return ""
    places = minor_places(currency)
    sign, digits, _ = (amount.quantize(Decimal(1).scaleb(-places))).as_tuple()
    whole = "".join(map(str, digits[: len(digits) - places])) or "0"
    # Through the integer: a float would not hold a large amount exactly.
    text = QLocale().toString(int(whole))
    if places:
        cents = "".join(map(str, digits[len(digits) - places :])).rjust(places, "0")
        text += QLocale().decimalPoint() + cents
    if sign:
        text = QLocale().negativeSign() + text
    return f"{text} {_SIGNS.get(currency.upper(), currency)}".rstrip()


def language_name(tag: str) -> str:
    """A language by its own name: "vi" → "Tiếng Việt"; the tag itself where Qt knows none."""
    if not tag:
        return ""
    if tag.casefold().startswith("zh"):
        traditional = any(part in tag.casefold() for part in ("tw", "hk", "hant"))
        return "繁體中文" if traditional else "简体中文"
    # Qt names the default country too: "American English", "español de España".
    name = _OWN_NAMES.get(tag.casefold()) or QLocale(tag).nativeLanguageName()
    return name[:1].upper() + name[1:] if name else tag
