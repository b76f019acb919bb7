"""How long a move takes each way, how many rows a second, and how much memory: of the moving
command alone, which must be the same for a small desk and a large one.

python3 dev.py bench moving [TICKETS …]
"""

import json
import os
import subprocess
import sys
import tempfile
from contextlib import AbstractContextManager
from pathlib import Path

from bench.kept_postgres import kept_desk
from tests.exams.upgrading import fill

_SIZES = (5_000, 20_000, 100_000)
_TICKETS_PER_MB = 100  # of mails' bytes, besides texts and index


def main(*sizes: int) -> None:
    """Measures and prints, for a desk of each size."""
    for tickets in sizes or _SIZES:
        with tempfile.TemporaryDirectory() as name, _server(Path(name)) as server:
            os.environ["DESKAPP_HOME"] = str(Path(name) / "home")
            desk, back = (str(Path(name) / one) for one in ("desk.db", "back.db"))
            megabytes = tickets / _TICKETS_PER_MB
            fill(desk, megabytes, tickets)
            told = f"{tickets:,} tickets, {megabytes:,.0f} MB of mail"
            print(f"{told}: to PostgreSQL {_moved(desk, server)}", flush=True)
            print(f"{told}: to a file {_moved(server, back)}", flush=True)


def _server(folder: Path) -> AbstractContextManager[str]:
    folder.chmod(0o755)  # a server that root starts runs as somebody else
    return kept_desk(folder, "postgresql")


def _moved(here: str, there: str) -> str:
    words = ["--desk", here, "move", there, "--json"]
    command = [sys.executable, "-m", "deskapp", *(one.replace("+psycopg", "") for one in words)]
    # Started by a process that is small itself: the system counts what its parent held as well.
    small = [sys.executable, "-S", "-c", _MEASURED, *command]
    said = subprocess.run(small, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    result, used = said.stdout.decode().splitlines()
    told = json.loads(result)
    busy, kilobytes = map(float, used.split())
    seconds, rows = told["seconds"], told["rows"]
    return (
        f"{seconds:.0f} s ({busy:.0f} s of a core its own), {rows:,} rows, "
        f"{rows / seconds:,.0f} a second, {kilobytes / 1024:.0f} MB at most"
    )


_MEASURED = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss, flush=True)
sys.exit(code)
"""

if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
