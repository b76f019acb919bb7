"""Which addresses of the network a mail may make us talk to: public ones, and no others."""

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

Ip = IPv4Address | IPv6Address

_NAT64 = ip_network("64:ff9b::/96")
_SHARED = ip_network("100.64.0.0/10")


class NotPublic(Exception):
    """The name leads into a private network, or nowhere."""


def public_address(host: str, port: int) -> str:
    """An address of ``host`` to connect to. All that the name has must be public: a name with one
    private address is somebody's attempt to look behind the router.

    Raises NotPublic, or OSError when the name is unknown.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not addresses or not all(is_public(address) for address in addresses):
        raise NotPublic(host)
    return addresses[0]


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
    elif ip in _SHARED:
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _wrapped(ip: IPv6Address) -> IPv4Address | None:
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    if ip.teredo is not None:
        return ip.teredo[1]
    return ip.ipv4_mapped or ip.sixtofour
