"""Back to the tickets that were open before, and forward again, as in a browser."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QMouseEvent
from PySide6.QtWidgets import QWidget

from deskapp.domain.ids import TicketId
from deskapp.ui.keys.keymap import make_action

_MOST = 100


class Visited:
    """The tickets in the order they were opened, and the place among them."""

    def __init__(self) -> None:
        self._tickets: list[TicketId] = []
        self._at = -1

    def went(self, ticket: TicketId) -> None:
        """Opened by going there; what lay ahead is forgotten. The current one again is no step."""
        if self._tickets[self._at : self._at + 1] == [ticket]:
            return
        self._tickets = [*self._tickets[: self._at + 1], ticket][-_MOST:]
        self._at = len(self._tickets) - 1

    def can(self, steps: int) -> bool:
        return 0 <= self._at + steps < len(self._tickets)

    def step(self, steps: int) -> TicketId | None:
        """The ticket that lies so many steps back (negative) or ahead; None beyond the ends."""
        if not self.can(steps):
            return None
        self._at += steps
        return self._tickets[self._at]


class Journey(QObject):
    """Keys, menu entries and the side buttons of the mouse for one page."""

    def __init__(self, page: QWidget, show: Callable[[TicketId], None]) -> None:
        super().__init__(page)
        self._page, self._show, self._visited = page, show, Visited()
        self._back = make_action("inbox.back", page, self.back)
        self._onward = make_action("inbox.onward", page, self.onward)
        self._say()
        page.installEventFilter(self)

    def all(self) -> list[QAction]:
        """In menu order."""
        return [self._back, self._onward]

    def went(self, ticket: TicketId) -> None:
        """A ticket is open now."""
        self._visited.went(ticket)
        self._say()

    def back(self) -> None:
        self._go(-1)

    def onward(self) -> None:
        self._go(1)

    def _go(self, steps: int) -> None:
        ticket = self._visited.step(steps)
        self._say()
        if ticket is not None:
            self._show(ticket)

    def _say(self) -> None:
        self._back.setEnabled(self._visited.can(-1))
        self._onward.setEnabled(self._visited.can(1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The mouse's side buttons are heard at the system's window: below it every list and
        text takes them for itself."""
        if watched is self._page:
            handle = self._page.window().windowHandle()
            if event.type() is QEvent.Type.Show and handle is not None:
                handle.installEventFilter(self)
            return False
        if event.type() is QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            steps = {Qt.MouseButton.BackButton: -1, Qt.MouseButton.ForwardButton: 1}
            if event.button() in steps and self._page.isVisible():
                self._go(steps[event.button()])
                return True
        return False
