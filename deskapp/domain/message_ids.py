"""The Message-IDs we write: signed, so that an answer to one cannot be claimed by a stranger."""

import hmac
import re
from itertools import islice

_MAC_LETTERS = 24  # 96 bits in hexadecimal

_token = re.compile(r"[A-Za-z0-9]{16,64}")
_domain = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,251}[a-z0-9])?")
_own_id = re.compile(rf"([a-z0-9]{{16,64}})\.([0-9a-f]{{{_MAC_LETTERS}}})@([a-z0-9._-]+)")


_mac_mark = re.compile(r"\.[0-9a-fA-F]{24}@")  # cheap to look for; most texts have none
_MOST_TEXT, _MOST_FOUND = 200_000, 20


def make_message_id(secret: bytes, domain: str, token: str) -> str:
    """A Message-ID (RFC 5322, 3.6.4) without its angle brackets: ``token.mac@domain``, ASCII.

    ``token`` is the caller's random part: letters and digits worth at least 96 bits, 24 in
    hexadecimal. ``domain`` is the mailbox's, an international one is written in its ASCII form.
    Raises ValueError for a token or domain that no id can carry.
    """
    if not _token.fullmatch(token):
        raise ValueError("a Message-ID token is 16 to 64 letters and digits")
    token = token.lower()
    host = domain.lower() if domain.isascii() else domain.encode("idna").decode("ascii")
    if not _domain.fullmatch(host):
        raise ValueError("not a domain name")
    return f"{token}.{_mac(secret, token, host)}@{host}"


def is_ours(secret: bytes, message_id: str) -> bool:
    """Whether the id carries our MAC; with or without angle brackets, in any case of letters."""
    parts = _own_id.fullmatch(message_id.strip(" \t\r\n<>").lower())
    if parts is None:
        return False
    token, mac, host = parts.groups()
    return hmac.compare_digest(mac, _mac(secret, token, host))


def _mac(secret: bytes, token: str, host: str) -> str:
    signed = f"message-id:{token}@{host}".encode("ascii")
    return hmac.digest(secret, signed, "sha256").hex()[:_MAC_LETTERS]


def ids_in_text(text: str) -> tuple[str, ...]:
    """What looks like an id of ours in a text, as in a returned or forwarded mail; not checked."""
    found = (one[0] for one in islice(_own_id.finditer(text[:_MOST_TEXT].lower()), _MOST_FOUND))
    return tuple(dict.fromkeys(found)) if _mac_mark.search(text) else ()
