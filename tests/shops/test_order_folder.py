"""A watched folder: what is complete is read once, and a bad file is named and in nobody's way."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskapp.domain.orders import Gap, OrderPage
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.shops.files import OrderFolder
from deskapp.shops.files.folder import SETTLED

HEADER = "Order number,Email,Total,Currency\n"


class Watched:
    """A folder, our clock, and the mark of the last reading."""

    def __init__(self, path: Path) -> None:
        self.path, self.now, self.mark = path, 100.0, ""
        self.source = OrderFolder(path, clock=lambda: self.now)

    def write(self, name: str, *numbers: str, at: int = 1_700_000_000) -> Path:
        rows = "".join(f"{one},lan@customer.example,10.00,EUR\n" for one in numbers)
        path = self.path / name
        path.write_text(HEADER + rows, encoding="utf-8")
        os.utime(path, (at, at))
        return path

    def look(self) -> OrderPage:
        page = self.source.changed(self.mark)
        self.mark = page.mark
        return page

    def pages(self) -> Iterator[OrderPage]:
        """One reading to its end, as the engine does it."""
        for _ in range(100):
            page = self.look()
            yield page
            if not page.more:
                return
            self.now += page.rest
        raise AssertionError("it never ends")

    def numbers(self) -> list[str]:
        return [order.number for page in self.pages() for order in page.orders]


@pytest.fixture
def folder(tmp_path: Path) -> Watched:
    return Watched(tmp_path)


def test_new_files_are_read_once_the_oldest_first(folder: Watched) -> None:
    folder.write("b.csv", "1001", "1002", at=1_700_000_000)
    folder.write("a.csv", "1003", at=1_700_000_100)
    assert folder.numbers() == ["1001", "1002", "1003"]
    assert folder.numbers() == []
    folder.write("c.csv", "1004", at=1_600_000_000)
    assert folder.numbers() == ["1004"]
    assert {one.name for one in folder.path.iterdir()} == {"a.csv", "b.csv", "c.csv"}


def test_a_file_is_read_when_it_has_stopped_growing(folder: Watched) -> None:
    for size in range(1, 4):
        folder.write("export.csv", *map(str, range(1000, 1000 + size)), at=1_700_000_000 + size)
        page = folder.look()
        assert (page.orders, page.more, page.rest) == ((), True, SETTLED)
        folder.now += SETTLED
    assert len(folder.look().orders) == 3


def test_a_file_that_never_stops_growing_does_not_keep_the_engine(folder: Watched) -> None:
    for step in range(200):
        folder.write("log.csv", "1001", at=1_700_000_000 + step)
        page = folder.look()
        folder.now += SETTLED
        if not page.more:
            return
    raise AssertionError("it waits for ever")


def test_a_changed_file_is_read_again_and_a_touched_or_renamed_one_is_not(
    folder: Watched,
) -> None:
    path = folder.write("export.csv", "1001")
    assert folder.numbers() == ["1001"]
    os.utime(path, (1_700_000_500, 1_700_000_500))
    assert folder.numbers() == []
    path.with_name("export.csv").rename(folder.path / "done.csv")
    folder.write("export.csv", "1001", "1002", at=1_700_000_900)
    assert folder.numbers() == ["1001", "1002"]


def test_a_copy_of_a_file_that_was_read_brings_nothing(folder: Watched) -> None:
    folder.write("a.csv", "1001")
    assert folder.numbers() == ["1001"]
    folder.write("copy of a.csv", "1001", at=1_700_000_400)
    assert folder.numbers() == []


def test_a_bad_file_is_named_with_its_reason_and_holds_nobody_up(folder: Watched) -> None:
    (folder.path / "page.csv").write_text("<html><body>Sign in</body></html>", encoding="utf-8")
    (folder.path / "words.csv").write_text("Dear,team\nnothing,here\n", encoding="utf-8")
    folder.write("good.csv", "1001", at=1_900_000_000)
    assert folder.numbers() == ["1001"]
    gaps = {one.names for one in folder.look().shortfalls if one.gap is Gap.FILE_UNREAD}
    assert gaps == {("page.csv", "file_unreadable:html"), ("words.csv", "wrong_columns")}
    folder.write("page.csv", "1002")
    assert folder.numbers() == ["1002"]
    [left] = folder.look().shortfalls
    assert left.names[0] == "words.csv"
    (folder.path / "words.csv").unlink()
    assert folder.look().shortfalls == ()


def test_an_order_with_a_bad_row_is_a_fault_and_the_rest_of_its_file_is_read(
    folder: Watched,
) -> None:
    path = folder.write("a.csv", "1001")
    path.write_text(path.read_text() + "1002,x@y.example,ten,EUR\n", encoding="utf-8")
    pages = list(folder.pages())
    assert [order.number for page in pages for order in page.orders] == ["1001"]
    assert [fault.number for page in pages for fault in page.faults] == ["1002"]


def test_what_is_no_finished_export_is_left_alone(folder: Watched) -> None:
    for name in ("~$a.xlsx", ".hidden.csv", "a.csv.part", "a.csv.crdownload", "notes.pdf"):
        (folder.path / name).write_text(HEADER + "1001,a@b.example,1,EUR\n", encoding="utf-8")
    (folder.path / "old.csv").mkdir()
    assert folder.numbers() == []


def test_a_folder_that_is_gone_says_so(folder: Watched) -> None:
    missing = OrderFolder(folder.path / "nowhere")
    for ask in (missing.facts, missing.changed):
        with pytest.raises(Problem) as refused:
            ask()
        assert refused.value.kind is ProblemKind.FILE_MISSING


def test_a_mark_that_is_none_of_ours_reads_everything_again(folder: Watched) -> None:
    folder.write("a.csv", "1001")
    folder.mark = "[not a mark"
    assert folder.numbers() == ["1001"]
