"""Tags of a ticket, written with commas; known ones are offered."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QDialog, QLineEdit, QWidget

from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.form_dialog import ask_one
from deskapp.ui.pieces.labels import label


class TagsDialog(QDialog):
    """``several``: for many tickets at once, where tags are only added."""

    def __init__(
        self,
        tags: Sequence[str],
        known: Sequence[str],
        *,
        several: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Add tags") if several else self.tr("Tags"))
        self._line = QLineEdit(", ".join(tags))
        self._line.setMinimumWidth(360)
        self._line.setAccessibleName(self.tr("Tags"))
        self._line.setPlaceholderText(self.tr("for example: delivery, refund"))
        self._line.setCompleter(_LastWord(known, self._line))
        name = label(self.tr("Tags, with commas between them"))
        done = self.tr("Add tags") if several else self.tr("Save tags")
        save = push_button(done, self.accept, kind="primary")
        ask_one(self, name, self._line, save)

    def tags(self) -> tuple[str, ...]:
        """What stands in the line, each once, in order; also after Chinese commas."""
        written = self._line.text().replace("，", ",").replace("、", ",")
        return tuple(dict.fromkeys(tag for part in written.split(",") if (tag := part.strip())))


class _LastWord(QCompleter):
    """Completes the tag being written and leaves those before it."""

    def __init__(self, known: Sequence[str], line: QLineEdit) -> None:
        super().__init__(list(known), line)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    def splitPath(self, path: str) -> list[str]:
        self._before = path.rpartition(",")[0]
        return [path.rpartition(",")[2].strip()]

    def pathFromIndex(self, index: object) -> str:
        word = super().pathFromIndex(index)  # type: ignore[arg-type]
        before = getattr(self, "_before", "")
        return f"{before}, {word}" if before else word
