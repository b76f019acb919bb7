"""The desk on its way to another database: tried, refused, under way, done; where it was before."""

import time

from deskapp.domain.desk_move import Moved, MoveProgress, TableSum
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui.settings.desk_move_dialog import DeskMoveDialog
from deskapp.ui.settings.move_job import Ended
from deskapp.ui.settings.page import SettingsPage

from .camera import Camera
from .stage import Stage

_OLD = "D:/Tài liệu của Anna/Cửa hàng Lotus Đà Nẵng/我們的服務台/desk.db"
_NEW = "postgresql://nguyen.thi.phuong.anh@db.lotus-outdoor.example:5432/lotus_outdoor_support"
_TABLES = {"message": TableSum(350_049, "0"), "ticket": TableSum(100_000, "0")}
_LOCALE = Problem(
    ProblemKind.UNSUITABLE_SERVER,
    what="locale",
    found="C",
    name="lotus",
    value="createdb --template=template0 --encoding=UTF8 --locale=C.UTF-8 lotus_utf8",
)


def play(stage: Stage, camera: Camera) -> None:
    """Nothing moves: what the thread would have said is said by hand."""
    if not camera.wants("move-desk"):
        return
    outside = stage.shell.shell_actions.outside
    assert outside.mover is not None
    tried = Moved(_NEW, _TABLES, tried=True, size=1_240_000_000)
    to_file = Moved("D:/desk.db", _TABLES, tried=True, size=9_000_000, free=4_000_000)
    ends: dict[str, object] = {
        "tried": Ended(tried),
        "tried-file": Ended(to_file),
        "locale": _LOCALE,
        "in-use": Problem(ProblemKind.DUPLICATE, what="move", value=_NEW),
        "done": Ended(Moved(_NEW, _TABLES), password_kept=False),
    }
    for name in ("empty", "running", *ends):
        dialog = DeskMoveDialog(outside.mover, _OLD, name != "empty", stage.shell)
        if name != "empty":
            dialog.address.setText(_NEW)
            dialog.password.setText("hunter-42")
        if name == "running":
            dialog._show_running(True)
            dialog._began = time.monotonic() - 100
            dialog._say_progress(MoveProgress("copy", "message", 1_204_500, 1_530_241, 0.31))
        elif name in ends:
            dialog._ended(ends[name])
        camera.dialog(f"move-desk-{name}", dialog)
        dialog._done = None
        dialog.reject()
    _section(stage, camera)


def _section(stage: Stage, camera: Camera) -> None:
    stage.shell.shell_actions.outside.settings.moved_from = _OLD
    page = stage.shell.show_page("settings")
    assert isinstance(page, SettingsPage)
    page.show_section("data")
    camera.settle()
    camera.window("move-desk-section", [(1440, 900), (1000, 700)])
