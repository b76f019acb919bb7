"""Honest work is not stopped: stories of the desk, by people who sign in on a team desk."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# What a role may besides an agent: taking in mail, searching and reading are everybody's alike, and
# told as an agent only. Juniors: tests/desk/test_work_by_role.py, since most stories send or merge.
# Left out: what only an admin sets up in the middle of a story (orders, mailboxes, automatic
# replies, fields), what a lead does to tags, rows of an approval that a story writes by hand, what
# plays two people over one sign-in (assignment, take-overs, stale edits), and what breaks the desk
# from below (backup, moves, upkeep).
PARTS = (
    *("tickets", "snoozes", "merged_tickets", "merge_undone", "side_threads", "signatures"),
    *("views", "bulk_replies", "intake", "newcomers", "canned_acts", "acts", "hand_overs"),
    *("forged_threads", "hard_cases", "joined_how", "list_order", "moved_on"),
    *("order_forms", "pictures", "returned_mail", "search_index", "search_operators"),
    *("ticket_facts", "waiting", "companies"),
)
LEADS_PARTS = (
    *("erasing", "customer_merges", "tickets", "snoozes", "merged_tickets", "merge_undone"),
    *("side_threads", "signatures", "views", "bulk_replies", "canned_acts", "acts", "hand_overs"),
    *("order_forms", "tags", "ticket_facts", "companies"),
)
ADMINS_PARTS = ("erasing", "customer_merges", "tickets", "views", "hand_overs", "tags", "companies")
OF_ROLE = {"agent": PARTS, "lead": LEADS_PARTS, "admin": ADMINS_PARTS}


@pytest.mark.parametrize("role", OF_ROLE)
def test_people_of_a_role_do_their_work(role: str, tell: Callable[[str], None]) -> None:
    files = [f"tests/desk/test_{part}.py" for part in OF_ROLE[role]]
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
