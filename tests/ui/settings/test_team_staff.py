"""An admin adds and ends people of a team desk in Settings; who may not is told who may."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from psycopg import sql
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from deskapp.desk import Desk
from deskapp.domain.join_link import join_link
from deskapp.domain.kinds import TicketStatus
from deskapp.domain.people import AgentRow
from deskapp.domain.tickets import TicketEdit
from deskapp.ui.settings.agent_dialog import AgentDialog
from deskapp.ui.settings.agents import AgentsSection
from deskapp.ui.settings.first_login import proposed
from deskapp.ui.settings.invite_dialog import InviteDialog
from deskapp.ui.settings.leave_dialog import LeaveDialog
from deskapp.ui.settings.sign_in_dialog import SignInDialog
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work
from deskapp.wiring import open_house
from tests.desk.letters import letter
from tests.servers.team_desk import TeamDesk

As = Callable[[str], AgentsSection]
_PATIENT = 20_000  # ms: a login each, and a busy machine


@pytest.fixture
def section_of(
    team_desk: TeamDesk, shell: ShellActions, qtbot: QtBot
) -> Iterator[Callable[[str], AgentsSection]]:
    """Settings > Agents as somebody of a role sees it."""
    with ExitStack() as ending:

        def made(role: str) -> AgentsSection:
            desk = ending.enter_context(team_desk.opened(role))
            work = Work(desk)
            ending.callback(work.close)
            section = AgentsSection(work, shell)
            qtbot.addWidget(section)
            section.show()
            section.read_again()
            qtbot.waitUntil(lambda: "Admin" in _said(section), timeout=_PATIENT)
            return section

        yield made


def _said(part: QWidget) -> set[str]:
    return {one.text() for one in part.findChildren(QLabel)}


def _buttons(part: QWidget) -> set[str]:
    return {one.accessibleName() or one.text() for one in part.findChildren(QPushButton)}


def _row(desk: Desk, name: str) -> AgentRow:
    return next(row for row in desk.agents.list() if row.name == name)


def test_an_admin_adds_somebody_who_joins_with_what_is_shown_once(
    section_of: As, team_desk: TeamDesk, qtbot: QtBot
) -> None:
    section = section_of("admin")
    section.add.click()
    dialog = section.findChild(AgentDialog)
    assert dialog is not None and dialog.first is not None
    dialog.name.setText("Trần Thị Ngọc Đỗ")
    assert dialog.first.name() == "tran.thi.ngoc.do"
    dialog.first.login.setText("Ngọc")
    dialog.save()
    assert "cannot be a login" in dialog.told.text()
    dialog.first.login.setText(f"person_{team_desk.owner.rpartition('_')[2]}_ngoc")
    dialog.save()
    qtbot.waitUntil(lambda: section.findChild(InviteDialog) is not None, timeout=_PATIENT)
    invite = section.findChild(InviteDialog)
    assert invite is not None and len(invite.password.text()) >= 12
    assert invite.warning.isVisibleTo(invite)  # 127.0.0.1 leads nowhere for a colleague
    invite.server.setText("db.lotus.example:6432")
    link = join_link(invite.link.text())
    assert (link.host, link.port, link.tls) == ("db.lotus.example", 6432, "bound")
    assert invite.password.text() not in invite.link.text()
    with team_desk.opened() as owners:
        row = _row(owners, "Trần Thị Ngọc Đỗ")
        assert (row.login, row.role) == (link.login, "agent")


def test_what_the_server_refuses_adds_nobody(
    section_of: As, team_desk: TeamDesk, qtbot: QtBot
) -> None:
    section = section_of("admin")
    section.add_one()
    dialog = section.findChild(AgentDialog)
    assert dialog is not None and dialog.first is not None
    dialog.name.setText("Nobody new")
    dialog.first.login.setText(team_desk.owner)
    dialog.save()
    qtbot.waitUntil(lambda: "already" in dialog.told.text(), timeout=_PATIENT)
    with team_desk.opened() as owners:
        assert "Nobody new" not in [row.name for row in owners.agents.list()]


def test_who_leaves_hands_their_tickets_to_a_team(
    section_of: As, team_desk: TeamDesk, qtbot: QtBot
) -> None:
    with team_desk.opened("admin") as admin:
        team = admin.teams.add("Đổi trả và bảo hành")
        gone = admin.agents.add("Minh")
        admin.intake.import_mails([letter(message_id="leaver@c.example")])
        [ticket] = admin.tickets.view_ids("closed")
        admin.tickets.edit(ticket, TicketEdit(assignee_id=gone, status=TicketStatus.OPEN))
    section = section_of("admin")
    section.ask_leave(_row(section.work._desk, "Minh"))
    qtbot.waitUntil(lambda: section.findChild(LeaveDialog) is not None, timeout=_PATIENT)
    dialog = section.findChild(LeaveDialog)
    assert dialog is not None and dialog.counts.text().startswith("1 open ticket")
    dialog.to.setCurrentText("Team Đổi trả và bảo hành")
    with qtbot.waitSignal(dialog.ended, timeout=_PATIENT):
        dialog.end()
    with team_desk.opened() as owners:
        row = owners.tickets.row(ticket)
        assert (row.team_id, row.assignee_id) == (team, None)
        assert not _row(owners, "Minh").active


@pytest.mark.parametrize("role", ["agent", "junior", "lead"])
def test_who_may_not_is_told_who_may_and_still_edits_themselves(
    section_of: As, role: str, qtbot: QtBot
) -> None:
    section = section_of(role)
    assert section.add.isHidden() and "Admin" in section.standing.words.text()
    me = role.capitalize()
    shown = _buttons(section)
    assert {f"Edit {me}", f"{me} is away"} <= shown
    assert not {one for one in shown if "signs in" in one or "leaves" in one}
    assert ("Edit Admin" in shown, "Admin is away" in shown) == (False, role == "lead")
    section.edit(_row(section.work._desk, me))
    dialog = section.findChild(AgentDialog)
    assert dialog is not None and dialog.role.isHidden() and dialog.active.isHidden()
    dialog.email.setText(f"{role}@lotus.example")
    dialog.save()
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=_PATIENT)
    assert _row(section.work._desk, me).email == f"{role}@lotus.example"


def test_who_lost_the_password_is_given_another(section_of: As, qtbot: QtBot) -> None:
    section = section_of("admin")
    section.sign_in(_row(section.work._desk, "Agent"))
    dialog = section.findChild(SignInDialog)
    assert dialog is not None
    dialog.renew()
    qtbot.waitUntil(lambda: section.findChild(InviteDialog) is not None, timeout=_PATIENT)
    assert section.findChild(InviteDialog).password.text()  # type: ignore[union-attr]


def test_an_owner_who_may_make_no_logins_is_told_with_the_way_out(
    section_of: As, team_desk: TeamDesk
) -> None:
    def may(word: str) -> None:
        words = sql.SQL("ALTER ROLE {} " + word).format(sql.Identifier(team_desk.owner))
        team_desk.postgres.execute(words)

    may("NOCREATEROLE")
    try:
        section = section_of("admin")
        assert section.standing.command.text() == f"ALTER ROLE {team_desk.owner} CREATEROLE"
        assert not {one for one in _buttons(section) if "signs in" in one}
    finally:
        may("CREATEROLE")


def test_a_shared_login_is_told_what_its_owner_runs(
    desk_on_postgres: str, shell: ShellActions, qtbot: QtBot
) -> None:
    desk = open_house(desk_on_postgres, create=True)
    work = Work(desk)
    try:
        section = AgentsSection(work, shell)
        qtbot.addWidget(section)
        section.read_again()
        qtbot.waitUntil(lambda: bool(section.standing.command.text()), timeout=_PATIENT)
        told = section.standing.command.text()
        assert told.startswith("deskapp --desk postgresql://deskapp@") and "set-up" in told
        assert not section.add.isHidden()
    finally:
        work.close()
        desk.close()


def test_a_login_is_proposed_from_the_address_or_the_name() -> None:
    for name, email, wanted in (
        ("Nguyễn Văn Đức", "", "nguyen.van.duc"),
        ("Anna", "Anna.Petrova+desk@lotus.example", "anna.petrova.desk"),
        ("王小明", "", ""),
        ("2 Many", "", "many"),
        ("PG_admin", "", ""),
    ):
        assert proposed(name, email) == wanted
