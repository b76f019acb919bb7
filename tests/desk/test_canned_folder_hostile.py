"""A folder of canned replies from elsewhere: what is wrong is named, nothing else is harmed."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from deskapp.desk import Desk
from deskapp.desk.canned_folder import CannedImport
from deskapp.domain.problem import ProblemKind
from deskapp.domain.replies import CannedReply, OutgoingFile
from tests.desk.house import opened

HEAD = "---\nname: {name}\n{more}---\n{text}\n"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(f"sqlite:///{tmp_path / 'a.db'}") as context:
        desk = Desk(context.database, context.mail)
        desk.agent = desk.agents.add("Anna")
        yield desk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in" / "files").mkdir(parents=True)
    return tmp_path / "in"


def _page(place: Path, name: str, *more: str, text: str = "x") -> None:
    head = "".join(f"{line}\n" for line in more)
    place.write_text(HEAD.format(name=name, more=head, text=text), encoding="utf-8")


def _faults(told: CannedImport) -> dict[str, ProblemKind]:
    return {one.file: one.problem.kind for one in told.faults}


def test_every_file_that_is_wrong_is_named_and_the_good_one_is_taken(
    desk: Desk, folder: Path
) -> None:
    _page(folder / "good.MD", "Good", text="Hello")
    (folder / "utf16.md").write_bytes("---\nname: Đơn\nlanguage: vi\n---\nChào".encode("utf-16"))
    bomb = "\n".join(f"{one}: &{one} [*{one}, *{one}, *{one}]" for one in "abcdefghi")
    (folder / "bomb.md").write_text(f"---\n{bomb}\nname: Bomb\n---\nx")
    (folder / "gbk.md").write_bytes("---\nname: 订单\n---\n您好".encode("gbk"))
    (folder / "large.md").write_bytes(b"---\nname: L\n---\n")
    os.truncate(folder / "large.md", 50_000_000)
    (folder / "typo.md").write_text("---\nname: Good\nlangauge: vi\n---\nChào")
    (folder / "twice.md").write_text("---\nname: A\nname: B\n---\nx")
    (folder / "open.md").write_text("---\nname: A\n")
    (folder / "empty.md").write_bytes(b"")
    _page(folder / "language.md", "Way out", "language: ../../x")
    _page(folder / "status.md", "S", "status: exploded")
    _page(folder / "broken.md", "Broken", text="{% if x %}")
    _page(folder / "bare.md", "Bare", text="")
    (folder / "folder.md").mkdir()
    (folder / "notes.txt").write_text("no page")
    told = desk.canned_folder.read(folder)
    assert (told.new, told.updated) == (2, 0)
    assert sorted(row.name for row in desk.canned.list()) == ["Good", "Đơn"]
    assert _faults(told) == {
        "bomb.md": ProblemKind.INVALID,
        "gbk.md": ProblemKind.INVALID,
        "large.md": ProblemKind.TOO_LARGE,
        "typo.md": ProblemKind.INVALID,
        "twice.md": ProblemKind.INVALID,
        "open.md": ProblemKind.INVALID,
        "empty.md": ProblemKind.INVALID,
        "language.md": ProblemKind.INVALID,
        "status.md": ProblemKind.INVALID,
        "broken.md": ProblemKind.TEMPLATE_ERROR,
        "bare.md": ProblemKind.EMPTY,
    }


@pytest.mark.skipif(os.name == "nt", reason="links and pipes need rights on Windows")
def test_no_link_pipe_or_path_leads_out_of_the_folder(
    desk: Desk, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "key").write_text("---\nname: Secret\n---\nsecret")
    (folder / "link.md").symlink_to(tmp_path / "key")
    (folder / "files" / "stolen.pdf").symlink_to(tmp_path / "key")
    os.mkfifo(folder / "pipe.md")
    _page(folder / "a.md", "A", "files: stolen.pdf")
    _page(folder / "b.md", "B", "files: ../../key")
    _page(folder / "c.md", "C", "files: ..\\..\\key")
    _page(folder / "d.md", "D", "files: ..")
    _page(folder / "e.md", "E", f"files: {tmp_path / 'key'}")
    told = desk.canned_folder.read(folder)
    assert (told.new, len(told.faults)) == (0, 7)
    assert desk.canned.list() == ()


def test_two_files_of_one_name_and_language_are_not_guessed_between(
    desk: Desk, folder: Path
) -> None:
    _page(folder / "1.md", "Đơn hàng", text="first")
    _page(folder / "2.md", "don HANG", text="second")
    told = desk.canned_folder.read(folder)
    assert _faults(told) == {"2.md": ProblemKind.DUPLICATE}
    assert desk.canned.get(desk.canned.list()[0].id).texts == (("en", "first"),)


def test_of_two_heads_the_one_that_was_edited_counts(desk: Desk, tmp_path: Path) -> None:
    desk.canned.save(CannedReply(None, "Late", "Old", (("en", "x"), ("vi", "y"), ("ru", "z")), 1))
    desk.canned_folder.write(tmp_path / "out")
    english, russian, _ = sorted((tmp_path / "out").rglob("*.md"))
    russian.write_text(russian.read_text("utf-8").replace("Old", "New"), encoding="utf-8")
    assert desk.canned_folder.read(tmp_path / "out").updated == 1
    assert desk.canned.list()[0].folder == "New"
    english.write_text(english.read_text("utf-8").replace("Old", "Other"), encoding="utf-8")
    told = desk.canned_folder.read(tmp_path / "out")
    assert (told.updated, {one.problem.kind for one in told.faults}) == (0, {ProblemKind.INVALID})


def test_ones_own_and_the_teams_reply_of_one_name_stay_two(desk: Desk, tmp_path: Path) -> None:
    team = CannedReply(None, "Hello", "files", (("en", "team"),), 1)
    desk.canned.save(team)
    desk.canned.save(replace(team, owner=desk.agent, texts=(("en", "mine"),)))
    assert desk.canned_folder.write(tmp_path / "out") == 2
    told = desk.canned_folder.read(tmp_path / "out")
    assert (told.same, told.faults) == (2, ())
    desk.agent = None
    told = desk.canned_folder.read(tmp_path / "out")
    assert (told.same, [one.problem.details["what"] for one in told.faults]) == (1, ["own"])


def _odd() -> list[CannedReply]:
    return [
        CannedReply(None, '"Quoted" name', "'q'", (("en", "a\n\n---\nb"),), 1),
        CannedReply(None, "nul", "con", (("zh-Hant", "訂單 {{ order.number }}"),), 1),
        CannedReply(None, "订单" * 90, "订" * 150, (("zh-Hans", "\n您好\n\n"),), 1),
        CannedReply(None, "👋🏽" * 40, "", (("vi", "đơn"), ("ru", "ё")), 1),
        CannedReply(None, "a: b # c", "x/y\\z", (("en", "---\nname: x\n---"),), 1),
    ]


def test_odd_names_and_files_come_back_as_they_were(desk: Desk, tmp_path: Path) -> None:
    files: tuple[OutgoingFile, ...] = tuple(
        desk.canned.keep_file(name, kind, name.encode())
        for name, kind in (
            ("Form, signed.md", "application/x-form"),
            ("订" * 120 + ".pdf", "application/pdf"),
            ("con.txt", "text/plain"),
        )
    )
    kept = {desk.canned.save(replace(one, files=files)).name for one in _odd()}
    assert desk.canned_folder.write(tmp_path / "out") == len(kept)
    told = desk.canned_folder.read(tmp_path / "out")
    assert (told.same, told.new, told.updated, told.faults) == (len(kept), 0, 0, ())
    with opened(f"sqlite:///{tmp_path / 'b.db'}") as context:
        other = Desk(context.database, context.mail)
        told = other.canned_folder.read(tmp_path / "out")
        assert (told.new, told.faults) == (len(kept), ())
        for row in other.canned.list():
            ours = desk.canned.get(desk.canned.by_name(row.name))
            there = other.canned.get(row.id)
            assert (there.name, there.folder) == (ours.name, ours.folder)
            assert {tag: text.strip() for tag, text in there.texts} == {
                tag: text.strip() for tag, text in ours.texts
            }
            assert [file.sha256 for file in there.files] == [file.sha256 for file in ours.files]
        assert other.canned_folder.read(tmp_path / "out").same == len(kept)


def test_a_dry_run_finds_what_the_import_would_refuse_and_stores_no_file(
    desk: Desk, folder: Path
) -> None:
    (folder / "files" / "new.txt").write_text("new")
    _page(folder / "good.md", "Good", "files: new.txt")
    _page(folder / "broken.md", "Broken", text="{% if x %}")
    told = desk.canned_folder.read(folder, dry_run=True)
    assert (told.new, _faults(told)) == (1, {"broken.md": ProblemKind.TEMPLATE_ERROR})
    assert desk.canned.list() == ()


def test_a_dry_run_tells_of_includes_what_the_import_tells(desk: Desk, folder: Path) -> None:
    desk.canned.save(CannedReply(None, "Kept", "", (("en", "kept"),), 1))
    bodies = {
        "a outer": '{% include "B inner" %}{% include "Kept" %}',
        "b inner": "inner",
        "c missing": '{% include "Nowhere" %}',
        "d after it": '{% include "C missing" %}',
        "e round": '{% include "F round" %}',
        "f round": '{% include "E round" %}',
        "kept": '{% include "A outer" %}',
    }
    for name, text in bodies.items():
        _page(folder / f"{name}.md", name.capitalize(), text=text)
    _page(folder / "own.md", "Own", "own: yes", text="own")
    _page(folder / "takes own.md", "Takes own", text='{% include "Own" %}')
    dry = desk.canned_folder.read(folder, dry_run=True)
    assert [row.name for row in desk.canned.list()] == ["Kept"]
    wet = desk.canned_folder.read(folder)
    assert (dry.new, dry.updated) == (wet.new, wet.updated) == (3, 0)
    assert _faults(dry) == _faults(wet)
    assert [one.problem.details for one in dry.faults] == [
        one.problem.details for one in wet.faults
    ]
    told = {one.file: one.problem.details["fault"] for one in wet.faults}
    assert told == {
        "c missing.md": "include_missing",
        "d after it.md": "include_missing",
        "e round.md": "include_missing",
        "f round.md": "include_missing",
        "kept.md": "include_circle",
        "takes own.md": "include_own",
    }
