"""What somebody types is kept: through restarts, switches, late answers and failed saves."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import Draft
from deskapp.ui.compose.draft_keeper import REPLY
from deskapp.ui.compose.quote_button import Quoting

from .counter import Counter

Show = Callable[[], None]


def test_a_pause_in_typing_saves_the_draft(counter: Counter, at_work: Show, qtbot: QtBot) -> None:
    at_work()
    counter.type("Dear Chau")
    assert counter.composer.at.state.text() == "not saved yet"
    qtbot.waitUntil(lambda: counter.composer.at.state.text().startswith("saved "), timeout=1500)
    assert counter.desk.replies.draft(counter.ticket).body == "Dear Chau"


def test_a_draft_is_there_again_in_a_new_composer(counter: Counter, at_work: Show) -> None:
    at_work()
    counter.composer.insert_text("Chào chị 👋, 訂單 số")
    counter.composer.at.quote.choose(Quoting.NONE)
    counter.composer.flush()
    counter.settle()
    again = counter.new_composer()
    counter.open(counter.ticket, again)
    assert again.at.editor.text() == "Chào chị 👋, 訂單 số"
    assert again.at.editor.caret() == len("Chào chị 👋, 訂單 số")
    assert again.at.quote.way is Quoting.NONE


def test_switching_tickets_saves_the_one_that_is_left(counter: Counter, at_work: Show) -> None:
    at_work()
    counter.type("for Chau")
    counter.open(counter.other)
    assert counter.composer.at.editor.text() == ""
    counter.type("for Yijun")
    counter.open(counter.ticket)
    assert counter.composer.at.editor.text() == "for Chau"
    counter.settle()
    assert counter.desk.replies.draft(counter.other).body == "for Yijun"


def test_a_late_draft_lands_on_no_other_ticket(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    draft = counter.desk.replies.draft(counter.ticket)
    counter.desk.replies.save(replace(draft, body="only for Chau"))
    conversations = [
        counter.desk.tickets.conversation(one) for one in (counter.ticket, counter.other)
    ]
    for conversation in conversations:  # the first one's answer is still under way
        counter.composer.open_ticket(conversation)
    qtbot.waitUntil(lambda: counter.composer.keeper.line(REPLY) is not None)
    counter.settle()
    assert counter.composer.at.editor.text() == ""
    counter.composer.focus_reply()
    counter.type("x")
    counter.composer.flush()
    counter.settle()
    assert counter.desk.replies.draft(counter.other).body == "x"
    assert counter.desk.replies.draft(counter.ticket).body == "only for Chau"


def test_a_draft_that_comes_after_closing_is_dropped(counter: Counter, qtbot: QtBot) -> None:
    counter.composer.open_ticket(counter.desk.tickets.conversation(counter.ticket))
    counter.composer.close_ticket()
    asked: list[bool] = []
    counter.work.ask(lambda _desk: True, asked.append, owner=counter.composer)
    qtbot.waitUntil(lambda: bool(asked) and not counter.work._open)
    assert counter.composer.keeper._lines == {}


def test_saves_that_follow_each_other_closely_are_no_conflict(
    counter: Counter, at_work: Show
) -> None:
    at_work()
    for part in ("one ", "two ", "three"):
        counter.type(part)
        counter.composer.flush()
    counter.settle()
    assert counter.desk.replies.draft(counter.ticket).body == "one two three"
    assert counter.composer.at.notice.isHidden()


def test_a_save_that_fails_keeps_the_text_and_is_tried_again(
    counter: Counter, at_work: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_work()
    counter.type("not lost")
    with monkeypatch.context() as broken:

        def full(_draft: Draft) -> Draft:
            raise Problem(ProblemKind.DISK_FULL, path="disk")

        broken.setattr(counter.desk.replies, "save", full)
        counter.composer.flush()
        qtbot.waitUntil(lambda: counter.composer.at.state.text().startswith("Not saved: "))
    assert counter.composer.at.editor.text() == "not lost"
    counter.composer.keeper._pauses.over.emit()  # the time to the next try is over
    qtbot.waitUntil(lambda: counter.composer.at.state.text().startswith("saved "))
    assert counter.desk.replies.draft(counter.ticket).body == "not lost"


def test_a_failed_save_of_a_left_ticket_is_told_and_not_forgotten(
    counter: Counter, at_work: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_work()
    counter.type("not lost either")
    with monkeypatch.context() as broken:

        def away(_draft: Draft) -> Draft:
            raise Problem(ProblemKind.DATABASE_UNREACHABLE, host="db")

        broken.setattr(counter.desk.replies, "save", away)
        with qtbot.waitSignal(counter.composer.failed):
            counter.open(counter.other)
    counter.open(counter.ticket)
    assert counter.composer.at.editor.text() == "not lost either"


def test_a_draft_changed_elsewhere_is_a_choice_and_neither_text_is_lost(
    counter: Counter, at_work: Show, qtbot: QtBot
) -> None:
    at_work()
    counter.type("from the laptop")
    counter.composer.flush()
    counter.settle()
    elsewhere = counter.desk.replies.draft(counter.ticket)
    counter.desk.replies.save(replace(elsewhere, body="from the desktop"))
    counter.type("!")
    counter.composer.flush()
    notice = counter.composer.at.notice
    qtbot.waitUntil(lambda: notice.choices() == ["Keep this text", "Take the other text"])
    notice.choose("Take the other text")
    editor = counter.composer.at.editor
    qtbot.waitUntil(lambda: editor.text() == "from the desktop")
    editor.undo()
    assert editor.text() == "from the laptop!"
    counter.composer.flush()
    qtbot.waitUntil(lambda: counter.desk.replies.draft(counter.ticket).body == "from the laptop!")


def test_discarding_can_be_undone(counter: Counter, at_work: Show, qtbot: QtBot) -> None:
    at_work()
    counter.type("keep me")
    counter.composer.flush()
    counter.settle()
    counter.composer.discard()
    notice = counter.composer.at.notice
    qtbot.waitUntil(lambda: notice.choices() == ["Undo"])
    qtbot.waitUntil(lambda: counter.composer.at.editor.text() == "")
    notice.choose("Undo")
    qtbot.waitUntil(lambda: counter.composer.at.editor.text() == "keep me")
    assert counter.desk.replies.draft(counter.ticket).body == "keep me"


def test_files_are_stored_at_once_in_order_and_can_be_taken_off(
    counter: Counter, at_work: Show, qtbot: QtBot, tmp_path: Path
) -> None:
    at_work()
    for name in ("hóa đơn.pdf", "照片.png"):
        (tmp_path / name).write_bytes(b"1234")
    (tmp_path / "照片.png").write_bytes(b"12345")
    counter.composer.attaching.add_files(
        [tmp_path / "hóa đơn.pdf", tmp_path / "not there", tmp_path / "照片.png"]
    )
    line = counter.composer.keeper.line(REPLY)
    assert line is not None
    qtbot.waitUntil(lambda: len(line.shown.files) == 2)
    assert "not there" in counter.composer.at.notice.words.text()
    kept = counter.desk.replies.draft(counter.ticket)
    assert [file.filename for file in kept.files] == ["hóa đơn.pdf", "照片.png"]
    counter.composer.attaching.remove(kept.files[0].sha256)
    qtbot.waitUntil(lambda: len(line.shown.files) == 1)


def test_a_pasted_picture_becomes_a_file(counter: Counter, at_work: Show, qtbot: QtBot) -> None:
    at_work()
    picture = QImage(4, 4, QImage.Format.Format_RGB32)
    picture.fill(0)
    counter.composer.at.editor.image_given.emit(picture)
    line = counter.composer.keeper.line(REPLY)
    assert line is not None
    qtbot.waitUntil(lambda: len(line.shown.files) == 1)
    assert line.shown.files[0].filename == "picture 1.png"
    assert line.shown.files[0].content_type == "image/png"
