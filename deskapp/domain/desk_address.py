"""Where a desk is, as people write it: a file, or a PostgreSQL URL that may hold a password.

Read with more patience than a URL asks for: somebody who types a password with "@" or "/" in it
must not see it in a sentence, nor find it in a file.
"""

import re
from urllib.parse import quote, unquote

_URL = re.compile(r"(?P<scheme>(?!sqlite)[a-z][\w+.-]*)://(?P<rest>.*)", re.DOTALL | re.IGNORECASE)
_MANY = re.compile(
    r"(?P<scheme>postgres[\w+]*)://(?P<person>[^@/]*@)?(?P<hosts>[^/?@]*,[^/?@]*)"
    r"(?:/(?P<name>[^?]*))?(?:\?(?P<options>.*))?",
    re.IGNORECASE,
)
_HOST = re.compile(r"[^:@/]*(?::\d+)?(?:,[^:@/,]*(?::\d+)?)*(?:/[^/:]*)?")
_OPTIONS = re.compile(r"\?\w+=.*", re.DOTALL)
_OPTION = re.compile(r"(?<=[?&])password=(?P<password>[^&]*)&?")


def is_server(address: str) -> bool:
    """Whether a desk's address names a database server, not a file."""
    found = _URL.fullmatch(address.strip())
    return found is not None and found["scheme"].lower().startswith("postgres")


def without_password(address: str) -> str:
    """The address as it may be shown, and kept in the settings."""
    return _split(address)[0]


def password_of(address: str) -> str:
    """The password that stands in an address, "" for none."""
    return _split(address)[1]


def with_password(address: str, password: str) -> str:
    """The address with this password instead of its own; "" leaves it without one."""
    place = without_password(address)
    found = _URL.fullmatch(place)
    if not password or found is None:
        return place
    user, _, host = _person_and_place(found["rest"])
    return f"{found['scheme']}://{user}:{quote(password, safe='')}@{host}"


def hosts_apart(address: str) -> str:
    """A server's address with several hosts as libpq and those who rent servers write it
    (``//anna@one:5432,two:5432/desk``), each host as an option of its own; others as they are."""
    found = _MANY.fullmatch(address.strip())
    if found is None:
        return address
    hosts = "&".join(f"host={host}" for host in found["hosts"].split(","))
    options = f"{hosts}&{found['options']}" if found["options"] else hosts
    return f"{found['scheme']}://{found['person'] or ''}/{found['name'] or ''}?{options}"


def _split(address: str) -> tuple[str, str]:
    """(the address without password, the password)"""
    found = _URL.fullmatch(address.strip())
    if found is None:
        return address, ""
    person, mark, place = _person_and_place(found["rest"])
    user, _, password = person.partition(":")
    option = _OPTION.search(place)
    if option is not None:
        place = _OPTION.sub("", place).rstrip("?&")
        password = option["password"] or password
    return f"{found['scheme']}://{user}{mark}{place}", unquote(password)


def _person_and_place(rest: str) -> tuple[str, str, str]:
    """A host has no "@", so the last one ends the password; options may hold others."""
    options = _OPTIONS.search(rest)
    if options is not None:
        person, mark, host = rest[: options.start()].rpartition("@")
        if _HOST.fullmatch(host):
            return person, mark, host + options.group()
    return rest.rpartition("@")
