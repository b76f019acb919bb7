"""A mail as it came over the wire, as plain text."""

from pathlib import Path

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from deskapp.domain.problem import Problem
from deskapp.domain.tickets import MessageRow
from deskapp.ui.pieces.labels import label
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.theme import theme
from deskapp.ui.work import Work

from .attachments import write_file

_SHOWN = 1_000_000


def show_original(message: MessageRow, work: Work, shell: ShellActions, parent: QWidget) -> None:
    """Opens the dialog; the bytes are read in a lane."""
    dialog = OriginalDialog(shell, parent)
    work.ask(
        lambda desk: desk.tickets.raw(message.id), dialog.show_raw, shell.trouble, owner=dialog
    )
    dialog.open()


class OriginalDialog(QDialog):
    """Raw source, saved as .eml on request. Bytes that are no text are shown as escapes."""

    def __init__(self, shell: ShellActions, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell, self._raw = shell, b""
        self.setWindowTitle(self.tr("Original message"))
        self.resize(760, 560)
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setFont(theme().fonts.fixed())
        self._text.setAccessibleName(self.tr("Source of the message"))
        self._cut = label(tone="muted", wrap=True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        save = buttons.addButton(self.tr("Save as…"), QDialogButtonBox.ButtonRole.ActionRole)
        save.clicked.connect(self._ask_where)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self._text, 1)
        column.addWidget(self._cut)
        column.addWidget(buttons)
        self._cut.hide()

    def show_raw(self, raw: bytes) -> None:
        self._raw = raw
        self._text.setPlainText(raw[:_SHOWN].decode("utf-8", "backslashreplace"))
        self._cut.setVisible(len(raw) > _SHOWN)
        self._cut.setText(self.tr("Only the beginning is shown. Save it to see all of it."))

    def _ask_where(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Save message"), "message.eml")
        if not chosen:
            return
        try:
            write_file(Path(chosen), self._raw)
        except Problem as problem:
            self._shell.trouble(problem)
