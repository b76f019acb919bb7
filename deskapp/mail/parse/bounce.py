"""Whom a delivery report names and why (RFC 3464), or what its text lets us see."""

import re
from dataclasses import replace

from deskapp.domain.mail import Bounce

from .headers import message_id
from .tree import Headers, Part

_FIELD = re.compile(r"^([\w-]+)[ \t]*:[ \t]*([^\n]*(?:\n[ \t][^\n]*)*)", re.MULTILINE)
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_REPLY_CODE = re.compile(r"(?<!\d)([45])\d\d[ -](?=[A-Za-z#<(])")
_ADDRESS = re.compile(r"<?([^\s<>()\",;:@]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,10})>?")
_TEMPORARY = re.compile(r"delay|temporar|will (?:be )?retr|still (?:be )?trying|warning", re.I)
_RETURNED_TYPES = (
    *("message/rfc822", "text/rfc822-headers", "message/rfc822-headers"),
    *("message/global", "message/global-headers"),
)
_RETURNED_ID = re.compile(rb"^[ \t>]*message-id:\s*(<[^<>\r\n]{3,900}>)", re.I | re.M)
MAX_TEXT = 20_000
_MAX_RETURNED = 65_536


def read_bounce(headers: Headers, parts: list[Part], text: str) -> Bounce:
    """The first recipient the report names; fields that nothing states are ""."""
    found = None
    for part in parts:
        if part.content_type == "message/delivery-status":
            found = found or _from_status(part.decoded()[:MAX_TEXT].decode("latin-1"))
    found = found or _from_text(headers, text[:MAX_TEXT])
    return replace(found, message_id=_returned_id(parts, text))


def _returned_id(parts: list[Part], text: str) -> str:
    """The Message-ID of the mail that came back: attached, or written below the report."""
    returned = [part.decoded() for part in parts if part.content_type in _RETURNED_TYPES]
    for shown in (*returned, text[-_MAX_RETURNED:].encode("utf-8", "replace")):
        if written := _RETURNED_ID.search(shown[:_MAX_RETURNED]):
            return message_id(written[1])
    return ""


def _from_status(text: str) -> Bounce | None:
    fields: dict[str, str] = {}
    for name, value in _FIELD.findall(text.replace("\r\n", "\n")):
        key = name.lower()
        if key == "final-recipient" and "final-recipient" in fields:
            break  # the next recipient begins
        fields.setdefault(key, " ".join(value.split()))
    recipient = fields.get("original-recipient") or fields.get("final-recipient", "")
    if not recipient and not fields.get("status"):
        return None
    diagnosis = _STATUS.search(fields.get("diagnostic-code", ""))
    stated = _STATUS.search(fields.get("status", ""))
    status = stated[1] if stated else ""
    if diagnosis and (not status or status.endswith(".0.0")):
        status = diagnosis[1]
    action = fields.get("action", "").split("(")[0].strip().lower()
    return Bounce(_address(recipient), status, action)


def _from_text(headers: Headers, text: str) -> Bounce:
    failed = b",".join(headers.get("x-failed-recipients", ())).decode("latin-1")
    found = _ADDRESS.search(failed) or _ADDRESS.search(text)
    status = _STATUS.search(text)
    code = _REPLY_CODE.search(text)
    stated = status[1] if status else (f"{code[1]}.0.0" if code else "")
    temporary = stated.startswith("4") if stated else bool(_TEMPORARY.search(text[:2000]))
    return Bounce(found[1] if found else "", stated, "delayed" if temporary else "failed")


def _address(field: str) -> str:
    """RFC 3464 writes ``rfc822; someone@example.org``."""
    return field.rpartition(";")[2].strip().strip("<>")
