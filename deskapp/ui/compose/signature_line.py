"""The signature below the editor, as it will be sent, and what else could stand there."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import label

MOST_LINES = 3


class SignatureLine(QWidget):
    """``chosen``: another text for this reply, "" for none, None for what the rules give.
    ``edit_wanted``: the text is to be changed in the editor."""

    chosen = Signal(object)
    edit_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines, self._most = list[str](), MOST_LINES
        self._there = False
        self.words = label(size="small", tone="muted", wrap=True)
        self.button = push_button(self.tr("Signature"), _nothing, kind="quiet")
        self._menu = QMenu(self.button)
        self.button.setMenu(self._menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        self.hide()

    def show_signature(
        self, text: str, rule: str, *, carried: bool, others: Sequence[tuple[str, str]]
    ) -> None:
        """``text`` stands below this reply; ``rule`` is what would without a choice."""
        lines = text.strip().split("\n") if text.strip() else []
        none = self.tr("No signature")
        if carried:
            none = self.tr("No signature: an earlier reply here has it already.")
        self._lines = lines or [none]
        self._say()
        self.words.setToolTip(text.replace("&", "&amp;").replace("<", "&lt;"))
        self._menu.clear()
        if rule.strip():
            usual = self._menu.addAction(self.tr("Add the usual one"))
            usual.triggered.connect(partial(self.chosen.emit, rule if carried else None))
        for name, other in others:
            action = self._menu.addAction(name.replace("&", "&&"))
            action.triggered.connect(partial(self.chosen.emit, other))
        if lines:
            edit = self._menu.addAction(self.tr("Change it for this reply"))
            edit.triggered.connect(partial(self.edit_wanted.emit, text))
        without = self._menu.addAction(self.tr("None for this reply"))
        without.triggered.connect(partial(self.chosen.emit, ""))
        self._there = bool(lines or rule.strip() or others)
        self.setVisible(self._there and self._most > 0)

    def keep_to(self, lines: int) -> None:
        """Shows so many lines of it: in a low window one has to do, in a very low one none."""
        if lines == self._most:
            return
        if not (lines and self._most):
            self.setVisible(self._there and lines > 0)
        self._most = lines
        self._say()

    def _say(self) -> None:
        cut = len(self._lines) > self._most
        shown = "\n".join(self._lines[: self._most]) + (" …" if cut else "")
        self.words.setText(shown)
        self.words.setAccessibleName(self.tr("Signature: {text}").replace("{text}", shown))


def _nothing() -> None:
    """The menu does it."""
