"""How Problems reach the person: what they asked for just now in a box, the rest in the bar."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from deskapp.domain.problem import Problem

from .closing_away import ClosingAway
from .errors import explain, show_problem
from .line_watch import LineWatch
from .own_windows import with_keyboard
from .shell_actions import ShellActions
from .standing import is_away
from .undo.bar import ActBar
from .work import Work


class Troubles(QObject):
    """Stands beside the main window, for it and for the windows of its pages and tickets."""

    def __init__(
        self,
        work: Work,
        asked: ShellActions,
        bar: ActBar,
        line: LineWatch,
        window: QMainWindow,
    ) -> None:
        super().__init__(window)
        self._bar, self._window, self._asked = bar, window, asked
        work.troubled.connect(self._show)
        asked.troubled.connect(self._show)
        work.left_behind.connect(self._tell_late)
        line.came_back.connect(self._tell_back)
        ClosingAway(line, window)

    def _show(self, problem: Problem) -> None:
        if is_away(problem):  # one line for ten of them: nobody clears boxes of what has one cause
            self._tell_late(problem)
            return
        show_problem(with_keyboard(self._window), problem)

    def _tell_late(self, problem: Problem) -> None:
        """Of a window that was closed: no box in the way of what is done now."""
        self._bar.say(explain(problem).in_one(), urgent=True)

    def _tell_back(self) -> None:
        self._asked.tell(self.tr("The desk's database is back."))
