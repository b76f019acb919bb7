"""Greetings, dates and attribution lines in each language, as programs and staff write them."""

from datetime import datetime

from deskapp.sample.texts import Person

_WEEKDAYS = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "vi": ("Th 2", "Th 3", "Th 4", "Th 5", "Th 6", "Th 7", "CN"),
    "zh-Hans": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "zh-Hant": ("週一", "週二", "週三", "週四", "週五", "週六", "週日"),
    "ru": ("пн", "вт", "ср", "чт", "пт", "сб", "вс"),
}
_RU_DAYS = (
    "Понедельник", "Вторник", "Среда", "Четверг", "Пятница", "Суббота", "Воскресенье",
)  # fmt: skip
_EN_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_RU_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip


def greeting(person: Person) -> str:
    """How staff open a reply to ``person``."""
    woman = person.sex == "f"
    return {
        "en": f"Hi {person.call},",
        "vi": f"Chào {'chị' if woman else 'anh'} {person.call},",
        "zh-Hans": f"{person.call}{'女士' if woman else '先生'}，您好！",
        "zh-Hant": f"{person.call}{'小姐' if woman else '先生'}您好：",
        "ru": f"Здравствуйте, {person.call}!",
    }[person.language]


def short_day(day: datetime, language: str) -> str:
    """A day as it is said in the middle of a sentence."""
    return {
        "en": f"{day.day} {_EN_MONTHS[day.month - 1]}",
        "vi": f"{day.day}/{day.month}",
        "zh-Hans": f"{day.month}月{day.day}日",
        "zh-Hant": f"{day.month}月{day.day}日",
        "ru": f"{day.day} {_RU_MONTHS[day.month - 1]}",
    }[language]


def _clock_zh(when: datetime) -> str:
    half = "上午" if when.hour < 12 else "下午"
    return f"{half}{when.hour % 12 or 12}:{when:%M}"


def gmail_line(who: str, mail: str, when: datetime, language: str) -> str:
    day = _WEEKDAYS[language][when.weekday()]
    return {
        "en": f"On {day}, {when.day} {_EN_MONTHS[when.month - 1][:3]} {when.year} at {when:%H:%M}, "
        f"{who} <{mail}> wrote:",
        "vi": f"Vào {day}, {when.day} thg {when.month}, {when.year} vào lúc {when:%H:%M} "
        f"{who} <{mail}> đã viết:",
        "zh-Hans": f"{who} <{mail}> 于{when.year}年{when.month}月{when.day}日{day} "
        f"{when:%H:%M}写道：",
        "zh-Hant": f"{who} <{mail}> 於 {when.year}年{when.month}月{when.day}日 {day} "
        f"{_clock_zh(when)}寫道：",
        "ru": f"{day}, {when.day} {_RU_MONTHS[when.month - 1][:3]}. {when.year} г. в {when:%H:%M}, "
        f"{who} <{mail}>:",
    }[language]


def apple_line(who: str, mail: str, when: datetime, language: str) -> str:
    return {
        "en": f"On {when.day} {_EN_MONTHS[when.month - 1][:3]} {when.year}, at {when:%H:%M}, "
        f"{who} <{mail}> wrote:",
        "vi": f"Vào {when:%H:%M}, {when.day} thg {when.month}, {when.year}, "
        f"{who} <{mail}> đã viết:",
        "zh-Hans": f"在 {when.year}年{when.month}月{when.day}日，{when:%H:%M}，"
        f"{who} <{mail}> 写道：",
        "zh-Hant": f"{who} <{mail}> 於 {when.year}年{when.month}月{when.day}日 "
        f"{_clock_zh(when)} 寫道：",
        "ru": f"{when.day} {_RU_MONTHS[when.month - 1]} {when.year} г., в {when:%H:%M}, "
        f"{who} <{mail}> написал(а):",
    }[language]


def plain_line(who: str, mail: str, when: datetime, language: str) -> str:
    """The line of programs in the manner of Thunderbird, Foxmail and Android mail."""
    return {
        "en": f"On {when:%d/%m/%Y %H:%M}, {who} wrote:",
        "vi": f"Vào lúc {when:%H:%M %d/%m/%Y}, {who} đã viết:",
        "zh-Hans": f'在 {when:%Y-%m-%d %H:%M:%S}，"{who}" <{mail}> 写道：',
        "zh-Hant": f"{who} 於 {when:%Y/%m/%d} {_clock_zh(when)} 寫道：",
        "ru": f"{when:%d.%m.%Y %H:%M}, {who} пишет:",
    }[language]


def yandex_line(who: str, mail: str, when: datetime, language: str) -> str:
    return f'{when:%d.%m.%Y, %H:%M}, "{who}" <{mail}>:'


def mailru_line(who: str, mail: str, when: datetime, language: str) -> str:
    day = f"{when.day} {_RU_MONTHS[when.month - 1]} {when.year}"
    return f"{_RU_DAYS[when.weekday()]}, {day}, {when:%H:%M} +03:00 от {who} <{mail}>:"


_OUTLOOK_WORDS = {
    "en": ("From", "Sent", "To", "Subject"),
    "vi": ("Từ", "Đã gửi", "Đến", "Chủ đề"),
    "zh-Hans": ("发件人", "发送时间", "收件人", "主题"),
    "zh-Hant": ("寄件者", "寄件日期", "收件者", "主旨"),
    "ru": ("От", "Отправлено", "Кому", "Тема"),
}


def outlook_block(
    who: str, mail: str, when: datetime, language: str, to: str, subject: str
) -> list[tuple[str, str]]:
    """The header block above a quote in Outlook: label and value by line."""
    stamps = {
        "en": f"{when.day} {_EN_MONTHS[when.month - 1]} {when:%Y %H:%M}",
        "vi": f"{when.day} Tháng {when.month} {when:%Y %H:%M}",
        "ru": f"{when.day} {_RU_MONTHS[when.month - 1]} {when.year} г. {when:%H:%M}",
    }
    stamp = stamps.get(language, f"{when.year}年{when.month}月{when.day}日 {when:%H:%M}")
    values = (f"{who} <{mail}>", stamp, to, subject)
    return list(zip(_OUTLOOK_WORDS[language], values, strict=True))


def qq_block(who: str, mail: str, when: datetime, to: str, subject: str) -> list[tuple[str, str]]:
    """The header block of QQ Mail under its line of dashes."""
    day = "一二三四五六日"[when.weekday()]
    stamp = f"{when.year}年{when.month}月{when.day}日(星期{day}) {_clock_zh(when)}"
    return [
        ("发件人", f'"{who}" <{mail}>;'),
        ("发送时间", stamp),
        ("收件人", f"{to};"),
        ("主题", subject),
    ]
