"""Buttons of which most are never seen: each is made when it is first shown."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QPushButton

from .buttons import push_button


class LateButtons(QHBoxLayout):
    """A row of quiet buttons from the left, in the order of ``pressed``.

    A widget that is hidden for ever costs as much as one that is seen: to be made, dressed and
    let go. On the cards of a conversation they were a third of all.
    """

    def __init__(self, *pressed: Callable[[], object]) -> None:
        super().__init__()
        self._pressed = pressed
        self._made: dict[int, QPushButton] = {}
        self.addStretch(1)

    def say(self, place: int, words: str) -> None:
        """Shows a button with these words; without words it is hidden."""
        if words and place not in self._made:
            before = sum(other < place for other in self._made)
            self._made[place] = push_button("", self._pressed[place], kind="quiet")
            self.insertWidget(before, self._made[place])
        if place in self._made:
            self._made[place].setText(words)
            self._made[place].setVisible(bool(words))
