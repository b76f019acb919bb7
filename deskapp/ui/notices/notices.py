"""Tells on the desktop what concerns this agent: grouped, switched, quiet when it should be."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from deskapp.domain.changes import Changes
from deskapp.domain.kinds import View
from deskapp.domain.notices import Notice, NoticeKind, Wish, is_quiet
from deskapp.settings import Settings
from deskapp.ui.bridge import Bridge
from deskapp.ui.read_again import ReadAgain
from deskapp.ui.shell import Shell
from deskapp.ui.work import Work

from .asked import Asked
from .hearing import Hearing
from .tray import Tray
from .wording import worded

_GROUP_MS = 1500
_COUNTS_AFTER_SECONDS = 0.5
_MOST_COUNTED = 1000


class Notices(QObject):
    """Made once for the shell. ``now`` is this computer's clock, for the quiet hours."""

    def __init__(
        self,
        work: Work,
        bridge: Bridge,
        shell: Shell,
        tray: Tray,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__(shell)
        self._work, self._shell, self._tray, self._now = work, shell, tray, now
        self._title = shell.windowTitle()
        self._waiting: list[Notice] = []
        self._shown: tuple[Notice, ...] = ()
        self._group = self._timer(_GROUP_MS, self._tell)
        self._count = ReadAgain(self, _COUNTS_AFTER_SECONDS)
        self._count.due.connect(self._ask_count)
        self._told_of_tray = False
        self.hearing = Hearing(work, bridge, lambda: self._settings.notify_view, self)
        self.hearing.told.connect(self._heard)
        self.asked = Asked(shell.shell_actions.colleagues, self)
        self.asked.told.connect(self._heard)
        bridge.changed.connect(self._changed)
        tray.clicked.connect(self._open_shown)
        tray.open_wanted.connect(shell.come_forward)
        tray.fetch_wanted.connect(shell.sync_wanted)
        tray.quit_wanted.connect(shell.quit)
        shell.stays_hidden = self._stays_hidden
        self._count.want()

    @property
    def _settings(self) -> Settings:
        return self._shell.shell_actions.outside.settings

    def _timer(self, after: int, act: Callable[[], object]) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(after)
        made.timeout.connect(act)
        return made

    @Slot(object)
    def _heard(self, notices: Sequence[Notice]) -> None:
        settings = self._settings
        off = frozenset(kind for kind, on in settings.notify.items() if not on)
        wish = Wish(off, frozenset(settings.silent_mailboxes))
        self._waiting += [one for one in notices if wish.heeds(one)]
        if self._waiting and not self._group.isActive():
            self._group.start()

    def _tell(self) -> None:
        """One notice for all that came together; in quiet hours the badge says enough."""
        notices, self._waiting = tuple(self._waiting), []
        settings = self._settings
        notices = tuple(one for one in notices if not self._is_looked_at(one))
        if not notices or is_quiet(self._now().time(), settings.quiet_from, settings.quiet_until):
            return
        self._shown = notices
        title, text = worded(notices, private=settings.private_notices)
        if self._tray.available:
            self._tray.say(title, text)
        else:
            alone = settings.private_notices and len(notices) == 1  # its title says it once more
            said = text if alone else f"{title}: {text}"
            self._shell.status.tell(said.replace("\n", " · "))
            QApplication.alert(self._shell)

    def _is_looked_at(self, notice: Notice) -> bool:
        failed = notice.kind is NoticeKind.SEND_FAILED
        return not failed and self._shell.looked_at() == notice.ticket

    @Slot()
    def _open_shown(self) -> None:
        """The ticket of a single notice; of many the view they stand in."""
        self._shell.come_forward()
        tickets = {one.ticket for one in self._shown}
        kinds = {one.kind for one in self._shown}
        if len(tickets) == 1:
            self._shell.shell_actions.open_ticket(tickets.pop())
        elif kinds == {NoticeKind.SEND_FAILED}:
            self._shell.show_outbox()
        elif tickets:
            view = View.UNASSIGNED if kinds == {NoticeKind.NEW_TICKET} else View.MINE
            self._shell.show_view(View.MENTIONS if kinds == {NoticeKind.MENTION} else view)

    @Slot(object)
    def _changed(self, changes: Changes) -> None:
        if changes.tickets:
            self._count.want()

    def _ask_count(self) -> None:
        self._count.asked()
        self._work.ask(
            lambda desk: len(desk.tickets.view_ids(View.MINE, _MOST_COUNTED)),
            self._show_count,
            lambda _problem: self._count.answered(),  # the window itself says what there is
            owner=self,
            topic="badge",
        )

    def _show_count(self, mine: int) -> None:
        """Mine that wait for us: before the title, on the program's icon, at the tray."""
        self._count.answered()
        self._shell.setWindowTitle(f"({mine}) {self._title}" if mine else self._title)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.setBadgeNumber(mine)
        self._tray.tell(self.tr("%n ticket(s) of yours wait for an answer", "", mine))

    def _stays_hidden(self) -> bool:
        stays = self._tray.available and self._settings.close_to_tray
        if stays and not self._told_of_tray:
            self._told_of_tray = True
            self._tray.say(
                self.tr("deskapp works on"),
                self.tr(
                    "Mail is fetched and replies are sent. The icon beside the clock opens the"
                    " window again, or quits."
                ),
            )
        return stays
