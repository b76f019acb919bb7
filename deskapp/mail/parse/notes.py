"""What stands in a mail beside its text: an invitation in words, or why nothing can be read."""

from .calendar import MAX_BYTES, calendar_text
from .charsets import decode_bytes
from .parts import MAX_CALENDARS, Layout
from .signed import SEALED_TYPES, is_encrypted
from .tree import Part

_ENCRYPTED = "This mail is encrypted. Open its source in a mail program that has the key."
_SIGNED = (
    "This mail is signed in a way that hides its text (S/MIME). Open its source in a mail program."
)
_PIECE = "This is one piece of a mail that was sent in several (message/partial)."
_ELSEWHERE = "A file of this mail lies elsewhere and was not fetched."


def read_note(root: Part, parts: list[Part], layout: Layout, text: str) -> str:
    """Plain paragraphs to show below the text, or ""."""
    words: list[str] = []
    for leaf in layout.calendars[:MAX_CALENDARS]:
        data = leaf.part.decoded()[:MAX_BYTES]
        told = calendar_text(decode_bytes(data, leaf.part.parameters.get("charset", "utf-8")))
        if told and told not in words:
            words.append(told)
    types = {part.content_type for part in parts}
    if "message/partial" in types:
        words.append(_PIECE)
    if "message/external-body" in types:
        words.append(_ELSEWHERE)
    if not text.strip():
        words += _why_empty(root, parts, types)
    return "\n\n".join(words)


def _why_empty(root: Part, parts: list[Part], types: set[str]) -> list[str]:
    if root.content_type == "multipart/encrypted" or "application/pgp-encrypted" in types:
        return [_ENCRYPTED]
    sealed = [part for part in parts if part.content_type in SEALED_TYPES]
    if not sealed:
        return []
    is_closed = is_encrypted(sealed[0].parameters.get("smime-type", ""), sealed[0].decoded())
    return [_ENCRYPTED if is_closed else _SIGNED]
