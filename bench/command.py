"""A command on a large desk, beside the start of SQLAlchemy alone in the same run.

python3 dev.py bench command [TICKETS] [ROUNDS]
"""

import sys
import tempfile
from pathlib import Path

from bench.beside import compare
from bench.big_desk import build

_LISTED = "50"


def main(tickets: int = 100_000, rounds: int = 10) -> None:
    """Measures and prints."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "desk.db"
        build(path, tickets).close()
        peer = ["-c", "import sqlalchemy"]
        ours = ["-m", "deskapp", "--desk", str(path), "ticket", "list", "--json", "--limit"]
        compare(("import sqlalchemy", peer), ("ticket list", [*ours, _LISTED]), name, rounds)


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:3]))
