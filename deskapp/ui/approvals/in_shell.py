"""Approvals in the main window: the panel when somebody asks for it, the count in the menu Go."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from deskapp.domain.approvals import Standing
from deskapp.domain.changes import Changes
from deskapp.domain.ids import ApprovalId
from deskapp.domain.problem import Problem
from deskapp.ui.bridge import Bridge
from deskapp.ui.read_again import ReadAgain
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .panel import ApprovalPanel

_AFTER_SECONDS = 0.5


class InShell(QObject):
    """Made once for the main window."""

    def __init__(
        self, shell: QWidget, work: Work, bridge: Bridge, asked: ShellActions, entry: QAction
    ) -> None:
        super().__init__(shell)
        self._shell, self._work, self._bridge, self._asked = shell, work, bridge, asked
        self._entry, self._plain = entry, entry.text()
        self._again = ReadAgain(self, _AFTER_SECONDS)
        self._again.due.connect(self._count)
        asked.approvals_wanted.connect(self.show)
        bridge.changed.connect(self._changed)
        self._again.want()

    def show(self, one: ApprovalId | None = None) -> None:
        show_approvals(self._shell, self._work, self._bridge, self._asked, one)

    def _changed(self, changes: Changes) -> None:
        if changes.areas & {"approvals", "agents"}:
            self._again.want()

    def _count(self) -> None:
        self._again.asked()
        self._work.ask(
            lambda desk: desk.approvals.standing(),
            self._tell,
            self._failed,
            owner=self,
            topic="count of approvals",
        )

    def _failed(self, _problem: Problem) -> None:
        self._again.answered()  # the window says itself that the desk is away

    def _tell(self, found: Standing) -> None:
        self._again.answered()
        count = len(found.last_rounds())
        self._entry.setText(f"{self._plain} ({count})" if count else self._plain)


def show_approvals(
    parent: QWidget,
    work: Work,
    bridge: Bridge,
    shell: ShellActions,
    one: ApprovalId | None = None,
) -> ApprovalPanel:
    """The one panel of a window, in front; ``one``: with this round open."""
    panel = parent.findChild(ApprovalPanel) or ApprovalPanel(work, bridge, shell, parent)
    panel.show()
    panel.raise_()
    panel.read_again()
    if one is not None:
        panel.show_one(one)
    return panel
