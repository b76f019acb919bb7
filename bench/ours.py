"""deskapp on one IMAP account, as its own programs: a desk in a folder, and its engine."""

import json
import os
import subprocess
import sys
from pathlib import Path

from bench.peers import run, timed
from tests.servers.dovecot import ImapAccount

ADDRESS = "support@shop.example"


class Ours:
    """A new desk with one mailbox; its secrets and settings lie in ``folder`` too."""

    def __init__(self, account: ImapAccount, folder: Path, url: str = "") -> None:
        folder.mkdir(parents=True)
        self.url = url or str(folder / "desk.db")
        self.environment = {
            "DESKAPP_HOME": str(folder / "home"),
            "DESKAPP_SECRETS": str(folder / "secrets.json"),
            "DESKAPP_DESK": self.url,
            "DESKAPP_PASSWORD": account.password,
        }
        self.command("init")
        imap = ["--imap", f"{account.host}:{account.port}", "--imap-security", "none"]
        smtp = ["--smtp", "127.0.0.1:1", "--smtp-security", "none"]
        self.command("mailbox", "add", ADDRESS, "--user", account.user, *imap, *smtp)

    def command(self, *words: str) -> str:
        """What `deskapp …` printed."""
        return run([sys.executable, "-m", "deskapp", *words], **self.environment)

    def once(self, clocks: Path | None = None) -> float:
        """Seconds of one engine round, with the start of the program.

        With ``clocks``, a file, its stages are timed too (bench/stages.py).
        """
        program = ["deskapp"] if clocks is None else ["bench.stages", str(clocks)]
        command = [sys.executable, "-m", *program, "engine", "--once"]
        return timed(lambda: run(command, **self.environment))

    def window(self) -> "subprocess.Popen[str]":
        """A window that shows the inbox meanwhile (bench/window_beside.py), when it stands."""
        shown = subprocess.Popen(
            [sys.executable, "-m", "bench.window_beside", self.url],
            env={**os.environ, **self.environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert shown.stdout
        shown.stdout.readline()
        return shown

    def stored(self) -> int:
        """How many mails the mailbox has here, by its own count."""
        [box] = json.loads(self.command("mailbox", "list", "--json"))
        return int(box["stored"])

    def engine(self) -> "subprocess.Popen[str]":
        """The engine as a window starts it; it ends with its stdin."""
        return subprocess.Popen(
            [sys.executable, "-m", "deskapp", "engine"],
            env={**os.environ, **self.environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
