"""The import of one mailbox: how far it is, how long it will take, stop and go on."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QProgressBar, QVBoxLayout, QWidget

from deskapp.domain.estimate import Estimate
from deskapp.domain.mailboxes import MailboxRow
from deskapp.ui import mailbox_words
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import ElidedLabel


class MailboxImport(QWidget):
    """``stop_wanted`` carries whether the next start goes on by itself."""

    stop_wanted = Signal(bool)
    resume_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._estimate = Estimate()
        self.words = ElidedLabel()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("How much of the mail is here"))
        self.stop = push_button(self.tr("Stop…"), self._nothing)
        self.stop.setToolTip(self.tr("Mail that arrives from now on still comes in."))
        menu = QMenu(self.stop)
        menu.addAction(self.tr("Stop until I say go on"), self._stop_for_good)
        menu.addAction(self.tr("Stop until the next start"), self._stop_for_now)
        self.stop.setMenu(menu)
        self.resume = push_button(self.tr("Go on"), self.resume_wanted.emit)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.words, 1)
        line.addWidget(self.stop)
        line.addWidget(self.resume)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(line)
        column.addWidget(self.bar)

    def show_row(self, row: MailboxRow, now: datetime) -> None:
        """The counts as they are now; the estimate moves with them."""
        stopped, waiting = row.stopped is not None, row.pending > 0
        self._estimate.see(now, row.here)
        parts = [mailbox_words.counts(row)]
        if waiting and not stopped and row.state == "ok":
            parts.append(mailbox_words.left(self._estimate.remaining(row.pending)))
        parts.append(mailbox_words.older(row))
        self.words.setText(" · ".join(part for part in parts if part))
        self.bar.setRange(0, max(row.wanted, 1))
        self.bar.setValue(row.here)
        self.bar.setVisible(waiting)
        name = row.settings.address
        self.stop.setAccessibleName(self.tr("Stop importing {name}").replace("{name}", name))
        self.resume.setAccessibleName(self.tr("Go on importing {name}").replace("{name}", name))
        self.stop.setVisible(waiting and not stopped)
        self.resume.setVisible(stopped)

    def _stop_for_good(self) -> None:
        self.stop_wanted.emit(False)

    def _stop_for_now(self) -> None:
        self.stop_wanted.emit(True)

    def _nothing(self) -> None:
        """The button only opens its menu."""
