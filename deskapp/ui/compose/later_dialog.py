"""When a reply is to leave that is not to leave now."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from deskapp.ui import text
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import label
from deskapp.ui.pieces.moments import MomentField, qt_moment

_MORNING, _EVENING = time(9), time(18)


@dataclass(frozen=True, slots=True)
class Later:
    """A time in this machine's zone, and whether the customer's next mail takes the reply back."""

    at: datetime
    unless_answered: bool


def offered_times(now: datetime) -> tuple[datetime, ...]:
    """This evening while it is before, tomorrow morning, Monday morning, by this machine's clock.

    Each with its own distance from UTC: between now and then the clocks may change.
    """
    day = now.date() + timedelta(days=1)
    evening = datetime.combine(now.date(), _EVENING).astimezone()
    tomorrow = datetime.combine(day, _MORNING).astimezone()
    weekend_over = day + timedelta(days=(-day.weekday()) % 7)
    monday = datetime.combine(weekend_over, _MORNING).astimezone()
    offered = [evening] if now < evening - timedelta(minutes=30) else []
    return tuple(dict.fromkeys([*offered, tomorrow, monday]))


class LaterDialog(QDialog):
    """``exec`` and then ``chosen``."""

    def __init__(
        self, now: datetime, parent: QWidget | None = None, before: Later | None = None
    ) -> None:
        """``before``: what was chosen for this reply already."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Send later"))
        times = offered_times(now)
        self.when = MomentField(times[0])
        self.when.setMinimumDateTime(qt_moment(now))
        self.when.setAccessibleName(self.tr("When the reply is to leave"))
        self.unless = QCheckBox(self.tr("Not if the customer writes first"))
        self.unless.setChecked(before is None or before.unless_answered)
        if before is not None and before.at > now:
            self.when.setDateTime(qt_moment(before.at))
        offers = QHBoxLayout()
        self.offers = [
            push_button(text.full(one), partial(self.when.setDateTime, qt_moment(one)))
            for one in times
        ]
        for button in self.offers:
            offers.addWidget(button)
        offers.addStretch(1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = buttons.addButton(self.tr("Send then"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addWidget(label(self.tr("When should the reply leave?")))
        column.addLayout(offers)
        column.addWidget(self.when)
        column.addWidget(self.unless)
        column.addWidget(buttons)

    def chosen(self) -> Later:
        return Later(self.when.moment(), self.unless.isChecked())
