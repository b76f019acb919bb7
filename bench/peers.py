"""The programs we are measured against, set up on one IMAP account: mbsync and notmuch."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.servers.dovecot import ImapAccount


def need_peers() -> None:
    """Ends the benchmark where they are not installed."""
    for program in ("mbsync", "notmuch"):
        if shutil.which(program) is None:
            sys.exit(f"{program} is missing: apt-get install isync notmuch")


class Peers:
    """mbsync into a Maildir of its own, and notmuch over it."""

    def __init__(
        self,
        account: ImapAccount,
        folder: Path,
        *,
        sync: str = "Pull",
        patterns: str = "INBOX",
    ) -> None:
        """``sync`` is mbsync's: Pull looks at flags and what is gone too, PullNew at new mail."""
        self._account = account
        self._mail = folder / "mail"
        self._mail.mkdir(parents=True)
        self._config = folder / "mbsyncrc"
        self._channel = f"Patterns {patterns}\nCreate Near\nSync {sync}\nSyncState *\n"
        self._notmuch = folder / "notmuch"
        self._notmuch.write_text(
            f"[database]\npath={self._mail}\n[user]\nname=a\nprimary_email=a@shop.example\n"
            "[new]\ntags=new\nignore=/.*[.](mbsyncstate|uidvalidity).*/\n"
        )

    def pull(self, port: int = 0) -> float:
        """Seconds of one run of mbsync; through another port than the account's if need be."""
        self._config.write_text(
            f"IMAPAccount a\nHost {self._account.host}\nPort {port or self._account.port}\n"
            f"User {self._account.user}\nPass {self._account.password}\nSSLType None\n"
            "AuthMechs LOGIN\n\nIMAPStore far\nAccount a\n\n"
            f"MaildirStore near\nPath {self._mail}/\nInbox {self._mail}/INBOX\n"
            f"SubFolders Verbatim\n\nChannel c\nFar :far:\nNear :near:\n{self._channel}"
        )
        return timed(lambda: run(["mbsync", "-q", "-c", str(self._config), "c"]))

    def index(self) -> float:
        """Seconds of one ``notmuch new``."""
        return timed(lambda: run(["notmuch", "new", "--quiet"], NOTMUCH_CONFIG=str(self._notmuch)))


def timed(act: Callable[[], object]) -> float:
    """Seconds that it took."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def run(command: Sequence[str], **environment: str) -> str:
    """What it printed; a failure ends the benchmark."""
    done = subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{command[0]} failed with {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout
