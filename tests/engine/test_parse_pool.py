"""Many mails are read in processes of their own, and one that dies takes none with it."""

import multiprocessing
from collections.abc import Iterator

import pytest

from deskapp.domain.mail import ParsedMail
from deskapp.engine import reader_process
from deskapp.engine.parse_pool import HARMLESS_BYTES, ParsePool
from deskapp.engine.reader_process import ReaderProcess, Reading, read_mail

SLOW, FAT, DEADLY = b"Subject: slow", b"Subject: fat", b"Subject: deadly"


def mails(count: int) -> list[bytes]:
    return [b"Subject: %d\r\n\r\nmail %d\r\n" % (number, number) for number in range(count)]


def subjects(found: list[ParsedMail | str]) -> list[str]:
    return [one if isinstance(one, str) else one.subject for one in found]


@pytest.fixture
def pool() -> Iterator[ParsePool]:
    pool = ParsePool(2)
    yield pool
    pool.close()


@pytest.mark.parametrize("count", [0, 3, 90])
def test_mails_come_back_in_order(pool: ParsePool, count: int) -> None:
    assert subjects(pool.begin(mails(count))()) == [str(number) for number in range(count)]


def test_what_cannot_be_read_is_a_word_in_its_place() -> None:
    assert subjects(ParsePool(1).begin([b"Subject: a\r\n\r\n", b" "])()) == ["a", "empty"]


def test_a_reader_that_dies_costs_nothing(pool: ParsePool) -> None:
    answer = pool.begin(mails(120))
    for child in multiprocessing.active_children():
        child.kill()
    assert subjects(answer()) == [str(number) for number in range(120)]


def test_a_large_mail_of_a_small_batch_is_read_in_a_process(pool: ParsePool) -> None:
    large = b"Subject: large\r\n\r\n" + b"word " * HARMLESS_BYTES
    before = len(multiprocessing.active_children())
    assert subjects(pool.begin([*mails(1), large])()) == ["0", "large"]
    assert len(multiprocessing.active_children()) == before + 1


def test_closing_ends_readers_at_work() -> None:
    pool = ParsePool(2)
    pool.begin(mails(2000))
    pool.close()
    assert not [one for one in multiprocessing.active_children() if one.is_alive()]


def hostile(raw: bytes) -> Reading:
    """Stands in for a parser with a hole; it runs in the process that reads."""
    if raw.startswith(SLOW):
        while True:
            pass
    if raw.startswith(FAT):
        try:
            return str(len([b"x" * 1024 * 1024 for _ in range(4096)]))
        except MemoryError:
            return "too_big"
    if raw.startswith(DEADLY):
        import os

        os._exit(1)
    return read_mail(raw)


def _serve_hostile(pipe: object) -> None:
    reader_process.read_mail = hostile
    reader_process.MEMORY_BYTES = 128 * 1024 * 1024
    reader_process._serve(pipe)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("mail", "reason"), [(SLOW, "too_slow"), (FAT, "too_big"), (DEADLY, "internal")]
)
def test_a_mail_beyond_the_limits_is_held_and_the_next_ones_are_read(
    monkeypatch: pytest.MonkeyPatch, mail: bytes, reason: str
) -> None:
    serve = reader_process._serve
    monkeypatch.setattr(reader_process, "_serve", _serve_hostile)
    reader = ReaderProcess()
    try:
        found = reader.read([b"Subject: 1\r\n\r\n", mail, b"Subject: 3\r\n\r\n"])
    finally:
        reader.end()
    assert serve is not reader_process._serve
    assert subjects(found) == ["1", reason, "3"]
