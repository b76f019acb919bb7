"""Passwords typed into the form of a mailbox, and the kept ones behind fields left empty."""

from dataclasses import dataclass

from deskapp.domain.problem import Problem, ProblemKind
from deskapp.secrets import SecretStore


@dataclass(frozen=True, slots=True)
class Passwords:
    """``known`` is the address of a mailbox that is being changed, "" for a new one.

    Both methods may block on the keyring, which may ask a person to unlock it: call them in a lane.
    """

    address: str
    imap: str
    smtp: str
    known: str
    store: SecretStore

    def to_try(self) -> tuple[str, str]:
        """(receiving, sending) for a test. Raises Problem(NO_SECRET)."""
        imap = self.imap or self._kept("imap")
        smtp = self.smtp or self.imap or self._kept("smtp") or imap
        if not imap:
            raise Problem(ProblemKind.NO_SECRET, address=self.address)
        return imap, smtp

    def keep(self) -> None:
        """Puts what was typed where passwords are kept. Raises Problem NO_SECRET, READ_ONLY."""
        if self.imap:
            self.store.set(self.address, "imap", self.imap)
        if self.imap or self.smtp:
            self.store.set(self.address, "smtp", self.smtp or self.imap)

    def _kept(self, what: str) -> str:
        return (self.store.get(self.known, what) or "") if self.known else ""
