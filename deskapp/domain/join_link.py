"""The link with which somebody joins a team's desk. It holds no secret: the password is asked.

``deskapp-join:LOGIN@HOST:PORT/DATABASE?desk=ID&tls=…``: ``tls`` is ``verify-full`` (the server's
certificate is checked), ``bound`` (any certificate, but the password's exchange is bound to the
line, so that nobody stands in between unseen: RFC 5802, tls-server-end-point) or ``none``, which
only a server on this computer may have.
"""

from dataclasses import dataclass
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

from .problem import Problem, ProblemKind

SCHEME = "deskapp-join"
VERIFIED, BOUND, PLAIN = "verify-full", "bound", "none"
_OPTIONS = {
    VERIFIED: {"sslmode": "verify-full"},
    BOUND: {"sslmode": "require", "channel_binding": "require"},
    PLAIN: {},
}
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def is_here(host: str) -> bool:
    """Whether a server of this name is on this computer, wherever that is read."""
    return host in _LOOPBACK


def tls_for(host: str, usual: str) -> str:
    """How the line to a server is protected: as ``usual``, but for one on this computer."""
    return PLAIN if is_here(host) else usual


@dataclass(frozen=True, slots=True)
class JoinLink:
    """Where a desk is, which one it is, and as whom to sign in."""

    login: str
    host: str
    port: int
    database: str
    desk: str
    tls: str = BOUND

    def text(self) -> str:
        """As it is handed on, in a mail or on paper."""
        said = urlencode({"desk": self.desk, "tls": self.tls})
        return f"{SCHEME}:{self._place()}?{said}"

    def address(self) -> str:
        """The desk's address for the settings, without a password.

        Raises Problem(PLAIN_NOT_LOOPBACK) where the line would be open to others.
        """
        if self.tls == PLAIN and not is_here(self.host):
            raise Problem(ProblemKind.PLAIN_NOT_LOOPBACK, what="desk", host=self.host)
        options = urlencode(_OPTIONS[self.tls])
        return f"postgresql://{self._place()}" + (f"?{options}" if options else "")

    def _place(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{quote(self.login)}@{host}:{self.port}/{quote(self.database)}"


def looks_like_link(text: str) -> bool:
    """Whether somebody means to join with this, whole or not."""
    return text.strip().strip("<>\"'").casefold().startswith(f"{SCHEME}:")


def join_link(text: str) -> JoinLink:
    """Reads a link as people paste it. Raises Problem(INVALID, what="join_link")."""
    plain = "".join(text.split()).strip("<>\"'")
    head, _, rest = plain.partition(":")
    if head.casefold() != SCHEME:
        raise _wrong(plain)
    try:
        found = urlsplit(f"postgresql://{rest.removeprefix('//')}")
        said = parse_qs(found.query)
        port = found.port or 5432
        (desk,), (tls,) = said["desk"], said.get("tls", [BOUND])
    except (ValueError, KeyError):
        raise _wrong(plain) from None
    database = unquote(found.path.removeprefix("/"))
    whole = found.username and found.hostname and database and desk
    if not whole or found.password is not None or tls not in _OPTIONS:
        raise _wrong(plain)
    return JoinLink(unquote(found.username or ""), found.hostname or "", port, database, desk, tls)


def _wrong(text: str) -> Problem:
    """Without what stands in it: somebody may have put a password there."""
    begun = text.partition(":")[0][:40]
    return Problem(ProblemKind.INVALID, what="join_link", value=f"{begun}:…")
