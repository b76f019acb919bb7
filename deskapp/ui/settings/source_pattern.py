"""The pattern of a shop's order numbers, and a line to try it on."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from deskapp.domain.number_patterns import checked_pattern
from deskapp.domain.order_numbers import find_order_numbers
from deskapp.domain.problem import Problem
from deskapp.ui.pieces import form
from deskapp.ui.pieces.labels import label, set_tone

_MOST = 5


class PatternField(QWidget):
    """``line`` holds the pattern; what it finds in the text below is said as it is typed."""

    def __init__(self, pattern: str) -> None:
        super().__init__()
        self.line = form.line(pattern, name=self.tr("Pattern of order numbers"))
        self.trial = form.line(
            name=self.tr("Text to try the pattern on"),
            placeholder=self.tr("Try it on a text from a mail"),
        )
        self.found = label(size="small", tone="muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self.line, self.trial, self.found):
            column.addWidget(part)
        self.found.hide()
        self.line.textChanged.connect(self._try)
        self.trial.textChanged.connect(self._try)

    def _try(self) -> None:
        try:
            pattern = checked_pattern(self.line.text())
        except Problem:
            form.mark_wrong(self.line, True)
            self._say(self.tr("This pattern cannot be used."), "bad")
            return
        form.mark_wrong(self.line, False)
        said = self.trial.text()
        if not said.strip():
            self.found.hide()
            return
        numbers = [one.number for one in find_order_numbers(said, _MOST, (pattern,))]
        if numbers:
            words = self.tr("Found: {numbers}").replace(
                "{numbers}", ", ".join(dict.fromkeys(numbers))
            )
            self._say(words, "good")
        else:
            self._say(self.tr("No order number is found in this text."), "warn")

    def _say(self, words: str, tone: str) -> None:
        self.found.setText(words)
        set_tone(self.found, tone)
        self.found.show()
