"""The Canned replies page in a window of its own, opened and closed as people do it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from deskapp.ui.bridge import Bridge
from deskapp.ui.canned.page import CannedPage
from deskapp.ui.remembered import Remembered
from deskapp.ui.shell import Shell
from tests.ui.compose.counter import Counter

_SAID = "“Late parcel” could not be saved"


@pytest.fixture
def shell(counter: Counter, tmp_path: Path, qtbot: QtBot) -> Iterator[Shell]:
    made = Shell(counter.work, Bridge(), Remembered(tmp_path / "windows.ini"), "Lotus")
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    yield made
    made.close()


def _page(widget: object) -> CannedPage:
    assert isinstance(widget, CannedPage)
    return widget


def _half_a_placeholder(counter: Counter, own: CannedPage, qtbot: QtBot) -> None:
    """Types what cannot be saved into the reply "Late parcel"."""
    counter.until(lambda: own.list.rows.rowCount() > 0)
    rows = own.list.rows
    own.list.list.setCurrentIndex(rows.place_of(counter.desk.canned.by_name("Late parcel")))
    counter.until(lambda: own.editor.name.text() == "Late parcel")
    own.editor.text.setFocus()
    own.editor.text.selectAll()
    qtbot.keyClicks(own.editor.text, "{{")


def test_half_a_placeholder_in_a_closed_window_is_there_when_the_page_is_opened(
    counter: Counter, shell: Shell, qtbot: QtBot
) -> None:
    """No box asks to be closed for it either: it is said in the status line."""
    told: list[str] = []
    shell.shell_actions.told.connect(told.append)
    window = shell.open_in_own_window("canned")
    _half_a_placeholder(counter, _page(window.centralWidget()), qtbot)
    with qtbot.waitSignal(window.destroyed, timeout=60_000):
        window.close()
    page = _page(shell.show_page("canned"))
    counter.until(lambda: page.editor.name.text() == "Late parcel")
    assert page.editor.text.toPlainText() == "{{"
    counter.until(lambda: any(one.startswith(_SAID) for one in told))
    assert counter.problems == []


def test_a_refusal_that_comes_before_the_closed_window_is_gone_is_told_too(
    counter: Counter, shell: Shell, qtbot: QtBot
) -> None:
    """The answer may be faster than Qt's putting away of the window: nobody reads its strips."""
    told: list[str] = []
    shell.shell_actions.told.connect(told.append)
    own = _page(shell.open_in_own_window("canned").centralWidget())
    _half_a_placeholder(counter, own, qtbot)
    own.save_places()
    counter.until(lambda: any(one.startswith(_SAID) for one in told))
