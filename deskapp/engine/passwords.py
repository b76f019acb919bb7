"""The passwords this engine may use: told over its pipe, else from the keeper of secrets."""

import os
import threading

from deskapp.desk import Desk
from deskapp.domain.mailboxes import MailboxSettings
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.secrets import SecretStore, open_secrets

PASSWORD_VARIABLE = "DESKAPP_PASSWORD"


def passwords_for(desk: Desk) -> "Passwords":
    """The keeper of secrets, and DESKAPP_PASSWORD where it can only mean one mailbox."""
    single = len(desk.mailboxes.list()) == 1
    return Passwords(open_secrets(), os.environ.get(PASSWORD_VARIABLE) if single else None)


class Passwords:
    """Asked by all threads. What is told lasts until the engine ends and is written nowhere."""

    def __init__(self, store: SecretStore, only: str | None = None) -> None:
        """``only`` is what DESKAPP_PASSWORD holds, where the desk has a single mailbox."""
        self._store = store
        self._only = only
        self._told: dict[tuple[str, str], str] = {}
        self._turn = threading.Lock()

    def tell(self, address: str, *, imap: str | None, smtp: str | None) -> None:
        """From the window, where no keyring keeps them."""
        for what, secret in (("imap", imap), ("smtp", smtp)):
            if secret:
                with self._turn:
                    self._told[address.casefold(), what] = secret

    def imap(self, settings: MailboxSettings) -> str:
        """Raises Problem(NO_SECRET)."""
        found = self._find(settings.address, "imap")
        if found is None:
            raise Problem(ProblemKind.NO_SECRET, mailbox=settings.address)
        return found

    def smtp(self, settings: MailboxSettings) -> str | None:
        """The SMTP password, which most often is the IMAP one; None where there is neither."""
        return self._find(settings.address, "smtp") or self._find(settings.address, "imap")

    def _find(self, address: str, what: str) -> str | None:
        with self._turn:
            told = self._told.get((address.casefold(), what))
        return told or self._store.get(address, what) or self._only
