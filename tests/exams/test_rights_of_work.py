"""Honest work is not stopped: stories of the desk, by people who sign in on a team desk."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PARTS = (
    *("tickets", "snoozes", "merged_tickets", "links", "side_threads", "signatures", "views"),
    *("bulk_replies", "intake", "newcomers", "canned_acts", "acts"),
)


@pytest.mark.parametrize("role", ["agent", "lead"])
def test_people_of_a_role_do_their_work(role: str, tell: Callable[[str], None]) -> None:
    files = [f"tests/desk/test_{part}.py" for part in PARTS]
    asked = [sys.executable, "-m", "pytest", "-p", "tests.exams.working_as", "--working-as", role]
    options = ["-k", "postgresql", "-q", "-p", "no:cacheprovider", "--timeout=0"]
    ended = subprocess.run(
        [*asked, *options, *files],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    tell(f"as {role}: {ended.stdout.strip().splitlines()[-1]}")
    assert ended.returncode == 0, ended.stdout[-4000:]
