"""The wizard where somebody joins a team's desk by a link: each page, and what goes wrong."""

from deskapp.domain.join_link import JoinLink
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.making import Maker
from deskapp.ui.outside import Outside
from deskapp.ui.setup.new_desk import DeskFound
from deskapp.ui.setup.wizard import Wizard

from .camera import Camera
from .stage import Stage

_LINK = JoinLink("desk_lotus_nguyen_phuong_anh", "db.lotus-outdoor.example", 5432, "lotus", "7f3a")
_TROUBLES = {
    "not-a-link": Problem(ProblemKind.INVALID, what="join_link", value="deskapp-join:anna@db"),
    "other-desk": Problem(ProblemKind.INVALID, what="wrong_desk", value="Lotus Indoor"),
    "refused": Problem(ProblemKind.SIGN_IN_REFUSED, what="desk", place=_LINK.host),
    "away": Problem(ProblemKind.DATABASE_UNREACHABLE, place=_LINK.host),
    "without-tls": Problem(ProblemKind.PLAIN_NOT_LOOPBACK, what="desk", host=_LINK.host),
    "schema-newer": Problem(ProblemKind.SCHEMA_NEWER, found="0002"),
}


def play(stage: Stage, camera: Camera) -> None:
    """Nobody is asked: what the desk would answer is put in."""
    if not camera.wants("joining"):
        return
    wizard = Wizard(Outside(), Maker(), None, stage.shell)
    camera.dialog("joining-first", wizard)
    wizard.who.shared.setChecked(True)
    wizard.who.url.setText(_LINK.text())
    camera.dialog("joining-link", wizard)
    wizard.who.password.setText("given-with-the-link")
    wizard.who.own_password.setText("too short")
    camera.dialog("joining-short-password", wizard)
    wizard.who.own_password.setText("long enough to be mine")
    for name, problem in _TROUBLES.items():
        wizard._desk_refused(problem)
        camera.dialog(f"joining-{name}", wizard)
    wizard._desk_made(
        DeskFound(_LINK.address(), "Lotus Outdoor Việt Nam", (), "Nguyễn Thị Phương Anh")
    )
    camera.dialog("joining-done", wizard)
    wizard.close()
