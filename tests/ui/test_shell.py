"""The window around the pages: keys, names, places, what it says when something goes wrong."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import dump

from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui.bridge import Bridge
from deskapp.ui.pages import PAGES
from deskapp.ui.pictures import grab
from deskapp.ui.remembered import Remembered
from deskapp.ui.shell import Shell
from deskapp.ui.shortcuts_dialog import ShortcutsDialog
from deskapp.ui.work import Work
from tests.ui.sample_desk import SampleDesk

MakeShell = Callable[[], Shell]


@pytest.fixture
def make_shell(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MakeShell]:
    """Makes shells on one sample desk and one file of remembered places; only the Inbox is real."""
    for name in [name for name in PAGES if name != "inbox"]:
        monkeypatch.setitem(PAGES, name, _nowhere(name))
    work, bridge = Work(SampleDesk()), Bridge()  # type: ignore[arg-type]
    faults: list[Exception] = []
    work.bug.connect(faults.append)

    def make() -> Shell:
        shell = Shell(work, bridge, Remembered(tmp_path / "windows.ini"), "Lotus Outdoor")
        qtbot.addWidget(shell)
        with qtbot.waitActive(shell):
            shell.show()
        inbox = shell.page("inbox")
        qtbot.waitUntil(lambda: inbox.list.list.tickets.row_at(0) is not None)  # type: ignore[attr-defined]
        return shell

    yield make
    assert work.close()
    assert not faults


def _nowhere(name: str) -> object:
    entry = PAGES[name]
    return type(entry)(entry.title, entry.icon, f"deskapp.ui.{name}_missing.page", entry.widget)


@pytest.fixture
def shell(make_shell: MakeShell) -> Shell:
    return make_shell()


def spoken_name(widget: QWidget) -> str:
    if isinstance(widget, QAbstractButton) and widget.text():
        return widget.text()
    return widget.accessibleName()


def test_every_control_has_a_name_that_can_be_spoken(shell: Shell, qtbot: QtBot) -> None:
    inbox = shell.page("inbox")
    inbox.list.list.choose(1)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: inbox.card.findChild(QAbstractButton) is not None)  # type: ignore[attr-defined]
    kinds = (QAbstractButton, QLineEdit, QAbstractItemView)
    nameless = [
        one
        for one in shell.findChildren(QWidget)
        if isinstance(one, kinds)
        and one.isVisibleTo(shell)
        and not one.objectName().startswith("qt_")
        and type(one.parent()).__name__ not in ("QMenuBar", "QLineEdit", "SearchField")
        and not spoken_name(one)
    ]
    assert nameless == []


def menu_actions(shell: Shell) -> list[QAction]:
    menus = [one.menu() for one in shell.menuBar().actions()]
    return [
        action
        for menu in menus
        if isinstance(menu, QMenu)
        for action in menu.actions()
        if not action.isSeparator()
    ]


def test_no_two_actions_share_a_key_and_none_needs_ctrl_alt(shell: Shell) -> None:
    keys = [action.shortcut().toString() for action in menu_actions(shell)]
    counted = Counter(key for key in keys if key)
    assert [key for key, count in counted.items() if count > 1] == []
    assert [key for key in counted if "Ctrl+Alt" in key] == []
    letters = {f"Alt+{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
    assert not letters & set(counted)


def test_the_keys_of_the_design_are_there(shell: Shell) -> None:
    keys = {action.shortcut().toString() for action in menu_actions(shell)}
    wanted = {f"Ctrl+{number}" for number in range(1, 6)} | {"Ctrl+K", "Ctrl+N", "F6", "Ctrl+F"}
    wanted |= {"Ctrl+R", "Ctrl+E", "Ctrl+U"} | {f"Ctrl+Shift+{letter}" for letter in "NAST"}
    assert wanted <= keys


def test_the_sheet_of_keys_shows_every_key(shell: Shell, tmp_path: Path) -> None:
    sheet = ShortcutsDialog(shell)
    shown = " ".join(one.text() for one in sheet.findChildren(QLabel)).split("   ")
    keys = {a.shortcut().toString() for a in menu_actions(shell) if a.shortcut()} - {""}
    assert [key for key in keys if key not in " ".join(shown)] == []
    sheet.save_pdf(str(tmp_path / "keys.pdf"))
    assert (tmp_path / "keys.pdf").read_bytes().startswith(b"%PDF")
    with pytest.raises(Problem):
        sheet.save_pdf(str(tmp_path / "no such folder" / "keys.pdf"))


def test_keys_go_to_pages_and_a_page_not_built_yet_says_so(shell: Shell, qtbot: QtBot) -> None:
    qtbot.keyClick(shell, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    said = [one.text() for one in shell.findChildren(QLabel) if one.isVisible()]
    assert "This window is not part of this version yet." in said
    qtbot.keyClick(shell, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert shell.page("inbox").isVisible()


def test_a_key_leads_into_the_search_and_escape_goes_back(shell: Shell, qtbot: QtBot) -> None:
    inbox = shell.page("inbox")
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(shell, Qt.Key.Key_F, held)
    assert shell.top.field.hasFocus()
    qtbot.keyClicks(shell.top.field, "invoice")
    qtbot.waitUntil(lambda: inbox.list.list.tickets.rowCount() == 1)  # type: ignore[attr-defined]
    qtbot.keyClick(shell.top.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: inbox.list.list.tickets.rowCount() == 10)  # type: ignore[attr-defined]


def test_a_page_opens_in_a_window_of_its_own_and_closes_with_the_shell(
    shell: Shell, qtbot: QtBot
) -> None:
    window = shell.open_in_own_window("inbox")
    assert window.isVisible() and window.centralWidget() is not shell.page("inbox")
    menus = [menu.text() for menu in window.menuBar().actions()]
    assert menus == ["Inbox", "Edit", "Go", "Window", "Help"]
    assert shell.undo.undo in window.actions()
    with qtbot.waitSignal(window.destroyed):
        shell.close()


def test_sizes_are_found_again_at_the_next_start(make_shell: MakeShell, qtbot: QtBot) -> None:
    first = make_shell()
    first.resize(900, 640)  # the offscreen screen is small
    with qtbot.waitSignal(first.closed):
        first.close()
    again = make_shell()
    assert (again.width(), again.height()) == (900, 640)


def test_a_window_does_not_take_qts_screen_with_it_when_it_is_collected(shell: Shell) -> None:
    # What Shiboken counts as a child of a window, it deletes with the window.
    assert "parent" not in dump(QGuiApplication.primaryScreen())


def test_a_damaged_file_of_places_is_as_good_as_none(tmp_path: Path, qapp: object) -> None:
    file = tmp_path / "windows.ini"
    file.write_bytes(b"[shell]\ngeometry=@ByteArray(\\x1)\n\x00\xff[[[")
    kept = Remembered(file)
    window = QWidget()
    assert not kept.place_window("shell", window)
    assert kept.flag("inbox/card", True)
    window.deleteLater()


def test_the_status_line_tells_completeness_and_the_engines_trouble(
    shell: Shell, qtbot: QtBot
) -> None:
    def said() -> str:
        labels = shell.status.findChildren(QLabel)
        return " ".join(one.text() for one in labels if one.isVisible())

    qtbot.waitUntil(lambda: "support@ 4,812 of 4,812" in said())
    assert "nothing waiting to be sent" in said()
    shell.status.engine_said({"news": "trouble", "kind": "offline", "host": "imap.example"})
    assert "imap.example cannot be reached" in said()
    shell.status.engine_said({"news": "ready"})
    assert "imap.example" not in said()
    fetching = shell.status.fetching
    shell.sync_wanted.emit()
    assert "Fetching mail…" in said()
    fetching._heard({"news": "filed", "mailbox": 1, "messages": 3})
    fetching._heard({"news": "state", "mailbox": 1, "state": "ok"})
    fetching._heard({"news": "state", "mailbox": 2, "state": "ok"})
    fetching._ended()
    assert "Mail is fetched: 3 new messages." in said()


def test_what_is_said_for_a_moment_is_read_whole_beside_troubles(
    shell: Shell, qtbot: QtBot
) -> None:
    foot = shell.status
    qtbot.waitUntil(lambda: bool(foot._waiting.text()))
    shell.resize(1000, 700)
    foot._waiting.setText("2 answers not sent · 1 waiting to be sent")
    foot._why.setText("The server said: 550 5.7.1 Rejected, the mailbox is over its quota")
    foot.tell("Ticket 10482 was merged into ticket 10377, which is shown.")
    qtbot.waitUntil(foot._why.isHidden)
    qtbot.waitUntil(lambda: foot._said.width() >= foot._said.sizeHint().width())
    foot._be_quiet()
    assert foot._why.isVisible() and foot._waiting.isVisible()


def test_a_problem_nobody_waits_for_is_shown_with_its_sentences(
    shell: Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: shown.append(box.text()))
    shell._work.troubled.emit(Problem(ProblemKind.DISK_FULL, path="/desk"))
    assert shown == ["There is no room left to write to /desk."]
    shell._work.left_behind.emit(Problem(ProblemKind.DISK_FULL, path="/desk"))  # of a closed window
    assert len(shown) == 1 and "There is no room left" in shell.act_bar.words.text()
    assert not shell.act_bar._over.isActive()  # it stays until it is put away


@pytest.mark.parametrize("size", [(1440, 900), (900, 600)])
def test_a_picture_is_written_at_the_size_asked(
    shell: Shell, tmp_path: Path, size: tuple[int, int]
) -> None:
    shell.resize(*size)
    path = grab(shell, tmp_path / "pictures" / "inbox.png")
    assert path.read_bytes().startswith(b"\x89PNG")
    assert (shell.width(), shell.height()) == size
