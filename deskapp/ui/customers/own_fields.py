"""The desk's own fields of a customer: each is kept when it is left. Where somebody else was
faster, both values are shown and a person decides."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from deskapp.domain.custom_fields import CustomField, CustomValue
from deskapp.domain.ids import FieldId
from deskapp.domain.kinds import FieldKind
from deskapp.domain.last_edits import LastEdit
from deskapp.domain.people import FieldChange
from deskapp.domain.problem import Problem
from deskapp.ui.errors import explain
from deskapp.ui.pieces import form
from deskapp.ui.pieces.card import Card
from deskapp.ui.pieces.conflict import ConflictCard, Difference
from deskapp.ui.pieces.labels import label
from deskapp.ui.pieces.scrolled import Scrolled

from .last_of import last_of


class OwnFieldsCard(Card):
    """Hidden where a desk has none. ``written`` carries (FieldId, text, what was there before)."""

    written = Signal(object, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(self.tr("Fields of this desk"))
        self._asked: tuple[CustomField, ...] = ()
        self.fields: dict[FieldId, QLineEdit | QComboBox] = {}
        self._kept: dict[FieldId, str] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 10, 12, 12)
        self._column.setSpacing(8)
        self._form = form.Form()
        self.told = label(tone="bad", wrap=True)
        self.told.hide()
        self._theirs: dict[FieldId, str] = {}
        self._last: dict[FieldId, LastEdit | None] = {}  # who set theirs
        self.conflict = ConflictCard()
        self.conflict.keep_mine.connect(self._keep_mine)
        self.conflict.take_theirs.connect(self._take_theirs)
        self._column.addWidget(self._form)
        self._column.addWidget(self.conflict)
        self._column.addWidget(self.told)
        self.hide()

    def show_values(self, values: tuple[CustomValue, ...]) -> None:
        """What is typed and not kept yet stays, with what it was typed over."""
        asked = tuple(one.field for one in values)
        if asked != self._asked:
            self._make(asked)
        for one in values:
            field, known = self.fields[one.field.id], self._kept.get(one.field.id, "")
            if _text(field) in (known, one.value):
                self._kept[one.field.id] = one.value
                self._put(field, one.value)
        self.setVisible(bool(values))

    def show_stored(self, one: FieldId, typed: str, value: str) -> None:
        """What is kept of what was typed: a number or a day in its own form."""
        if (field := self.fields.get(one)) is None:
            return
        self._kept[one] = value
        if _text(field) == typed:
            self._put(field, value)
        if self._theirs.pop(one, None) is not None:
            self._show_disputed()

    def show_problem(self, problem: Problem) -> None:
        """Why a value was not kept; what was typed stays."""
        self.told.setText(explain(problem).in_one())
        self.told.show()
        Scrolled.bring(self.told)

    def show_theirs(self, one: FieldId, theirs: str, history: tuple[FieldChange, ...]) -> None:
        """Another value has come into a field while ours was typed."""
        name = next((field.name for field in self._asked if field.id == one), None)
        if name is not None:
            self._theirs[one] = theirs
            self._last[one] = last_of(history, name, own=True)
            self._show_disputed()

    def forget_typing(self) -> None:
        """For another customer."""
        self.told.hide()
        self._theirs.clear()
        self.conflict.hide()
        for one, field in self.fields.items():
            self._put(field, self._kept.get(one, ""))

    @property
    def dirty(self) -> bool:
        """Whether something was typed that is not kept yet."""
        return any(_text(field) != self._kept.get(one, "") for one, field in self.fields.items())

    def _make(self, asked: tuple[CustomField, ...]) -> None:
        typed = {one: (_text(field), self._kept.get(one, "")) for one, field in self.fields.items()}
        self._asked, self.fields, self._kept = asked, {}, {}
        fresh = form.Form()
        for one in asked:
            field = self._field(one)
            self.fields[one.id] = field
            fresh.add(one.name, field)
            if one.id in typed:
                written, self._kept[one.id] = typed[one.id]
                self._put(field, written)
        self._column.replaceWidget(self._form, fresh)
        self._form.hide()
        self._form.deleteLater()
        self._form = fresh

    def _field(self, one: CustomField) -> QLineEdit | QComboBox:
        if one.kind in (FieldKind.CHOICE, FieldKind.YES_NO):
            nothing = (self.tr("not known"), "")
            yes_no = [(self.tr("yes"), "yes"), (self.tr("no"), "no")]
            choices = [(text, text) for text in one.choices]
            entries = choices if one.kind is FieldKind.CHOICE else yes_no
            box = form.choice([nothing, *entries], "", name=one.name)
            box.activated.connect(partial(self._left, one.id))
            return box
        hints = {
            FieldKind.DAY: self.tr("2026-11-22"),
            FieldKind.NUMBER: self.tr("a number"),
            FieldKind.LINK: self.tr("https://"),
        }
        line = form.line(name=one.name, placeholder=hints.get(one.kind, ""))
        line.editingFinished.connect(partial(self._left, one.id))
        return line

    def _left(self, one: FieldId, _index: int = 0) -> None:
        typed = _text(self.fields[one])
        if typed != self._kept.get(one, ""):
            self.told.hide()
            self.written.emit(one, typed, self._kept.get(one, ""))

    def _show_disputed(self) -> None:
        names = {one.id: one.name for one in self._asked}
        disputed = tuple(
            Difference(names[one], theirs, _text(self.fields[one])).told_by(self._last.get(one))
            for one, theirs in self._theirs.items()
        )
        self.conflict.show_both(disputed)
        self.conflict.setVisible(bool(disputed))

    def _keep_mine(self) -> None:
        for one, theirs in self._theirs.items():
            self._kept[one] = theirs
            self.written.emit(one, _text(self.fields[one]), theirs)

    def _take_theirs(self) -> None:
        for one, theirs in self._theirs.items():
            self._kept[one] = theirs
            self._put(self.fields[one], theirs)
        self._theirs.clear()
        self.conflict.hide()

    def _put(self, field: QLineEdit | QComboBox, value: str) -> None:
        if isinstance(field, QLineEdit):
            field.setText(value)
            return
        if field.findData(value) < 0:  # a choice that was taken off the list since
            field.addItem(value, value)
        form.choose(field, value)


def _text(field: QLineEdit | QComboBox) -> str:
    return field.text() if isinstance(field, QLineEdit) else str(field.currentData() or "")
