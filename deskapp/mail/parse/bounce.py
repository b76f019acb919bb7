"""Whom a delivery report names and why (RFC 3464), or what its text lets us see."""

import re
from dataclasses import replace

from deskapp.domain.mail import Bounce

from .bounce_text import MAX_TEXT, read_report_text
from .headers import message_id
from .ses_notice import read_notice
from .tree import Headers, Part, leaves, read_tree

_FIELD = re.compile(r"^([\w-]+)[ \t]*:[ \t]*([^\n]*(?:\n[ \t][^\n]*)*)", re.MULTILINE)
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_REPLY_CODE = re.compile(r"(?<![\d.])([45])[0-5]\d(?![\d.])")
_STATUS_TYPES = ("message/delivery-status", "message/global-delivery-status")
_RETURNED_TYPES = (
    *("message/rfc822", "text/rfc822-headers", "message/rfc822-headers"),
    *("message/global", "message/global-headers"),
)
_RETURNED_ID = re.compile(rb"^[ \t>]*message-id:\s*(<[^<>\r\n]{3,900}>)", re.I | re.M)
_RETURNED_TO = re.compile(
    rb"^[ \t>]*to:[^\n@]{0,200}?([^\s<>\",;:@]{1,64}@[\w.-]{1,255})", re.I | re.M
)
_REACHED = ("delivered", "relayed", "expanded")
_MAX_RETURNED = 65_536
_MAX_RECIPIENTS = 100


def read_bounce(headers: Headers, parts: list[Part], text: str) -> Bounce:
    """The first recipient that was not reached, with the others; what nothing states is ""."""
    found = read_notice(text)
    for part in _with_wrapped(parts):
        if part.content_type in _STATUS_TYPES:
            found = found or _from_status(part.decoded()[:MAX_TEXT].decode("latin-1"))
    if not found or not found[0].status:
        said = read_report_text(headers, text)
        found = [replace(found[0], status=said[0].status), *found[1:]] if found else said
    if not found[0].recipient:
        found[0] = replace(found[0], recipient=_returned_recipient(parts, text))
    first, *others = found
    unique = {one.recipient: one for one in others if one.recipient != first.recipient}
    return replace(first, message_id=_returned_id(parts, text), others=tuple(unique.values()))


def _with_wrapped(parts: list[Part]) -> list[Part]:
    """The parts; where no report is among them, also those of a report that a filter attached."""
    if any(part.content_type in _STATUS_TYPES for part in parts):
        return parts
    wrapped = [
        part
        for part in parts
        if part.content_type == "message/rfc822" and b"delivery-status" in part.body
    ]
    return [*parts, *(leaf for part in wrapped for leaf in leaves(read_tree(part.decoded(), [])))]


def _returned_id(parts: list[Part], text: str) -> str:
    """The Message-ID of the mail that came back: attached, or written below the report."""
    returned = [part.decoded() for part in parts if part.content_type in _RETURNED_TYPES]
    for shown in (*returned, text[-_MAX_RETURNED:].encode("utf-8", "replace")):
        if written := _RETURNED_ID.search(shown[:_MAX_RETURNED]):
            return message_id(written[1])
    return ""


def _returned_recipient(parts: list[Part], text: str) -> str:
    """Whom the returned mail was for, where the report itself names nobody."""
    returned = [part.decoded() for part in parts if part.content_type in _RETURNED_TYPES]
    for shown in (*returned, text.encode("utf-8", "replace")):
        if named := _RETURNED_TO.search(shown[:_MAX_RETURNED]):
            return named[1].decode("latin-1")
    return ""


def _from_status(text: str) -> list[Bounce]:
    """One per recipient. The groups of fields stand apart by empty lines (RFC 3464, 2.1), or by
    naming the next final recipient where a server forgot those."""
    found: list[Bounce] = []
    fields: dict[str, str] = {}
    for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        for name, value in _FIELD.findall(block):
            key = name.lower()
            if key == "final-recipient" and "final-recipient" in fields:
                found.append(_described(fields))
                fields = {}
            fields.setdefault(key, " ".join(value.split()))
        if "final-recipient" in fields or "original-recipient" in fields:
            found.append(_described(fields))
            fields = {}
        if len(found) >= _MAX_RECIPIENTS:
            break
    if not found and fields.get("status"):
        found.append(_described(fields))
    missed = [one for one in found if one.action not in _REACHED]
    return missed or found


def _described(fields: dict[str, str]) -> Bounce:
    recipient = fields.get("original-recipient") or fields.get("final-recipient", "")
    diagnostic = fields.get("diagnostic-code", "")
    diagnosis = _STATUS.search(diagnostic)
    stated = _STATUS.search(fields.get("status", ""))
    status = stated[1] if stated else ""
    if diagnosis and (not status or status.endswith(".0.0")):
        status = diagnosis[1]
    code = _REPLY_CODE.search(diagnostic)
    if code and not status:
        status = f"{code[1]}.0.0"
    action = fields.get("action", "").split("(")[0].strip().lower()
    return Bounce(_address(recipient), status, action)


def _address(field: str) -> str:
    """RFC 3464 writes ``rfc822; someone@example.org``."""
    return field.rpartition(";")[2].strip().strip("<>")
