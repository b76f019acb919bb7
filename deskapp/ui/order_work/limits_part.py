"""What may be done in shops from here: switches by source, limits by role and currency."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation

from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from deskapp.desk import Desk
from deskapp.domain.ids import OrderSourceId
from deskapp.domain.last_edits import About, LastEdit
from deskapp.domain.order_act_rows import Cap
from deskapp.domain.order_acts import ActKind
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.return_cases import plain_number
from deskapp.ui.errors import explain
from deskapp.ui.order_events import act_kind
from deskapp.ui.pieces import form
from deskapp.ui.pieces.asked_both import ask_both
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.conflict import Difference
from deskapp.ui.pieces.emptying import clear
from deskapp.ui.pieces.labels import label
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

_Found = tuple[
    Mapping[OrderSourceId, frozenset[ActKind]], dict[OrderSourceId, str], tuple[Cap, ...], int, bool
]


_Theirs = tuple[tuple[Cap, ...], LastEdit | None]


class LimitsPart(QWidget):
    """For admins; others read it. Everything is off until it is ticked, and each change is kept in
    the audit."""

    def __init__(self, work: Work, shell: ShellActions) -> None:
        super().__init__()
        self._work, self._shell = work, shell
        self.setAccessibleName(self.tr("What may be done in shops"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self._inside = QVBoxLayout()
        self._inside.setSpacing(8)
        self._told = label(tone="bad", wrap=True)
        self._told.hide()
        self._column.addLayout(self._inside)
        self._column.addWidget(self._told)
        self._column.addStretch(1)
        self._admin = False
        self._caps: tuple[Cap, ...] = ()

    def read_again(self) -> None:
        """What holds now."""
        self._work.ask(_read, self._came, self._refused, owner=self, topic="limits")

    def _came(self, found: _Found) -> None:
        switches, names, caps, days, self._admin = found
        self._caps = caps
        clear(self._inside)
        self._told.hide()
        if not self._admin:
            self._say(self.tr("Only an admin changes this."), "")
        if not switches:
            self._say(self.tr("There is no shop yet that can be written to."), "")
        for source, on in switches.items():
            self._add_source(source, names.get(source, ""), on)
        self._say(self.tr("How much, in one act"), "strong")
        self._say(self.tr("Without a line for a role and currency, no money is moved."), "")
        for cap in caps:
            self._add_cap(cap)
        if self._admin:
            self._add_new_cap()
        self._add_days(days)

    def _say(self, words: str, size: str) -> None:
        self._inside.addWidget(label(words, size=size, tone="" if size else "muted", wrap=True))

    def _add_source(self, source: OrderSourceId, name: str, on: frozenset[ActKind]) -> None:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(label(name, size="strong"), 0, 0, 1, 3)
        for place, kind in enumerate(ActKind):
            said = act_kind(kind)
            box = QCheckBox(f"{said[:1].upper()}{said[1:]}")
            box.setAccessibleName(f"{name}: {said}")
            box.setChecked(kind in on)
            box.setEnabled(self._admin)
            box.toggled.connect(self._switcher(source, kind))
            grid.addWidget(box, 1 + place // 3, place % 3)
        grid.setColumnStretch(2, 1)
        self._inside.addWidget(holder)

    def _switcher(self, source: OrderSourceId, kind: ActKind) -> "Callable[[bool], None]":
        def switch(on: bool) -> None:
            self._do(lambda desk: desk.act_limits.switch(source, kind, on))

        return switch

    def _add_cap(self, cap: Cap) -> None:
        said = self.tr("{role}: at most {most}, alone up to {alone} {currency}")
        for name, value in (
            ("role", self._role(cap.role)),
            ("most", f"{cap.most:f}"),
            ("alone", f"{cap.alone:f}"),
            ("currency", cap.currency),
        ):
            said = said.replace("{" + name + "}", value)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(said, wrap=True), 1)
        if self._admin:
            off = push_button(self.tr("Take off"), self._dropper(cap))
            off.setAccessibleName(f"{self.tr('Take off')}: {said}")
            row.addWidget(off)
        self._inside.addWidget(holder)

    def _dropper(self, cap: Cap) -> "Callable[[], None]":
        def drop(seen: tuple[Cap, ...] | None) -> None:
            self._do(
                lambda desk: desk.act_limits.drop_cap(cap.role, cap.currency, seen),
                lambda theirs: self._ask(cap, theirs, self.tr("none"), lambda: drop(None)),
            )

        return lambda: drop(self._caps)

    def _add_new_cap(self) -> None:
        roles = [(self._role(one), one) for one in ("agent", "admin")]
        self._new_role = form.choice(roles, "agent", name=self.tr("Role"))
        self._new_currency = form.line(name=self.tr("Currency"), placeholder="EUR")
        self._new_most = form.line(name=self.tr("At most"), placeholder=self.tr("at most"))
        self._new_alone = form.line(name=self.tr("Alone"), placeholder=self.tr("alone up to"))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._new_currency.setFixedWidth(64)
        self._new_role.setMinimumWidth(110)
        for part in (self._new_role, self._new_currency, self._new_most, self._new_alone):
            row.addWidget(part)
        row.addWidget(push_button(self.tr("Set"), self._set_cap))
        self._inside.addWidget(holder)

    def _add_days(self, days: int) -> None:
        said = self.tr("Days in which goods that come back are expected")
        self._days = form.NumberField(days, 1, 365, said)
        self._days.setFixedWidth(64)
        self._days.setEnabled(self._admin)
        self._days.editingFinished.connect(self._set_days)
        self._shown_days = days
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 8, 0, 0)
        row.addWidget(label(said, wrap=True), 1)
        row.addWidget(self._days)
        self._inside.addWidget(holder)

    def _set_days(self) -> None:
        days = self._days.value()
        if days != (seen := self._shown_days):
            self._shown_days = days
            self._do(lambda desk: desk.returns.set_days(days, seen))

    def _set_cap(self) -> None:
        role, currency = self._new_role.currentData(), self._new_currency.text()
        try:
            most, alone = (
                Decimal(field.text().strip().replace(",", "."))
                for field in (self._new_most, self._new_alone)
            )
        except InvalidOperation:
            self._refused(Problem(ProblemKind.INVALID, what="cap", value=self._new_most.text()))
            return
        wanted = Cap(role, currency.strip().upper(), most, alone)

        def put(seen: tuple[Cap, ...] | None) -> None:
            self._do(
                lambda desk: desk.act_limits.set_cap(role, currency, most, alone, seen),
                lambda theirs: self._ask(wanted, theirs, _amounts(wanted), lambda: put(None)),
            )

        put(self._caps)

    def _ask(self, of: Cap, theirs: _Theirs, mine: str, again: Callable[[], None]) -> None:
        """A colleague has set this limit otherwise; both stand side by side."""
        caps, last = theirs

        def told(caps: tuple[Cap, ...]) -> str:
            same = [one for one in caps if (one.role, one.currency) == (of.role, of.currency)]
            return _amounts(same[0]) if same else self.tr("none")

        name = f"{self._role(of.role)} · {of.currency}"
        one = Difference(name, told(caps), mine, told(self._caps))
        ask_both(self, one, last, again).rejected.connect(self.read_again)

    def _role(self, role: str) -> str:
        return self.tr("Admins") if role == "admin" else self.tr("Agents")

    def _do(
        self,
        job: "Callable[[Desk], None]",
        ask: "Callable[[_Theirs], None] | None" = None,
    ) -> None:
        """``ask`` decides where a colleague was faster."""

        def refused(problem: Problem) -> None:
            if problem.kind is not ProblemKind.CHANGED_MEANWHILE or ask is None:
                self._refused_again(problem)
                return
            self._work.ask(_theirs, ask, self._refused_again, owner=self)

        self._work.do(job, lambda _none: self.read_again(), refused, owner=self)

    def _refused_again(self, problem: Problem) -> None:
        self.read_again()
        self._refused(problem)

    def _refused(self, problem: Problem) -> None:
        self._told.setText(explain(problem).in_one())
        self._told.show()


def _read(desk: Desk) -> _Found:
    names = {one.id: one.settings.name for one in desk.order_sources.list()}
    me = desk.agent
    admin = me is not None and desk.agents.get(me).role == "admin"
    limits = desk.act_limits
    return limits.switches(), names, limits.caps(), desk.returns.days(), admin


def _theirs(desk: Desk) -> _Theirs:
    return desk.act_limits.caps(), desk.last_edits.of(About.CAPS)


def _amounts(cap: Cap) -> str:
    return f"{plain_number(cap.most)} / {plain_number(cap.alone)} {cap.currency}"
