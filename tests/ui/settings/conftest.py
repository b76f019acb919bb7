"""The ground of this folder's stories."""

import pytest
from pytestqt.qtbot import QtBot

from deskapp.ui.bridge import Bridge
from deskapp.ui.settings.page import SettingsPage
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work
from tests.ui.real_desk import bridge, desk, shell, work

__all__ = ["bridge", "desk", "shell", "work"]


@pytest.fixture
def page(work: Work, bridge: Bridge, shell: ShellActions, qtbot: QtBot) -> SettingsPage:
    made = SettingsPage(work, bridge, shell)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made
