"""A person takes the desk to PostgreSQL from its window, which opens there as it was here."""

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from deskapp import settings
from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import MailboxSettings, Server
from deskapp.secrets import SecretFile
from deskapp.settings import Settings
from deskapp.wiring import open_house
from tests.desk.letters import letter

from .moving_window import WORDS

SUPPORT = "support@shop.example"
NOWHERE = Server("127.0.0.1", 1, Security.NONE, SUPPORT)


@pytest.mark.timeout(120)
def test_the_window_opens_where_the_desk_went_and_the_move_can_be_taken_back(
    desk_file: str, postgres_url: str, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_in = own_home / "secrets.json"
    monkeypatch.setenv("DESKAPP_SECRETS", str(kept_in))
    own_home.mkdir()
    SecretFile(kept_in).set(SUPPORT, "imap", "hunter-42")
    with closing(open_house(desk_file)) as desk:
        desk.agents.add("Anna")
        desk.mailboxes.add(MailboxSettings(SUPPORT, "", NOWHERE, NOWHERE))
        desk.intake.import_mails(
            [
                letter(message_id="one@customer.example"),
                letter("我想退貨", subject="退貨", message_id="two@customer.example", hours=2),
            ]
        )
    Settings(desk_url=desk_file, agent_name="Anna").save()
    there = postgres_url.replace("+psycopg", "")
    before, tried, moved, place, after = _played(there)
    assert [subject for _, subject in before["listed"]] == ["退貨", "Where is order #10482?"]
    assert "It can move" in tried["told"] and there in moved["told"]
    assert place["place"] in there
    assert after == before
    assert after["draft"] == WORDS
    kept = settings.load()
    assert (kept.desk_url, kept.agent_name) == (there, "Anna")
    assert kept.moved_from and kept.moved_from in desk_file
    _run("-m", "deskapp", "--desk", kept.moved_from, "move", "--undo")
    kept = settings.load()
    assert (kept.desk_url, kept.moved_from) == (desk_file.removeprefix("sqlite:///"), "")
    with closing(open_house(kept.desk_url)) as desk:
        assert len(desk.tickets.view_ids("all")) == 2


def _played(to: str) -> list[dict[str, object]]:
    said = _run("-m", "tests.exams.moving_window", to)
    return [json.loads(line) for line in said.splitlines()]


def _run(*words: str) -> str:
    done = subprocess.run(
        [sys.executable, *words],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=45,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
