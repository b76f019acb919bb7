"""A team desk's people in Settings: added, signing in, joining by a link, leaving."""

from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtWidgets import QWidget

from deskapp.domain.join_link import JoinLink
from deskapp.domain.staff_access import Access, Sign
from deskapp.ui.settings.agent_dialog import AgentDialog
from deskapp.ui.settings.invite_dialog import Invitation, InviteDialog
from deskapp.ui.settings.leave_dialog import LeaveDialog, in_hand
from deskapp.ui.settings.sign_in_dialog import SignInDialog

from .camera import Camera
from .stage import Stage

_LONG = "Nguyễn Thị Phương Anh Khánh Huyền Bảo Ngọc"
_LINK = JoinLink("desk_lotus_nguyen_phuong_anh", "db.lotus-outdoor.example", 5432, "lotus", "7f3a")


def play(stage: Stage, camera: Camera) -> None:
    """Each dialog as it opens; nobody is really added."""
    if not camera.wants("staff"):
        return
    desk, work, shell = stage.desk, stage.work, stage.shell
    who = desk.agents.add(_LONG, "anh.staff@lotus-outdoor.example")
    row = desk.agents.get(who)
    until = datetime(2026, 11, 29, tzinfo=UTC)
    dialogs: dict[str, QWidget] = {
        "add": AgentDialog(work, None, shell, Access(Sign.OWN, "admin")),
        "edit": AgentDialog(work, row, shell),
        "first-login": SignInDialog(work, row, shell),
        "signs-in": SignInDialog(work, replace(row, login=_LINK.login), shell),
        "invited": InviteDialog(Invitation(_LONG, _LINK, until, "mưa-rào-42-hoa-sen"), shell),
        "leaves": LeaveDialog(work, in_hand(desk, who), shell),
    }
    for name, dialog in dialogs.items():
        camera.dialog(f"staff-{name}", dialog)
        dialog.close()
