"""A customer's fields in place, and what happens when somebody else was faster."""

from dataclasses import dataclass, fields

from PySide6.QtCore import QTimeZone, Signal
from PySide6.QtWidgets import QCheckBox, QCompleter, QHBoxLayout, QVBoxLayout, QWidget

from deskapp.domain.people import CustomerEdit, CustomerRecord, FieldChange
from deskapp.domain.problem import Problem
from deskapp.ui import text
from deskapp.ui.countries import offered_countries
from deskapp.ui.errors import explain
from deskapp.ui.languages import offered_languages
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.conflict import ConflictCard, Difference
from deskapp.ui.pieces.labels import label

from .last_of import last_of


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a customer that can be edited, as they are shown."""

    name: str
    family_name: str
    given_name: str
    call_name: str
    honorific: str
    language: str
    time_zone: str
    country: str
    company: str
    must_know: str
    vip: bool

    @classmethod
    def of(cls, record: CustomerRecord) -> "Fields":
        row = record.row
        return cls(
            row.name,
            record.family_name,
            record.given_name,
            record.call_name,
            record.honorific,
            row.language,
            record.time_zone,
            record.country,
            record.company,
            row.must_know,
            row.vip,
        )


_FIELDS = tuple(one.name for one in fields(Fields))


class Editor(QWidget):
    """``saving`` carries (CustomerEdit, version) with the changed fields only; ``closed``."""

    saving = Signal(object, object)
    closed = Signal()

    def __init__(self, record: CustomerRecord, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before, self._version = Fields.of(record), record.row.version
        self._disputed: list[str] = []
        self._make_fields(self._before)
        self.conflict = ConflictCard()
        self.conflict.keep_mine.connect(self._save)
        self.conflict.take_theirs.connect(self._take_theirs)
        self.told = label(tone="bad", wrap=True)
        self.told.hide()
        self.save = push_button(self.tr("Save"), self._save, kind="primary")
        self.cancel = push_button(self.tr("Cancel"), self.closed.emit)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.save)
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self._form, self.conflict, self.told):
            column.addWidget(part)
        column.addLayout(buttons)

    @property
    def dirty(self) -> bool:
        """Whether anything was typed that is not saved."""
        return self.fields() != self._before

    def fields(self) -> Fields:
        """What stands in the fields now."""
        return Fields(
            self.name.text(),
            self.family_name.text(),
            self.given_name.text(),
            self.call_name.text(),
            self.honorific.text(),
            str(self.language.currentData()),
            self.time_zone.text().strip(),
            str(self.country.currentData()),
            self.company.text(),
            self.must_know.toPlainText(),
            self.vip.isChecked(),
        )

    def outdate(self) -> None:
        """Their record is another one by now: what is saved is held against it first."""
        self._version = -1

    def show_problem(self, problem: Problem) -> None:
        """Why it was not saved; what was typed stays."""
        told = explain(problem)
        self.told.setText(f"{told.happened} {told.safe}")
        self.told.show()

    def show_conflict(self, theirs: CustomerRecord, history: tuple[FieldChange, ...]) -> None:
        """Somebody was faster. What they changed elsewhere is taken over, so that saving ours
        undoes nothing; where both changed one field, both are shown and a person decides.
        """
        newest, mine, before = Fields.of(theirs), self.fields(), self._before
        ours = [name for name in _FIELDS if getattr(mine, name) != getattr(before, name)]
        disputed = [
            name
            for name in ours
            if getattr(newest, name) not in (getattr(before, name), getattr(mine, name))
        ]
        for name in _FIELDS:
            if name not in ours:
                self._put(name, getattr(newest, name))
        self._before, self._version, self._disputed = newest, theirs.row.version, disputed
        if not disputed:
            self._save()
            return
        self.save.hide()  # the conflict has its own buttons
        names = self._names()
        self.conflict.show_both(
            tuple(
                Difference(names[name], self._said(newest, name), self._said(mine, name)).told_by(
                    last_of(history, name)
                )
                for name in disputed
            )
        )

    def _said(self, shown: Fields, name: str) -> str:
        value = getattr(shown, name)
        if isinstance(value, bool):
            return self.tr("yes") if value else self.tr("no")
        return str(value)

    def _make_fields(self, shown: Fields) -> None:
        names = self._names()
        self.name = form.line(shown.name)
        self.family_name = form.line(shown.family_name)
        self.given_name = form.line(shown.given_name)
        self.call_name = form.line(shown.call_name)
        self.honorific = form.line(shown.honorific, placeholder=self.tr("chị, 先生, Mr"))
        known = [(self.tr("not known"), ""), *offered_languages(shown.language)]
        self.language = form.choice(known, shown.language)
        self.time_zone = form.line(shown.time_zone, placeholder="Asia/Ho_Chi_Minh")
        zones = [bytes(zone.data()).decode() for zone in QTimeZone.availableTimeZoneIds()]
        self.time_zone.setCompleter(QCompleter(zones, self.time_zone))
        self.company = form.line(shown.company)
        countries = [(self.tr("not known"), ""), *offered_countries()]
        self.country = form.choice(countries, shown.country)
        self.vip = QCheckBox(self.tr("an important customer"))
        self.vip.setChecked(shown.vip)
        self.must_know = form.paragraph(shown.must_know, lines=3)
        self._form = form.Form()
        for name, hint in (
            (
                "name",
                self.tr(
                    "As they write it. The rest of the names is needed only where a"
                    " letter would say it wrong."
                ),
            ),
            ("call_name", ""),
            ("honorific", ""),
            ("given_name", ""),
            ("family_name", ""),
            ("language", ""),
            ("time_zone", ""),
            ("country", self.tr("Of phone numbers without a country code, too.")),
            ("company", ""),
            ("vip", ""),
            ("must_know", self.tr("Shown above every answer to them, and beside their tickets.")),
        ):
            self._form.add(names[name], getattr(self, name), hint)

    def _names(self) -> dict[str, str]:
        return {
            "name": self.tr("Name"),
            "honorific": self.tr("Form of address"),
            "language": self.tr("Language"),
            "time_zone": self.tr("Time zone"),
            "family_name": self.tr("Family name"),
            "given_name": self.tr("Given name"),
            "call_name": self.tr("Called"),
            "country": self.tr("Country"),
            "company": self.tr("Company"),
            "vip": self.tr("VIP"),
            "must_know": self.tr("Must know"),
        }

    def _put(self, name: str, value: str | bool) -> None:
        field = getattr(self, name)
        if name == "language":
            if field.findData(value) < 0:
                field.addItem(text.language_name(str(value)), value)
            form.choose(field, value)
        elif name == "country":
            form.choose(field, value)
        elif name == "vip":
            field.setChecked(bool(value))
        elif name == "must_know":
            field.setPlainText(value)
        else:
            field.setText(value)

    def _take_theirs(self) -> None:
        """Where both changed a field; what was typed elsewhere is saved."""
        for name in self._disputed:
            self._put(name, getattr(self._before, name))
        self._save()

    def _save(self) -> None:
        mine = self.fields()
        changed = {
            name: getattr(mine, name)
            for name in _FIELDS
            if getattr(mine, name) != getattr(self._before, name)
        }
        self.told.hide()
        if not changed:
            self.closed.emit()
            return
        zone = changed.get("time_zone")
        if zone and not QTimeZone(zone.encode("ascii", "replace")).isValid():
            said = self.tr("No time zone is called “{zone}”. Choose one such as Asia/Ho_Chi_Minh.")
            self.told.setText(said.replace("{zone}", zone))
            self.told.show()
            self.time_zone.setFocus()
            return
        self.saving.emit(CustomerEdit(**changed), self._version)
