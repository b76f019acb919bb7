"""The keys under which orders are found by what stands on a parcel."""

import unicodedata


def tracking_key(number: str) -> str:
    """A parcel's number without spaces, hyphens, case and width; "" for a text without any."""
    folded = unicodedata.normalize("NFKC", number).upper()
    return "".join(sign for sign in folded if sign.isalnum())[:120]


def postcode_key(postcode: str) -> str:
    """A postcode as people type it, with or without its space: "sw1a 1aa" and "SW1A1AA" share
    one key. Leading zeros count; "" for a text without letters or digits."""
    folded = unicodedata.normalize("NFKC", postcode).casefold()
    return "".join(sign for sign in folded if sign.isalnum())[:20]
