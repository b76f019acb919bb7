"""`deskapp engine --once` with a clock on each stage: run by `bench pull`, as a program of its own.

    python -m bench.stages FILE engine --once

FILE becomes one JSON object: stage -> [seconds it took, processor seconds of its thread]. Stages
of different threads run at the same time, so they add up to more than the whole.
"""

import functools
import gc
import json
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

Times = dict[str, list[float]]


def main(file: Path, words: list[str]) -> int:
    """Runs the command with the clocks on; its exit code."""
    times: Times = defaultdict(lambda: [0.0, 0.0])
    for stage, owner, name in _stages():
        setattr(owner, name, _clocked(getattr(owner, name), times[stage]))
    from deskapp.__main__ import ALLOCATIONS
    from deskapp.cli import run_command

    gc.set_threshold(ALLOCATIONS)  # as the program's own entry does
    start = time.perf_counter()
    code = run_command(words)
    spent = resource.getrusage(resource.RUSAGE_SELF)
    readers = resource.getrusage(resource.RUSAGE_CHILDREN)
    times["whole: engine"] = [time.perf_counter() - start, spent.ru_utime + spent.ru_stime]
    times["parse: readers' processes"] = [0.0, readers.ru_utime + readers.ru_stime]
    file.write_text(json.dumps(times), "utf-8")
    return code


def _stages() -> tuple[tuple[str, Any, str], ...]:
    """Stage, and the function that is clocked for it, by owner and name."""
    # Loaded here: the readers' processes load this module too, and none of this.
    from deskapp.data import search
    from deskapp.data.queries import filing as questions
    from deskapp.data.queries import filing_facts, filing_queue, ledger
    from deskapp.desk import filing, filing_write, intake
    from deskapp.mail import folder_sync
    from deskapp.mail.connection import ImapConnection

    return (
        ("fetch: list UIDs and sizes", ImapConnection, "list_uids"),
        ("fetch: list UIDs and sizes", ImapConnection, "sizes"),
        ("fetch: the mails", ImapConnection, "fetch"),
        ("store: hash and compress", folder_sync, "pack"),
        ("store: rows", ledger, "store_batch"),
        ("file: read back", filing_queue, "next_unfiled"),
        ("file: what is known", filing_facts, "facts_for"),
        ("file: customers", intake, "ensure_customers"),
        ("file: decide", filing.Filing, "add"),
        ("file: rows", questions, "write_rows"),
        ("file: rows", questions, "update_tickets"),
        ("file: ledger", filing_queue, "mark_filed"),
        ("index: fold", search, "fold"),
        ("index: fold and write", filing_write, "index_rows"),
        ("whole: storing thread", folder_sync.FolderSync, "_store"),
        ("whole: filing thread", intake.Intake, "file"),
    )


def _clocked(act: Callable[..., Any], total: list[float]) -> Callable[..., Any]:
    @functools.wraps(act)
    def timed(*values: Any, **named: Any) -> Any:
        start, busy = time.perf_counter(), time.thread_time()
        try:
            return act(*values, **named)
        finally:
            total[0] += time.perf_counter() - start
            total[1] += time.thread_time() - busy

    return timed


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
