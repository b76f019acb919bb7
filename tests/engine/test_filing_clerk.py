"""The thread that files, when something in it goes wrong."""

import threading
from pathlib import Path

import pytest

from deskapp.domain.ids import MailboxId
from deskapp.engine import filing
from deskapp.engine.filing import FilingClerk
from deskapp.engine.news import News
from deskapp.wiring import open_house


def test_a_fault_of_ours_does_not_end_filing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(filing, "_AFTER_TROUBLE_SECONDS", 0.0)
    stop = threading.Event()
    asked: list[int] = []

    def mailboxes() -> list[MailboxId]:
        asked.append(1)
        if len(asked) == 1:
            raise KeyError("a fault of ours")
        stop.set()
        clerk.wake.set()
        return []

    desk = open_house(str(tmp_path / "desk.db"), create=True)
    clerk = FilingClerk(desk, News(None), stop)
    clerk.run(mailboxes)
    desk.close()
    assert len(asked) == 2 and "filing met a fault" in caplog.text
