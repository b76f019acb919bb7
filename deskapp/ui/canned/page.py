"""The Canned replies page: list, editor and live preview side by side."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSplitter, QWidget

from deskapp.domain.changes import Changes
from deskapp.domain.ids import CannedId
from deskapp.ui.bridge import Bridge
from deskapp.ui.keys.keymap import make_action
from deskapp.ui.pieces.states import Stated
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .editor_pane import EditorPane
from .extras import Around
from .list_pane import ListPane
from .opened import Opened
from .preview_pane import PreviewPane
from .transfer import Transfer

if TYPE_CHECKING:
    from deskapp.desk import Desk

_PREVIEW_FROM = 800


class CannedPage(QWidget):
    """What is open and what is not saved yet: ``opened``."""

    def __init__(
        self, work: Work, bridge: Bridge, shell: ShellActions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._work, self._shell = work, shell
        self.transfer = Transfer(work, self)
        self.list = ListPane(work)
        self.editor = EditorPane()
        self.preview = PreviewPane(work, shell)
        self._stated = Stated(self.editor, row_height=54)
        self._stated.setProperty("role", "surface")
        self._stated.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(1)
        self.split.setChildrenCollapsible(False)
        panes: list[tuple[QWidget, int]] = [
            (self.list, 220),
            (self._stated, 340),
            (self.preview, 240),
        ]
        for pane, narrowest in panes:
            pane.setMinimumWidth(narrowest)
            self.split.addWidget(pane)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([300, 560, 340])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.split)
        shell.remembered.place_splitter("canned/panes", self.split)
        self.opened = Opened(work, shell, (self.list, self.editor, self.preview), self._stated)
        self._actions = self._make_actions()
        self._connect(bridge)
        self.list.read_again()
        self._look_around()

    def fill_menu(self, menu: QMenu) -> None:
        """The window's menu."""
        menu.addActions(self._actions)

    def search(self, words: str) -> None:
        """What the shell's search field asks for."""
        self.list.search.setText(words)

    def open_reply(self, canned: CannedId) -> None:
        """Shows one canned reply, in the list of all."""
        self.list.search.clear()
        self.opened.pick(canned)
        self.list.choose(canned)

    def save_places(self) -> None:
        """Before closing: what is not saved is saved, the panes' widths are kept."""
        self.opened.save_all()
        self._shell.remembered.put_splitter("canned/panes", self.split)

    def _make_actions(self) -> list[QAction]:
        return [
            make_action("canned.new", self, self.opened.new),
            make_action("canned.save", self, self.opened.save),
            make_action("canned.placeholder", self, self.editor.offer),
            make_action("canned.preview", self, self.preview.use_last),
            make_action("canned.duplicate", self, self.opened.duplicate),
            make_action("canned.archive", self, self.opened.archive),
            make_action("canned.import", self, self.transfer.choose_import),
            make_action("canned.export", self, self.transfer.choose_export),
        ]

    def _connect(self, bridge: Bridge) -> None:
        bridge.changed.connect(self._changed)
        self.list.known.connect(self.editor.know)
        self.list.more_wanted.connect(self._offer_more)
        self.list.named.connect(self.editor.text.know_replies)
        self.preview.name_wanted.connect(self.editor.text.put_in)
        self.transfer.told.connect(self._shell.tell)
        self.transfer.read.connect(self.list.read_again)
        self.editor.text_shown.connect(self.preview.show_template)
        self.preview.faulty.connect(self.editor.show_fault)

    def _look_around(self) -> None:
        """Who edits, and what a reply can be tied to."""
        self._work.ask(_around, self.editor.extras.know, owner=self, topic="around")

    def _changed(self, changes: Changes) -> None:
        if "mailboxes" in changes.areas:
            self._look_around()
        if "canned" not in changes.areas:
            return
        self.list.read_again()
        self.opened.read_again()

    def _offer_more(self) -> None:
        menu = QMenu(self)
        menu.addActions(self._actions[-4:])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.list.more.mapToGlobal(self.list.more.rect().bottomLeft()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.addActions(self._actions)
        menu.exec(event.globalPos())
        menu.deleteLater()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.preview.setVisible(event.size().width() >= _PREVIEW_FROM)


def _around(desk: "Desk") -> Around:
    boxes = tuple((box.id, box.settings.address) for box in desk.mailboxes.list())
    agents = tuple((one.id, one.name) for one in desk.agents.list() if one.active)
    return Around(desk.agent, boxes, desk.tickets.tags(), agents)
