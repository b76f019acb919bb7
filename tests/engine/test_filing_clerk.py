"""The thread that files, when something in it goes wrong."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deskapp.domain.arrivals import Filed
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


def test_mailboxes_take_turns_so_that_a_flood_into_one_keeps_no_other_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_house(str(tmp_path / "desk.db"), create=True)
    clerk = FilingClerk(desk, News(None), threading.Event())
    waiting = {1: 5, 2: 1}  # batches of each mailbox

    def read_ahead(mailbox: int) -> Iterator[tuple[list[int], Callable[[], list[int]]]]:
        for _ in range(waiting[mailbox]):
            yield [mailbox], list

    filed: list[int] = []

    def file(unfiled: list[int], _readings: list[int]) -> Filed:
        filed.extend(unfiled)
        return Filed()

    monkeypatch.setattr(clerk, "_read_ahead", read_ahead)
    monkeypatch.setattr(clerk, "_file", file)
    clerk.file_all([MailboxId(1), MailboxId(2)])
    clerk.close()
    desk.close()
    assert filed == [1, 2, 1, 1, 1, 1]
