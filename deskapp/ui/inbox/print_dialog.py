"""Printing a ticket, or saving it as a PDF: what goes along is asked first."""

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from deskapp.domain.problem import Problem
from deskapp.domain.tickets import Conversation
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import ElidedLabel, label
from deskapp.ui.shell_actions import ShellActions

from .paper import paint_pages, save_pdf
from .row_look import shown_subject
from .transcript import Wish, as_document, told


class PrintDialog(QDialog):
    """Notes and side threads stay out unless they are wished for: what is printed gets around."""

    def __init__(self, conversation: Conversation, shell: ShellActions, parent: QWidget) -> None:
        super().__init__(parent)
        self._conversation, self._shell = conversation, shell
        self.setWindowTitle(self.tr("Print ticket"))
        self.setMinimumWidth(420)
        self._internal = QCheckBox(self.tr("With internal notes and side threads"))
        self._quoted = QCheckBox(self.tr("With quoted text"))
        self._count = label(tone="muted", size="small")
        for box in (self._internal, self._quoted):
            box.toggled.connect(self._say)
        self._print = push_button(self.tr("Print…"), self._ask_printer)
        save = push_button(self.tr("Save as PDF…"), self._ask_file, kind="primary")
        save.setDefault(True)
        row = QHBoxLayout()
        row.addWidget(self._count, 1)
        for button in (push_button(self.tr("Cancel"), self.reject), self._print, save):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        subject = ElidedLabel(size="card")
        subject.say(shown_subject(conversation.ticket.subject), conversation.ticket.language)
        for part in (subject, self._internal, self._quoted):
            column.addWidget(part)
        column.addLayout(row)
        self._say()

    @property
    def wish(self) -> Wish:
        """What goes along."""
        return Wish(self._internal.isChecked(), self._quoted.isChecked())

    def save(self, file: Path) -> None:
        """Writes the PDF; a place that cannot be written to is told, and nothing is closed."""
        try:
            save_pdf(self._document(), file, self._title(), self._title())
        except Problem as problem:
            self._shell.trouble(problem)
            return
        self._shell.tell(self.tr("Saved as {name}").replace("{name}", file.name))
        self.accept()

    def _say(self) -> None:
        count = len(told(self._conversation, self.wish))
        self._count.setText(self.tr("%n message(s)", "", count))

    def _document(self) -> QTextDocument:
        return as_document(self._conversation, self.wish, datetime.now(UTC))

    def _title(self) -> str:
        row = self._conversation.ticket
        return f"{row.number} · {shown_subject(row.subject)}"

    def _ask_file(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name = f"{self._conversation.ticket.number}.pdf"
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save as PDF"), str(Path(folder) / name), self.tr("PDF files (*.pdf)")
        )
        if chosen:
            file = Path(chosen)
            self.save(file if file.suffix.casefold() == ".pdf" else file.with_suffix(".pdf"))

    def _ask_printer(self) -> None:
        # Only who prints loads it: 3 MB and the printers of the system.
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._title())
        if QPrintDialog(printer, self).exec():
            paint_pages(self._document(), printer, self._title())
            self.accept()
