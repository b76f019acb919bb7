"""Every placeholder with today's value for a ticket, to be looked at and put in."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from deskapp.domain.canned_variables import PLACEHOLDERS
from deskapp.ui.theme import theme


class ValuesList(QTreeWidget):
    """``wanted`` carries the name of a line that was pressed twice, or Enter on it."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setColumnCount(2)
        self.setHeaderLabels([self.tr("Name"), self.tr("Value")])
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAccessibleName(self.tr("Placeholders and their values for this ticket"))
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.itemActivated.connect(lambda item: self.wanted.emit(item.text(0)))
        self._lines = {name: QTreeWidgetItem(self, [name, ""]) for name in PLACEHOLDERS}
        theme().changed.connect(self._dress)
        self._values: Mapping[str, object] = {}
        self.show_values({})

    def show_values(self, values: Mapping[str, object]) -> None:
        """``values`` by group and name, as ``desk.canned.variables`` gives them."""
        self._values = values
        for name, item in self._lines.items():
            said = _said(values, name)
            item.setText(1, " ".join(said.split()) or self.tr("no value"))
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{name}, {item.text(1)}")
            item.setToolTip(1, said.replace("&", "&amp;").replace("<", "&lt;"))
        self._dress()

    def _dress(self) -> None:
        for name, item in self._lines.items():
            token = "text" if _said(self._values, name) else "muted"
            item.setForeground(1, theme().colour(token))
            item.setData(0, Qt.ItemDataRole.ForegroundRole, theme().colour("accent"))


def _said(values: Mapping[str, object], name: str) -> str:
    group, _, part = name.partition(".")
    found = values.get(group)
    if part:
        found = found.get(part) if isinstance(found, Mapping) else None
    if isinstance(found, bool):
        return str(found).lower()
    if isinstance(found, date):
        return found.isoformat()
    return "" if found is None else str(found)
