"""How new tickets are given out: for the desk, and where a team or mailbox does it otherwise."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout

from deskapp.desk import Desk
from deskapp.domain.assigning import Mode, Rule, Scope, own_rule
from deskapp.domain.ids import MailboxId, TeamId
from deskapp.domain.last_edits import About, LastEdit
from deskapp.domain.mailboxes import MailboxRow
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.ticket_facts import TeamRow
from deskapp.ui.pieces import form
from deskapp.ui.pieces.asked_both import ask_both
from deskapp.ui.pieces.conflict import Difference
from deskapp.ui.pieces.form_values import words
from deskapp.ui.pieces.labels import ElidedLabel, label
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .section import Section

_AMONG_WIDTH = 200


@dataclass(frozen=True, slots=True)
class _Shown:
    rules: tuple[Rule, ...]
    teams: tuple[TeamRow, ...]
    mailboxes: tuple[MailboxRow, ...]
    there: int


def _shown(desk: Desk) -> _Shown:
    teams = tuple(row for row in desk.teams.list() if row.active)
    there = len(desk.assigning.present())
    return _Shown(desk.assigning.rules(), teams, tuple(desk.mailboxes.list()), there)


class AssignmentSection(Section):
    """What is chosen is stored at once, and holds for the whole team."""

    areas = frozenset({"assignment", "teams", "mailboxes", "agents"})

    def __init__(self, work: Work, shell: ShellActions) -> None:
        super().__init__(work, shell)
        self.introduce(
            self.tr("Assignment"),
            self.tr(
                "New tickets can go by themselves to people who have the desk open and are not"
                " away. While nobody is here they wait, and are given out when somebody comes."
                " A ticket that opens again stays with whoever had it."
            ),
        )
        self.there = label(tone="muted", size="small")
        self.rows = QGridLayout()
        self.rows.setHorizontalSpacing(12)
        self.rows.setVerticalSpacing(8)
        self.rows.setColumnStretch(0, 1)
        self.column.addLayout(self.rows)
        self.column.addWidget(self.there)
        self.column.addStretch(1)
        self._seen: tuple[Rule, ...] = ()  # as read, and what was chosen here since
        self._under_way = 0
        self.modes: dict[tuple[Scope, int], QComboBox] = {}
        self.amongs: dict[tuple[Scope, int], QComboBox] = {}

    def read_again(self) -> None:
        self.work.ask(_shown, self._came, self.shell.trouble, owner=self, topic="assignment")

    def _came(self, shown: _Shown) -> None:
        if self._under_way:  # read before what was just chosen; it is read again after that
            return
        while (item := self.rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.modes.clear()
        self.amongs.clear()
        self._seen = shown.rules
        known = {(one.scope, one.scope_id): one for one in shown.rules}
        self._row(self.tr("The desk"), Scope.DESK, 0, known, shown)
        if shown.teams:
            self._title(self.tr("Tickets of a team"))
        for team in shown.teams:
            self._row(team.name, Scope.TEAM, team.id, known, shown)
        if len(shown.mailboxes) > 1 or any(one.scope is Scope.MAILBOX for one in shown.rules):
            self._title(self.tr("What comes to a mailbox"))
            for box in shown.mailboxes:
                self._row(box.settings.address, Scope.MAILBOX, box.id, known, shown)
        self.there.setText(self.tr("%n agent(s) here now.", "", shown.there))

    def _title(self, said: str) -> None:
        titled = label(said, tone="muted", size="small")
        self.rows.addWidget(titled, self.rows.rowCount(), 0, 1, 3)

    def _row(
        self,
        name: str,
        scope: Scope,
        of: int,
        known: dict[tuple[Scope, int], Rule],
        shown: _Shown,
    ) -> None:
        rule, row = known.get((scope, of)), self.rows.rowCount()
        modes: list[tuple[str, Mode | None]] = [
            (self.tr("to nobody"), Mode.OFF),
            (self.tr("by turns"), Mode.ROUND_ROBIN),
            (self.tr("to whoever has the fewest"), Mode.FEWEST),
        ]
        if scope is not Scope.DESK:
            modes.insert(0, (self.tr("as the desk does"), None))
        now = Mode.OFF if scope is Scope.DESK else None
        mode = form.choice(modes, now if rule is None else rule.mode)
        mode.setAccessibleName(self.tr("How tickets are given out: {name}").replace("{name}", name))
        self.modes[scope, of] = mode
        self.rows.addWidget(ElidedLabel(name, size="strong"), row, 0)
        self.rows.addWidget(mode, row, 1)  # all as wide as the longest words of any
        if scope is not Scope.TEAM:
            among = form.choice(
                [(self.tr("among all"), None), *((team.name, team.id) for team in shown.teams)],
                rule.among if rule is not None else None,
            )
            among.setAccessibleName(self.tr("Among whom: {name}").replace("{name}", name))
            among.setFixedWidth(_AMONG_WIDTH)
            among.setEnabled(rule is not None and rule.mode is not Mode.OFF)
            self.amongs[scope, of] = among
            self.rows.addWidget(among, row, 2, Qt.AlignmentFlag.AlignLeft)
            among.activated.connect(lambda _place: self._save(scope, of))
        mode.activated.connect(lambda _place: self._save(scope, of))

    def _save(self, scope: Scope, of: int, *, anyway: bool = False) -> None:
        mode: Mode | None = self.modes[scope, of].currentData()
        chosen = self.amongs.get((scope, of))
        among: TeamId | None = None if chosen is None else chosen.currentData()
        of_what: TeamId | MailboxId | None = None
        if scope is not Scope.DESK:
            of_what = TeamId(of) if scope is Scope.TEAM else MailboxId(of)
        before = self._seen
        own = () if mode is None else (Rule(scope, of, mode, among),)
        self._seen = (*(one for one in before if (one.scope, one.scope_id) != (scope, of)), *own)
        self._under_way += 1
        seen = None if anyway else before
        self.work.do(
            lambda desk: desk.assigning.set_rule(scope, of_what, mode, among, seen),
            self._saved,
            lambda problem: self._refused(problem, scope, of, before),
            owner=self,
        )

    def _ask(
        self,
        scope: Scope,
        of: int,
        before: tuple[Rule, ...],
        theirs: tuple[Rule, ...],
        last: LastEdit | None,
    ) -> None:
        """Theirs and ours by the words of the choices."""
        box = self.modes[scope, of]
        one = Difference(
            box.accessibleName(),
            self._told(scope, of, own_rule(theirs, scope, of)),
            " ".join(part.currentText() for part in self._chosen(scope, of)),
            self._told(scope, of, own_rule(before, scope, of)),
        )
        dialog = ask_both(self, one, last, lambda: self._save(scope, of, anyway=True))
        dialog.rejected.connect(self.read_again)

    def _chosen(self, scope: Scope, of: int) -> list[QComboBox]:
        among = self.amongs.get((scope, of))
        return [self.modes[scope, of], *([among] if among is not None else [])]

    def _told(self, scope: Scope, of: int, rule: Rule | None) -> str:
        none = Mode.OFF if scope is Scope.DESK else None
        values = (none, None) if rule is None else (rule.mode, rule.among)
        return " ".join(map(words, self._chosen(scope, of), values))

    def _saved(self, _nothing: None) -> None:
        self._under_way -= 1
        self.shell.tell(self.tr("New tickets are given out like that from now on."))
        self.read_again()

    def _refused(self, problem: Problem, scope: Scope, of: int, before: tuple[Rule, ...]) -> None:
        self._under_way -= 1
        if problem.kind is ProblemKind.CHANGED_MEANWHILE:
            self.work.ask(
                lambda desk: (desk.assigning.rules(), desk.last_edits.of(About.ASSIGNMENT)),
                lambda found: self._ask(scope, of, before, *found),
                self.shell.trouble,
                owner=self,
            )
            return
        self.shell.trouble(problem)
        self.read_again()
