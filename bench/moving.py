"""How long a move takes each way, and how much memory: of the moving command alone.

python3 dev.py bench moving [TICKETS] [MAIL MB]
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


def main(tickets: int = 20_000, megabytes: int = 200) -> None:
    """Measures and prints, for a tenth of the desk and for the whole of it."""
    for share in (10, 1):
        with tempfile.TemporaryDirectory() as name, _server(Path(name)) as server:
            os.environ["DESKAPP_HOME"] = str(Path(name) / "home")
            desk, back = (str(Path(name) / one) for one in ("desk.db", "back.db"))
            fill(desk, megabytes / share, tickets // share)
            told = f"{tickets // share} tickets, {megabytes // share} MB of mail"
            print(f"{told}: to PostgreSQL {_moved(desk, server)}", flush=True)
            print(f"{told}: to a file {_moved(server, back)}", flush=True)


def _server(folder: Path) -> AbstractContextManager[str]:
    folder.chmod(0o755)  # a server that root starts runs as somebody else
    return kept_desk(folder, "postgresql")


def _moved(here: str, there: str) -> str:
    words = ["--desk", here, "move", there, "--json"]
    command = [sys.executable, "-m", "deskapp", *(one.replace("+psycopg", "") for one in words)]
    moving = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert moving.stdout
    said = moving.stdout.read()
    _, status, used = os.wait4(moving.pid, 0)
    assert status == 0, "the move failed"
    told = json.loads(said)
    rows = sum(one["rows"] for one in told["tables"].values())
    return f"{told['seconds']:.0f} s, {rows} rows, {used.ru_maxrss / 1024:.0f} MB at most"


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:3]))
