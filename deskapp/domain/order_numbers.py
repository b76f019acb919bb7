"""Finding order numbers in a mail's text, so that a window can make them clickable."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .number_patterns import joined_patterns
from .orders import number_key


@dataclass(frozen=True, slots=True)
class OrderMention:
    """A place in a text that looks like an order number: ``text[start:end] == number``."""

    start: int
    end: int
    number: str


# Han text is written without spaces, so a Han character next to a number ends it like a space.
_HAN = "㐀-䶿一-鿿"
# Under "ignore case" the compiler would look at each of the 27 000 signs: 15 ms of every start.
_WORD = rf"(?-i:[^\W{_HAN}])"
_NOT_AFTER_WORD = f"(?<!{_WORD})"
_NOT_BEFORE_WORD = f"(?!{_WORD})"
_DIGIT = "[0-9０-９]"
# "1001.5", "1001/2", "1001-2026" and "0912 345" are a price, a fraction, a date, a phone number.
_NOT_BEFORE_MORE_DIGITS = rf"(?![.,/:-]?{_DIGIT})(?![ \u00a0]{_DIGIT}{{3}})"
_END = _NOT_BEFORE_WORD + _NOT_BEFORE_MORE_DIGITS

_NUMBER = (
    rf"(?:[A-Z]{{1,6}}-?)?{_DIGIT}{{3,17}}(?:-{_DIGIT}{{1,10}}){{0,3}}(?:-(?-i:[A-Z]{{1,3}}))?"
)

# A number word ("order number", "订单号") makes even a short or phone-like number sure.
_NUMBER_WORDS = (
    r"(?:order|bestell|auftrags)[ -]?(?:numbers?|nummer|no|nr|id|ref|reference|code)\b\.?",
    r"(?:mã|số)(?: số)? đơn(?: hàng)?|(?:ma|so) don(?: hang)?",
    r"номер(?:а|у|ом|е)? заказа|заказ(?:а|у|ом|е)? номер",
    r"[订訂][单單](?:[编編]?[号號][码碼]?)|(?<![递遞流运運])[单單][号號]",
)
_ORDER_WORDS = (
    r"(?:orders?|(?<!hóa )đơn(?: hàng)?|don hang|заказ(?:а|у|ом|е|ы|ов)?)\b",
    r"(?:bestellung(?:en)?|auftrag)\b",
    r"[订訂][单單]",
)
_BETWEEN = r"[\s:：是为為\"'“「【(（\[–—-]{0,4}(?:(?:is|là|ist|số) )?"

_PATTERN = re.compile(
    "|".join(
        (
            rf"(?P<amazon>(?<![\w-]){_DIGIT}{{3}}-{_DIGIT}{{7}}-{_DIGIT}{{7}}(?![\w-]))",
            rf"(?P<ebay>(?<![\w-]){_DIGIT}{{2}}-{_DIGIT}{{5}}-{_DIGIT}{{5}}(?![\w-]))",
            rf"{_NOT_AFTER_WORD}(?:{'|'.join(_NUMBER_WORDS)}){_BETWEEN}(?P<sure>[#＃]?{_NUMBER}){_END}",
            rf"{_NOT_AFTER_WORD}(?:{'|'.join(_ORDER_WORDS)}){_BETWEEN}(?:№ ?)?"
            rf"(?P<likely>[#＃]?{_NUMBER}){_END}",
            rf"(?<![\w&/#＃])(?P<hash>[#＃][A-Z]{{0,6}}-?{_DIGIT}{{4,12}}"
            rf"(?:-(?-i:[A-Z]{{1,3}}))?){_END}",
            rf"№[ \u00a0]?(?P<numero>[A-Z]{{0,6}}-?{_DIGIT}{{4,12}}){_END}",
        )
    ),
    re.IGNORECASE,
)

_PHONE = re.compile(r"0[0-9]{8,10}")
_DATE = re.compile(r"(?:19|20)[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}-[0-9]{1,2}-[0-9]{2,4}")
_COUNTED_THINGS = re.compile(
    r"\s?(?:[%€$£¥₽₫₴₸]|(?:pcs|pieces?|units?|items?|days?|usd|eur|gbp|vnd|rub|cny|đ|đồng|cái|chiếc"
    r"|руб|р|шт|дн|stück|tage)\b|[件个個元天])",
    re.IGNORECASE,
)
# "#4711" after one of these words is a flat, a parcel, a matter of ours or another paper.
_OTHER_NUMBER = re.compile(
    r"(?:apt|apartment|suite|ste|unit|room|box|ticket|case|tracking|invoice|phòng|hóa đơn|кв|счет"
    r"|yêu cầu|phone|tel|điện thoại|sđt|тел|тикет|заявк[аеиу]|обращени[ея]|工[单單]|电话|電話)"
    r"\.?\s{0,2}(?:no\.?|number)?\s{0,2}[:：]?\s{0,2}$",
    re.IGNORECASE,
)
_LOOK_BEHIND = 24
_TICKET_TOKEN = re.compile(r"\[#[0-9]{1,9}\]")  # as domain.subjects reads them
_BARE = re.compile(r"[0-9０-９-]+")
_MONEY_BEFORE = re.compile(r"[$£€¥₫₽₴₸+]\s?$")


def find_order_numbers(
    text: str, limit: int = 3, patterns: tuple[str, ...] = ()
) -> tuple[OrderMention, ...]:
    """The mentions of the first ``limit`` different order numbers in ``text``, in reading order.

    A repeated number is one number with several mentions. Recognised are the ``patterns`` of the
    order sources (``number_patterns``), Amazon's and eBay's shapes, '#' or '№' with at least four
    digits, and a number after a word for "order" in English, Vietnamese, Chinese (both scripts),
    Russian and German. Phones, dates, prices and our own ``[#123]`` are left alone. ``text`` is
    expected in NFC; the time is linear in its length. A mention is a guess: whether the order
    exists, the order table must say.
    """
    found: list[OrderMention] = []
    keys: set[str] = set()
    for mention in _mentions(text, patterns):
        key = number_key(mention.number)
        if key not in keys and len(keys) >= limit:
            continue
        keys.add(key)
        found.append(mention)
    return tuple(found)


def _mentions(text: str, patterns: tuple[str, ...]) -> Iterator[OrderMention]:
    """All of them in reading order. Where a shop's own pattern fits, that is the number."""
    shops = _of_shops(patterns)
    waiting = (
        OrderMention(match.start(), match.end(), match.group())
        for match in (shops.finditer(text) if shops else ())
        if not _is_no_shop_number(text, match)
    )
    following = next(waiting, None)
    for match in _PATTERN.finditer(text):
        kind = match.lastgroup or ""
        start, end = match.span(kind)
        while following is not None and following.end <= start:
            yield following
            following = next(waiting, None)
        if following is not None and following.start < end:
            continue
        if not _is_something_else(text, match, kind):
            yield OrderMention(start, end, match.group(kind))
    if following is not None:
        yield following
        yield from waiting


@lru_cache(maxsize=16)
def _of_shops(patterns: tuple[str, ...]) -> re.Pattern[str] | None:
    joined = joined_patterns(patterns)
    if not joined:
        return None
    return re.compile(rf"{_NOT_AFTER_WORD}(?<![&/#＃.,+-])(?:{joined}){_END}", re.IGNORECASE)


def _is_no_shop_number(text: str, match: re.Match[str]) -> bool:
    """A pattern of mere digits also fits phones, dates and sums."""
    number, before = match.group(), text[max(0, match.start() - _LOOK_BEHIND) : match.start()]
    if _OTHER_NUMBER.search(before) or _is_ticket(text, match.start(), match.end()):
        return True
    bare = _BARE.fullmatch(number) is not None
    return bare and bool(
        _PHONE.fullmatch(number)
        or _DATE.fullmatch(number)
        or _MONEY_BEFORE.search(before)
        or _COUNTED_THINGS.match(text, match.end())
    )


def _is_ticket(text: str, start: int, end: int) -> bool:
    return _TICKET_TOKEN.fullmatch(text, max(0, start - 1), end + 1) is not None


def _is_something_else(text: str, match: re.Match[str], kind: str) -> bool:
    number, start = match.group(kind), match.start(kind)
    if kind in ("hash", "numero"):
        other = _OTHER_NUMBER.search(text[max(0, start - _LOOK_BEHIND) : match.start()])
        return bool(other) or _is_ticket(text, start, match.end())
    if kind != "likely":
        return False
    if not number.startswith(("#", "＃")) and sum(sign.isdigit() for sign in number) < 4:
        return True
    return bool(
        _PHONE.fullmatch(number)
        or _DATE.fullmatch(number)
        or _COUNTED_THINGS.match(text, match.end())
    )
