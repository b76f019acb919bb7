"""The names of attachments: read from every spelling in use, and made harmless to show.

The name is a label, never a path: whoever saves a file decides where, and marks it.
"""

import mimetypes
import re
import unicodedata

from .headers import decode_words
from .parameters import Parameters

MAX_LENGTH = 120
_PERCENT = re.compile(r"\A(?:%[0-9A-Fa-f]{2}|[\w.-])*%[0-9A-Fa-f]{2}(?:%[0-9A-Fa-f]{2}|[\w.-])*\Z")
_FORBIDDEN = re.compile('[<>:"|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(r"\A(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|\Z)", re.IGNORECASE)
_BLANKS = re.compile(r"[\s\u2800\u3164\uffa0\u115f\u1160]+")
_EXTENSIONS = {
    "message/delivery-status": ".txt",
    "message/disposition-notification": ".txt",
    "text/rfc822-headers": ".txt",
    "message/rfc822": ".eml",
    "text/plain": ".txt",
    "text/calendar": ".ics",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "application/pgp-signature": ".asc",
    "application/pkcs7-signature": ".p7s",
}


def stated_name(disposition: Parameters, content_type: Parameters, hint: str = "") -> str:
    """The name its writer gave, decoded but not yet made harmless; "" where there is none."""
    raw = disposition.get("filename") or content_type.get("name") or ""
    if not raw:
        return ""
    name = decode_words(raw, hint)
    if "%" in name and _PERCENT.match(name):  # RFC 2231 text under a plain parameter name
        from urllib.parse import unquote

        name = unquote(name)
    return name


def is_raw(disposition: Parameters, content_type: Parameters) -> bool:
    """Whether the name stands in bytes beyond ASCII, which RFC 5322 does not allow."""
    raw = disposition.get("filename") or content_type.get("name") or ""
    return any("\udc80" <= letter <= "\udcff" for letter in raw)


def harmless(name: str) -> str:
    """A name that is one file name on every system. Applying it twice changes nothing."""
    name = unicodedata.normalize("NFC", name)
    name = re.split(r"[/\\]", name.rstrip("/\\"))[-1]
    name = "".join(c for c in name if unicodedata.category(c) not in ("Cf", "Cc", "Cs", "Co"))
    name = _BLANKS.sub(" ", _FORBIDDEN.sub("_", name)).strip(" .")
    if _RESERVED.match(name):
        name = "_" + name
    if len(name) > MAX_LENGTH:
        stem, dot, extension = name.rpartition(".")
        if not dot or len(extension) > 10:
            return name[:MAX_LENGTH].rstrip(" .")
        name = stem[: MAX_LENGTH - len(extension) - 1].rstrip(" .") + "." + extension
    return name


def invented_name(content_type: str, index: int, subject: str = "") -> str:
    """A name for a part without one: a nested mail is called by its subject."""
    extension = _EXTENSIONS.get(content_type) or mimetypes.guess_extension(content_type) or ".bin"
    stem = harmless(subject) if subject else ""
    return harmless((stem or f"part-{index}")[: MAX_LENGTH - len(extension)] + extension)
