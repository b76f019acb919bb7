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

_AUTOMATIC = (
    *("automatic reply", "auto reply", "autoreply", "out of office", "automatische antwort"),
    *("自动回复", "自動回覆", "trả lời tự động", "автоответ", "автоматический ответ"),
)
_automatic = re.compile(rf"\s*(?:{'|'.join(_AUTOMATIC)})\s*[:：]", re.IGNORECASE)

_token = re.compile(r"\[#([0-9]{1,9})\]")


def base_subject(subject: str) -> str:
    """The subject on one line, without ``Re:``, ``回复：``, ``Fwd:``, ``Trả lời:`` or the like."""
    text = " ".join(unicodedata.normalize("NFC", subject).split())
    start = 0
    while prefix := _prefix.match(text, start):
        start = prefix.end()
    return text[start:].strip()


def subject_key(subject: str) -> str:
    """Equal for a subject and for the answers to it, whatever their prefixes and case."""
    return base_subject(subject).casefold()


def answered_subject(subject: str) -> str:
    """The key of the subject that this one answers, "" where it has no prefix of an answer.

    What a program puts before it, as in "Automatic reply: …", is one too.
    """
    text = " ".join(unicodedata.normalize("NFC", subject).split())
    base = subject_key(subject)
    if _prefix.match(text):
        return base
    automatic = _automatic.match(text)
    return subject_key(text[automatic.end() :]) if automatic else ""


def ticket_token(subject: str) -> int | None:
    """The ticket number that a subject names as ``[#123]``; anybody can write one."""
    found = _token.search(subject)
    return int(found[1]) if found else None


def forward_subject(subject: str) -> str:
    """The subject of what is handed on: exactly one ``Fwd: ``, in every language."""
    return f"Fwd: {base_subject(subject)}".rstrip()


def reply_subject(subject: str) -> str:
    """The subject of an answer: exactly one ``Re: ``, in every language, so that threads hold."""
    return f"Re: {base_subject(subject)}".rstrip()
