"""A due date of somebody's own choice."""

from datetime import UTC, datetime, time, timedelta

from PySide6.QtWidgets import QWidget

from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.form_dialog import FormDialog
from deskapp.ui.pieces.moments import MomentField


class DueDialog(FormDialog):
    """``exec`` and then ``chosen``. A date that has passed is taken: the ticket is overdue then."""

    def __init__(self, due_at: datetime | None, parent: QWidget | None = None) -> None:
        super().__init__("", label_width=96, parent=parent)
        self.setWindowTitle(self.tr("Due date"))
        tomorrow = datetime.now().astimezone().date() + timedelta(days=1)
        at = due_at or datetime.combine(tomorrow, time(17)).astimezone()
        self.when = MomentField(at)
        self.fields.add(self.tr("Due"), self.when)
        self.lay_out(push_button(self.tr("Set due date"), self.accept, kind="primary"))

    def chosen(self) -> datetime:
        return self.when.moment().astimezone(UTC)
