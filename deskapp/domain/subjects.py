"""Subjects without the prefixes that mail programs of every language pile up before them."""

import re
import unicodedata

_PREFIXES = (
    *("re", "aw", "antw", "sv", "res", "rv", "tr", "fw", "fwd", "wg"),
    *("回复", "回覆", "答复", "答覆", "转发", "轉寄", "轉發", "轉呈"),
    *("trả lời", "tra loi", "chuyển tiếp", "chuyen tiep"),
    *("отв", "ответ", "на", "ha", "пересл", "переслано"),
)
_prefix = re.compile(
    rf"\s*(?:{'|'.join(_PREFIXES)})\s*(?:\[\d+\]|\(\d+\)|（\d+）|\^\d+)?\s*[:：]", re.IGNORECASE
)


def base_subject(subject: str) -> str:
    """The subject on one line, without ``Re:``, ``回复：``, ``Fwd:``, ``Trả lời:`` or the like."""
    text = " ".join(unicodedata.normalize("NFC", subject).split())
    start = 0
    while prefix := _prefix.match(text, start):
        start = prefix.end()
    return text[start:].strip()


def reply_subject(subject: str) -> str:
    """The subject of an answer: exactly one ``Re: ``, in every language, so that threads hold."""
    return f"Re: {base_subject(subject)}".rstrip()
