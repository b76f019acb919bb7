"""Many mails are read in processes of their own, and one that dies takes none with it."""

import multiprocessing

import pytest

from deskapp.domain.mail import ParsedMail
from deskapp.engine import parse_pool
from deskapp.engine.parse_pool import ParsePool


def mails(count: int) -> list[bytes]:
    return [b"Subject: %d\r\n\r\nmail %d\r\n" % (number, number) for number in range(count)]


def subjects(found: list[ParsedMail | str]) -> list[str]:
    return [one if isinstance(one, str) else one.subject for one in found]


@pytest.mark.parametrize("count", [0, 3, 90])
def test_mails_come_back_in_order(count: int) -> None:
    pool = ParsePool(2)
    try:
        found = pool.begin(mails(count))()
    finally:
        pool.close()
    assert subjects(found) == [str(number) for number in range(count)]


def test_what_cannot_be_read_is_a_word_in_its_place() -> None:
    assert subjects(ParsePool(1).begin([b"Subject: a\r\n\r\n", b" "])()) == ["a", "empty"]


def test_a_reader_that_dies_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parse_pool, "_SECONDS_A_CHUNK", 4.0)
    pool = ParsePool(2)
    try:
        answer = pool.begin(mails(400))
        for child in multiprocessing.active_children():
            child.kill()
        assert subjects(answer()) == [str(number) for number in range(400)]
    finally:
        pool.close()
