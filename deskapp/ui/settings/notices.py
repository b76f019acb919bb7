"""What is told on the desktop, when it is quiet, and what closing the window means."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTime
from PySide6.QtWidgets import QCheckBox, QSystemTrayIcon, QTimeEdit, QVBoxLayout

from deskapp.domain.kinds import View
from deskapp.domain.notices import NoticeKind
from deskapp.domain.saved_views import SavedView
from deskapp.ui import words
from deskapp.ui.notices.wording import name_of
from deskapp.ui.pieces import form
from deskapp.ui.pieces.labels import label
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .section import Section, side_by_side

if TYPE_CHECKING:
    from deskapp.desk import Desk

Places = tuple[tuple[SavedView, ...], tuple[str, ...]]
_USUAL = ("19:00", "08:00")


class NoticesSection(Section):
    """Settings of this person on this computer; each change holds at once."""

    areas = frozenset({"mailboxes", "views"})

    def __init__(self, work: Work, shell: ShellActions) -> None:
        super().__init__(work, shell)
        settings = shell.outside.settings
        self.introduce(
            self.tr("Notices"),
            self.tr("For you on this computer. What comes together is told in one notice."),
        )
        self.switches: dict[NoticeKind, QCheckBox] = {}
        for kind in NoticeKind:
            box = QCheckBox(name_of(kind))
            box.setChecked(settings.notify.get(kind.value, True))
            box.toggled.connect(partial(self._switched, kind))
            self.switches[kind] = box
            self.column.addWidget(box)
        self._where()
        self.private = QCheckBox(self.tr("Without names and subjects"))
        self.private.setChecked(settings.private_notices)
        self.private.toggled.connect(self._private_chosen)
        self.column.addWidget(self.private)
        self._quiet_hours(settings.quiet_from, settings.quiet_until)
        self._tray(settings.close_to_tray)
        self.column.addStretch(1)

    def _where(self) -> None:
        """From which view and mailboxes; filled when the desk has told which there are."""
        self.view = form.choice([], name=self.tr("New tickets of"))
        self.view.setMinimumWidth(200)
        self.view.activated.connect(self._view_chosen)
        self.boxes: list[QCheckBox] = []
        self._boxes = QVBoxLayout()
        self._boxes.setSpacing(12)
        self.column.addWidget(side_by_side(label(self.tr("New tickets of")), self.view))
        self.column.addLayout(self._boxes)
        self.column.addSpacing(8)
        self._came(((), ()))

    def read_again(self) -> None:
        self.work.ask(_places, self._came, lambda _problem: None, owner=self, topic="places")

    def _came(self, places: "Places") -> None:
        """One mailbox alone is switched with the kinds above."""
        views, addresses = places
        settings = self.shell.outside.settings
        known = [(words.view(view), view.value) for view in (View.UNASSIGNED, View.MY_TEAM)]
        entries = [(self.tr("any view"), ""), *known, *((one.name, one.key) for one in views)]
        self.view.clear()
        for shown, key in entries:
            self.view.addItem(shown, key)
        form.choose(self.view, settings.notify_view)
        while (old := self._boxes.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.deleteLater()
        self.boxes = []
        for address in addresses if len(addresses) > 1 else ():
            box = QCheckBox(self.tr("New tickets and answers at {address}").format(address=address))
            box.setChecked(address not in settings.silent_mailboxes)
            box.toggled.connect(partial(self._mailbox_switched, address))
            self.boxes.append(box)
            self._boxes.addWidget(box)

    def _view_chosen(self, _place: int) -> None:
        self.shell.outside.settings.notify_view = str(self.view.currentData())
        self.shell.keep_settings()

    def _mailbox_switched(self, address: str, on: bool) -> None:
        silent = self.shell.outside.settings.silent_mailboxes
        silent[:] = [one for one in silent if one != address] + ([] if on else [address])
        self.shell.keep_settings()

    def _quiet_hours(self, begins: str, ends: str) -> None:
        self.quiet = QCheckBox(self.tr("Quiet from"))
        self.quiet.setChecked(bool(begins and ends))
        self.begins, self.ends = QTimeEdit(), QTimeEdit()
        for field, said, name in (
            (self.begins, begins or _USUAL[0], self.tr("Quiet from")),
            (self.ends, ends or _USUAL[1], self.tr("Quiet until")),
        ):
            field.setDisplayFormat("HH:mm")
            field.setTime(QTime.fromString(said, "HH:mm"))
            field.setAccessibleName(name)
            field.setAlignment(Qt.AlignmentFlag.AlignCenter)
            field.setFixedWidth(72)
            field.editingFinished.connect(self._quiet_chosen)
        self.quiet.toggled.connect(self._quiet_chosen)
        until = label(self.tr("until"))
        self.column.addWidget(side_by_side(self.quiet, self.begins, until, self.ends))
        said = self.tr("In these hours only the number on the icon and in the title changes.")
        self.column.addWidget(label(said, size="small", tone="muted", wrap=True))
        self._show_state()

    def _tray(self, close_to_tray: bool) -> None:
        there = QSystemTrayIcon.isSystemTrayAvailable()
        self.tray = QCheckBox(self.tr("Closing the window leaves deskapp in the tray"))
        self.tray.setChecked(close_to_tray)
        self.tray.setEnabled(there)
        self.tray.toggled.connect(self._tray_chosen)
        self.column.addSpacing(8)
        self.column.addWidget(self.tray)
        said = (
            self.tr("Mail is fetched and replies are sent without a window. Quit is in its menu.")
            if there
            else self.tr(
                "This computer shows no tray, so closing the window ends deskapp. Notices are told"
                " at the bottom of the window."
            )
        )
        self.column.addWidget(label(said, size="small", tone="muted", wrap=True))

    def _switched(self, kind: NoticeKind, on: bool) -> None:
        self.shell.outside.settings.notify[kind.value] = on
        self.shell.keep_settings()

    def _private_chosen(self, on: bool) -> None:
        self.shell.outside.settings.private_notices = on
        self.shell.keep_settings()

    def _quiet_chosen(self) -> None:
        settings, on = self.shell.outside.settings, self.quiet.isChecked()
        settings.quiet_from = self.begins.time().toString("HH:mm") if on else ""
        settings.quiet_until = self.ends.time().toString("HH:mm") if on else ""
        self._show_state()
        self.shell.keep_settings()

    def _tray_chosen(self, on: bool) -> None:
        self.shell.outside.settings.close_to_tray = on
        self.shell.keep_settings()

    def _show_state(self) -> None:
        for field in (self.begins, self.ends):
            field.setEnabled(self.quiet.isChecked())


def _places(desk: "Desk") -> Places:
    return desk.views.list(), tuple(one.settings.address for one in desk.mailboxes.list())
