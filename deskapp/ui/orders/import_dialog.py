"""Imports an order file: what its columns mean, a dry run, and only then the import."""

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from deskapp.domain.order_files import (
    ColumnMapping,
    DateOrder,
    FilePreview,
    OrderField,
    Reading,
    ReadingHints,
)
from deskapp.domain.order_rows import OrderImport
from deskapp.domain.problem import Problem
from deskapp.ui.outside import Outside
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.file_choice import FileChoice
from deskapp.ui.pieces.labels import label
from deskapp.ui.work import SHOPS, Work

from .file_words import profile_name
from .mapping_table import MappingTable
from .reading_report import ReadingReport

_GENERIC, _KIND = "generic", "files"
_AFTER_A_CHOICE_MS = 200


class ImportDialog(QDialog):
    """Stores nothing before the primary button, and then all that can be read, in one go.

    ``imported`` carries the OrderImport.
    """

    imported = Signal(object)

    def __init__(self, work: Work, outside: Outside, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work, self._outside = work, outside
        self._path: Path | None = None
        self._reading: Reading | None = None
        self._own_mapping = False
        self.setWindowTitle(self.tr("Import an order file"))
        self.setMinimumSize(660, 540)
        self.resize(880, 640)
        self._fields()
        self._lay_out()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_AFTER_A_CHOICE_MS)
        self._soon.timeout.connect(self._dry_run)
        self.report.say(self.tr("Choose a file that your shop exported: CSV, TSV or Excel."))
        self._show_state()

    def read_file(self, path: Path) -> None:
        """Looks at a file; what is shown of an older one is forgotten."""
        self._path, self._reading, self._own_mapping = path, None, False
        self.file.show_path(path)
        self.table.setRowCount(0)
        self.report.say(self.tr("Reading the file…"))
        self._show_state()
        preview = self._outside.preview_orders
        self._work.ask(
            lambda _desk: preview(path),
            self._previewed,
            self._refused,
            owner=self,
            lane=SHOPS,
            topic="file",
        )

    def _fields(self) -> None:
        self.file = FileChoice(
            self.tr("Import an order file"),
            self.tr("Order files (*.csv *.tsv *.txt *.xlsx);;All files (*)"),
        )
        self.source = form.line(placeholder=self.tr("for example: Shopify Lotus"))
        self.profile = form.choice(
            [(profile_name(name), name) for name in self._outside.profiles() or (_GENERIC,)]
        )
        self.table = MappingTable()
        as_shown = self.tr("as the file shows")
        self.dates = form.choice(
            (
                (as_shown, None),
                (self.tr("day first, 31/12/2026"), DateOrder.DAY_FIRST),
                (self.tr("month first, 12/31/2026"), DateOrder.MONTH_FIRST),
                (self.tr("year first, 2026/12/31"), DateOrder.YEAR_FIRST),
            ),
            name=self.tr("Dates"),
        )
        self.decimals = form.choice(
            ((as_shown, ""), ("1.234,50", ","), ("1,234.50", ".")), name=self.tr("Amounts")
        )
        self.currency = form.line(placeholder="VND", name=self.tr("Currency where none is named"))
        self.currency.setMaxLength(3)
        self.currency.setFixedWidth(64)
        self.report = ReadingReport()
        self.file.chosen.connect(self.read_file)
        self.profile.activated.connect(self._profile_chosen)
        self.table.edited.connect(self._columns_chosen)
        self.source.textChanged.connect(self._show_state)
        for box in (self.dates, self.decimals):
            box.activated.connect(self._later)
        self.currency.textEdited.connect(self._later)

    def _lay_out(self) -> None:
        named = QHBoxLayout()
        named.setSpacing(8)
        form.put_named(named, self.tr("Source"), self.source, 2)
        form.put_named(named, self.tr("Written by"), self.profile, 1)
        hints = QHBoxLayout()
        hints.setSpacing(8)
        form.put_named(hints, self.tr("Dates"), self.dates)
        form.put_named(hints, self.tr("Amounts"), self.decimals)
        form.put_named(hints, self.tr("Currency"), self.currency)
        hints.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(self.file)
        column.addLayout(named)
        column.addWidget(self.table, 3)
        column.addLayout(hints)
        column.addWidget(self.report, 1)
        column.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        self.go = push_button("", self._import, kind="primary")
        self.go.setDefault(True)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        said = self.tr("Rows that cannot be read are left out; nothing else is.")
        foot.addWidget(label(said, size="small", tone="muted", wrap=True), 1)
        foot.addWidget(push_button(self.tr("Cancel"), self.reject))
        foot.addWidget(self.go)
        return foot

    def _previewed(self, preview: FilePreview) -> None:
        profile = preview.profile or _GENERIC
        form.choose(self.profile, profile)
        self.table.show_preview(preview)
        if not self.source.text().strip() and self._path is not None:
            known = profile != _GENERIC
            self.source.setText(profile_name(profile) if known else self._path.stem)
        self._dry_run()

    def _profile_chosen(self, _place: int) -> None:
        self._own_mapping = False
        self._later()

    def _columns_chosen(self) -> None:
        self._own_mapping = True
        self._later()

    def _later(self) -> None:
        """Reads anew a moment after the last choice; until then nothing can be imported."""
        if self._path is None or not self.table.rowCount():
            return
        self._reading = None
        self._show_state()
        self._soon.start()

    def _dry_run(self) -> None:
        path, mapping = self._path, self.table.mapping()
        if path is None:
            return
        self._reading = None
        if OrderField.NUMBER not in mapping and (self._own_mapping or not mapping):
            said = self.tr("Say above which column holds the order number.")
            self.report.say(said, "warn")
            self._show_state()
            return
        profile = str(self.profile.currentData())
        own: ColumnMapping | None = mapping if self._own_mapping else None
        hints, read = self._hints(), self._outside.read_orders
        self.report.say(self.tr("Reading the file…"))
        self._show_state()
        self._work.ask(
            lambda _desk: read(path, profile, own, hints),
            self._read,
            self._refused,
            owner=self,
            lane=SHOPS,
            topic="file",
        )

    def _hints(self) -> ReadingHints:
        currency = self.currency.text().strip().upper()
        dates = self.dates.currentData()  # Qt hands an enum of strings back as a string
        return ReadingHints(
            date_order=DateOrder(dates) if dates else None,
            decimal_mark=str(self.decimals.currentData()),
            currency=currency if len(currency) == 3 else "",
        )

    def _read(self, reading: Reading) -> None:
        self._reading = reading
        if not self._own_mapping:
            self.table.show_mapping(reading.mapping)
        self.report.show_reading(reading)
        self._show_state()

    def _refused(self, problem: Problem) -> None:
        self._reading = None
        self.report.show_problem(problem)
        self._show_state()

    def _show_state(self) -> None:
        count = len(self._reading.orders) if self._reading else 0
        self.go.setText(
            self.tr("Import %n order(s)", "", count) if count else self.tr("Import orders")
        )
        self.go.setEnabled(bool(count and self.source.text().strip()))
        known = self.table.rowCount() > 0
        self.table.setVisible(known)
        for field in (self.profile, self.dates, self.decimals, self.currency):
            field.setEnabled(known)

    def _import(self) -> None:
        reading, source = self._reading, self.source.text().strip()
        if reading is None:
            return
        self.go.setEnabled(False)
        self._work.do(
            lambda desk: desk.orders.save(source, _KIND, reading.profile, reading.orders),
            self._imported,
            self._not_imported,
            owner=self,
        )

    def _imported(self, brought: OrderImport) -> None:
        self.imported.emit(brought)
        self.accept()

    def _not_imported(self, problem: Problem) -> None:
        self.report.show_problem(problem)
        self.go.setEnabled(True)
