"""A real desk on SQLite behind the lanes, and the shell's side of a page, for windows' tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from deskapp.desk import Desk
from deskapp.settings import Settings
from deskapp.ui.bridge import Bridge
from deskapp.ui.outside import Outside
from deskapp.ui.remembered import Remembered
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work
from deskapp.wiring import open_house


@pytest.fixture
def bridge(qapp: object) -> Bridge:
    return Bridge()


@pytest.fixture
def desk(desk_file: str, bridge: Bridge) -> Iterator[Desk]:
    """An empty desk with one agent, Anna, who acts."""
    made = open_house(desk_file, create=True, announce=bridge.changed.emit)
    made.agent = made.agents.add("Anna", "anna@lotus.example")
    yield made
    made.close()


@pytest.fixture
def work(desk: Desk, qtbot: QtBot) -> Iterator[Work]:
    lanes = Work(desk)
    bugs: list[Exception] = []
    lanes.bug.connect(bugs.append)
    yield lanes
    assert lanes.close()
    assert bugs == []


@pytest.fixture
def shell(tmp_path: Path, qapp: object) -> ShellActions:
    made = ShellActions(Remembered(tmp_path / "windows.ini"))
    settings = Settings(desk_url=str(tmp_path / "desk.db"), agent_name="Anna")
    made.outside = Outside(settings=settings)
    return made
