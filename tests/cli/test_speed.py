"""What a command may load: its start is most of its time (DESIGN section 7)."""

import subprocess
import sys

import pytest

from .program import Program

HEAVY = ("PySide6", "alembic", "py3langid", "numpy", "opencc", "liquid", "rich", "openpyxl")


@pytest.mark.parametrize("words", [("ticket", "list", "--json", "--limit", "50"), ("--help",)])
def test_a_simple_command_loads_nothing_heavy(words: tuple[str, ...], program: Program) -> None:
    code = (
        "import sys; from deskapp.cli import run_command; "
        f"run_command(['--desk', {program.desk!r}, *{words!r}]); "
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stderr.strip() == "[]"
