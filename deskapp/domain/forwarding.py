"""How mails that hand on another one are known by their subject."""

import re

_FORWARDED = (
    *("fw", "fwd", "wg", "tr", "rv", "i", "enc", "doorst", "vl", "vb", "vs", "pd", "továbbítás"),
    *("ilt", "προωθ", "πρθ", "转发", "轉寄", "轉發", "轉呈", "転送", "전달", "chuyển tiếp"),
    *("chuyen tiep", "пересл", "переслано", "переслане", "הועבר", "إعادة توجيه", "ส่งต่อ", "trs"),
)
_forwarded = re.compile(rf"\s*(?:{'|'.join(_FORWARDED)})\s*[:：]", re.IGNORECASE)


def is_forwarded(subject: str) -> bool:
    """Whether a subject begins like that of a mail handed on; an answer to such a one does not."""
    return _forwarded.match(subject) is not None
