"""Which addresses of the network others may make us talk to: public ones, and no others."""

from collections.abc import Callable, Iterable
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

from deskapp.domain.hosts import is_loopback

from .names import looked_up

Resolve = Callable[[str, int], tuple[str, ...]]
Ip = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_NAT64 = ip_network("64:ff9b::/96")
_SHARED = ip_network("100.64.0.0/10")
# What Python 3.11's tables of special purpose addresses (IANA) do not have yet.
_SPECIAL = tuple(map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "3fff::/20")))
_GLOBAL_6 = ip_network("2000::/3")  # the only part of IPv6 that is given out
_OWN = tuple(
    map(
        ip_network,
        ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "::1/128", "fc00::/7"),
    )
)


class NotPublic(Exception):
    """The name leads into a private network, or nowhere."""


def public_addresses(host: str, port: int) -> tuple[str, ...]:
    """The addresses of ``host`` to connect to, as the system orders them. All must be public: a
    name with one private address is somebody's attempt to look behind the router.

    Raises NotPublic, TimeoutError when nobody knows it in time, or OSError when it is unknown.
    """
    return _addresses(host, port, is_public)


def own_or_public_addresses(host: str, port: int) -> tuple[str, ...]:
    """The same where a person has allowed their own network: this machine, the private ranges and
    VPNs too. Never the link-local ones, where clouds hand out keys, and no multicast.
    """
    return _addresses(host, port, _is_own_or_public)


def loopback_addresses(host: str, port: int) -> tuple[str, ...]:
    """The same for what may stay on this machine only."""
    return _addresses(host, port, is_loopback)


def _addresses(host: str, port: int, may: Callable[[str], bool]) -> tuple[str, ...]:
    addresses = looked_up(host, port)
    if not addresses or not all(map(may, addresses)):
        raise NotPublic(host)
    return addresses


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open internet, also where it wraps another."""
    try:
        ip: Ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        inner = _wrapped(ip)
        if inner is not None:
            return is_public(str(inner))
        if ip not in _GLOBAL_6:
            return False
    if _stands_in(ip, (_SHARED, *_SPECIAL)):
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _is_own_or_public(address: str) -> bool:
    try:
        ip: Ip = ip_address(address)
    except ValueError:
        return False
    return _stands_in(ip, (*_OWN, _SHARED)) or is_public(address)


def _stands_in(ip: Ip, networks: Iterable[Network]) -> bool:
    return any(network.version == ip.version and ip in network for network in networks)


def _wrapped(ip: IPv6Address) -> IPv4Address | None:
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    if ip.teredo is not None:
        return ip.teredo[1]
    return ip.ipv4_mapped or ip.sixtofour
