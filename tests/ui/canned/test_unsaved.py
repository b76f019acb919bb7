"""What was typed into a canned reply outlives refused saves, closed windows and crashes."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from deskapp.domain.kinds import TicketStatus
from deskapp.domain.replies import CannedActions, CannedReply, OutgoingFile
from deskapp.domain.snoozing import SnoozeTime, SnoozeWish
from deskapp.ui.canned.edit_files import EditFiles
from deskapp.ui.canned.editing import Editing
from tests.ui.compose.counter import Counter

from .test_page import Window

_TYPIST = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from deskapp.ui.bridge import Bridge
from deskapp.ui.canned.page import CannedPage
from deskapp.ui.remembered import Remembered
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work
from deskapp.wiring import open_house
app = QApplication([])
desk = open_house(sys.argv[1], agent_name="Anna")
page = CannedPage(Work(desk), Bridge(), ShellActions(Remembered(Path(sys.argv[2]))))
page.show()
page.opened.new()
QTest.keyClicks(page.editor.name, "Half")
QTest.keyClicks(page.editor.text, "Hello {{ customer")
def kept():
    if list(Path(sys.argv[3]).glob("*/*.json")):
        print("kept", flush=True)
beat = QTimer()
beat.timeout.connect(kept)
beat.start(50)
app.exec()
"""


def _kept_in(home: Path) -> list[Path]:
    return list((home / "unsaved-canned").glob("*/*.json"))


def test_killed_while_writing_a_half_placeholder_the_next_start_has_it(
    counter: Counter, qtbot: QtBot, tmp_path: Path, own_home: Path
) -> None:
    place = (counter.desk.database.address, tmp_path / "places.ini", own_home / "unsaved-canned")
    run = [sys.executable, "-c", _TYPIST, *map(str, place)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(run, env=environment, stdout=subprocess.PIPE, text=True) as typist:
        assert typist.stdout is not None
        assert typist.stdout.readline() == "kept\n"
        typist.kill()
    page = Window(counter, tmp_path, qtbot).page
    counter.until(lambda: page.editor.name.text() == "Half")
    assert page.editor.text.toPlainText() == "Hello {{ customer"
    assert page.editor.notice.choices() == ["Save", "Back to the saved text"]
    page.editor.text.appendPlainText("}}")
    page.opened.save()
    counter.until(lambda: [row.name for row in counter.desk.canned.list("half")] == ["Half"])
    counter.until(lambda: not _kept_in(own_home))


def test_a_window_closed_over_a_save_that_is_refused_hands_its_text_to_the_next(
    counter: Counter, qtbot: QtBot, tmp_path: Path, own_home: Path
) -> None:
    """Half a template in one reply, another person's change of the same text in the other."""
    first = Window(counter, tmp_path, qtbot)
    first.pick("Tracking")
    theirs = first.canned.get(first.id_of("Tracking"))
    first.write("mine")
    counter.desk.canned.save(replace(theirs, texts=(("en", "theirs"),)))
    first.pick("Late parcel")
    first.write("{% if")
    first.page.save_places()
    first.page.hide()
    second = Window(counter, tmp_path, qtbot)
    qtbot.waitUntil(lambda: len(second.page.opened._all_unsaved()) == 2)
    second.pick("Late parcel")
    assert second.page.editor.text.toPlainText() == "{% if"
    second.pick("Tracking")
    assert second.page.editor.text.toPlainText() == "mine"
    second.page.opened.save()
    notice = second.page.editor.notice
    qtbot.waitUntil(lambda: notice.choices() == ["Save mine", "Show theirs"])
    assert counter.desk.canned.get(second.id_of("Tracking")).texts == (("en", "theirs"),)


def test_a_page_that_is_open_already_takes_over_what_another_window_could_not_save(
    counter: Counter, qtbot: QtBot, tmp_path: Path
) -> None:
    open_all_along = Window(counter, tmp_path, qtbot)
    open_all_along.pick("Tracking")
    other = Window(counter, tmp_path, qtbot)
    other.pick("Late parcel")
    other.write("{{")
    other.page.save_places()
    other.page.hide()
    with qtbot.waitActive(open_all_along.page):
        open_all_along.page.activateWindow()
    notice = open_all_along.page.editor.notice
    qtbot.waitUntil(lambda: notice.choices() == ["Show it"])
    assert open_all_along.page.editor.name.text() == "Tracking"
    notice.choose("Show it")
    assert open_all_along.page.editor.text.toPlainText() == "{{"
    notice.choose("Back to the saved text")
    assert open_all_along.page.editor.text.toPlainText().startswith("Chào chị {{")
    notice.choose("Undo")
    assert open_all_along.page.editor.text.toPlainText() == "{{"


def test_what_was_saved_after_all_is_not_offered_again(
    counter: Counter, qtbot: QtBot, tmp_path: Path, own_home: Path
) -> None:
    first = Window(counter, tmp_path, qtbot)
    first.pick("Tracking")
    first.write("newer")
    first.page.opened.new()
    first.page.editor.name.setText("New one")
    first.write("new")
    first.page.save_places()
    assert len(_kept_in(own_home)) == 2
    second = Window(counter, tmp_path, qtbot)
    qtbot.waitUntil(lambda: not _kept_in(own_home))
    assert second.page.opened._all_unsaved() == ()
    assert dict(counter.desk.canned.get(second.id_of("Tracking")).texts)["en"] == "newer"
    assert second.id_of("New one")
    QWidget.close(first.page)


def test_a_new_reply_is_not_lost_to_the_next_new_one(
    counter: Counter, qtbot: QtBot, tmp_path: Path
) -> None:
    window = Window(counter, tmp_path, qtbot)
    opened, editor = window.page.opened, window.page.editor
    opened.new()
    editor.name.setText("First")
    window.write("one")
    opened.duplicate()
    assert editor.name.text() == "First (copy)"
    opened.new()
    assert (editor.name.text(), editor.text.toPlainText()) == ("First", "one")
    opened.new()
    assert editor.name.text() == "First (copy)"


def test_all_of_a_reply_comes_back_out_of_its_file(tmp_path: Path) -> None:
    file = OutgoingFile("a.png", "image/png", 3, "0" * 64)  # type: ignore[arg-type]
    wish = SnoozeWish(next(iter(SnoozeTime)), True)
    acts = CannedActions(TicketStatus.SOLVED, True, None, ("a",), ("b",), wish)
    kept = CannedReply(None, "Tên", "Thư mục", (("vi", "x"), ("zh-Hant", "訂單")), 3)
    editing = Editing.of(replace(kept, actions=acts, files=(file,)))
    editing.kept = kept
    window = EditFiles(tmp_path, "one")
    window.keep([editing])
    assert EditFiles(tmp_path, "one").left() == []  # its window lives
    window.release()
    assert EditFiles(tmp_path, "another").left() == []
    [left] = EditFiles(tmp_path, "one").left()
    assert (left.base, left.wanted) == (kept, editing.wanted())
    left.file.write_text("{}", "utf-8")
    assert EditFiles(tmp_path, "one").left() == []
    assert left.file.exists()
