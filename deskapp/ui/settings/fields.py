"""The desk's own fields of customers: what they hold, in what order; archived, never deleted."""

from collections.abc import Mapping

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from deskapp.desk import Desk
from deskapp.domain.custom_fields import CustomField
from deskapp.domain.ids import FieldId
from deskapp.domain.kinds import FieldKind
from deskapp.domain.last_edits import About
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.card import Card, Chip
from deskapp.ui.pieces.form_dialog import FormDialog
from deskapp.ui.pieces.labels import ElidedLabel, label
from deskapp.ui.pieces.meanwhile import Meanwhile, Newest
from deskapp.ui.pieces.shared_order import SharedOrder, Standing
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .cards_section import CardsSection


class FieldsSection(CardsSection):
    """They stand in each record in this order."""

    areas = frozenset({"fields"})

    def __init__(self, work: Work, shell: ShellActions) -> None:
        super().__init__(work, shell)
        self._rows: tuple[CustomField, ...] = ()
        self.order: SharedOrder[FieldId] = SharedOrder(
            work,
            self,
            self.tr("Order of the fields"),
            _standing,
            lambda desk, ids, seen: desk.fields.order(ids, seen),
            self.read_again,
            self.show_failed,
        )
        self.introduce(
            self.tr("Customer fields"),
            self.tr(
                "What this desk wants to know of its customers beside name, language and company. "
                "Each change is kept with who made it."
            ),
        )
        self.lay_out_cards(self.tr("Add a field…"))

    def read_again(self) -> None:
        self.work.ask(_shown, self._came, self.show_failed, owner=self, topic="fields")

    def add_one(self) -> None:
        self.edit(None)

    def edit(self, row: CustomField | None) -> None:
        """Opens the form for one, or for a new one."""
        dialog = FieldDialog(self.work, row, self)
        dialog.accepted.connect(self.read_again)
        dialog.open()

    def move_up(self, row: CustomField) -> None:
        """Before the one that stands above it."""
        ids = self.order.standing([one.id for one in self._rows])
        place = ids.index(row.id)
        if place:
            seen = tuple(ids)
            ids[place - 1 : place + 1] = [ids[place], ids[place - 1]]
            self.order.put(ids, seen)

    def _came(self, rows: tuple[CustomField, ...]) -> None:
        self._rows = rows
        self.order.shown()
        first: FieldId | None = rows[0].id if rows else None
        cards = [_FieldCard(row, row.id == first, self) for row in rows]
        self.show_cards(cards, self.tr("There is no field of the desk's own yet."))


class _FieldCard(Card):
    def __init__(self, row: CustomField, first: bool, section: FieldsSection) -> None:
        super().__init__(parent=section)
        self._row, self._section = row, section
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 8, 12, 8)
        line.setSpacing(8)
        line.addWidget(ElidedLabel(row.name, size="strong"))
        said = [kind_words(self, row.kind), *row.choices]
        line.addWidget(ElidedLabel(" · ".join(said), tone="muted"), 1)
        if row.archived:
            line.addWidget(Chip(self.tr("archived")))
        line.addWidget(label(self.tr("%n customer(s)", "", row.used), tone="muted"))
        up = push_button(self.tr("Up"), self._up)
        up.setEnabled(not first and not row.archived)
        up.setAccessibleName(self.tr("Move {name} up").replace("{name}", row.name))
        edit = push_button(self.tr("Edit…"), self._edit)
        edit.setAccessibleName(self.tr("Edit {name}").replace("{name}", row.name))
        line.addWidget(up)
        line.addWidget(edit)

    def _up(self) -> None:
        self._section.move_up(self._row)

    def _edit(self) -> None:
        self._section.edit(self._row)


class FieldDialog(FormDialog):
    """A field's name, what it holds, and its choices. Accepted when it is stored."""

    def __init__(self, work: Work, row: CustomField | None, parent: QWidget | None = None) -> None:
        super().__init__("", label_width=96, parent=parent)
        self._work, self.meanwhile = work, Meanwhile(work, row, self)
        self.setWindowTitle(self.tr("Edit field") if row else self.tr("Add a field"))
        self.name = form.line(row.name if row else "", placeholder=self.tr("Shoe size"))
        kinds = [(kind_words(self, kind), kind.value) for kind in FieldKind]
        self.kind = form.choice(kinds, row.kind.value if row else FieldKind.TEXT.value)
        self.kind.setEnabled(row is None)
        self.kind.currentIndexChanged.connect(self._kind_chosen)
        self.choices = form.paragraph("\n".join(row.choices) if row else "", lines=4)
        self.fields.add(self.tr("Name"), self.name)
        self.fields.add(self.tr("Holds"), self.kind)
        self.fields.add(self.tr("Choices"), self.choices)
        self.away = QCheckBox(self.tr("Archived: ask for it no more, keep what was filled in"))
        self.away.setChecked(bool(row and row.archived))
        self.away.setVisible(row is not None)
        self.fields.add_wide(self.away)
        self.lay_out(push_button(self.tr("Save"), self.save, kind="primary"))
        self._kind_chosen()

    def _kind_chosen(self) -> None:
        choice = self.kind.currentData() == FieldKind.CHOICE.value
        self.choices.setPlaceholderText(self.tr("One on each line") if choice else "")
        self.fields.show_row(self.choices, choice)

    def newest(self, desk: Desk, row: CustomField) -> Newest[CustomField]:
        now = next(one for one in desk.fields.list() if one.id == row.id)  # none is ever deleted
        return Newest(now, desk.last_edits.of(About.FIELD, row.id))

    def standing(self, row: CustomField) -> Mapping[QWidget, object]:
        return {
            self.name: row.name,
            self.choices: "\n".join(row.choices),
            self.away: row.archived,
        }

    def save(self) -> None:
        row, name, choices = self.meanwhile.row, self.name.text(), self.choices.toPlainText()
        kind, away = FieldKind(str(self.kind.currentData())), self.away.isChecked()

        def save(desk: Desk) -> None:
            if row is None:
                desk.fields.add(name, kind, choices)
                return
            desk.fields.edit(row.id, name, choices, row.version)
            if away != row.archived:
                desk.fields.archive(row.id, away)

        self._work.do(save, self._saved, self.meanwhile.refused, owner=self)

    def _saved(self, _nothing: None) -> None:
        self.accept()


def kind_words(owner: QWidget, kind: FieldKind) -> str:
    """What a field holds, in a word."""
    return {
        FieldKind.TEXT: owner.tr("text"),
        FieldKind.NUMBER: owner.tr("number"),
        FieldKind.DAY: owner.tr("date"),
        FieldKind.CHOICE: owner.tr("one of several"),
        FieldKind.YES_NO: owner.tr("yes or no"),
        FieldKind.LINK: owner.tr("link"),
    }[kind]


def _shown(desk: Desk) -> tuple[CustomField, ...]:
    return desk.fields.list()


def _standing(desk: Desk) -> Standing[FieldId]:
    names = {one.id: one.name for one in desk.fields.list() if not one.archived}
    return Standing(names, desk.last_edits.of(About.FIELD_ORDER))
