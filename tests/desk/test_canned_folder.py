"""Canned replies leave as Markdown files and come back as they were."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest

from deskapp.desk import Desk
from deskapp.domain.canned_markdown import file_stem, read_page
from deskapp.domain.kinds import Security, TicketStatus
from deskapp.domain.mailboxes import MailboxSettings, Server
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import CannedActions, CannedReply
from deskapp.domain.snoozing import SnoozeTime, SnoozeWish
from tests.desk.house import opened

ORDERED = CannedReply(
    id=None,
    name="Where: is it? / Đơn hàng",
    folder="Delivery",
    texts=(("en", "Hi\n\n---\n{{ customer.name }}"), ("zh-Hant", "您好 {{ customer.name }}")),
    version=1,
)


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    """A desk with two replies, and one without."""
    with (
        opened(f"sqlite:///{tmp_path / 'a.db'}") as first,
        opened(f"sqlite:///{tmp_path / 'b.db'}") as second,
    ):
        desks = tuple(Desk(one.database, one.mail) for one in (first, second))
        here = Server("127.0.0.1", 1, Security.NONE, "")
        for desk in desks:
            desk.mailboxes.add(MailboxSettings("shop@shop.example", "", here, here))
        anna = desks[0].agents.add("Anna")
        desks[0].agent, desks[1].agent = anna, desks[1].agents.add("Anna")
        yield desks[0], desks[1]


def _fill(desk: Desk) -> None:
    [box] = desk.mailboxes.list()
    form = desk.canned.keep_file("Form, signed.pdf", "application/pdf", b"%PDF-1.4")
    actions = CannedActions(
        TicketStatus.WAITING,
        to_me=True,
        add_tags=("return", "đổi trả"),
        snooze=SnoozeWish(on_reply=True),
    )
    desk.canned.save(replace(ORDERED, files=(form,), actions=actions, mailbox_id=box.id))
    desk.canned.save(
        CannedReply(None, "A first", "", (("en", 'x {% include "Where is it? Đơn hàng" %}'),), 1)
    )


def test_what_is_exported_comes_back_the_same(desks: tuple[Desk, Desk], tmp_path: Path) -> None:
    one, other = desks
    _fill(one)
    assert one.canned_folder.write(tmp_path / "out") == 2
    told = other.canned_folder.read(tmp_path / "out")
    assert (told.new, told.updated, told.same, told.faults) == (2, 0, 0, ())
    for desk in desks:
        whole = desk.canned.get(desk.canned.by_name(ORDERED.name))
        assert (whole.name, whole.folder, whole.texts) == (
            ORDERED.name,
            ORDERED.folder,
            ORDERED.texts,
        )
        assert whole.actions.add_tags == ("return", "đổi trả")
        assert whole.actions.to_me
        assert whole.actions.snooze == SnoozeWish(on_reply=True)
        assert whole.mailbox_id is not None
        assert [file.size for file in whole.files] == [8]
    again = other.canned_folder.read(tmp_path / "out")
    assert (again.new, again.updated, again.same) == (0, 0, 2)


def test_an_edited_file_brings_its_reply_up_to_date_and_other_languages_stay(
    desks: tuple[Desk, Desk], tmp_path: Path
) -> None:
    desk, _ = desks
    _fill(desk)
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "x.md").write_text(
        "---\nname: where is it đơn hàng\nfolder: Delivery\nlanguage: vi\n---\nChào\n",
        encoding="utf-8",
    )
    assert desk.canned_folder.read(folder, dry_run=True).updated == 1
    assert len(desk.canned.get(desk.canned.by_name(ORDERED.name)).texts) == 2
    assert desk.canned_folder.read(folder).updated == 1
    texts = dict(desk.canned.get(desk.canned.by_name(ORDERED.name)).texts)
    assert texts == {**dict(ORDERED.texts), "vi": "Chào"}


def test_a_file_that_is_none_is_named_and_the_others_are_taken(
    desks: tuple[Desk, Desk], tmp_path: Path
) -> None:
    desk, _ = desks
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "good.md").write_text("---\nname: Good\n---\nHello", encoding="utf-8")
    (folder / "bare.md").write_text("# Hello", encoding="utf-8")
    (folder / "bytes.md").write_bytes(b"---\nname: \xff\n---\n")
    (folder / "broken.md").write_text("---\nname: B\n---\n{% if x %}", encoding="utf-8")
    (folder / "gone.md").write_text("---\nname: C\nfiles: ../x.pdf\n---\nx", encoding="utf-8")
    told = desk.canned_folder.read(folder)
    assert told.new == 1
    assert sorted(one.file for one in told.faults) == [
        "bare.md",
        "broken.md",
        "bytes.md",
        "gone.md",
    ]
    assert [row.name for row in desk.canned.list()] == ["Good"]


def test_a_folder_with_something_in_it_is_not_written_into(
    desks: tuple[Desk, Desk], tmp_path: Path
) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(Problem) as refused:
        desks[0].canned_folder.write(tmp_path)
    assert refused.value.kind is ProblemKind.INVALID


@pytest.mark.parametrize(
    ("words", "stem"),
    [
        ("Where: is it? / x", "Where is it x"),
        ("../../etc/passwd", "etc passwd"),
        ("con", "_con"),
        ("LPT1.txt", "_LPT1.txt"),
        ("订单…", "订单…"),
        (" . ", "_"),
        ("a" * 300, "a" * 80),
        ("a" * 300 + ".pdf", "a" * 76 + ".pdf"),
        ("订" * 300 + ".pdf", "订" * 48 + ".pdf"),
        ("COM¹", "_COM¹"),
        ("nul .txt", "_nul.txt"),
    ],
)
def test_a_name_becomes_one_that_every_system_takes(words: str, stem: str) -> None:
    assert file_stem(words) == stem


def test_front_matter_may_come_from_an_editor_on_windows() -> None:
    page = read_page('\ufeff---\r\nname: "Hi: there"\r\nadd_tags: a, b\r\n---\r\nx\r\ny\r\n')
    assert (page.name, page.actions.add_tags, page.text) == ("Hi: there", ("a", "b"), "x\ny")


def test_a_colleague_is_written_by_name_and_a_stranger_is_a_fault(
    desks: tuple[Desk, Desk], tmp_path: Path
) -> None:
    one, other = desks
    one.agents.add("Bảo", "bao@shop.example")
    olga = one.agents.add("Olga Иванова")
    actions = CannedActions(assignee=olga, snooze=SnoozeWish(SnoozeTime.MONDAY, True))
    one.canned.save(replace(ORDERED, actions=actions))
    one.canned_folder.write(tmp_path / "out")
    [fault, *_more] = other.canned_folder.read(tmp_path / "out").faults
    assert fault.problem.details["value"] == "Olga Иванова"
    assert other.canned.list() == ()
    theirs = other.agents.add("olga иванова")
    assert other.canned_folder.read(tmp_path / "out").new == 1
    [row] = other.canned.list()
    assert other.canned.get(row.id).actions == replace(actions, assignee=theirs)
    assert other.canned_folder.read(tmp_path / "out").same == 1


@pytest.mark.parametrize("folder", ["", "Giao hàng"])
def test_pictures_in_a_text_go_out_as_markdown_shows_them_and_come_back(
    desks: tuple[Desk, Desk], tmp_path: Path, folder: str
) -> None:
    ours, other = desks
    file = ours.canned.keep_file("sơ đồ 地圖.png", "image/png", b"png")
    text = "Xem ![bản đồ](sơ đồ 地圖.png) ạ."
    kept = ours.canned.save(
        CannedReply(None, "Đường đi", folder, (("vi", text),), 1, files=(file,))
    )
    ours.canned_folder.write(tmp_path / "out")
    [page] = (tmp_path / "out").rglob("*.md")
    [way] = re.findall(r"!\[bản đồ\]\(([^)]+)\)", page.read_text("utf-8"))
    assert (page.parent / unquote(way)).read_bytes() == b"png"
    assert other.canned_folder.read(tmp_path / "out").faults == ()
    came = other.canned.get(other.canned.by_name("Đường đi"))
    assert (came.texts, came.files) == (kept.texts, kept.files)
    assert other.canned_folder.read(tmp_path / "out").same == 1
