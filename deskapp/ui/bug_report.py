"""A fault of ours, shown once: what happened, details to copy, nothing sent unseen."""

import traceback

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from deskapp import __version__

from .pieces.labels import label


class BugReport(QObject):
    """Opens one window per distinct fault; the same fault again stays in the log alone."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._shown: set[str] = set()

    @Slot(object)
    def show_fault(self, fault: BaseException) -> None:
        """Tells of an exception that no Problem explains."""
        place = traceback.extract_tb(fault.__traceback__)[-1:] if fault.__traceback__ else []
        key = f"{type(fault).__name__} {[(frame.filename, frame.lineno) for frame in place]}"
        if key in self._shown:
            return
        self._shown.add(key)
        _ReportDialog(details_of(fault), self._window).show()


def details_of(fault: BaseException) -> str:
    """Where it happened, without the values: an exception's text may hold a customer's words."""
    frames = traceback.extract_tb(fault.__traceback__)
    lines = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return "\n".join([f"deskapp {__version__}", type(fault).__name__, *lines])


class _ReportDialog(QDialog):
    def __init__(self, details: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("deskapp made a mistake"))
        self.resize(560, 360)
        said = label(
            self.tr(
                "Something went wrong inside deskapp. What was saved before is safe. You can go "
                "on working; if it happens again, please send us the details below. They hold "
                "no customer's words."
            )
        )
        said.setWordWrap(True)
        self._details = QPlainTextEdit(details)
        self._details.setReadOnly(True)
        self._details.setAccessibleName(self.tr("Details"))
        self._details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(self.tr("Copy details"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.close)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addWidget(said)
        column.addWidget(self._details, 1)
        column.addWidget(buttons)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details.toPlainText())
