"""Mail addresses, phones and handles in the one form under which the same person is found again.

What a person wrote is kept beside it: a key is for comparing, never for showing.
"""

import re
import unicodedata
from hashlib import sha256

from .handles import handle_key, handle_parts
from .kinds import ContactKind
from .mail import Address
from .plain import one_line, plain_text
from .problem import Problem, ProblemKind

LONGEST_CONTACT = 320
"""RFC 5321: 64 characters before the @, 255 after it."""

LONGEST_ADDRESS = 1000

_MAIL = re.compile(r"[^\s@<>(),;:\"\\\[\]]{1,64}@[^\s@<>(),;:\"\\\[\]/?#]{1,255}")
_SPOKEN_OF = re.compile(
    r"(?:tel|phone|mob|sđt|đt|тел|电话|電話|手机|手機)\.?\s*:?\s*", re.IGNORECASE
)
_EXTENSION = re.compile(
    r"[,;]?\s*(?:ext(?:ension)?|x|#|доб|máy lẻ|số lẻ|转|轉|分机|分機)\.?\s*[:=]?\s*\d{1,6}\)?",
    re.IGNORECASE,
)
_PHONE = re.compile(r"\(?\+?[\d\s().\-/]+")
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
_FEWEST_DIGITS = 5
_MOST_DIGITS = 17
"""E.164 has at most 15, and a "00" may stand before them. More are two numbers in one line."""

_BY_PHONE = frozenset({"zalo", "whatsapp", "viber", "signal", "telegram"})
_REGIONS = {
    "vi": "VN",
    "ru": "RU",
    "uk": "UA",
    "zh": "CN",
    "zh-hant": "TW",
    "ja": "JP",
    "ko": "KR",
    "th": "TH",
    "de": "DE",
    "pl": "PL",
    "it": "IT",
}
_CURRENCY_REGIONS = {
    "VND": "VN",
    "RUB": "RU",
    "UAH": "UA",
    "CNY": "CN",
    "TWD": "TW",
    "HKD": "HK",
    "JPY": "JP",
    "KRW": "KR",
    "THB": "TH",
    "PLN": "PL",
    "GBP": "GB",
}
"""Currencies of one country. A dollar or euro price says nothing about a phone's country."""

_GUESSED_REGIONS = ("VN", "CN", "TW", "HK", "RU", "US", "GB", "DE")


def is_mail_address(text: str) -> bool:
    """Whether ``text`` is one bare address, in letters of any script."""
    _, _, domain = text.rpartition("@")
    labels = domain.split(".")
    return (
        len(text) <= LONGEST_CONTACT
        and _MAIL.fullmatch(text) is not None
        and all(label and not label.startswith("-") for label in labels)
    )


def contact_value(kind: ContactKind, value: str) -> str:
    """What is kept of a contact as written: one line, no spaces around; of ``Lan <lan@x.vn>`` and
    ``mailto:`` the address.

    A postal address keeps its lines; of a profile's page the name there is kept.
    """
    if kind is ContactKind.POSTAL:
        return "\n".join(filter(None, map(one_line, plain_text(value).split("\n"))))
    plain = one_line(value)
    if kind is ContactKind.HANDLE:
        return handle_parts(plain)[1]
    if kind is ContactKind.MAIL:
        return _bare_mail(plain)
    return plain


def _bare_mail(plain: str) -> str:
    # Signs without a width come along when an address is copied from a page.
    seen = "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")
    if seen.endswith(">") and "<" in seen:
        seen = seen[seen.rindex("<") + 1 : -1]
    if seen[:7].casefold() == "mailto:":
        seen = seen[7:].partition("?")[0]
    return seen.strip()


def contact_key(kind: ContactKind, value: str, region: str = "", network: str = "") -> str:
    """The form in which two spellings of one contact are equal.

    A phone becomes E.164 ("+84912345678") where its country is written or ``region`` (ISO 3166)
    fits, else its bare digits. A handle is one of its ``network``. A postal address is a digest of
    its letters and figures: people share one. Raises Problem(INVALID, what="mail", "phone" ...).
    """
    plain = contact_value(kind, value)
    key = ""
    if kind is ContactKind.POSTAL:
        return _postal_key(plain)
    if kind is ContactKind.MAIL and is_mail_address(plain):
        key = Address("", plain).key
    elif kind is ContactKind.PHONE:
        key = phone_key(plain, region)
    elif kind is ContactKind.HANDLE:
        key = _handle_key(plain, network or handle_parts(value)[0], region)
    if not key or len(plain) > LONGEST_CONTACT:
        raise Problem(ProblemKind.INVALID, what=kind.value, value=plain[:80])
    return key


def _postal_key(plain: str) -> str:
    bare = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", plain).casefold()))
    if not bare or len(plain) > LONGEST_ADDRESS:
        raise Problem(ProblemKind.INVALID, what=ContactKind.POSTAL.value, value=plain[:80])
    return sha256(bare.encode()).hexdigest()[:32]


def phone_key(text: str, region: str = "") -> str:
    """E.164 or bare digits as in ``contact_key``; "" for what is no phone number, or two."""
    digits = phone_digits(text)
    if not _FEWEST_DIGITS <= len(digits) <= _MOST_DIGITS:
        return ""
    return _e164(text, region) or digits


def phone_keys(text: str) -> tuple[str, ...]:
    """Every key a phone typed into a search field may be stored under, the likeliest first.

    Without a country code it is read as a number of each country our desks serve.
    """
    digits = phone_digits(text)
    if len(digits) < _FEWEST_DIGITS:
        return ()
    guesses = [_e164(text, region) for region in ("", *_GUESSED_REGIONS)]
    return tuple(dict.fromkeys(key for key in (*guesses, f"+{digits}", digits) if key))


def phone_digits(text: str) -> str:
    """The digits of what looks like a phone or a part of one, "" for any other text."""
    plain = _one_phone(text)
    if not _PHONE.fullmatch(plain):
        return ""
    return "".join(sign for sign in plain if sign.isdigit())


def _one_phone(text: str) -> str:
    """Without what is said before it and the extension behind it, in plain signs."""
    seen = unicodedata.normalize("NFKC", text).translate(_DASHES)
    seen = "".join(sign for sign in seen if unicodedata.category(sign) != "Cf").strip()
    if (before := _SPOKEN_OF.match(seen)) is not None:
        seen = seen[before.end() :]
    for behind in _EXTENSION.finditer(seen):
        if behind.end() == len(seen):
            return seen[: behind.start()].strip()
    return seen


def _handle_key(name: str, network: str, region: str) -> str:
    """Where people are known by their phone, its spellings are one handle."""
    plain = name.strip()
    if network in _BY_PHONE and (key := phone_key(plain, region)):
        if not key.startswith("+"):  # links of WhatsApp leave the plus away
            key = _e164(f"+{key}", "") if network == "whatsapp" else key
        return f"{network}:{key or plain}"
    return handle_key(name, network)


def phone_search_text(key: str) -> str:
    """The spellings of a stored phone that people type: "+84912345678" is also 0912345678."""
    if not key.startswith("+"):
        return key
    import phonenumbers

    try:
        number = phonenumbers.parse(key)
    except phonenumbers.NumberParseException:
        return key
    national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    return f"{key} {national} {''.join(sign for sign in national if sign.isdigit())}"


def country_code(written: str) -> str:
    """ISO 3166 in two letters, "" for not said. Raises Problem(INVALID, what="country_code")."""
    code = one_line(written).upper()
    if code and not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise Problem(ProblemKind.INVALID, what="country_code", value=written[:80])
    return code


def region_of_language(language: str) -> str:
    """The country (ISO 3166) whose numbers somebody writing ``language`` (BCP 47) means, or ""."""
    tag = language.strip().replace("_", "-").casefold()
    region = tag.rpartition("-")[2]
    if "-" in tag and len(region) == 2:
        return region.upper()
    return _REGIONS.get(tag) or _REGIONS.get(tag.partition("-")[0], "")


def region_of_phone(key: str) -> str:
    """The country (ISO 3166) of a phone in E.164, "" for other digits."""
    if not key.startswith("+"):
        return ""
    import phonenumbers

    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(key)) or ""
    except phonenumbers.NumberParseException:
        return ""


def region_of_currency(currency: str) -> str:
    """The one country (ISO 3166) a currency (ISO 4217) is used in, or ""."""
    return _CURRENCY_REGIONS.get(currency.upper(), "")


def _e164(text: str, region: str) -> str:
    # Imported here: a command that reads no phone does not pay for the tables of all countries.
    import phonenumbers

    plain = _one_phone(text)
    try:
        number = phonenumbers.parse(plain, region or None)
    except phonenumbers.NumberParseException:
        return ""
    written_out = plain.lstrip("( ").startswith("+")
    if not (written_out or phonenumbers.is_valid_number(number)):
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
