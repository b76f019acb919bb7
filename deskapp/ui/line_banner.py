"""The one line that tells that the desk's database is away, since when, and what waits for it."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from deskapp.domain.line import LEFT_KINDS
from deskapp.domain.problem import ProblemKind

from . import text
from .announce import announce
from .errors import explain
from .line_watch import LineWatch
from .pieces.buttons import push_button
from .pieces.labels import label, no_mnemonic, plain_tip

_WIDEST = 420  # px of what is told of a change that waits


class LineBanner(QWidget):
    """Hidden while the desk answers. What was pressed and waits can be given up one by one."""

    def __init__(self, line: LineWatch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = line
        self.setProperty("role", "banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = label(size="strong", wrap=True)
        self.words = label(wrap=True)
        self.again = push_button(self.tr("Try now"), line.work.try_now)
        self.waiting = QPushButton()
        self.waiting.setAutoDefault(False)
        self._menu = QMenu(self.waiting)
        self._menu.setToolTipsVisible(True)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.waiting.setMenu(self._menu)
        said = QVBoxLayout()
        said.setSpacing(1)
        said.addWidget(self.title)
        said.addWidget(self.words)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 7, 12, 7)
        row.setSpacing(10)
        row.addLayout(said, 1)
        row.addWidget(self.waiting)
        row.addWidget(self.again)
        QWidget.setTabOrder(self.waiting, self.again)
        line.changed.connect(self._show_state)
        self._show_state()

    def _show_state(self) -> None:
        line = self.line
        if line.since is None:
            self.hide()
            return
        waiting = len(line.work.waiting_writes())
        left = line.why is not None and line.why.kind in LEFT_KINDS
        if left and line.why is not None:
            told = explain(line.why)
            self.title.setText(told.title)
            self.words.setText(told.in_one())
        else:
            said = self.tr("The desk's database has been away since {time}.")
            self.title.setText(said.replace("{time}", text.clock(line.since)))
            self.words.setText(" ".join((self._why(), self._kept(waiting))))
        self.again.setVisible(not left)
        self.waiting.setText(self.tr("%n waiting", "", waiting))
        self.waiting.setAccessibleName(self.tr("What waits for the database"))
        self.waiting.setVisible(waiting > 0 and not left)
        if self.isHidden():
            self.show()
            announce(self, f"{self.title.text()} {self.words.text()}", urgent=True)

    def _why(self) -> str:
        why = self.line.why
        if why is None or why.kind is ProblemKind.DATABASE_UNREACHABLE:
            return self.tr("What is shown stays readable, and deskapp asks again by itself.")
        return explain(why).happened

    def _kept(self, waiting: int) -> str:
        if not waiting:
            return self.tr("Nothing that you type is lost.")
        told = self.tr("%n change(s) of yours wait and are written once it is back.", "", waiting)
        return f"{self.tr('Nothing that you type is lost.')} {told}"

    def _fill_menu(self) -> None:
        self._menu.clear()
        work = self.line.work
        for one in work.waiting_writes():
            named = one.told or self.tr("A change")
            said = self.tr("Give up: {change} ({time})")
            cut = self._menu.fontMetrics().elidedText(named, Qt.TextElideMode.ElideRight, _WIDEST)
            said = said.replace("{change}", no_mnemonic(cut))
            said = said.replace("{time}", text.clock(one.asked_at))
            entry = self._menu.addAction(said, partial(work.give_up, one.number))
            if cut != named:
                entry.setToolTip(plain_tip(named))


class LineBar(QToolBar):
    """The banner above the page of a window of its own."""

    def __init__(self, line: LineWatch) -> None:
        super().__init__()
        self._line = line
        self.setMovable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.toggleViewAction().setVisible(False)  # nobody hides it, and nobody has to
        self.banner = LineBanner(line)
        self.banner.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._shown = self.addWidget(self.banner)
        line.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self._shown.setVisible(self._line.away)
        self.setVisible(self._line.away)
