"""What each status means, and the desk's own words for it."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from deskapp.desk import Desk
from deskapp.domain.kinds import TicketStatus
from deskapp.domain.last_edits import About
from deskapp.domain.ticket_facts import LABELLED, StatusLabel
from deskapp.ui import fact_words
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.card import Card
from deskapp.ui.pieces.form_dialog import FormDialog
from deskapp.ui.pieces.labels import ElidedLabel, label
from deskapp.ui.pieces.meanwhile import Meanwhile, Newest
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .cards_section import CardsSection

_TOLD = (TicketStatus.NEW, *LABELLED, TicketStatus.SPAM)


class LabelsSection(CardsSection):
    """A word is put away and not deleted: tickets that have it keep it."""

    areas = frozenset({"labels"})

    def __init__(self, work: Work, shell: ShellActions) -> None:
        super().__init__(work, shell)
        self.introduce(
            self.tr("Statuses"),
            self.tr(
                "Each says who has to act next. Add words of your own, such as “Waiting for "
                "parts” for on hold: views and clocks go on by the status."
            ),
        )
        self.lay_out_cards(self.tr("Add a word…"))

    def read_again(self) -> None:
        self.work.ask(_shown, self._came, self.show_failed, owner=self, topic="labels")

    def _came(self, rows: tuple[StatusLabel, ...]) -> None:
        active = [row for row in rows if row.active]
        own = {status: [row for row in active if row.status is status] for status in _TOLD}
        self.show_cards([_StatusCard(*one, self) for one in own.items()])

    def add_one(self) -> None:
        self.edit(None)

    def edit(self, row: StatusLabel | None) -> None:
        """Opens the form for one, or for a new one."""
        dialog = LabelDialog(self.work, row, self)
        dialog.accepted.connect(self.read_again)
        dialog.open()


def _shown(desk: Desk) -> tuple[StatusLabel, ...]:
    return desk.labels.list()


class _StatusCard(Card):
    """A status with its meaning; below it the desk's own words."""

    def __init__(
        self, status: TicketStatus, own: list[StatusLabel], section: LabelsSection
    ) -> None:
        super().__init__(parent=section)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 12, 8)
        column.setSpacing(4)
        first = QHBoxLayout()
        first.addWidget(label(fact_words.status(status), size="strong"))
        first.addWidget(ElidedLabel(fact_words.waits_for(status), tone="muted"), 1)
        column.addLayout(first)
        for row in own:
            column.addWidget(_LabelLine(row, section))


class _LabelLine(QWidget):
    """One of the desk's own words."""

    def __init__(self, row: StatusLabel, section: LabelsSection) -> None:
        super().__init__(section)
        self._row, self._section = row, section
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 0, 0, 0)
        line.addWidget(ElidedLabel(row.name), 1)
        edit = push_button(self.tr("Edit…"), self._edit)
        edit.setAccessibleName(self.tr("Edit {name}").replace("{name}", row.name))
        line.addWidget(edit)

    def _edit(self) -> None:
        self._section.edit(self._row)


class LabelDialog(FormDialog):
    """A word and the status it is for. Accepted when it is stored."""

    def __init__(self, work: Work, row: StatusLabel | None, parent: QWidget | None = None) -> None:
        title = _tr("Edit a status's word") if row else _tr("Add a word for a status")
        super().__init__(title, label_width=96, parent=parent)
        self._work, self.meanwhile = work, Meanwhile(work, row, self)
        self.name = form.line(row.name if row else "", placeholder=self.tr("Waiting for parts"))
        entries = [(fact_words.status_meaning(status), status.value) for status in LABELLED]
        on_hold = TicketStatus.ON_HOLD.value
        self.status = form.choice(entries, row.status.value if row else on_hold)
        self.status.setEnabled(row is None)
        self.fields.add(self.tr("Word"), self.name)
        self.fields.add(self.tr("Status"), self.status)
        self.away = QCheckBox(self.tr("Offer it no more"))
        self.away.setVisible(row is not None)
        self.lay_out(push_button(self.tr("Save"), self.save, kind="primary"), self.away)

    def newest(self, desk: Desk, row: StatusLabel) -> Newest[StatusLabel]:
        now = next(one for one in desk.labels.list() if one.id == row.id)  # none is ever deleted
        return Newest(now, desk.last_edits.of(About.LABEL, row.id))

    def standing(self, row: StatusLabel) -> Mapping[QWidget, object]:
        return {self.name: row.name, self.away: not row.active}

    def save(self) -> None:
        row, name, away = self.meanwhile.row, self.name.text(), self.away.isChecked()
        status = TicketStatus(str(self.status.currentData()))

        def save(desk: Desk) -> None:
            one = desk.labels.add(name, status) if row is None else row.id
            if row is not None and name != row.name:
                desk.labels.rename(one, name, row.name)
            if away:
                desk.labels.put_away(one, name if row and name == row.name else None)

        self._work.do(save, self._saved, self.meanwhile.refused, owner=self)

    def _saved(self, _nothing: None) -> None:
        self.accept()


def _tr(said: str) -> str:
    return QCoreApplication.translate("LabelDialog", said)
