"""What a server's name says about where it is."""

from ipaddress import IPv6Address, ip_address

LONGEST_HOST = 255


def is_loopback(host: str) -> bool:
    """Whether this is the machine itself: 127.0.0.0/8, ::1 or localhost.

    Only there may a password travel unprotected (DESIGN section 6, ``--imap-security none``).
    """
    bare = host.strip().removeprefix("[").removesuffix("]")
    if bare.casefold() == "localhost":
        return True
    try:
        address = ip_address(bare)
    except ValueError:
        return False  # a name can point anywhere tomorrow
    if isinstance(address, IPv6Address) and address.scope_id:
        return False
    return address.is_loopback


def is_host(text: str) -> bool:
    """Whether ``text`` can be a server's name or number at all."""
    return 0 < len(text) <= LONGEST_HOST and not any(
        sign.isspace() or not sign.isprintable() or sign in "/@?#" for sign in text
    )
