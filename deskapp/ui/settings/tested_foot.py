"""The foot of a dialog whose settings are tried against a server before they are saved."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskapp.ui.pieces.buttons import push_button

SIDE = 24
"""Pixels at both sides of what stands in such a dialog."""


def above_foot(card: QWidget) -> QVBoxLayout:
    """The place of what a person is asked before it can be saved."""
    column = QVBoxLayout()
    column.setContentsMargins(SIDE, 4, SIDE, 12)
    column.addWidget(card)
    return column


class FootWithTest(QWidget):
    """Cancel, save without the test, and the test itself, which Enter means.

    ``without``: the words of the second, which stands there from the start where something is
    ``known`` already, and else once a test has failed.
    """

    def __init__(
        self,
        without: str,
        *,
        known: bool,
        cancel: Callable[[], None],
        save: Callable[[], None],
        test: Callable[[], None],
    ) -> None:
        super().__init__()
        self.setProperty("role", "foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._known = known
        self.cancel = push_button(self.tr("Cancel"), cancel)
        self.untested = push_button(without, save)
        self.test = push_button("", test, kind="primary")
        self.test.setDefault(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE, 12, SIDE, 12)
        row.setSpacing(8)
        row.addWidget(self.cancel)
        row.addStretch(1)
        row.addWidget(self.untested)
        row.addWidget(self.test)
        self.untested.setVisible(known)
        self.show_testing(False)

    def decide(self, on: bool) -> None:
        """While a person decides above it about a colleague's change, nothing is saved here."""
        self.test.setVisible(not on)
        self.untested.setVisible(not on and self._known)

    def show_testing(self, going: bool) -> None:
        """While a test runs there is no second one."""
        ready = self.tr("Test and save") if self._known else self.tr("Test and add")
        self.test.setText(self.tr("Testing…") if going else ready)
        self.test.setEnabled(not going)
