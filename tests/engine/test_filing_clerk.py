"""The thread that files, when something in it goes wrong."""

import threading
from collections.abc import Callable, Iterator

import pytest

from deskapp.domain.arrivals import Filed, Unfiled
from deskapp.domain.ids import BlobHash, MailboxId, ServerMailId
from deskapp.engine import filing
from deskapp.engine.filing import FilingClerk
from deskapp.engine.news import News
from deskapp.engine.parse_pool import HARMLESS_BYTES
from deskapp.wiring import open_house


def test_a_fault_of_ours_does_not_end_filing(
    desk_file: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
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

    desk = open_house(desk_file)
    clerk = FilingClerk(desk, News(None), stop)
    clerk.run(mailboxes)
    desk.close()
    assert len(asked) == 2 and "filing met a fault" in caplog.text


def test_mailboxes_take_turns_so_that_a_flood_into_one_keeps_no_other_waiting(
    desk_file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_house(desk_file)
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


def test_nobody_waits_for_a_process_to_start_but_the_mail_that_is_read_there(
    desk_file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_house(desk_file)
    clerk = FilingClerk(desk, News(None), threading.Event())
    sizes = [10, HARMLESS_BYTES + 1, 10, 10]

    def next_unfiled(size: int, _mailbox: MailboxId, last: int | None) -> list[Unfiled]:
        return [unfiled(place, size) for place, size in enumerate(sizes) if place > (last or -1)]

    monkeypatch.setattr(desk.intake, "next_unfiled", next_unfiled)
    monkeypatch.setattr(type(clerk._pool), "cold", True)
    batches = clerk._read_ahead(MailboxId(1))
    assert [one.id for one in next(batches)[0]] == [0, 2, 3]
    assert [one.id for one in next(batches)[0]] == [1]
    assert next(batches, None) is None
    clerk.close()
    desk.close()


def unfiled(number: int, size: int) -> Unfiled:
    return Unfiled(
        id=ServerMailId(number),
        mailbox_id=MailboxId(1),
        role="inbox",
        sha256=BlobHash(str(number)),
        raw=b"x" * size,
        internal_at=None,
        old=False,
        damaged=False,
    )
