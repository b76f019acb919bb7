"""Whether the list stands in columns, and in which; found again at the next start."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from deskapp.domain.list_order import FIRST_COLUMNS, Column
from deskapp.ui.remembered import Remembered

from .cells import title
from .ticket_list import TicketList


class ListColumns(QObject):
    """The menu entries that choose them. ``changed`` comes with each choice."""

    changed = Signal(bool)  # whether the list stands in columns

    def __init__(self, listing: TicketList, menu: QMenu) -> None:
        super().__init__(listing)
        self._listing = listing
        self._remembered: Remembered | None = None
        self._shown = list(FIRST_COLUMNS)
        self._on = QAction(self.tr("Columns"), self)
        self._on.setCheckable(True)
        self._on.triggered.connect(self._show)
        menu.addAction(self._on)
        self._choice = menu.addMenu(self.tr("Choose columns"))
        for column in Column:
            entry = self._choice.addAction(title(column))
            entry.setCheckable(True)
            entry.setData(column.value)
        self._choice.triggered.connect(self._chosen)
        self._say()

    @property
    def on(self) -> bool:
        return self._on.isChecked()

    def remember_in(self, remembered: Remembered) -> None:
        """Takes what was chosen before, and keeps what will be."""
        self._remembered = remembered
        known = [Column(one) for one in remembered.names("list/columns") if one in list(Column)]
        self._shown = known or self._shown
        self._on.setChecked(remembered.flag("list/in_columns", False))
        self._say()
        if self.on:
            self._show()

    def keep(self) -> None:
        """Called before the window closes."""
        if self._remembered is None:
            return
        self._remembered.put_flag("list/in_columns", self.on)
        self._remembered.put_names("list/columns", [one.value for one in self._shown])
        if self.on:
            self._remembered.put_state("list/titles", self._listing.titles.kept())

    def _show(self) -> None:
        self._listing.show_columns(self._shown if self.on else ())
        if self.on and self._remembered is not None:
            self._listing.titles.put(self._remembered.state("list/titles"))
        self._say()
        self.changed.emit(self.on)

    def _chosen(self, entry: QAction) -> None:
        """One more or one less; the last one stays."""
        column = Column(entry.data())
        wanted = [one for one in self._shown if one is not column]
        if entry.isChecked():
            wanted = [one for one in Column if one in (*wanted, column)]
        self._shown = wanted or self._shown
        self._listing.show_columns(self._shown if self.on else ())
        self._say()

    def _say(self) -> None:
        self._choice.setEnabled(self.on)
        for entry in self._choice.actions():
            entry.setChecked(Column(entry.data()) in self._shown)
