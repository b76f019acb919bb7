"""A time of somebody's own choice, until which a ticket is put aside."""

from datetime import UTC, datetime

from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from deskapp.domain.snoozing import Snooze, SnoozeTime, named_time
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.form_dialog import ask_one
from deskapp.ui.pieces.labels import label
from deskapp.ui.pieces.moments import MomentField, qt_moment


class SnoozeDialog(QDialog):
    """``exec`` and then ``chosen``. Begins at tomorrow morning; the past cannot be chosen."""

    def __init__(self, now: datetime, *, keeps: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Snooze"))
        morning = named_time(SnoozeTime.TOMORROW, now.replace(tzinfo=None)) or now
        self.when = MomentField(morning.astimezone())
        self.when.setMinimumDateTime(qt_moment(now).addSecs(60))
        self.when.setMinimumWidth(260)
        self.when.setAccessibleName(self.tr("When it comes back"))
        self.keep = QCheckBox(self.tr("Keep snoozed when the customer writes"))
        self.keep.setChecked(keeps)
        question = label(self.tr("When should it come back?"))
        done = push_button(self.tr("Snooze"), self.accept, kind="primary")
        ask_one(self, question, self.when, done, self.keep)

    def chosen(self) -> Snooze:
        return Snooze(self.when.moment().astimezone(UTC), not self.keep.isChecked())
