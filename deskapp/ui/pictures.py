"""Pictures of windows, for people and CI to look at (`deskapp demo --picture FOLDER`)."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtWidgets import QWidget

from deskapp.domain.problem import Problem, ProblemKind


def grab(widget: QWidget, path: Path) -> Path:
    """Writes the widget as it looks now to a PNG and returns its path.

    Layouts that wait for the event loop are let through first. Raises Problem(READ_ONLY) when the
    file cannot be written.
    """
    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not widget.grab().save(str(path), "PNG"):
        raise Problem(ProblemKind.READ_ONLY, path=str(path))
    return path
