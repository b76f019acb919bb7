"""Taking the next ticket, and saying that one is away: what is about oneself and no ticket."""

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from deskapp.desk import Desk
from deskapp.desk.assigning import Taken
from deskapp.domain.ids import TicketId
from deskapp.ui.assigned_words import promise
from deskapp.ui.keys.keymap import make_action
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work


class Taking(QObject):
    """``view`` tells which one is shown; ``took`` hears of the ticket that is ours now."""

    def __init__(
        self,
        page: QWidget,
        work: Work,
        shell: ShellActions,
        view: Callable[[], str],
        took: Callable[[TicketId], object],
    ) -> None:
        super().__init__(page)
        self._page, self._work, self._shell = page, work, shell
        self._view, self._took = view, took
        self._next = make_action("ticket.take_next", page, self._take)
        self._away = make_action("desk.away", page, self._ask_away)

    def all(self) -> list[QAction]:
        """In menu order."""
        return [self._next, self._away]

    def _take(self) -> None:
        view = self._view()
        self._work.do(
            lambda desk: desk.assigning.take_next(view),
            self._taken,
            self._shell.trouble,
            owner=self,
        )

    def _taken(self, taken: Taken | None) -> None:
        if taken is None:
            self._shell.tell(self.tr("Nothing is left to take: every open ticket has somebody."))
            return
        said = self.tr("Ticket {number} is yours: {promise}.")
        said = said.replace("{promise}", promise(taken.why, datetime.now(UTC)))
        self._shell.tell_done(said.replace("{number}", str(taken.ticket.number)))
        self._took(taken.ticket.id)

    def _ask_away(self) -> None:
        self._work.ask(_me, self._open_away, self._shell.trouble, owner=self, topic="me")

    def _open_away(self, about: object) -> None:
        from deskapp.ui.settings.away_dialog import About, AwayDialog

        if not isinstance(about, About):
            self._shell.tell(self.tr("Say in Settings, Agents, who you are."))
            return
        AwayDialog(self._work, about, self._page).open()


def _me(desk: Desk) -> object:
    from deskapp.ui.settings.away_dialog import about

    return None if desk.agent is None else about(desk, desk.agent)
