"""Where a shop is asked, as a person types it."""

import re
from dataclasses import dataclass, replace
from urllib.parse import quote, urlsplit

from .hosts import is_host, is_loopback
from .plain import one_line
from .problem import Problem, ProblemKind
from .sites import in_ascii

_NAME = re.compile(r"[a-z0-9][a-z0-9-]*", re.IGNORECASE)
_ADMIN = "admin.shopify.com"


@dataclass(frozen=True, slots=True)
class ShopAddress:
    """``host`` in the letters of the DNS, ``path`` with a leading and no trailing slash, or "".

    ``own_network`` says that a person has allowed private addresses for this connection.
    """

    host: str
    port: int
    path: str = ""
    secure: bool = True
    own_network: bool = False

    @property
    def origin(self) -> str:
        """As a person would write it, less the path."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = 443 if self.secure else 80
        port = "" if self.port == usual else f":{self.port}"
        return f"{'https' if self.secure else 'http'}://{host}{port}"


def shop_address(text: str, *, own_network: bool = False) -> ShopAddress:
    """Reads "shop.example", "https://shop.example/store/" or "http://localhost:8080".

    Plain http is for this machine alone, and only where ``own_network`` is allowed. Raises
    Problem INVALID (what="shop_address") and PLAIN_NOT_LOOPBACK (what="shop").
    """
    shown = one_line(text, 300)
    address = shown if "://" in shown else f"https://{shown}"
    try:
        parts = urlsplit(address)
        name, port = parts.hostname or "", parts.port
    except ValueError:
        raise Problem(ProblemKind.INVALID, what="shop_address", value=shown) from None
    host = name if ":" in name else in_ascii(name)
    odd = parts.username is not None or parts.query or parts.fragment or "\\" in address
    if parts.scheme not in ("https", "http") or odd or not is_host(host) or "%" in host:
        raise Problem(ProblemKind.INVALID, what="shop_address", value=_less_secrets(shown))
    secure = parts.scheme == "https"
    if not secure and not (own_network and is_loopback(host)):
        raise Problem(ProblemKind.PLAIN_NOT_LOOPBACK, what="shop", host=host)
    path = quote(parts.path.rstrip("/"), safe="/%:@!$&'()*+,;=~-._")
    return ShopAddress(host, port or (443 if secure else 80), path, secure, own_network)


def shopify_address(text: str, *, own_network: bool = False) -> ShopAddress:
    """A Shopify shop's address by its name, its myshopify.com address or that of its admin pages.

    Raises Problem(INVALID, what="shop_address").
    """
    if _NAME.fullmatch(text.strip()):
        return shop_address(f"{text.strip()}.myshopify.com")
    address = shop_address(text, own_network=own_network)
    if address.host == _ADMIN:
        _, store, name, *_ = (*address.path.split("/"), "", "")
        if store != "store" or not _NAME.fullmatch(name):
            raise Problem(ProblemKind.INVALID, what="shop_address", value=text)
        return shop_address(f"{name}.myshopify.com")
    return replace(address, path="")


def _less_secrets(shown: str) -> str:
    """Less what stands before an "@": somebody may have pasted a key there."""
    scheme, mark, rest = shown.rpartition("://")
    return scheme + mark + rest.rpartition("@")[2]
