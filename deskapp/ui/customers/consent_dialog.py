"""Notes what a customer may be written to for: why, where they said so, and until when."""

from datetime import datetime

from PySide6.QtWidgets import QWidget

from deskapp.domain.kinds import Purpose
from deskapp.domain.people import CustomerRecord
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.form_dialog import FormDialog
from deskapp.ui.pieces.optional_day import OptionalDay
from deskapp.ui.there_now import day_ends
from deskapp.ui.work import Work

from .facts import purpose_words


class ConsentDialog(FormDialog):
    """Accepted when it is stored. The earlier word on the same purpose stays in the history."""

    def __init__(self, work: Work, record: CustomerRecord, parent: QWidget | None = None) -> None:
        super().__init__("", label_width=112, least_width=520, parent=parent)
        self.setWindowTitle(self.tr("Consent and do-not-mail"))
        self._work, self._customer, self._zone = work, record.row.id, record.time_zone
        self.allowed = form.choice(
            [(self.tr("May not be written to"), False), (self.tr("May be written to"), True)],
            record.no_mail is not None,
        )
        self.purpose = form.choice(
            [(purpose_words(self, one), one.value) for one in Purpose], Purpose.MAIL.value
        )
        self.reason = form.paragraph(lines=2)
        self.source = form.line(placeholder=self.tr("a call, a ticket, a form in the shop"))
        names = (self.tr("It ends on a day"), self.tr("The last day, where they live"))
        today = datetime.now().astimezone().date()
        self.until = OptionalDay(self.tr("until"), names, today)
        self.fields.add(self.tr("They said"), self.allowed)
        self.fields.add(
            self.tr("For"),
            self.purpose,
            self.tr("Answers to what a customer asks stay possible; the composer asks first."),
        )
        self.fields.add(self.tr("Why"), self.reason)
        self.fields.add(self.tr("Said in"), self.source)
        self.fields.add(self.tr("Holds"), self.until)
        self.lay_out(push_button(self.tr("Note it"), self._save, kind="primary"))

    def _save(self) -> None:
        day = self.until.value()
        ends = None if day is None else day_ends(day, self._zone)
        one, allowed = self._customer, bool(self.allowed.currentData())
        purpose = Purpose(str(self.purpose.currentData()))
        reason, source = self.reason.toPlainText(), self.source.text()
        self._work.do(
            lambda desk: desk.customers.consent(
                one, purpose, allowed, reason=reason, source=source, until=ends
            ),
            self._saved,
            self.refused,
            owner=self,
        )

    def _saved(self, _nothing: None) -> None:
        self.accept()
