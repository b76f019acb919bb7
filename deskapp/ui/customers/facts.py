"""What is known of a customer in lines: language, time there, names, company, tags, consent."""

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from deskapp.domain.consents import Consent
from deskapp.domain.kinds import Purpose
from deskapp.domain.people import CustomerRecord
from deskapp.ui import text
from deskapp.ui.countries import country_name
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.card import Chip
from deskapp.ui.pieces.flow import FlowLayout
from deskapp.ui.pieces.labels import label
from deskapp.ui.there_now import day_there, there_now

from .opening import OpeningLine


class Facts(QWidget):
    """``company_wanted``, ``tags_wanted``, ``consent_wanted``, ``history_wanted``: its buttons."""

    company_wanted = Signal()
    tags_wanted = Signal()
    consent_wanted = Signal()
    history_wanted = Signal()

    def __init__(self, record: CustomerRecord, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._record = record
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnMinimumWidth(0, form.NAMES_WIDTH)
        self._grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._grid)
        for name, said in self._lines():
            if said:
                self._add(name, label(said, wrap=True, selectable=True))
        if record.company:
            self._add(self.tr("Company"), self._company(), one_line=True)
        self._add_tags()
        self._add(self.tr("May be written to"), self._consents())
        history = push_button(
            self.tr("What was changed, and by whom…"), self.history_wanted.emit, kind="link"
        )
        line = self._grid.rowCount()
        self._grid.addWidget(history, line, 1, Qt.AlignmentFlag.AlignLeft)

    def _add(self, name: str, shown: QWidget, *, one_line: bool = False) -> QLabel:
        line = self._grid.rowCount()
        place = Qt.AlignmentFlag.AlignVCenter if one_line else Qt.AlignmentFlag.AlignTop
        named = label(name, tone="muted")
        self._grid.addWidget(named, line, 0, place)
        self._grid.addWidget(shown, line, 1)
        return named

    def _lines(self) -> Sequence[tuple[str, str]]:
        one = self._record
        called = [one.honorific, one.call_name or one.given_name, one.family_name]
        there = there_now(one.time_zone, datetime.now(UTC))
        now = self.tr("{clock} there now").replace("{clock}", there) if there else ""
        return (
            (self.tr("Called"), " ".join(filter(None, called))),
            (self.tr("Language"), text.language_name(one.row.language)),
            (self.tr("Time zone"), " · ".join(filter(None, (one.time_zone, now)))),
            (self.tr("Country"), country_name(one.country)),
        )

    def _company(self) -> QWidget:
        opens = OpeningLine(self._record.company)
        opens.wanted.connect(self.company_wanted)
        opens.setToolTip(self.tr("Its people, notes and everything with them"))
        said = self.tr("by the domain of the mail") if self._record.company_by == "domain" else ""
        return _in_line(opens, label(said, size="small", tone="muted"))

    def _add_tags(self) -> None:
        holder = QWidget()
        flow = FlowLayout(6, holder)
        for name in self._record.tags:
            flow.addWidget(Chip(name))
        words = self.tr("Change…") if self._record.tags else self.tr("Add tags…")
        change = push_button(words, self.tags_wanted.emit, kind="link")
        change.setAccessibleName(self.tr("Change the tags"))
        flow.addWidget(change)
        named = self._add(self.tr("Tags"), holder)
        for part in (named, *holder.findChildren(Chip)):  # on one line with the button's words
            part.setFixedHeight(change.sizeHint().height())

    def _consents(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        now = datetime.now(UTC)
        for one in self._record.consents:
            shown = label(self._consent(one, now), wrap=True, selectable=True)
            if not one.allowed and one.holds(now):
                shown.setProperty("tone", "bad")
            column.addWidget(shown)
        if not self._record.consents:
            column.addWidget(label(self.tr("Nothing is noted."), tone="muted"))
        change = push_button(self.tr("Note consent or do-not-mail…"), self.consent_wanted.emit,
                             kind="link")  # fmt: skip
        column.addWidget(change, 0, Qt.AlignmentFlag.AlignLeft)
        return holder

    def _consent(self, one: Consent, now: datetime) -> str:
        said = [self.tr("Yes: {what}") if one.allowed else self.tr("No: {what}")]
        said[0] = said[0].replace("{what}", purpose_words(self, one.purpose))
        if one.until is not None:
            until = self.tr("until {date}") if one.holds(now) else self.tr("ran out {date}")
            said.append(until.replace("{date}", day_there(one.until, self._record.time_zone)))
        noted = self.tr("noted {date} by {name}") if one.agent_name else self.tr("noted {date}")
        noted = noted.replace("{date}", text.day(one.at)).replace("{name}", one.agent_name)
        return " · ".join(filter(None, (*said, one.reason, one.source, noted)))


def purpose_words(owner: QWidget, purpose: Purpose) -> str:
    """What a consent is for."""
    return {
        Purpose.MAIL: owner.tr("any mail they did not ask for"),
        Purpose.OFFERS: owner.tr("offers and news"),
        Purpose.SURVEYS: owner.tr("surveys"),
    }[purpose]


def _in_line(*parts: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    return holder
