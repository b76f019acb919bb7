"""Who sits here: clear with one agent, asked with several."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QInputDialog
from pytestqt.qtbot import QtBot

from deskapp.domain.ids import AgentId
from deskapp.domain.people import AgentRow
from deskapp.ui.setup.who_am_i import who_am_i


def agent(number: int, name: str, active: bool = True) -> AgentRow:
    return AgentRow(AgentId(number), name, "", "agent", "", active, 1)


def test_one_agent_is_taken_without_a_word(qtbot: QtBot) -> None:
    anna = agent(1, "Anna")
    assert who_am_i([anna, agent(2, "Gone", active=False)]) == anna
    assert who_am_i([]) is None


def test_several_are_asked_for(qtbot: QtBot) -> None:
    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QInputDialog)
        dialog.setTextValue("Олга")
        dialog.accept()

    QTimer.singleShot(100, choose)
    chosen = who_am_i([agent(1, "Anna"), agent(2, "Олга")])
    assert chosen is not None and chosen.id == 2
