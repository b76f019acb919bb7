"""Full pull: fetch, parse, file and index a folder, beside mbsync and notmuch on the same one.

    python3 dev.py bench pull [COUNT] [ROUNDS]

Prints seconds of each and the ratio ours / (mbsync + notmuch new), for SQLite and, where it is
installed, PostgreSQL. Both sides start from nothing in every round.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from bench.corpus import mails
from tests.servers.authority import Authority
from tests.servers.dovecot import ImapAccount, serve
from tests.servers.postgres import serve as serve_postgres


def main(count: int = 5000, rounds: int = 3) -> None:
    """Measures and prints."""
    for program in ("mbsync", "notmuch"):
        if shutil.which(program) is None:
            sys.exit(f"{program} is missing: apt-get install isync notmuch")
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        server = stack.enter_context(serve(Authority(folder)))
        database = stack.enter_context(serve_postgres())
        account = server.account()
        size = _fill(account, count)
        print(f"{count} mails, {size / count / 1024:.1f} KiB on average, {rounds} rounds")
        peers, sqlite, postgres = [], [], []
        for turn in range(rounds):
            peers.append(_peers(account, folder / f"peer{turn}"))
            sqlite.append(_ours(account, folder / f"ours{turn}", "", count))
            with database.fresh() as url:
                postgres.append(_ours(account, folder / f"ours{turn}p", url, count))
        both = [pull + index for pull, index in peers]
        print(f"mbsync        {statistics.median(pull for pull, _ in peers):6.2f} s")
        print(f"notmuch new   {statistics.median(index for _, index in peers):6.2f} s")
        for label, times in (("SQLite", sqlite), ("PostgreSQL", postgres)):
            ratio = statistics.median(ours / peer for ours, peer in zip(times, both, strict=True))
            middle = statistics.median(times)
            print(f"deskapp {label:11s} {middle:6.2f} s   ratio {ratio:.2f}   "
                  f"{count / middle:.0f} mails/s")  # fmt: skip


def _fill(account: ImapAccount, count: int) -> int:
    size = 0
    batch: list[bytes] = []
    for raw in mails(count):
        size += len(raw)
        batch.append(raw)
        if len(batch) == 500:
            account.deliver(*batch)
            batch = []
    if batch:
        account.deliver(*batch)
    return size


def _peers(account: ImapAccount, folder: Path) -> tuple[float, float]:
    """Seconds of mbsync's first pull, and of notmuch's first index of what it pulled."""
    mail = folder / "mail"
    mail.mkdir(parents=True)
    config = folder / "mbsyncrc"
    config.write_text(
        f"IMAPAccount a\nHost {account.host}\nPort {account.port}\nUser {account.user}\n"
        f"Pass {account.password}\nSSLType None\nAuthMechs LOGIN\n\nIMAPStore far\nAccount a\n\n"
        f"MaildirStore near\nPath {mail}/\nInbox {mail}/INBOX\nSubFolders Verbatim\n\n"
        "Channel c\nFar :far:\nNear :near:\nPatterns INBOX\nCreate Near\nSync Pull\nSyncState *\n"
    )
    pull = _timed(lambda: _run(["mbsync", "-q", "-c", str(config), "c"]))
    notmuch = folder / "notmuch"
    notmuch.write_text(
        f"[database]\npath={mail}\n[user]\nname=a\nprimary_email=a@shop.example\n"
        "[new]\ntags=new\nignore=/.*[.](mbsyncstate|uidvalidity).*/\n"
    )
    index = _timed(lambda: _run(["notmuch", "new", "--quiet"], NOTMUCH_CONFIG=str(notmuch)))
    shutil.rmtree(folder)
    return pull, index


def _ours(account: ImapAccount, folder: Path, url: str, count: int) -> float:
    """Seconds of one engine round into an empty desk."""
    folder.mkdir()
    secrets = folder / "secrets.json"
    environment = {
        "DESKAPP_HOME": str(folder / "home"),
        "DESKAPP_SECRETS": str(secrets),
        "DESKAPP_DESK": url or str(folder / "desk.db"),
        "DESKAPP_PASSWORD": account.password,
    }
    program = [sys.executable, "-m", "deskapp"]
    _run([*program, "init"], **environment)
    imap = ["--imap", f"{account.host}:{account.port}", "--imap-security", "none"]
    smtp = ["--smtp", "127.0.0.1:1", "--smtp-security", "none"]
    address = ["support@shop.example", "--user", account.user]
    _run([*program, "mailbox", "add", *address, *imap, *smtp], **environment)
    took = _timed(lambda: _run([*program, "engine", "--once"], **environment))
    told = _run([*program, "mailbox", "list", "--json"], **environment)
    if f'"stored": {count}' not in told.replace('":', '": ').replace(":  ", ": "):
        sys.exit(f"not all mails are here: {told}")
    shutil.rmtree(folder)
    return took


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _run(command: Sequence[str], **environment: str) -> str:
    done = subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{command[0]} failed with {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:3]))
