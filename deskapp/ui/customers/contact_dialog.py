"""Changes one contact: its text, what it is called, its network or its country."""

from collections.abc import Mapping

from PySide6.QtWidgets import QLineEdit, QWidget

from deskapp.desk import Desk
from deskapp.domain.handles import NETWORKS
from deskapp.domain.kinds import ContactKind
from deskapp.domain.last_edits import About
from deskapp.domain.people import ContactEdit, ContactPoint
from deskapp.ui.countries import offered_countries
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.form_dialog import FormDialog
from deskapp.ui.pieces.meanwhile import Meanwhile, Newest
from deskapp.ui.work import Work

from .contact_row import kind_name


class ContactDialog(FormDialog):
    """Accepted when it is stored."""

    def __init__(self, work: Work, one: ContactPoint, parent: QWidget | None = None) -> None:
        super().__init__("", label_width=96, parent=parent)
        self.setWindowTitle(self.tr("Change contact"))
        self._work, self.meanwhile = work, Meanwhile(work, one, self)
        postal = one.kind is ContactKind.POSTAL
        self._text = form.paragraph(one.value, lines=4) if postal else form.line(one.value)
        self.fields.add(
            kind_name(one.kind),
            self._text,
            self.tr("Another text counts as neither verified nor bounced."),
        )
        self.label = form.line(one.label, placeholder=self.tr("home, work"))
        self.fields.add(self.tr("Called"), self.label)
        networks = dict.fromkeys((one.network, *NETWORKS))
        self.network = form.choice(
            [(name.capitalize() or self.tr("not said"), name) for name in networks], one.network
        )
        self.country = form.choice([(self.tr("not said"), ""), *offered_countries()], one.country)
        if one.kind is ContactKind.HANDLE:
            self.fields.add(self.tr("Network"), self.network)
        if postal:
            self.fields.add(self.tr("Country"), self.country)
        self.lay_out(push_button(self.tr("Save"), self.save, kind="primary"))

    def written(self) -> str:
        """What stands in the field."""
        field = self._text
        return field.text() if isinstance(field, QLineEdit) else field.toPlainText()

    def newest(self, desk: Desk, row: ContactPoint) -> Newest[ContactPoint]:
        return Newest(desk.customers.contact(row.id), desk.last_edits.of(About.CONTACT, row.id))

    def standing(self, row: ContactPoint) -> Mapping[QWidget, object]:
        shown: dict[QWidget, object] = {self._text: row.value, self.label: row.label}
        if row.kind is ContactKind.HANDLE:
            shown[self.network] = row.network
        if row.kind is ContactKind.POSTAL:
            shown[self.country] = row.country
        return shown

    def save(self) -> None:
        one, written = self.meanwhile.row, self.written()
        assert one is not None
        edit = ContactEdit(
            value=None if written == one.value else written,
            label=_changed(one.label, self.label.text()),
            network=_changed(one.network, str(self.network.currentData())),
            country=_changed(one.country, str(self.country.currentData())),
        )
        self._work.do(
            lambda desk: desk.customers.edit_contact(one.id, edit, one),
            self._saved,
            self.meanwhile.refused,
            owner=self,
        )

    def _saved(self, _nothing: None) -> None:
        self.accept()


def _changed(was: str, now: str) -> str | None:
    """None for what a person left alone: a colleague's change of it stays."""
    return None if now == was else now
