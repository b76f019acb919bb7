"""A whole name out of its two parts, in the order its people write it (domain.md 7)."""

import re

_HAN = re.compile(r"[\u3400-\u9fff]+")
_VIETNAMESE = re.compile(r"[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")


def whole_name(given: str, family: str) -> str:
    """The family name stands first in Chinese, without a space, and in Vietnamese."""
    if _HAN.fullmatch(given) and _HAN.fullmatch(family):
        return family + given
    family_first = _VIETNAMESE.search(given + family)
    return " ".join(filter(None, (family, given) if family_first else (given, family)))
