"""Passwords: in the system's keyring, in a file named on purpose, or asked at each start.

Never in the desk, in arguments, in settings or in logs. A keyring that would keep them in plain
text is not used.
"""

import json
import logging
import os
import stat
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from .domain.desk_address import is_server, password_of, with_password, without_password
from .domain.problem import Problem, ProblemKind
from .paths import from_anywhere

if TYPE_CHECKING:
    from .domain.order_sources import Secret, SourceSettings

log = logging.getLogger(__name__)

FILE_VARIABLE = "DESKAPP_SECRETS"
_PLACE = "place"  # beside the parts of a shop's key: no part has this name
_UNSAFE = ("keyrings.alt", "keyring.backends.null", "keyring.backends.fail")


class SecretStore(Protocol):
    """Where passwords are kept: under the address of a mailbox, or the place of a desk.

    ``what`` is imap, smtp, desk or shop; ``lasting`` tells about restarts.
    """

    @property
    def lasting(self) -> bool: ...

    def get(self, owner: str, what: str) -> str | None: ...
    def set(self, owner: str, what: str, secret: str) -> None: ...
    def forget(self, owner: str, what: str) -> None: ...


def open_secrets() -> SecretStore:
    """The best store this machine has; without one, secrets last for this run only."""
    named = os.environ.get(FILE_VARIABLE)
    if named:
        return SecretFile(Path(named).expanduser())
    return Keyring() if _keyring_is_safe() else SessionSecrets()


def _keyring_is_safe() -> bool:
    import keyring
    from keyring.backends.chainer import ChainerBackend

    backend = keyring.get_keyring()
    backends = backend.backends if isinstance(backend, ChainerBackend) else [backend]
    return bool(backends) and not any(type(one).__module__.startswith(_UNSAFE) for one in backends)


def _entry(owner: str, what: str) -> str:
    """One service name per entry: Windows moves an entry when a second user appears for it."""
    return f"deskapp {what} {owner.casefold()}"


def with_kept_password(address: str, secrets: SecretStore) -> str:
    """A desk's address with the password kept for it, where one is missing.

    What libpq finds by itself goes before: PGPASSWORD here, and .pgpass where nothing is kept.
    """
    if not is_server(address) or password_of(address) or os.environ.get("PGPASSWORD"):
        return address
    return with_password(address, secrets.get(without_password(address), "desk") or "")


def keep_password(address: str, secrets: SecretStore) -> str:
    """Keeps the password in a desk's address, and returns the address as settings may hold it.

    Raises Problem NO_SECRET or READ_ONLY where it cannot be kept.
    """
    place, password = from_anywhere(without_password(address)), password_of(address)
    if password and secrets.get(place, "desk") != password:
        secrets.set(place, "desk", password)
    return place


def keep_source_secret(
    secrets: SecretStore, owner: str, settings: "SourceSettings", secret: "Secret"
) -> bool:
    """The parts of an order source's secret in one entry, with the place that they are for;
    ``owner`` as the desk names it.

    True where it leads elsewhere than the one before: a database's address is part of it. Raises
    Problem NO_SECRET or READ_ONLY where it cannot be kept.
    """
    before = _kept_parts(secrets, owner) or {}
    from .domain.order_sources import key_place

    secrets.set(owner, "shop", json.dumps({**secret, _PLACE: key_place(settings)}))
    return without_password(secret.get("url", "")) != without_password(before.get("url", ""))


def kept_source_secret(secrets: SecretStore, owner: str, settings: "SourceSettings") -> "Secret":
    """The secret that this machine keeps for an order source, where it is still the same shop.

    Raises Problem(NO_SECRET, what="order_source"), also where somebody gave the source another
    address: who knows the key says whether it may go there.
    """
    if settings.sign_in.value == "none":
        return {}
    from .domain.order_sources import key_place

    found = _kept_parts(secrets, owner)
    if found is None or found.pop(_PLACE, "") != key_place(settings):
        raise Problem(ProblemKind.NO_SECRET, what="order_source", name=settings.name)
    return found


def _kept_parts(secrets: SecretStore, owner: str) -> dict[str, str] | None:
    kept = secrets.get(owner, "shop")
    try:
        found = json.loads(kept) if kept else None
    except ValueError:
        found = None
    if not isinstance(found, dict):
        return None
    return {str(name): str(value) for name, value in found.items()}


def forget_source_secret(secrets: SecretStore, owner: str) -> None:
    """When a source is removed."""
    secrets.forget(owner, "shop")


class OpenedLater:
    """The best store, found at its first use: looking for a keyring takes 0.1 s of a start."""

    @cached_property
    def _found(self) -> SecretStore:
        return open_secrets()

    @property
    def lasting(self) -> bool:
        return self._found.lasting

    def get(self, owner: str, what: str) -> str | None:
        return self._found.get(owner, what)

    def set(self, owner: str, what: str, secret: str) -> None:
        self._found.set(owner, what, secret)

    def forget(self, owner: str, what: str) -> None:
        self._found.forget(owner, what)


class Keyring:
    """The system's own keyring."""

    lasting = True

    def get(self, owner: str, what: str) -> str | None:
        import keyring
        from keyring.errors import KeyringError

        try:
            return keyring.get_password(_entry(owner, what), owner)
        except KeyringError as error:
            log.warning("the keyring did not answer: %s", type(error).__name__)
            return None

    def set(self, owner: str, what: str, secret: str) -> None:
        import keyring
        from keyring.errors import KeyringError

        try:
            keyring.set_password(_entry(owner, what), owner, secret)
        except KeyringError as error:
            raise Problem(ProblemKind.NO_SECRET, mailbox=owner) from error

    def forget(self, owner: str, what: str) -> None:
        import keyring
        from keyring.errors import KeyringError, PasswordDeleteError

        try:
            keyring.delete_password(_entry(owner, what), owner)
        except PasswordDeleteError:
            return  # there was none
        except KeyringError as error:
            log.warning("the keyring did not forget an entry: %s", type(error).__name__)


class SessionSecrets:
    """Kept in memory until the program ends."""

    lasting = False

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def get(self, owner: str, what: str) -> str | None:
        return self._kept.get(_entry(owner, what))

    def set(self, owner: str, what: str, secret: str) -> None:
        self._kept[_entry(owner, what)] = secret

    def forget(self, owner: str, what: str) -> None:
        self._kept.pop(_entry(owner, what), None)


class SecretFile:
    """A file that its owner named on purpose and that only its owner may read (mode 0600)."""

    lasting = True

    def __init__(self, path: Path) -> None:
        self._path = path
        if path.exists():
            _check_mode(path)

    def _read(self) -> dict[str, str]:
        if not self._path.exists():
            return {}
        _check_mode(self._path)
        try:
            written = self._path.read_text(encoding="utf-8")
            found = json.loads(written) if written.strip() else {}  # made by hand, still empty
            return {str(key): str(value) for key, value in found.items()}
        except (OSError, ValueError, AttributeError) as error:
            raise Problem(ProblemKind.FILE_UNREADABLE, path=str(self._path)) from error

    def _write(self, secrets: dict[str, str]) -> None:
        unfinished = self._path.with_name(self._path.name + ".part")
        try:
            unfinished.unlink(missing_ok=True)
            handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(secrets, file)
            unfinished.replace(self._path)
        except OSError as error:
            raise Problem(ProblemKind.READ_ONLY, path=str(self._path)) from error

    def get(self, owner: str, what: str) -> str | None:
        return self._read().get(_entry(owner, what))

    def set(self, owner: str, what: str, secret: str) -> None:
        self._write({**self._read(), _entry(owner, what): secret})

    def forget(self, owner: str, what: str) -> None:
        secrets = self._read()
        if secrets.pop(_entry(owner, what), None) is not None:
            self._write(secrets)


def _check_mode(path: Path) -> None:
    """Refuses a file that others may read. Windows has no such mode; its folder rights decide."""
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise Problem(ProblemKind.INVALID, what="secrets_file_mode", value=str(path))
