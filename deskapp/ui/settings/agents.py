"""The staff of the desk, and who sits at this computer."""

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from deskapp.desk import Desk
from deskapp.domain.assigning import Absence
from deskapp.domain.ids import AgentId
from deskapp.domain.leaving import Left
from deskapp.domain.people import AgentRow
from deskapp.domain.problem import Problem
from deskapp.domain.staff_access import Access
from deskapp.ui import clock
from deskapp.ui.assigned_words import absence_words
from deskapp.ui.errors import explain
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.card import Card, Chip
from deskapp.ui.pieces.labels import ElidedLabel
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .agent_dialog import AgentDialog
from .away_dialog import About, AwayDialog, about
from .cards_section import CardsSection
from .invite_dialog import Invitation, InviteDialog
from .leave_dialog import InHand, LeaveDialog, in_hand
from .sign_in_dialog import SignInDialog
from .staff_standing import StaffStanding

Shown = tuple[tuple[AgentRow, ...], AgentId | None, tuple[Absence, ...], bool, Access]


class AgentsSection(CardsSection):
    """Nobody is deleted: who has left is switched off, and old answers keep their name."""

    areas = frozenset({"agents"})

    def __init__(self, work: Work, shell: ShellActions) -> None:
        super().__init__(work, shell)
        self.sign_in_says = False  # who acts: on a team desk nobody chooses here
        self.access = Access()
        self.introduce(
            self.tr("Agents"),
            self.tr("Tickets are assigned to them, and answers carry their name."),
        )
        self.lay_out_cards(self.tr("Add an agent…"))
        self.add.hide()  # until it is known who may
        self.standing = StaffStanding()
        self.column.insertWidget(self.column.count() - 1, self.standing)

    def read_again(self) -> None:
        self.work.ask(_shown, self._came, self.show_failed, owner=self, topic="agents")

    def _came(self, shown: Shown) -> None:
        rows, me, absences, self.sign_in_says, self.access = shown
        self.add.setVisible(self.access.shapes)
        admins = [row.name for row in rows if row.active and row.role == "admin"]
        self.standing.show_for(self.access, admins)
        away = {one.agent: one for one in absences}
        self.show_cards(
            [_AgentCard(row, row.id == me, away.get(row.id), self) for row in rows],
            self.tr("Nobody is here yet. Add yourself, then choose “This is me”."),
        )

    def add_one(self) -> None:
        self.edit(None)

    def edit(self, row: AgentRow | None) -> None:
        """Opens the form for one, or for a new one."""
        dialog = AgentDialog(self.work, row, self, self.access)
        dialog.saved.connect(self._saved)
        dialog.invited.connect(self._invite)
        dialog.open()

    def sign_in(self, row: AgentRow) -> None:
        """Opens how somebody signs in."""
        dialog = SignInDialog(self.work, row, self)
        dialog.given.connect(self._invite)
        dialog.open()

    def _invite(self, given: Invitation) -> None:
        self.read_again()
        InviteDialog(given, self).open()

    def ask_leave(self, row: AgentRow) -> None:
        """Counts what they have in hand, then asks who gets it."""
        self.work.ask(
            lambda desk: in_hand(desk, row.id),
            self._open_leave,
            self._no_leave,
            owner=self,
            topic="leave",
        )

    def _open_leave(self, told: InHand) -> None:
        dialog = LeaveDialog(self.work, told, self)
        dialog.ended.connect(self._left)
        dialog.open()

    def _no_leave(self, problem: Problem) -> None:
        self.shell.tell(explain(problem).in_one())

    def _left(self, left: Left, to: str) -> None:
        said = (
            self.tr("{name} has left; %n open ticket(s) went to {heir}.", "", left.tickets)
            if to
            else self.tr("{name} has left; %n open ticket(s) are nobody’s now.", "", left.tickets)
        )
        self.shell.tell(said.replace("{name}", left.name).replace("{heir}", to))
        self.read_again()

    def be(self, row: AgentRow) -> None:
        """From now on this person acts at this computer."""
        self.shell.outside.settings.agent_name = row.name
        if self.shell.keep_settings():
            self.work.do(lambda desk: _act_as(desk, row.id), self._acting, owner=self)

    def ask_away(self, row: AgentRow) -> None:
        """Asks from when until when somebody is away, and who stands in."""
        self.work.ask(
            lambda desk: about(desk, row.id), self._open_away, owner=self, topic="absence"
        )

    def _open_away(self, told: About) -> None:
        dialog = AwayDialog(self.work, told, self)
        dialog.accepted.connect(self.read_again)
        dialog.open()

    def _acting(self, _nothing: None) -> None:
        self.shell.tell(self.tr("What you do is noted under your name from now on."))
        self.read_again()

    def _saved(self, row: AgentRow, before: str) -> None:
        settings = self.shell.outside.settings
        if before and settings.agent_name == before != row.name:
            settings.agent_name = row.name
            self.shell.keep_settings()
        self.read_again()


def _shown(desk: Desk) -> Shown:
    signed_in, access = desk.signed_in.fixed, desk.staff.access()
    return desk.agents.list(), desk.agent, desk.absences.list(), signed_in, access


def _act_as(desk: Desk, agent: AgentId) -> None:
    desk.agent = agent


class _AgentCard(Card):
    def __init__(
        self, row: AgentRow, is_me: bool, absence: Absence | None, section: AgentsSection
    ) -> None:
        super().__init__(parent=section)
        self._row, self._section = row, section
        self._line = line = QHBoxLayout(self)
        line.setContentsMargins(16, 10, 12, 10)
        line.setSpacing(8)
        who = QVBoxLayout()
        who.setSpacing(0)
        who.addWidget(ElidedLabel(row.name, size="strong" if row.active else ""))
        below = " · ".join(one for one in (row.email, row.login) if one)
        who.addWidget(ElidedLabel(below, tone="muted", size="small"))
        line.addLayout(who, 1)
        if absence is not None:
            self._chip(Chip(absence_words(absence, clock.now()), tone="warn"))
        if role := self._roles().get(row.role):
            self._chip(Chip(role))
        if not row.active:
            self._chip(Chip(self.tr("has left")))
        if is_me:
            self._chip(Chip(self.tr("you"), tone="accent", ground="accent_soft"))
        elif row.active and not section.sign_in_says:
            me = push_button(self.tr("This is me"), self._be)
            me.setAccessibleName(self.tr("I am {name}").replace("{name}", row.name))
            line.addWidget(me)
        access = section.access
        for fits, words, act, named in (
            (row.active and (is_me or access.leads), self.tr("Away…"), self._ask_away,
             self.tr("{name} is away")),
            (row.active and access.gives_logins, self.tr("Sign-in…"), self._sign_in,
             self.tr("How {name} signs in")),
            (row.active and access.shapes and not is_me, self.tr("Leaves…"), self._ask_leave,
             self.tr("{name} leaves the team")),
            (is_me or access.shapes, self.tr("Edit…"), self._edit, self.tr("Edit {name}")),
        ):  # fmt: skip
            if fits:
                button = push_button(words, act)
                button.setAccessibleName(named.replace("{name}", row.name))
                line.addWidget(button)

    def _chip(self, chip: Chip) -> None:
        """Never cut: a long name gives way."""
        chip.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._line.addWidget(chip)

    def _roles(self) -> dict[str, str]:
        """Those worth a word: an agent is the usual."""
        return {"admin": self.tr("admin"), "lead": self.tr("lead"), "junior": self.tr("junior")}

    def _be(self) -> None:
        self._section.be(self._row)

    def _ask_away(self) -> None:
        self._section.ask_away(self._row)

    def _edit(self) -> None:
        self._section.edit(self._row)

    def _sign_in(self) -> None:
        self._section.sign_in(self._row)

    def _ask_leave(self) -> None:
        self._section.ask_leave(self._row)
