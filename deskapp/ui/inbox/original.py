"""A mail as it came over the wire, as plain text."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from deskapp.domain.problem import Problem
from deskapp.domain.senders import with_marks_seen
from deskapp.ui.pieces.labels import label, set_tone
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.theme import theme
from deskapp.ui.work import Work

from .opened_files import write_file

if TYPE_CHECKING:
    from deskapp.desk import Desk

_SHOWN = 1_000_000
_LONGEST_LINE = 5_000


def show_original(
    raw: Callable[["Desk"], bytes],
    work: Work,
    shell: ShellActions,
    parent: QWidget,
    reason: str = "",
) -> None:
    """Opens the window; the bytes are read in a lane. ``reason``: why only this can be shown."""
    dialog = OriginalDialog(shell, parent, reason=reason)
    work.ask(raw, dialog.show_raw, dialog.fail, owner=dialog)
    dialog.open()


class OriginalDialog(QDialog):
    """Raw source to search in, saved as .eml on request. Bytes that are no text are escapes."""

    def __init__(self, shell: ShellActions, parent: QWidget, *, reason: str = "") -> None:
        super().__init__(parent)
        self._shell, self._raw = shell, b""
        self.setWindowTitle(self.tr("Source of the message"))
        self.resize(760, 560)
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setFont(theme().fonts.fixed())
        self._text.setAccessibleName(self.tr("Source of the message"))
        self._cut = label(tone="muted", wrap=True)
        self._save = self._buttons()
        column = QVBoxLayout(self)
        if reason:
            column.addWidget(label(reason, tone="warn", wrap=True))
        column.addLayout(self._search())
        column.addWidget(self._text, 1)
        column.addWidget(self._cut)
        column.addWidget(self._save)
        self._cut.hide()
        self.finished.connect(self.deleteLater)

    def _search(self) -> QHBoxLayout:
        self._words = QLineEdit()
        self._words.setPlaceholderText(self.tr("Find in the source"))
        self._words.setAccessibleName(self.tr("Find in the source"))
        self._words.setClearButtonEnabled(True)
        self._words.returnPressed.connect(self.find_next)
        self._found = label(tone="muted")
        QShortcut(QKeySequence.StandardKey.Find, self, self._words.setFocus)
        row = QHBoxLayout()
        row.addWidget(self._words, 1)
        row.addWidget(self._found)
        return row

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        save = buttons.addButton(self.tr("Save as .eml…"), QDialogButtonBox.ButtonRole.ActionRole)
        save.setAutoDefault(False)
        save.clicked.connect(self._ask_where)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        return buttons

    def show_raw(self, raw: bytes) -> None:
        self._raw = raw
        lines = raw[:_SHOWN].decode("utf-8", "backslashreplace").splitlines()
        self._text.setPlainText("\n".join(_shown(line) for line in lines))
        self._cut.setVisible(len(raw) > _SHOWN or any(len(one) > _LONGEST_LINE for one in lines))
        self._cut.setText(self.tr("Not all of it is shown. Save it to see everything."))

    def fail(self, problem: Problem) -> None:
        """Its bytes did not come: says so and closes."""
        self._shell.trouble(problem)
        self.reject()

    def find_next(self) -> None:
        """Marks the next place with the words, from the beginning again after the last."""
        words = self._words.text()
        if not words:
            return
        found = self._text.find(words)
        if not found:
            self._text.moveCursor(QTextCursor.MoveOperation.Start)
            found = self._text.find(words)
        self._found.setText("" if found else self.tr("Not found"))
        set_tone(self._found, "muted" if found else "warn")

    def _ask_where(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Save message"), "message.eml")
        if not chosen:
            return
        try:
            write_file(Path(chosen), self._raw)
        except Problem as problem:
            self._shell.trouble(problem)


def _shown(line: str) -> str:
    """A line that lays out quickly and hides nothing."""
    seen = line if line.isprintable() else with_marks_seen(line.replace("\t", "    "))
    return seen if len(seen) <= _LONGEST_LINE else seen[:_LONGEST_LINE] + " …"
