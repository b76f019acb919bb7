"""Full pull: fetch, parse, file and index a folder, beside mbsync and notmuch on the same one.

    python3 dev.py bench pull [COUNT] [ROUNDS]

Prints seconds of each and the ratio ours / (mbsync + notmuch new), for SQLite and, where it is
installed, PostgreSQL. Both sides start from nothing in every round.
"""

import shutil
import statistics
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from bench.corpus import mails
from bench.ours import Ours
from bench.peers import Peers, need_peers
from tests.servers.authority import Authority
from tests.servers.dovecot import ImapAccount, serve
from tests.servers.postgres import serve as serve_postgres


def main(count: int = 5000, rounds: int = 3) -> None:
    """Measures and prints."""
    need_peers()
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
    peers = Peers(account, folder)
    pull, index = peers.pull(), peers.index()
    shutil.rmtree(folder)
    return pull, index


def _ours(account: ImapAccount, folder: Path, url: str, count: int) -> float:
    """Seconds of one engine round into an empty desk."""
    ours = Ours(account, folder, url)
    took = ours.once()
    if (stored := ours.stored()) != count:
        sys.exit(f"not all mails are here: {stored}")
    shutil.rmtree(folder)
    return took


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:3]))
