"""Approvals in the main window: the panel when somebody asks for it, the count in the menu Go."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from deskapp.domain.approvals import Standing
from deskapp.domain.changes import Changes
from deskapp.domain.ids import ApprovalId
from deskapp.ui.bridge import Bridge
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .panel import ApprovalPanel

_SOON_MS = 500


class InShell(QObject):
    """Made once for the main window."""

    def __init__(
        self, shell: QWidget, work: Work, bridge: Bridge, asked: ShellActions, entry: QAction
    ) -> None:
        super().__init__(shell)
        self._shell, self._work, self._bridge, self._asked = shell, work, bridge, asked
        self._entry, self._plain = entry, entry.text()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self._count)
        asked.approvals_wanted.connect(self.show)
        bridge.changed.connect(self._changed)
        self._soon.start()

    def show(self, one: ApprovalId | None = None) -> None:
        show_approvals(self._shell, self._work, self._bridge, self._asked, one)

    def _changed(self, changes: Changes) -> None:
        if changes.areas & {"approvals", "agents"} and not self._soon.isActive():
            self._soon.start()

    def _count(self) -> None:
        self._work.ask(
            lambda desk: desk.approvals.standing(),
            self._tell,
            lambda _problem: None,  # the window says itself that the desk is away
            owner=self,
            topic="count of approvals",
        )

    def _tell(self, found: Standing) -> None:
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
