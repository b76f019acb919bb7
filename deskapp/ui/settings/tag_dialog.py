"""Adds, renames and colours a tag; says into which other one it is merged."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from deskapp.desk import Desk
from deskapp.domain.last_edits import About
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.ticket_facts import TagColour, TagRow
from deskapp.ui import fact_words
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.form_dialog import FormDialog
from deskapp.ui.pieces.labels import label
from deskapp.ui.pieces.meanwhile import Meanwhile, Newest
from deskapp.ui.work import Work


class TagDialog(FormDialog):
    """Accepted when it is stored."""

    def __init__(self, work: Work, row: TagRow | None, parent: QWidget | None = None) -> None:
        title = _tr("Edit tag") if row else _tr("Add a tag")
        super().__init__(title, label_width=96, parent=parent)
        self._work, self.meanwhile = work, Meanwhile(work, row, self)
        self.name = form.line(row.name if row else "")
        colours = [(fact_words.colour(colour), colour.value) for colour in TagColour]
        self.colour = form.choice(colours, row.colour.value if row else "")
        self.fields.add(self.tr("Name"), self.name)
        self.fields.add(self.tr("Colour"), self.colour)
        self.lay_out(push_button(self.tr("Save"), self.save, kind="primary"))

    def newest(self, desk: Desk, row: TagRow) -> Newest[TagRow]:
        for one in desk.tags.list():
            if one.id == row.id:
                return Newest(one, desk.last_edits.of(About.TAG, one.id))
        raise Problem(ProblemKind.NOT_FOUND, what="tag", value=row.name)

    def standing(self, row: TagRow) -> Mapping[QWidget, object]:
        return {self.name: row.name, self.colour: row.colour.value}

    def save(self) -> None:
        row, name = self.meanwhile.row, self.name.text()
        colour = TagColour(str(self.colour.currentData()))

        def save(desk: Desk) -> None:
            if row is None:
                desk.tags.add(name, colour)
                return
            if name != row.name:
                desk.tags.rename(row.id, name, row.name)
            if colour is not row.colour:
                desk.tags.colour(row.id, colour, row.colour)

        self._work.do(save, self._saved, self.meanwhile.refused, owner=self)

    def _saved(self, _nothing: None) -> None:
        self.accept()


class TagMergeDialog(FormDialog):
    """Accepted when they are one."""

    def __init__(
        self, work: Work, row: TagRow, rows: Sequence[TagRow], parent: QWidget | None = None
    ) -> None:
        super().__init__(_tr("Merge tags"), label_width=96, parent=parent)
        self._work, self._row = work, row
        others = [(one.name, one.id) for one in rows if one.id != row.id]
        self.into = form.choice(others)
        said = self.tr("Every ticket with “{name}” gets the other tag instead: %n ticket(s).", "",
                       row.tickets)  # fmt: skip
        self.fields.add_wide(label(said.replace("{name}", row.name), wrap=True))
        self.fields.add(self.tr("Merge into"), self.into, self.tr("You can undo it afterwards."))
        self.lay_out(push_button(self.tr("Merge"), self._merge, kind="primary"))

    def _merge(self) -> None:
        one, into = self._row.id, self.into.currentData()
        self._work.do(
            lambda desk: desk.tags.merge(one, into), self._merged, self.refused, owner=self
        )

    def _merged(self, _merge: int) -> None:
        self.accept()


def _tr(said: str) -> str:
    return QCoreApplication.translate("TagDialog", said)
