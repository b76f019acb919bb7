"""Who gets a ticket: the menu of colleagues, who is away and stands in, the rules in Settings."""

from datetime import timedelta

from PySide6.QtWidgets import QMessageBox, QWidget
from sqlalchemy import insert

from deskapp.data.tables.presence import presence
from deskapp.desk import Desk
from deskapp.domain.assigning import Mode, Scope
from deskapp.domain.ids import AgentId
from deskapp.domain.kinds import View
from deskapp.domain.tickets import TicketEdit
from deskapp.ui.inbox.history_window import HistoryWindow
from deskapp.ui.settings.agent_dialog import AgentDialog
from deskapp.ui.settings.away_dialog import AwayDialog, about
from deskapp.ui.settings.page import SettingsPage

from .camera import SMALL, Camera
from .dialogs import how_filed
from .letters import LONG_CHINESE, LONG_NAME
from .stage import Stage

_LONG = "Nguyễn Thị Phương Anh Khánh Huyền Bảo Ngọc"
_RUSSIAN = "Мария Константиновна Преображенская"


def play(stage: Stage, camera: Camera) -> None:
    """Colleagues of every role; some are here, some away with and without a stand-in."""
    if not camera.wants("assigning"):
        return
    desk, shell, page = stage.desk, stage.shell, stage.inbox
    mai, masha, junior = _staff(stage)
    shell.show_page("inbox")
    camera.widen()
    page.show_view(View.ALL_OPEN.value)
    ticket = stage.tickets["files"]
    for name, assignee in (("stand-in", mai), ("nobody-stands-in", junior)):
        desk.tickets.edit(ticket, TicketEdit(assignee_id=assignee))
        page.open_ticket(ticket)
        camera.settle()
        camera.window(f"assigning-{name}")
    page.actions_on_tickets.learn_agents()
    camera.settle()
    menu = page.actions_on_tickets.assign_menu
    menu.popup(shell.mapToGlobal(shell.rect().center()))
    camera.dialog("assigning-menu", menu)
    menu.close()
    for name, who in (("away", mai), ("away-alone", junior)):
        menu.fill()
        next(one for one in menu.actions() if one.data() == who).trigger()
        box = page.findChildren(QMessageBox)[-1]
        camera.dialog(f"assigning-{name}", box)
        box.close()
    take, _away = page._taking.all()
    take.trigger()
    camera.settle()
    camera.window("assigning-taken")
    _by_itself(stage, camera)
    for name, one in (("noted", mai), ("new", masha)):
        _dialog(
            camera, f"assigning-absence-{name}", AwayDialog(stage.work, about(desk, one), shell)
        )
    _dialog(camera, "assigning-agent", AgentDialog(stage.work, desk.agents.get(junior), shell))
    settings = shell.show_page("settings")
    assert isinstance(settings, SettingsPage)
    for section in ("assignment", "agents"):
        settings.show_section(section)
        camera.settle()
        camera.window(f"assigning-{section}")
    shell.show_page("inbox")


def _staff(stage: Stage) -> tuple[AgentId, AgentId, AgentId]:
    desk = stage.desk
    mai = desk.agents.add(_LONG, "mai@lotus-outdoor.example", "lead")
    masha = desk.agents.add(_RUSSIAN, "preobrazhenskaya@lotus-outdoor.example", "agent")
    junior = desk.agents.add("王小明", "xiaoming@lotus-outdoor.example", "junior")
    until, me = stage.now + timedelta(days=9), desk.agent
    assert me is not None
    desk.agent = mai  # a lead says who is away, and by which rules tickets are given out
    desk.absences.away(mai, until=until, substitute=me, reason="Nghỉ Tết với gia đình")
    desk.absences.away(junior)
    soon = stage.now + timedelta(days=3)
    desk.absences.away(stage.agents[1], since=soon, until=until, substitute=masha)
    _come(desk, masha, me)
    team = desk.teams.list()[0].id
    desk.assigning.set_rule(Scope.DESK, None, Mode.ROUND_ROBIN, None)
    desk.assigning.set_rule(Scope.TEAM, team, Mode.FEWEST, None)
    desk.agent = me
    return mai, masha, junior


def _come(desk: Desk, *agents: AgentId) -> None:
    """They have the desk open, for an hour at least."""
    with desk.database.writing() as unit:
        from deskapp.data.queries.leases import clock

        seen = clock(unit.connection) + timedelta(hours=1)
        for one in agents:
            here = {"client": f"window {one}", "place": 0, "agent_id": one, "doing": ""}
            unit.connection.execute(insert(presence).values(**here, since=seen, seen_at=seen))


def _by_itself(stage: Stage, camera: Camera) -> None:
    """A mail that was given out by turns: its history, and how it was filed."""
    mail = stage._letter("given", "您好，請問何時出貨？", subject=LONG_CHINESE,
                         sender=f"{LONG_NAME} <given@customer.example>")  # fmt: skip
    given = stage._begin("given", mail)
    talk = stage.desk.tickets.conversation(given)
    _dialog(camera, "assigning-history", HistoryWindow(talk, stage.shell))
    _dialog(camera, "assigning-how-filed", how_filed(talk.messages[0], stage.shell))
    stage.inbox.open_ticket(given)
    camera.settle()
    camera.window("assigning-by-turns", [SMALL])


def _dialog(camera: Camera, name: str, dialog: QWidget) -> None:
    camera.dialog(name, dialog)
    dialog.close()
