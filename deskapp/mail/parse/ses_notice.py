"""Bounces and complaints that Amazon's mail service mails as JSON through its notices."""

import json
import re
from typing import Any

from deskapp.domain.mail import Bounce

_BEGINS = re.compile(r'\{\s*"(?:notificationType|eventType)"')
_BROKEN_LINE = re.compile(r"!?\n[ \t]?")  # the sender breaks its one line at 1000 letters
MAX_TEXT = 100_000


def notice_type(text: str) -> str:
    """ "bounce", "complaint", another word, or "" where the mail is no such notice."""
    found = _notice(text)
    return str(found.get("notificationType") or found.get("eventType") or "").lower()


def read_notice(text: str) -> list[Bounce]:
    """The recipients of a bounce notice, none for any other mail."""
    bounce = _notice(text).get("bounce")
    recipients = bounce.get("bouncedRecipients") if isinstance(bounce, dict) else None
    if not isinstance(bounce, dict) or not isinstance(recipients, list):
        return []
    late = bounce.get("bounceType") == "Transient"
    return [
        Bounce(
            str(one.get("emailAddress", "")),
            str(one.get("status", "")),
            str(one.get("action") or ("delayed" if late else "failed")),
        )
        for one in recipients
        if isinstance(one, dict)
    ]


def _notice(text: str) -> dict[str, Any]:
    begins = _BEGINS.search(text[:2000])
    if begins is None:
        return {}
    try:
        whole = _BROKEN_LINE.sub("", text[begins.start() : MAX_TEXT])
        found, _ = json.JSONDecoder().raw_decode(whole)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
