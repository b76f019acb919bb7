"""Mail that is here but could not be read: each with its reason, none of it lost."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from deskapp.domain.mailboxes import HeldMail
from deskapp.domain.problem import Problem
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import label
from deskapp.ui.pieces.states import Stated
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .held_row import HeldRow, show_held_source

_SHOWN = 200


class HeldPane(QWidget):
    """The list that keeps the promise: stored byte for byte, or named here with the reason."""

    def __init__(self, work: Work, shell: ShellActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work, self._shell = work, shell
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._stated = Stated(self._area)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stated)

    def read_again(self) -> None:
        self._stated.show_loading()
        self._work.ask(
            lambda desk: desk.mailboxes.held(),
            self._came,
            self._failed,
            owner=self,
            topic="held",
        )

    def _failed(self, problem: Problem) -> None:
        self._stated.show_problem(problem, self.read_again)

    def _came(self, held: tuple[HeldMail, ...]) -> None:
        if not held:
            self._stated.show_words(
                self.tr("No mail is held."), self.tr("Every mail that arrived could be read.")
            )
            return
        page = QWidget()
        page.setProperty("role", "surface")
        column = QVBoxLayout(page)
        column.setContentsMargins(20, 14, 20, 16)
        column.setSpacing(8)
        column.addWidget(label(self.tr("%n mail(s) held", "", len(held)), size="title"))
        said = self.tr("They are stored as they came, but could not be read as mail yet.")
        column.addWidget(label(said, tone="muted", wrap=True))
        again = push_button(self.tr("Try all again"), self._retry_all)
        column.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)
        for mail in held[:_SHOWN]:
            row = HeldRow(mail)
            row.retry_wanted.connect(self._retry_one)
            row.raw_wanted.connect(self._open)
            column.addWidget(row)
        if len(held) > _SHOWN:
            more = self.tr("%n more; try all again, or see: deskapp check", "", len(held) - _SHOWN)
            column.addWidget(label(more, tone="muted", wrap=True))
        column.addStretch(1)
        self._area.setWidget(page)
        self._stated.show_content()

    def _open(self, mail: HeldMail) -> None:
        show_held_source(mail, self._work, self._shell, self)

    def _retry_all(self) -> None:
        self._retry(None)

    def _retry_one(self, mail: HeldMail) -> None:
        self._retry([mail.id])

    def _retry(self, ids: Sequence[int] | None) -> None:
        self._work.do(
            lambda desk: desk.mailboxes.retry_held(ids),
            self._retried,
            self._shell.trouble,
            owner=self,
        )

    def _retried(self, count: int) -> None:
        self._shell.tell(self.tr("%n mail(s) will be read again", "", count))
        self.read_again()
