"""The top of the card beside a ticket: who it is, what to know, what is promised, how to reach
them."""

from dataclasses import dataclass
from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from deskapp.domain.people import CustomerRecord
from deskapp.domain.timeline import Contacted, Promise, TimelinePage
from deskapp.ui import text
from deskapp.ui.compose.must_know import no_mail_words
from deskapp.ui.customers.contact_row import contact_name
from deskapp.ui.customers.head import vip_chip
from deskapp.ui.customers.opening import OpeningLine
from deskapp.ui.customers.promises import PromisesCard
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.card import Card, Chip
from deskapp.ui.pieces.labels import ElidedLabel, label, plain_tip
from deskapp.ui.there_now import there_now

from .language_chip import LanguageChip

_MOST_PROMISES, _MOST_CONTACTS, _NAMES_WIDTH = 3, 8, 68
_MOST_LETTERS, _MOST_LINES = 300, 8  # the whole is in the tool tip and in the record


@dataclass(frozen=True, slots=True)
class Beside:
    """What the card reads of a ticket's customer; ``tickets`` are the newest of theirs."""

    record: CustomerRecord
    tickets: TimelinePage
    promises: tuple[Promise, ...]
    contacted: Contacted


class WhoPart(QWidget):
    """``language_chosen`` carries the tag; ``record_wanted``, ``company_wanted``; ``opened`` a
    Promise."""

    language_chosen = Signal(str)
    record_wanted = Signal()
    company_wanted = Signal()
    opened = Signal(object)

    def __init__(self, shown: Beside, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown, self._record = shown, shown.record
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._add_name()
        self._add_known()
        self._add_promises()
        self._add_contact()

    def _add_name(self) -> None:
        row, contacted = self._record.row, self._shown.contacted
        name = ElidedLabel(size="card")
        name.say(row.name or row.email, row.language)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(name, 1)
        if row.vip:
            line.addWidget(vip_chip(self))
        self._column.addLayout(line)
        since = self.tr("customer since {date}")
        since = since.replace("{date}", text.day(contacted.first or row.created_at))
        orders = self.tr("%n order(s)", "", row.order_count)
        tickets = self.tr("%n ticket(s)", "", row.ticket_count)
        self._column.addWidget(ElidedLabel(f"{since} · {orders} · {tickets}", tone="muted"))
        if lately := self._lately(contacted):
            self._column.addWidget(ElidedLabel(lately, tone="muted", size="small"))

    def _lately(self, contacted: Contacted) -> str:
        now, said = datetime.now(UTC), []
        if contacted.last_in is not None:
            wrote = self.tr("They wrote: {when}")
            said.append(wrote.replace("{when}", text.age(contacted.last_in, now)))
        if contacted.last_out is not None:
            wrote = self.tr("we: {when}") if said else self.tr("We wrote: {when}")
            said.append(wrote.replace("{when}", text.age(contacted.last_out, now)))
        return " · ".join(said)

    def _add_known(self) -> None:
        record = self._record
        company = f"{record.company}: {record.company_must_know}"
        refused = no_mail_words(self, record)
        for said, edge in (
            (refused, "bad"),
            (record.row.must_know, "note_edge"),
            (company if record.company_must_know else "", "note_edge"),
        ):
            if said:
                known = Card("note", edge)
                inner = QVBoxLayout(known)
                inner.setContentsMargins(12, 7, 8, 7)
                short = _beginning(said)
                words = label(short, wrap=True)
                words.setToolTip("" if short == said else plain_tip(said))
                inner.addWidget(words)
                self._column.addWidget(known)

    def _add_promises(self) -> None:
        card = PromisesCard()
        card.show_promises(self._shown.promises[:_MOST_PROMISES])
        card.opened.connect(self.opened)
        self._column.addWidget(card)

    def _add_contact(self) -> None:
        record = self._record
        grid = QGridLayout()
        grid.setContentsMargins(0, 6, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        grid.setColumnMinimumWidth(0, _NAMES_WIDTH)
        grid.setColumnStretch(1, 1)
        before = ""
        for one in record.contacts[:_MOST_CONTACTS]:
            name = contact_name(one)
            _add(grid, "" if name == before else name, _contact(one.value))
            if one.bounced:
                bounced = Chip(self.tr("bounced"), tone="bad")
                grid.addWidget(bounced, grid.rowCount() - 1, 2)
            before = name
        self._add_more(grid, len(record.contacts) - _MOST_CONTACTS)
        if record.company:
            company = OpeningLine(record.company)
            company.wanted.connect(self.company_wanted)
            _add(grid, self.tr("Company"), company)
        if there := there_now(record.time_zone, datetime.now(UTC)):
            _add(grid, self.tr("There now"), ElidedLabel(there))
        chip = LanguageChip(record.row.language)
        chip.chosen.connect(self.language_chosen)
        _add(grid, self.tr("Language"), chip, Qt.AlignmentFlag.AlignLeft)
        self._column.addLayout(grid)
        opens = push_button(self.tr("Open record"), self.record_wanted.emit, kind="link")
        self._column.addWidget(opens, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_more(self, grid: QGridLayout, more: int) -> None:
        if more > 0:
            opens = push_button(self.tr("%n more…", "", more), self.record_wanted.emit, kind="link")
            opens.setAccessibleName(self.tr("%n more contact(s), in the record", "", more))
            _add(grid, "", opens, Qt.AlignmentFlag.AlignLeft)


def _beginning(said: str) -> str:
    """As much of it as leaves the promises and the contacts in sight."""
    short = "\n".join(said.split("\n")[:_MOST_LINES])[:_MOST_LETTERS].rstrip()
    return said if short == said else f"{short} …"


def _contact(value: str) -> QWidget:
    shown = ElidedLabel(" ".join(value.split()))
    shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return shown


def _add(
    grid: QGridLayout, name: str, shown: QWidget, place: Qt.AlignmentFlag | None = None
) -> None:
    line = grid.rowCount()
    grid.addWidget(label(name, tone="muted"), line, 0)
    if place is None:
        grid.addWidget(shown, line, 1)
    else:
        grid.addWidget(shown, line, 1, place)
