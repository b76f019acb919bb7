"""Where a shop's database is, as an admin types it, password and all."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from urllib.parse import unquote, urlsplit

from deskapp.domain.desk_address import password_of, without_password
from deskapp.domain.hosts import is_host, is_loopback
from deskapp.domain.plain import one_line
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.sites import in_ascii


class DatabaseKind(StrEnum):
    """What answers at an address."""

    POSTGRESQL = "postgresql"
    MYSQL = "mysql"
    SQLITE = "sqlite"


_KINDS = {
    "postgresql": DatabaseKind.POSTGRESQL,
    "postgres": DatabaseKind.POSTGRESQL,
    "mysql": DatabaseKind.MYSQL,
    "mariadb": DatabaseKind.MYSQL,
}
_PORTS = {DatabaseKind.POSTGRESQL: 5432, DatabaseKind.MYSQL: 3306}
_FILE = "sqlite:///"


@dataclass(frozen=True, slots=True)
class DatabaseAddress:
    """``path`` is for SQLite and the rest for servers. ``own_network`` and ``plain_allowed`` are
    what a person has allowed for this connection; ``authority`` is a PEM file or ""."""

    kind: DatabaseKind
    host: str = ""
    port: int = 0
    database: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    path: Path = Path()
    own_network: bool = False
    plain_allowed: bool = False
    authority: str = ""

    @property
    def shown(self) -> str:
        """The server's name or the file's, for sentences."""
        return self.host or str(self.path)

    @property
    def protected(self) -> bool:
        """Whether nothing may be said to it but over TLS that vouches for its name."""
        return not (self.plain_allowed or is_loopback(self.host))

    def about(self, problem: Problem) -> Problem:
        """The Problem with the host, and less the password where a server repeats it."""
        details = {name: self._less_password(value) for name, value in problem.details.items()}
        return Problem(problem.kind, **{"what": "shop", "host": self.shown, **details})

    def _less_password(self, value: str | int | None) -> str | int | None:
        if isinstance(value, str) and self.password:
            return value.replace(self.password, "…")
        return value


def database_address(
    text: str, *, own_network: bool = False, plain_allowed: bool = False, authority: str = ""
) -> DatabaseAddress:
    """Reads the URL that the package's head describes.

    Raises Problem INVALID (what="database_url"), its value without the password.
    """
    shown = without_password(text.strip())
    if shown.lower().startswith(_FILE):
        name = shown[len(_FILE) :]
        if not name or name == ":memory:":
            raise _invalid(shown)
        return DatabaseAddress(DatabaseKind.SQLITE, path=Path(name).expanduser().absolute())
    try:
        parts = urlsplit(shown)
        host, port = in_ascii(parts.hostname or ""), parts.port
    except ValueError:
        raise _invalid(shown) from None
    kind = _KINDS.get(parts.scheme.partition("+")[0])
    database = unquote(parts.path.removeprefix("/"))
    odd = parts.query or parts.fragment or "/" in database or "%" in host
    if kind is None or odd or not is_host(host) or not database or not parts.username:
        raise _invalid(shown)
    return DatabaseAddress(
        kind,
        host,
        port or _PORTS[kind],
        database,
        unquote(parts.username),
        password_of(text.strip()),
        own_network=own_network,
        plain_allowed=plain_allowed,
        authority=authority,
    )


def _invalid(shown: str) -> Problem:
    return Problem(ProblemKind.INVALID, what="database_url", value=one_line(shown, 200))
