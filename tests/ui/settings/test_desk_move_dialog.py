"""The desk is taken to another database from its window."""

from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from deskapp import settings as kept_settings
from deskapp.desk import Desk
from deskapp.domain.desk_move import Moved
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.moving import DeskMover
from deskapp.secrets import SessionSecrets
from deskapp.settings import Settings
from deskapp.ui.settings.desk_move_dialog import DeskMoveDialog
from deskapp.wiring import open_house
from tests.servers.blank_desk import put_blank_desk


class Ground:
    """A dialog on a real desk; what it asked of the engine and the windows stands in ``asked``."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        self.asked: list[str] = []
        self.secrets = SessionSecrets()
        address = desk.database.address
        ways = (lambda name=name: self.asked.append(name) for name in ("rest", "resume", "reopen"))
        mover = DeskMover(address, Settings(desk_url=address), self.secrets, *ways)
        self.dialog = DeskMoveDialog(mover, address, True)
        qtbot.addWidget(self.dialog)
        self.dialog.show()

    def says(self, words: str) -> bool:
        return words in self.dialog.told.text()

    def has_room(self) -> bool:
        """Whether the window is high enough for all that it says."""
        column = self.dialog.layout()
        assert column is not None
        return self.dialog.height() >= column.totalHeightForWidth(self.dialog.width())


@pytest.fixture
def ground(desk: Desk, qtbot: QtBot) -> Ground:
    return Ground(desk, qtbot)


def test_a_desk_is_tried_then_moved_and_the_windows_open_there(
    ground: Ground, desk: Desk, postgres_url: str, qtbot: QtBot
) -> None:
    dialog, old = ground.dialog, desk.database.address
    assert not dialog.try_out.isEnabled()
    dialog.address.setText(postgres_url.replace("+psycopg", ""))
    dialog.password.setText("hunter-42")
    assert not dialog.move_now.isEnabled(), "tried first"
    dialog.try_out.click()
    qtbot.waitUntil(dialog.move_now.isEnabled, timeout=60_000)
    assert ground.says("It can move") and ground.says("Ask who runs the server")
    assert ground.asked == [], "trying disturbs nobody"
    assert ground.has_room()
    dialog.move_now.click()
    qtbot.waitUntil(dialog.open_there.isVisible, timeout=60_000)
    assert ground.says(old) and ground.says("move --undo") and ground.has_room()
    kept = kept_settings.load()
    assert kept.desk_url.startswith("postgresql") and kept.moved_from == old
    assert "hunter" not in kept.desk_url
    assert ground.secrets.get(kept.desk_url, "desk") == "hunter-42"
    dialog.open_there.click()
    assert ground.asked == ["rest", "reopen"]
    with closing(open_house(postgres_url)) as there:
        assert [one.name for one in there.agents.list()] == ["Anna"]
    with pytest.raises(Problem) as refused:
        open_house(old)
    assert refused.value.kind is ProblemKind.DESK_MOVED


def test_a_move_that_is_stopped_leaves_the_desk_and_its_engine_at_work(
    ground: Ground, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = ground.dialog
    dialog.address.setText(str(tmp_path / "there.db"))
    dialog._show_tried(Moved("there.db", {}, tried=True, size=9_000_000, free=4_000_000))
    assert ground.says("Only") and ground.says("make room")
    dialog.begin_move()
    dialog.reject()
    qtbot.waitUntil(lambda: ground.says("Stopped"), timeout=60_000)
    assert dialog.isVisible() and ground.asked == ["rest", "resume"]
    assert not list(tmp_path.glob("there.db*"))
    desk.agents.add("Olga")


def test_a_place_in_use_is_refused_in_words(
    ground: Ground, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = ground.dialog
    dialog.address.setText(put_blank_desk(tmp_path / "other.db"))
    dialog.try_out.click()
    qtbot.waitUntil(lambda: ground.says("not empty"), timeout=60_000)
    assert not dialog.move_now.isEnabled()
    dialog.begin_move()
    qtbot.waitUntil(lambda: ground.says("still where it was"), timeout=60_000)
    assert ground.asked == ["rest", "resume"] and ground.has_room()
    desk.agents.add("Olga")
