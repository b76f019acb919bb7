"""One mailbox: how complete it is here, how it stands, and what can be done with it."""

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from deskapp.domain.mailboxes import MailboxRow
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui import text
from deskapp.ui.errors import Explanation, explain
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.card import Card, Chip
from deskapp.ui.pieces.labels import ElidedLabel, label


class MailboxCard(Card):
    """``edit_wanted`` and ``remove_wanted`` carry the MailboxRow."""

    edit_wanted = Signal(object)
    remove_wanted = Signal(object)

    def __init__(self, row: MailboxRow, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._row = row
        trouble = trouble_of(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 12, 12)
        column.setSpacing(6)
        column.addLayout(self._head(trouble))
        column.addLayout(self._numbers())
        here, there = row.stored + row.held, row.on_server
        if there > 0 and here < there:
            bar = QProgressBar()
            bar.setRange(0, there)
            bar.setValue(here)
            bar.setTextVisible(False)
            bar.setAccessibleName(self.tr("How much of the mail is here"))
            column.addWidget(bar)
        if trouble is not None:
            column.addWidget(label(trouble.in_one(), wrap=True, selectable=True))

    def _head(self, trouble: Explanation | None) -> QHBoxLayout:
        settings = self._row.settings
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(settings.address, size="strong", selectable=True))
        if settings.name:
            head.addWidget(ElidedLabel(settings.name, tone="muted"), 1)
        else:
            head.addStretch(1)
        head.addWidget(_state_chip(self._row, trouble))
        edit = push_button(self.tr("Edit…"), self._edit)
        edit.setAccessibleName(self.tr("Edit {address}").replace("{address}", settings.address))
        remove = push_button(self.tr("Remove…"), self._remove, kind="danger")
        remove.setAccessibleName(self.tr("Remove {address}").replace("{address}", settings.address))
        head.addSpacing(4)
        head.addWidget(edit)
        head.addWidget(remove)
        return head

    def _numbers(self) -> QHBoxLayout:
        row = self._row
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(label(completeness(row)))
        if row.held:
            line.addWidget(label(self.tr("%n held", "", row.held), tone="warn"))
        line.addWidget(ElidedLabel(_contact(row), tone="muted"), 1)
        return line

    def _edit(self) -> None:
        self.edit_wanted.emit(self._row)

    def _remove(self) -> None:
        self.remove_wanted.emit(self._row)


def _tr(text_: str) -> str:
    return QCoreApplication.translate("MailboxCard", text_)


def completeness(row: MailboxRow) -> str:
    """ "4 812 of 4 812", or that nothing was fetched yet."""
    if all(folder.on_server is None for folder in row.folders):
        return _tr("not fetched yet")
    counts = _tr("{here} of {there}").replace("{here}", text.number(row.stored + row.held))
    return counts.replace("{there}", text.number(row.on_server))


def trouble_of(row: MailboxRow) -> Explanation | None:
    """The sentences for a mailbox that does not work, None for one that does."""
    if row.state not in list(ProblemKind):
        return None
    facts = {"address": row.settings.address, "host": row.settings.imap.host}
    said = row.state_detail or None
    return explain(Problem(ProblemKind(row.state), said=said, holder=said, folder=said, **facts))


def _contact(row: MailboxRow) -> str:
    if row.last_success_at is None:
        return _tr("no contact with the server yet")
    now = datetime.now(UTC)
    return _tr("last contact {when}").replace("{when}", text.stamp(row.last_success_at, now))


def _state_chip(row: MailboxRow, trouble: Explanation | None) -> Chip:
    if trouble is not None:
        return Chip(trouble.title, tone="bad")
    if row.state == "new":
        return Chip(_tr("new"))
    if row.stored + row.held < row.on_server:
        return Chip(_tr("fetching"), tone="warn")
    return Chip(_tr("all there"), tone="good")
