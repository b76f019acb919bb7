"""A sentence above an editor with what can be done about it."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from deskapp.domain.problem import Problem
from deskapp.ui.errors import explain

from .buttons import IconButton, push_button
from .card import Card
from .labels import label

Choice = tuple[str, Callable[[], object]]


class Notice(Card):
    """Stays until answered, closed, or overtaken by the next one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("draft", "draft_edge", parent)
        self.words = label(wrap=True, selectable=True)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(6)
        self._shown: list[QPushButton] = []
        close = IconButton("close", self.tr("Hide this notice"))
        close.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 6, 6)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addLayout(self._buttons)
        row.addWidget(close)
        self.hide()

    def say(self, sentence: str, *choices: Choice) -> None:
        """Shows a sentence; a choice's button hides the notice and then acts."""
        self._take_buttons_off()
        self.words.setText(sentence)
        for text, act in choices:
            button = push_button(text, self.clear)
            button.clicked.connect(act)
            self._buttons.addWidget(button)
            self._shown.append(button)
        self.setAccessibleName(sentence)
        self.show()

    def say_problem(self, problem: Problem, *choices: Choice) -> None:
        self.say(explain(problem).in_one(), *choices)

    def typed(self) -> None:
        """The writer goes on: a sentence that asks for nothing has been read."""
        if not self._shown:
            self.clear()

    def clear(self) -> None:
        self.hide()

    def choices(self) -> list[str]:
        """The words on its buttons."""
        return [button.text() for button in self._shown]

    def choose(self, text: str) -> None:
        """Presses the button with these words. Raises ValueError where there is none."""
        self._shown[self.choices().index(text)].click()

    def _take_buttons_off(self) -> None:
        for button in self._shown:
            self._buttons.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._shown.clear()
