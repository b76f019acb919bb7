"""Whether the list stands in columns, and in which; found again at the next start."""

from collections.abc import Sequence

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
        self._of_view: list[Column] = []  # those that a pinned view brings along
        self._stands_in: list[Column] = []
        self._on = QAction(self.tr("Columns"), self)
        self._on.setCheckable(True)
        self._on.triggered.connect(self._toggled)
        self._wanted = False
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
        return bool(self._stands_in)

    @property
    def shown(self) -> tuple[Column, ...]:
        """Those the list stands in, none where it stands in rows."""
        return tuple(self._stands_in)

    def show_of_view(self, names: Sequence[str]) -> None:
        """A view's own columns, by their names; none: as the person has chosen."""
        wanted = [Column(one) for one in names if one in list(Column)]
        if wanted != self._of_view:
            self._of_view = wanted
            self._show()

    def remember_in(self, remembered: Remembered) -> None:
        """Takes what was chosen before, and keeps what will be."""
        self._remembered = remembered
        known = [Column(one) for one in remembered.names("list/columns") if one in list(Column)]
        self._shown = known or self._shown
        self._wanted = remembered.flag("list/in_columns", False)
        self._say()
        if self._wanted:
            self._show()

    def keep(self) -> None:
        """Called before the window closes."""
        if self._remembered is None:
            return
        self._keep_titles()
        self._remembered.put_flag("list/in_columns", self._wanted)
        self._remembered.put_names("list/columns", [one.value for one in self._shown])

    def _keep_titles(self) -> None:
        if self._remembered is not None and self._stands_in and self._stands_in == self._shown:
            self._remembered.put_state("list/titles", self._listing.titles.kept())

    def _show(self) -> None:
        self._keep_titles()
        was_on = self.on
        self._stands_in = self._of_view or (self._shown if self._wanted else [])
        self._listing.show_columns(self._stands_in)
        if self._stands_in == self._shown and self._remembered is not None:
            self._listing.titles.put(self._remembered.state("list/titles"))
        self._say()
        if self.on or was_on:
            self.changed.emit(self.on)

    def _toggled(self, wanted: bool) -> None:
        """A person's wish goes before what the view brings."""
        self._wanted, self._of_view = wanted, []
        self._show()

    def _chosen(self, entry: QAction) -> None:
        """One more or one less; the last one stays."""
        column = Column(entry.data())
        wanted = [one for one in self._stands_in if one is not column]
        if entry.isChecked():
            wanted = [one for one in Column if one in (*wanted, column)]
        if wanted and self._of_view:
            self._of_view = wanted
        elif wanted:
            self._shown = wanted
        self._stands_in = self._of_view or self._shown
        self._listing.show_columns(self._stands_in)
        self._say()

    def _say(self) -> None:
        self._on.setChecked(self.on)
        self._choice.setEnabled(self.on)
        for entry in self._choice.actions():
            entry.setChecked(Column(entry.data()) in (self._stands_in or self._shown))
