"""Full pull: fetch, parse, file and index a folder, beside mbsync and notmuch on the same one.

    python3 dev.py bench pull [COUNT] [ROUNDS]

Prints seconds of each and the ratio ours / (mbsync + notmuch new) for SQLite and PostgreSQL, where
the time of the last round went, and the longest freeze of a window that shows the inbox meanwhile.
Both sides start from nothing in every round; the window is there in a pull of its own.
"""

import json
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.corpus import mails
from bench.ours import Ours
from bench.peers import Peers, need_peers
from tests.servers.authority import Authority
from tests.servers.dovecot import ImapAccount, serve
from tests.servers.postgres import Postgres
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
        peers: list[tuple[float, float]] = []
        times: dict[str, list[float]] = {"SQLite": [], "PostgreSQL": []}
        clocks = {label: folder / f"{label}.json" for label in times}
        for turn in range(rounds):
            peers.append(_peers(account, folder / f"peer{turn}"))
            for label, took in times.items():
                with _new_desk(account, folder / f"ours{turn}{label}", label, database) as ours:
                    took.append(ours.once(clocks[label]))
                    if (stored := ours.stored()) != count:
                        sys.exit(f"not all mails are here: {stored}")
        _print_ratios(count, peers, times)
        for label, file in clocks.items():
            _print_stages(label, json.loads(file.read_text("utf-8")))
        for label in times:
            with _new_desk(account, folder / f"window{label}", label, database) as ours:
                _print_freeze(label, ours)


def _print_ratios(
    count: int, peers: Sequence[tuple[float, float]], times: Mapping[str, Sequence[float]]
) -> None:
    print(f"mbsync              {statistics.median(pull for pull, _ in peers):6.2f} s")
    print(f"notmuch new         {statistics.median(index for _, index in peers):6.2f} s")
    for label, took in times.items():
        ratio = statistics.median(
            ours / (pull + index) for ours, (pull, index) in zip(took, peers, strict=True)
        )
        middle = statistics.median(took)
        print(f"deskapp {label:11s} {middle:6.2f} s   ratio {ratio:.2f}   "
              f"{count / middle:.0f} mails/s")  # fmt: skip


def _print_stages(label: str, stages: Mapping[str, Sequence[float]]) -> None:
    print(f"\n{label}, last round; stages of different threads run at the same time")
    for stage, (seconds, busy) in sorted(stages.items()):
        print(f"  {stage:28s}{seconds:7.2f} s   processor {busy:6.2f} s")


def _print_freeze(label: str, ours: Ours) -> None:
    window = ours.window()
    took = ours.once()
    told, _ = window.communicate(timeout=60)
    seen = json.loads(told)
    print(f"\n{label}, a window beside a pull of {took:.2f} s: longest freeze "
          f"{seen['longest']:.0f} ms, of which its thread worked {seen['worked']:.0f} ms and had "
          f"no processor for {seen['queued']:.0f} ms; longest without such waits "
          f"{seen['most_own']:.0f} ms; {seen['beats']} beats")  # fmt: skip


@contextmanager
def _new_desk(account: ImapAccount, folder: Path, label: str, database: Postgres) -> Iterator[Ours]:
    with ExitStack() as stack:
        url = stack.enter_context(database.fresh()) if label == "PostgreSQL" else ""
        stack.callback(shutil.rmtree, folder)
        yield Ours(account, folder, url)


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


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:3]))
