"""Pinning a search as a view, or changing a pinned one."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from deskapp.domain.saved_views import SavedView, Sorting
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.form_dialog import FormDialog
from deskapp.ui.work import Work


class ViewDialog(FormDialog):
    """``saved`` carries the view as the desk has it."""

    saved = Signal(object)

    def __init__(self, work: Work, view: SavedView, parent: QWidget) -> None:
        title = self.tr("Pin this search") if view.id is None else self.tr("Change the view")
        super().__init__(title, label_width=90, parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._work, self._view = work, view
        self.name = form.line(view.name or view.query, name=self.tr("Name"))
        self.query = form.line(view.query, name=self.tr("Search"))
        self.sorting = form.choice(
            [
                (self.tr("Newest first"), Sorting.NEWEST),
                (self.tr("Oldest first"), Sorting.OLDEST),
                (self.tr("Longest wait first"), Sorting.WAITING),
                (self.tr("Best match first"), Sorting.BEST),
            ],
            name=self.tr("Order"),
        )
        form.choose(self.sorting, view.sorting)
        self.shared = QCheckBox(self.tr("Everybody of this desk sees it"))
        self.shared.setChecked(view.shared)
        self.fields.add(self.tr("Name"), self.name)
        self.fields.add(self.tr("Search"), self.query)
        self.fields.add(self.tr("Order"), self.sorting)
        self.fields.add_wide(self.shared)
        button = self.tr("Pin") if view.id is None else self.tr("Save")
        self.lay_out(push_button(button, self._save, kind="primary"))
        self.name.selectAll()
        self.name.setFocus()

    def _save(self) -> None:
        view = replace(
            self._view,
            name=self.name.text(),
            query=self.query.text(),
            sorting=self.sorting.currentData(),
            shared=self.shared.isChecked(),
        )
        self._work.ask(
            lambda desk: desk.views.save(view),
            self._done,
            self.refused,
            owner=self,
            lane="write",
        )

    def _done(self, view: SavedView) -> None:
        self.saved.emit(view)
        self.accept()
