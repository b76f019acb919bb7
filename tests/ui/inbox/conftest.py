"""The Inbox with a stand-in desk of ten tickets."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from deskapp.ui.bridge import Bridge
from deskapp.ui.inbox.page import InboxPage
from deskapp.ui.remembered import Remembered
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work
from tests.ui.sample_desk import SampleDesk


@pytest.fixture
def desk() -> SampleDesk:
    return SampleDesk()


@pytest.fixture
def work(desk: SampleDesk, qtbot: QtBot) -> Iterator[Work]:
    lanes = Work(desk)  # type: ignore[arg-type]
    faults: list[Exception] = []
    lanes.bug.connect(faults.append)
    yield lanes
    assert lanes.close()
    assert not faults


@pytest.fixture
def bridge(qapp: object) -> Bridge:
    return Bridge()


@pytest.fixture
def shell(tmp_path: Path, qapp: object) -> ShellActions:
    return ShellActions(Remembered(tmp_path / "windows.ini"))


@pytest.fixture
def page(
    work: Work,
    bridge: Bridge,
    shell: ShellActions,
    qtbot: QtBot,
) -> InboxPage:
    """Shown at the size of the look's pictures, with its list read."""
    made = InboxPage(work, bridge, shell)
    qtbot.addWidget(made)
    made.resize(1376, 800)
    made.show()
    qtbot.waitUntil(lambda: made.list.list.tickets.row_at(0) is not None)
    return made
