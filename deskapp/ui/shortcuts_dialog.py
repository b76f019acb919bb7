"""All keys on one sheet, read from the table of actions: to look at, to print, as a PDF."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QDialog, QFileDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from deskapp.domain.problem import Problem, ProblemKind

from .errors import show_problem
from .keys.keymap import keymap, native
from .keys.table import ENTRIES, ROOMS
from .pieces.buttons import push_button
from .pieces.labels import label
from .pieces.scrolled import Scrolled

Lines = list[tuple[str, list[tuple[str, str]]]]
_WIDTH, _HEIGHT, _MARGIN_MM = 780, 560, 12


def sheet() -> Lines:
    """Each room with its actions and their keys; what has no key is left out."""
    made: Lines = []
    for room, title in ROOMS.items():
        lines = [
            (entry.shown, " · ".join(map(native, _told(keymap().keys(entry.id)))))
            for entry in ENTRIES.values()
            if entry.room == room and keymap().keys(entry.id)
        ]
        if lines:
            made.append((QCoreApplication.translate("Actions", title), lines))
    return made


class ShortcutsDialog(QDialog):
    """The sheet on screen, in as many columns as it has halves."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        inner = QWidget()
        row = QHBoxLayout(inner)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(40)
        for part in _halves(sheet()):
            column = QVBoxLayout()
            column.addLayout(_grid(part))
            column.addStretch(1)
            row.addLayout(column, 1)
        scrolled = Scrolled(inner, role="window", margins=(20, 16, 20, 8), widest=_WIDTH)
        scrolled.setAccessibleName(self.tr("Actions with their keys"))
        buttons = QHBoxLayout()
        buttons.setContentsMargins(20, 0, 20, 16)
        buttons.setSpacing(8)
        buttons.addWidget(push_button(self.tr("Print…"), self.print_sheet))
        buttons.addWidget(push_button(self.tr("Save as PDF…"), self._ask_pdf))
        buttons.addStretch(1)
        buttons.addWidget(push_button(self.tr("Close"), self.reject, kind="primary"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(scrolled, 1)
        column.addLayout(buttons)
        self.resize(_WIDTH + 60, _HEIGHT)

    def print_sheet(self) -> None:
        """Asks for a printer."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # only who prints needs it

        printer = QPrinter()
        if QPrintDialog(printer, self).exec():
            document().print_(printer)

    def save_pdf(self, path: str) -> None:
        """Writes the sheet on A4. Raises Problem(READ_ONLY)."""
        writer = QPdfWriter(path)
        writer.setTitle(self.windowTitle())
        writer.setPageLayout(
            QPageLayout(
                QPageSize(QPageSize.PageSizeId.A4),
                QPageLayout.Orientation.Portrait,
                QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM),
                QPageLayout.Unit.Millimeter,
            )
        )
        try:
            Path(path).write_bytes(b"")
        except OSError as error:
            raise Problem(ProblemKind.READ_ONLY, path=path) from error
        document().print_(writer)

    def _ask_pdf(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(
            self, self.tr("Save the sheet"), "deskapp-keys.pdf", self.tr("PDF (*.pdf)")
        )
        if path:
            try:
                self.save_pdf(path)
            except Problem as problem:
                show_problem(self, problem)


def document() -> QTextDocument:
    """The sheet for paper: black on white in two columns, whatever the window looks like."""
    halves = []
    for part in _halves(sheet()):
        rows = []
        for title, lines in part:
            rows.append(f"<tr><td colspan=2><br><b>{escape(title)}</b></td></tr>")
            rows += [
                f"<tr><td>{escape(words)}&nbsp;&nbsp;&nbsp;</td><td>{escape(keys)}</td></tr>"
                for words, keys in lines
            ]
        halves.append(f"<td><table cellpadding=1>{''.join(rows)}</table></td>")
    made = QTextDocument()
    heading = QCoreApplication.translate("ShortcutsDialog", "Keyboard shortcuts")
    made.setHtml(
        f"<body style='font-size:7pt'><h3>{escape(heading)}</h3>"
        f"<table cellspacing=14><tr>{''.join(halves)}</tr></table></body>"
    )
    return made


def _told(keys: Sequence[str]) -> list[str]:
    """The Enter of the keypad need not be told beside the other."""
    return [key for key in keys if key.replace("Enter", "Return") not in set(keys) - {key}]


def _halves(rooms: Lines) -> list[Lines]:
    """The rooms in two columns of about the same length."""
    longs = [len(lines) + 2 for _title, lines in rooms]
    cut = min(range(1, len(rooms)), key=lambda at: max(sum(longs[:at]), sum(longs[at:])))
    return [rooms[:cut], rooms[cut:]]


def _grid(rooms: Lines) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(0, 1)
    line = 0
    for title, lines in rooms:
        named = label(title, size="group")
        named.setContentsMargins(0, 12 if line else 0, 0, 2)
        grid.addWidget(named, line, 0, 1, 2)
        for words, keys in lines:
            line += 1
            grid.addWidget(label(words), line, 0)
            grid.addWidget(label(keys, tone="muted"), line, 1)
        line += 1
    return grid
