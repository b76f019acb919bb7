"""The keys under which orders are found by what stands on a parcel."""

import re
import unicodedata

from .contact import phone_digits
from .orders import OrderKey, number_key

_PHONE_SIGNS = re.compile(r"[\d\s()+./-]+")
_FEWEST_OF_A_PHONE = 8


def tracking_key(number: str) -> str:
    """A parcel's number without spaces, hyphens, case and width; "" for a text without any."""
    folded = unicodedata.normalize("NFKC", number).upper()
    return "".join(sign for sign in folded if sign.isalnum())[:120]


def postcode_key(postcode: str) -> str:
    """A postcode as people type it, with or without its space: "sw1a 1aa" and "SW1A1AA" share
    one key. Leading zeros count; "" for a text without letters or digits."""
    folded = unicodedata.normalize("NFKC", postcode).casefold()
    return "".join(sign for sign in folded if sign.isalnum())[:20]


def likely_keys(words: str) -> tuple[OrderKey, ...]:
    """What the words of a person who looks for an order may be, the likeliest first; () for none.

    Names of cities and goods are none of these: for them there is the desk's own search.
    """
    plain = unicodedata.normalize("NFKC", words).strip()
    if not plain:
        return ()
    if "@" in plain:
        return (OrderKey.MAIL,)
    digits = sum(sign.isdigit() for sign in plain)
    if not digits:
        return (OrderKey.NAME,)
    found = []
    if _PHONE_SIGNS.fullmatch(plain) and len(phone_digits(plain)) >= _FEWEST_OF_A_PHONE:
        found.append(OrderKey.PHONE)
    if number_key(plain) and len(plain.lstrip("#№ ").split()) == 1:
        found.insert(0 if plain[0] in "#№" else len(found), OrderKey.NUMBER)
    return tuple(found) or (OrderKey.NAME,)
