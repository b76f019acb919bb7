"""Facts of the selected tickets: a menu, an entry and a key each."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time, timedelta

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from deskapp.domain.ids import AgentId
from deskapp.domain.kinds import EventKind, TicketStatus
from deskapp.domain.people import AgentRow
from deskapp.domain.snoozing import named_times
from deskapp.domain.ticket_facts import LABELLED, Priority, StatusLabel, TeamRow, waited_for
from deskapp.domain.tickets import TicketEdit, TicketRow
from deskapp.domain.working_days import WorkingDays
from deskapp.ui import fact_words, text, words
from deskapp.ui.icons import icon
from deskapp.ui.keys.keymap import make_action

from .due_dialog import DueDialog

PRESSING = {Priority.URGENT: "bad", Priority.HIGH: "warn", Priority.LOW: "muted"}
_BY_HAND = (TicketStatus.OPEN, *(one for one in LABELLED if one is not TicketStatus.OPEN))


class FactMenus(QObject):
    """``wanted`` carries a TicketEdit for the tickets that ``row`` or the selection stands for."""

    wanted = Signal(object)

    def __init__(self, owner: QWidget, row: Callable[[], TicketRow | None]) -> None:
        super().__init__(owner)
        self._owner, self._row = owner, row
        self._teams: tuple[TeamRow, ...] = ()
        self._labels: tuple[StatusLabel, ...] = ()
        self._agents: Sequence[AgentRow] = ()
        self._me: AgentId | None = None
        self.days = WorkingDays()  # of the desk, once they are known
        self.status_menu = self._menu(self.tr("Set status"), self._fill_statuses)
        self.status_menu.setToolTipsVisible(True)
        self.priority_menu = self._menu(self.tr("Priority"), self._fill_priorities)
        self.team_menu = self._menu(self.tr("Team"), self._fill_teams)
        self.due_menu = self._menu(self.tr("Due"), self._fill_times)
        self.followers_menu = self._menu(self.tr("Followers"), self._fill_followers)
        self.priority = self._popping("ticket.priority", self.priority_menu)
        self.team = self._popping("ticket.team", self.team_menu)
        self.due = self._popping("ticket.due", self.due_menu)
        self.followers = self._popping("ticket.followers", self.followers_menu)
        self.follow = make_action("ticket.follow", owner, self._follow)
        self.star = make_action("ticket.star", owner, self._star)

    def all(self) -> list[QAction]:
        """In menu order."""
        return [self.priority, self.team, self.due, self.star, self.follow, self.followers]

    def know(self, teams: Sequence[TeamRow], labels: Sequence[StatusLabel]) -> None:
        """What the desk has; those put away are offered no more."""
        self._teams = tuple(team for team in teams if team.active)
        self._labels = tuple(label for label in labels if label.active)

    def name_of(self, edit: TicketEdit, fact: EventKind) -> str:
        """What the team or label that an edit sets is called."""
        if fact is EventKind.TEAM:
            return next((one.name for one in self._teams if one.id == edit.team_id), "")
        return next((one.name for one in self._labels if one.id == edit.label_id), "")

    def know_agents(self, agents: Sequence[AgentRow], me: AgentId | None) -> None:
        self._agents, self._me = agents, me

    def _menu(self, title: str, fill: Callable[[], None]) -> QMenu:
        menu = QMenu(title, self._owner)
        menu.aboutToShow.connect(fill)
        return menu

    def _popping(self, name: str, menu: QMenu) -> QAction:
        def pop_up() -> None:
            menu.popup(self._middle())

        return make_action(name, self._owner, pop_up)

    def _middle(self) -> QPoint:
        return self._owner.mapToGlobal(self._owner.rect().center())

    def _offer(self, menu: QMenu, said: str, edit: TicketEdit, *, chosen: bool = False) -> QAction:
        def want() -> None:
            self.wanted.emit(edit)

        action = menu.addAction(said.replace("&", "&&"))
        action.triggered.connect(want)
        if chosen:
            action.setCheckable(True)
            action.setChecked(True)
        return action

    def _fill_statuses(self) -> None:
        """Every status says who is waited for; the desk's own words stand below theirs."""
        menu, row = self.status_menu, self._row()
        menu.clear()
        for status in (*_BY_HAND, TicketStatus.SPAM):
            said = f"{words.status(status)}\t{fact_words.waits_for(status)}"
            now = row is not None and row.status is status and not row.label
            self._offer(menu, said, TicketEdit(status=status), chosen=now)
            for label in self._labels:
                if label.status is status:
                    now = row is not None and row.label_id == label.id
                    said = f"{label.name}\t{fact_words.waits_for(status)}"
                    edit = TicketEdit(label_id=label.id)
                    made = self._offer(menu, f"    {said}", edit, chosen=now)
                    made.setToolTip(fact_words.status_meaning(label.status, label.name))

    def _fill_priorities(self) -> None:
        menu, row = self.priority_menu, self._row()
        menu.clear()
        for priority in reversed(Priority):
            now = row is not None and row.priority is priority
            edit = TicketEdit(priority=priority)
            made = self._offer(menu, fact_words.priority(priority), edit, chosen=now)
            if not now and priority in PRESSING:
                made.setIcon(icon(f"priority-{priority}", PRESSING[priority]))

    def _fill_teams(self) -> None:
        menu, row = self.team_menu, self._row()
        menu.clear()
        for team in self._teams:
            now = row is not None and row.team_id == team.id
            self._offer(menu, team.name, TicketEdit(team_id=team.id), chosen=now)
        if not self._teams:
            menu.addAction(self.tr("No team yet: make one in Settings, Teams")).setEnabled(False)
        menu.addSeparator()
        self._offer(menu, self.tr("No team"), TicketEdit(no_team=True))

    def _fill_times(self) -> None:
        menu, now = self.due_menu, datetime.now().astimezone()
        menu.clear()
        today = datetime.combine(now.date(), time(23, 59)).astimezone()
        self._time(self.tr("Today"), today, now)
        self._time(self.tr("Tomorrow"), today + timedelta(days=1), now)
        times = named_times(now.replace(tzinfo=None), self.days.is_working)
        for name, at in times[2:]:
            self._time(words.snooze_time(name), at.astimezone(), now)
        menu.addAction(self.tr("Pick a time…")).triggered.connect(self._pick)
        menu.addSeparator()
        self._offer(menu, self.tr("No due date"), TicketEdit(no_due=True))

    def _time(self, name: str, at: datetime, now: datetime) -> None:
        edit = TicketEdit(due_at=at.astimezone(UTC))
        self._offer(self.due_menu, f"{name}\t{text.ahead(at, now)}", edit)

    def _pick(self) -> None:
        row = self._row()
        dialog = DueDialog(row.due_at if row is not None else None, parent=self._owner)
        if dialog.exec():
            self.wanted.emit(TicketEdit(due_at=dialog.chosen()))

    def _fill_followers(self) -> None:
        menu, row = self.followers_menu, self._row()
        menu.clear()
        has = row.followers if row is not None else ()
        for agent in self._agents:
            mine = agent.id == self._me
            said = self.tr("Me ({name})").replace("{name}", agent.name) if mine else agent.name
            there = agent.id in has
            edit = TicketEdit(
                add_followers=() if there else (agent.id,),
                remove_followers=(agent.id,) if there else (),
            )
            self._offer(menu, said, edit, chosen=there)

    def _follow(self) -> None:
        """Follows, or follows no more; of several all are followed."""
        row = self._row()
        if self._me is None:
            self.wanted.emit(TicketEdit(star=True))  # refused with the words for who is nobody
        elif row is not None and self._me in row.followers:
            self.wanted.emit(TicketEdit(remove_followers=(self._me,)))
        else:
            self.wanted.emit(TicketEdit(add_followers=(self._me,)))

    def _star(self) -> None:
        row = self._row()
        self.wanted.emit(TicketEdit(star=not (row is not None and row.starred)))


def waits(row: TicketRow) -> str:
    """Who has to act next, "" for a status whose own words say it."""
    if row.status is TicketStatus.WAITING and not row.label:
        return ""
    return fact_words.waits_for(row.status) if waited_for(row.status) else ""
