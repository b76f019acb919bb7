"""Numbers as shops write them: which sign is the decimal mark, and which currency is meant."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

# ISO 4217 codes by the signs and words that stand beside amounts; checked longest first.
_CURRENCIES = {
    "NT$": "TWD", "HK$": "HKD", "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD",
    "S$": "SGD", "R$": "BRL", "MX$": "MXN", "€": "EUR", "£": "GBP", "₫": "VND", "Đ": "VND",
    "VNĐ": "VND", "ĐỒNG": "VND", "₽": "RUB", "РУБ": "RUB", "РУБ.": "RUB", "Р.": "RUB", "Р": "RUB",
    "₴": "UAH", "ГРН": "UAH", "₸": "KZT", "ТГ": "KZT", "₩": "KRW", "₹": "INR", "฿": "THB",
    "₺": "TRY", "ZŁ": "PLN", "KČ": "CZK", "元": "CNY", "人民币": "CNY", "RMB": "CNY", "円": "JPY",
    "CN¥": "CNY", "JP¥": "JPY", "RM": "MYR", "ЛВ": "BGN", "LEI": "RON", "RP": "IDR", "FT": "HUF",
}  # fmt: skip
# Signs that several countries share: taken for the most likely one, and said so.
_LIKELY = {"$": "USD", "¥": "CNY", "KR": "", "KR.": ""}
_CODES = frozenset(
    {
        "AED", "ARS", "AUD", "BGN", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK", "EUR",
        "GBP", "HKD", "HUF", "IDR", "ILS", "INR", "JPY", "KRW", "KZT", "MXN", "MYR", "NOK", "NZD",
        "PEN", "PHP", "PLN", "RON", "RSD", "RUB", "SAR", "SEK", "SGD", "THB", "TRY", "TWD", "UAH",
        "USD", "UZS", "VND", "ZAR", "BYN", "GEL", "AMD", "KHR", "LAK", "MOP",
    }
)  # fmt: skip
_WITHOUT_DECIMALS = frozenset({"VND", "JPY", "KRW", "CLP", "IDR", "KHR", "LAK"})
_MINUSES = str.maketrans("−–—‒", "----")
_AMOUNT = re.compile(r"[0-9](?:[0-9.,' ]*[0-9])?")
_GROUPS = re.compile(
    r"[0-9]{1,3}(?:([.,' ])[0-9]{3})(?:\1[0-9]{3})*|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}"
)
_NOTHING = frozenset({"", "-", "--", "n/a", "na", "none", "null", "nan"})
_LONGEST = 40
_OTHER = {".": ",", ",": "."}
_SPACED_DOLLAR = re.compile(r"\b(US|AU|CA|HK|NT|MX) \$")


class NotMoney(ValueError):
    """The text is not one amount, or could be two different ones."""


@dataclass(frozen=True, slots=True)
class Amount:
    """``currency`` is ISO 4217 or ""; the flags say what was decided without proof."""

    value: Decimal
    currency: str = ""
    currency_guessed: bool = False
    thousands_guessed: bool = False


@dataclass(frozen=True, slots=True)
class DecimalMarks:
    """The decimal marks that the values of a file prove; ``hint`` decides where none does."""

    proven: frozenset[str] = frozenset()
    hint: str = ""


def proven_marks(texts: Iterable[str], hint: str = "") -> DecimalMarks:
    """What the unmistakable amounts among ``texts`` say about the decimal mark."""
    proven: set[str] = set()
    for text in texts:
        if "." in text or "," in text:
            digits = _AMOUNT.search(_plain(text)) if len(text) <= _LONGEST else None
            proven.update(_proof(digits.group()) if digits else "")
        if len(proven) == 2:
            break
    return DecimalMarks(frozenset(proven), hint)


def _proof(digits: str) -> str:
    """The decimal mark if this amount can be read in one way only, else ""."""
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        return max(".,", key=digits.rfind)
    if points + commas == 0:
        return ""
    mark = "." if points else ","
    if points + commas > 1:
        return _OTHER[mark]
    before, _, after = digits.partition(mark)
    ambiguous = len(after) == 3 and len(before) <= 3 and before != "0"
    return "" if ambiguous else mark


def parse_money(text: str, marks: DecimalMarks, currency: str = "") -> Amount | None:
    """The amount in ``text``; None where the cell says that there is none.

    ``currency`` is the order's, when it stands in another column. A single mark before exactly
    three digits is decided by the other values of the file, then by a currency without decimals,
    then by the hint, and else taken for thousands. Raises NotMoney.
    """
    plain = _plain(text)
    if plain.casefold() in _NOTHING:
        return None
    digits = _AMOUNT.search(plain)
    if digits is None or len(text) > _LONGEST:
        raise NotMoney
    before, after = plain[: digits.start()].strip(), plain[digits.end() :].strip()
    negative = before.startswith("(") and after.endswith(")")
    beside = (before + " " + after).strip("() ")
    if "-" in beside:
        negative, beside = True, beside.replace("-", "", 1).strip()
    found, guessed = _currency(beside)
    value, thousands = _value(digits.group(), marks, found if found and not guessed else currency)
    return Amount(-value if negative else value, found, guessed, thousands)


def parse_quantity(text: str, marks: DecimalMarks) -> Decimal:
    """How many; an empty cell means one. "1.000" is one, written by a program. Raises NotMoney."""
    plain = _plain(text)
    if not plain:
        return Decimal(1)
    match = re.fullmatch(r"[x×]?\s*([0-9](?:[0-9.,' ]*[0-9])?)\s*(?:[x×]|[^\W\d_]{1,8}\.?)?", plain)
    if match is None or len(text) > _LONGEST:
        raise NotMoney
    digits = match.group(1)
    if not marks.proven and re.fullmatch(r"[0-9]{1,9}[.,][0-9]{3}", digits):
        return Decimal(digits.replace(",", "."))
    return _value(digits, marks, "")[0]


def currency_code(text: str) -> str:
    """ISO 4217 for the content of a currency column; "" when it names none that we know."""
    return _currency_or_nothing(_plain(text).upper())[0]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_MINUSES).replace("’", "'").strip()


def _currency(beside: str) -> tuple[str, bool]:
    if not beside:
        return "", False
    found = _currency_or_nothing(beside.upper())
    if found == ("", False):
        raise NotMoney
    return found


def _currency_or_nothing(beside: str) -> tuple[str, bool]:
    """The one currency all the words agree on, and whether it had to be guessed."""
    words = _SPACED_DOLLAR.sub(r"\1$", beside).split()
    codes = {_CURRENCIES.get(word) or (word if word in _CODES else "") for word in words}
    unknown = [word for word in words if word not in _CURRENCIES and word not in _CODES]
    if any(word not in _LIKELY for word in unknown) or len(codes - {""}) > 1:
        return "", False
    if sure := codes - {""}:
        return sure.pop(), False
    return (_LIKELY[unknown[0]], True) if unknown else ("", False)


def _value(digits: str, marks: DecimalMarks, currency: str) -> tuple[Decimal, bool]:
    """The number, and whether its one mark was taken for thousands without proof."""
    mark = _proof(digits)
    guessed = False
    if not mark and ("." in digits or "," in digits):
        only = "." if "." in digits else ","
        decimal, guessed = _reads_as_decimal(only, marks, currency)
        mark = only if decimal else _OTHER[only]
    whole, _, fraction = digits.partition(mark) if mark else (digits, "", "")
    if fraction and not fraction.isdigit():
        raise NotMoney
    if not whole.isdigit() and not _GROUPS.fullmatch(whole):
        raise NotMoney
    plain = re.sub(r"[^0-9]", "", whole)
    if len(plain) > 15 or len(fraction) > 8:
        raise NotMoney
    return Decimal(f"{plain}.{fraction}" if fraction else plain), guessed


def _reads_as_decimal(only: str, marks: DecimalMarks, currency: str) -> tuple[bool, bool]:
    """For "1.249" and "1,249": (the mark is decimal, it was decided without proof)."""
    if len(marks.proven) == 1:
        return only in marks.proven, False
    if currency in _WITHOUT_DECIMALS:
        return False, False
    if marks.hint:
        return only == marks.hint, False
    if len(marks.proven) == 2:
        raise NotMoney  # the file uses both marks as decimal ones: this cell could be either
    return False, True
