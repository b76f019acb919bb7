"""The desk's database away: at the start, while working, with changes that wait, and refusals."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from deskapp.desk import Desk
from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import EventKind, TicketStatus
from deskapp.domain.line import Line
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.stale import Clash
from deskapp.domain.tickets import TicketEdit
from deskapp.ui.inbox.stale_edit import StaleEdit
from deskapp.ui.line_banner import LineBanner
from deskapp.ui.setup.desk_away import DeskAway

from .camera import Camera
from .letters import LONG_CHINESE, LONG_RUSSIAN
from .stage import Stage

_AWAY = Problem(ProblemKind.DATABASE_UNREACHABLE, place="db.lotus-outdoor.example/lotus")
_STARTING = Problem(
    ProblemKind.DATABASE_UNREACHABLE, what="starting", said="the database system is starting up"
)
_REFUSALS = {
    "not-allowed": Problem(ProblemKind.NOT_ALLOWED, what="ticket"),
    "not-allowed-plain": Problem(ProblemKind.NOT_ALLOWED),
    "junior-sends": Problem(ProblemKind.NOT_ALLOWED, what="junior_sends"),
    "schema-newer": Problem(ProblemKind.SCHEMA_NEWER, what="write", found="0002"),
    "desk-moved": Problem(ProblemKind.DESK_MOVED, to="postgresql://db.lotus-outdoor.example/lotus"),
    "desk-closed": Problem(ProblemKind.DESK_CLOSED),
    "outcome-unknown": Problem(ProblemKind.OUTCOME_UNKNOWN),
    "lead-only": Problem(ProblemKind.INVALID, what="lead_only"),
}


def play(stage: Stage, camera: Camera) -> None:
    """Nothing is really away: the line says so, and a write is held back."""
    if not camera.wants("away"):
        return
    for name, problem in (("start", _AWAY), ("start-starting", _STARTING)):
        waits = DeskAway("postgresql://anna@db.lotus-outdoor.example/lotus", _never, stage.shell)
        waits._say(problem)
        camera.dialog(f"away-{name}", waits)
        waits.reject()
    _stale(stage, camera)
    for name, problem in _REFUSALS.items():
        QTimer.singleShot(0, partial(_box, camera, f"away-refused-{name}"))
        stage.shell.shell_actions.trouble(problem)
    _while_working(stage, camera)


def _while_working(stage: Stage, camera: Camera) -> None:
    shell, work, bridge = stage.shell, stage.work, stage.shell._bridge
    shell.show_page("inbox")
    camera.widen()
    stage.inbox.open_ticket(stage.tickets["files"])
    camera.settle()
    since = datetime.now(UTC) - timedelta(minutes=12)
    bridge.line.emit(Line(since, _AWAY))
    camera.wait(300)
    camera.window("away-line")
    [banner] = shell.findChildren(LineBanner)
    gone = [True]

    def write(_desk: object) -> None:
        if gone[0]:
            raise _AWAY

    camera.stands = True
    for told in (
        "Status of ticket 1042",
        f"Note on ticket 1043: {LONG_CHINESE}",
        f"Subject of ticket 7: {LONG_RUSSIAN}",
    ):
        work.do(write, owner=shell, told=told)
    camera.wait(300)
    camera.window("away-line-waiting")
    menu = banner._menu
    menu.popup(shell.mapToGlobal(shell.rect().center()))
    camera.dialog("away-line-menu", menu)
    menu.close()
    QTimer.singleShot(0, partial(_box, camera, "away-closing"))
    shell.close()
    gone[0] = camera.stands = False
    bridge.line.emit(Line(since, back=True))
    camera.settle()
    camera.window("away-line-back")


def _box(camera: Camera, name: str) -> None:
    """The box that asks or tells just now."""
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    camera.dialog(name, box)
    box.reject()


def _stale(stage: Stage, camera: Camera) -> None:
    """What a colleague set meanwhile: of one ticket, two facts, and of very many."""
    long = "Nguyễn Thị Phương Anh Khánh Huyền Bảo Ngọc"
    now = stage.now
    status = Clash(TicketId(1), 1042, EventKind.STATUS, "open", "closed", long, now)
    subject = Clash(
        TicketId(1), 1042, EventKind.SUBJECT, LONG_CHINESE, LONG_RUSSIAN, "Ольга",
        now - timedelta(minutes=4),
    )  # fmt: skip
    unseen = Clash(TicketId(1), 1042, EventKind.ASSIGNED, None, "", "", now - timedelta(hours=2))
    who = Clash(TicketId(1), 1042, EventKind.ASSIGNED, "", long, long, now)
    many = [
        Clash(TicketId(n), 1040 + n, EventKind.STATUS, "open", "closed", "王小明", now)
        for n in range(30)
    ]
    hold = TicketEdit(status=TicketStatus.ON_HOLD)
    renamed = TicketEdit(status=TicketStatus.ON_HOLD, subject="Đơn hàng")
    told: dict[str, tuple[TicketEdit, Sequence[Clash], bool]] = {
        "one": (hold, [status], False),
        "two": (renamed, [status, subject], False),
        "assignee": (TicketEdit(assignee_id=stage.agents[0]), [who], False),
        "unseen": (TicketEdit(assignee_id=stage.agents[0]), [unseen], False),
        "three-of-many": (hold, many[:3], True),
        "many": (hold, many, True),
    }
    names = {EventKind.ASSIGNED: long}
    for name, (edit, clashes, several) in told.items():
        dialog = StaleEdit(edit, clashes, _named(names), stage.shell, several=several)
        camera.dialog(f"away-stale-{name}", dialog)
        dialog.close()


def _named(names: dict[EventKind, str]) -> Callable[[EventKind], str]:
    return lambda fact: names.get(fact, "")


def _never(_waits: object) -> Desk:
    raise _AWAY
