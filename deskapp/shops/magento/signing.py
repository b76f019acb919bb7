"""Signing a request with OAuth 1.0a (RFC 5849), by HMAC-SHA256 as Magento asks for."""

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

Parameters = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class FourKeys:
    """What Magento shows when an integration is activated (System, Extensions, Integrations)."""

    consumer_key: str
    consumer_secret: str = field(repr=False)
    token: str = field(repr=False)
    token_secret: str = field(repr=False)


def encoded(text: str) -> str:
    """RFC 5849 3.6: everything but letters, digits and "-._~"."""
    return quote(text, safe="-._~")


def query_of(parameters: Parameters) -> str:
    """The query string whose parts are encoded as they are signed."""
    return "&".join(f"{encoded(name)}={encoded(value)}" for name, value in parameters)


def base_string(method: str, url: str, parameters: Parameters) -> str:
    """RFC 5849 3.4.1. ``url`` has no query, and its port only where it is not the usual one."""
    pairs = sorted((encoded(name), encoded(value)) for name, value in parameters)
    joined = "&".join(f"{name}={value}" for name, value in pairs)
    return "&".join((method.upper(), encoded(url), encoded(joined)))


def authorization(
    keys: FourKeys,
    method: str,
    url: str,
    parameters: Parameters,
    now: Callable[[], float] = time.time,
) -> str:
    """The Authorization header for one request; its nonce is good for one request."""
    own = [
        ("oauth_consumer_key", keys.consumer_key.strip()),
        ("oauth_nonce", secrets.token_hex(16)),
        ("oauth_signature_method", "HMAC-SHA256"),
        ("oauth_timestamp", str(int(now()))),
        ("oauth_token", keys.token.strip()),
        ("oauth_version", "1.0"),
    ]
    text = base_string(method, url, [*parameters, *own])
    secret = f"{encoded(keys.consumer_secret.strip())}&{encoded(keys.token_secret.strip())}"
    digest = hmac.new(secret.encode(), text.encode(), hashlib.sha256).digest()
    own.append(("oauth_signature", base64.b64encode(digest).decode()))
    return "OAuth " + ", ".join(f'{name}="{encoded(value)}"' for name, value in own)
