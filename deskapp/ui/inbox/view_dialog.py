"""Pinning a search as a view, or changing a pinned one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from deskapp.desk import Desk
from deskapp.domain.last_edits import About
from deskapp.domain.list_order import Column
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.saved_views import SavedView, Sorting
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.form_dialog import FormDialog
from deskapp.ui.pieces.meanwhile import Meanwhile, Newest
from deskapp.ui.work import Work

from .cells import title
from .order_words import sorting

_OFFERED = (Sorting.NEWEST, Sorting.OLDEST, Sorting.WAITING, Sorting.BEST)


class ViewDialog(FormDialog):
    """``saved`` carries the view as the desk has it."""

    saved = Signal(object)

    def __init__(
        self, work: Work, view: SavedView, parent: QWidget, columns: Sequence[Column] = ()
    ) -> None:
        """``columns``: those the list stands in now, which the view may keep."""
        title = self.tr("Pin this search") if view.id is None else self.tr("Change the view")
        super().__init__(title, label_width=90, parent=parent)
        self._work = work
        self.meanwhile = Meanwhile(work, None if view.id is None else view, self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._view = view
        self.name = form.line(view.name or view.query, name=self.tr("Name"))
        self.query = form.line(view.query, name=self.tr("Search"))
        self.sorting = form.choice(
            [(sorting(one), one) for one in _OFFERED], view.sorting, name=self.tr("Order")
        )
        self.columns = form.choice(
            self._columns_offered([one.value for one in columns]),
            " ".join(view.columns),
            name=self.tr("Columns"),
        )
        self.shared = QCheckBox(self.tr("Everybody of this desk sees it"))
        self.shared.setChecked(view.shared)
        self.fields.add(self.tr("Name"), self.name)
        self.fields.add(self.tr("Search"), self.query)
        self.fields.add(self.tr("Order"), self.sorting)
        self.fields.add(self.tr("Columns"), self.columns)
        self.fields.add_wide(self.shared)
        button = self.tr("Pin") if view.id is None else self.tr("Save")
        self.lay_out(push_button(button, self.save, kind="primary"))
        self.name.selectAll()
        self.name.setFocus()

    def _columns_offered(self, now: list[str]) -> list[tuple[str, object]]:
        """None of its own, those it has, and those that the list stands in."""
        offered: list[tuple[str, object]] = [(self.tr("As the list is"), "")]
        for names in dict.fromkeys((self._view.columns, tuple(now))):
            if names:
                known = [title(Column(one)) for one in names if one in list(Column)]
                offered.append((", ".join(known), " ".join(names)))
        return offered

    def newest(self, desk: Desk, row: SavedView) -> Newest[SavedView]:
        for one in desk.views.list():
            if one.id == row.id and one.id is not None:
                return Newest(one, desk.last_edits.of(About.VIEW, one.id))
        raise Problem(ProblemKind.NOT_FOUND, what="view", value=row.name)

    def standing(self, row: SavedView) -> Mapping[QWidget, object]:
        return {
            self.name: row.name,
            self.query: row.query,
            self.sorting: row.sorting,
            self.columns: " ".join(row.columns),
            self.shared: row.shared,
        }

    def save(self) -> None:
        seen = self.meanwhile.row
        view = replace(
            self._view,
            name=self.name.text(),
            query=self.query.text(),
            sorting=self.sorting.currentData(),
            columns=tuple(self.columns.currentData().split()),
            shared=self.shared.isChecked(),
        )
        self._work.ask(
            lambda desk: desk.views.save(view, seen),
            self._done,
            self.meanwhile.refused,
            owner=self,
            lane="write",
        )

    def _done(self, view: SavedView) -> None:
        self.saved.emit(view)
        self.accept()
