"""The page of canned replies over a real desk, as tests handle it."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from deskapp.domain.ids import CannedId
from deskapp.ui.bridge import Bridge
from deskapp.ui.canned.page import CannedPage
from deskapp.ui.remembered import Remembered
from deskapp.ui.shell_actions import ShellActions
from tests.ui.compose.counter import Counter


class Window:
    """The page in a window, with the desk behind it."""

    def __init__(self, counter: Counter, folder: Path, qtbot: QtBot) -> None:
        self.counter, self.qtbot = counter, qtbot
        self.canned = counter.desk.canned
        self.shell = ShellActions(Remembered(folder / "places.ini"))
        self.shell.last_ticket = counter.ticket
        self.bridge = Bridge()
        self.page = CannedPage(counter.work, self.bridge, self.shell)
        qtbot.addWidget(self.page)
        self.page.resize(1200, 700)
        with qtbot.waitActive(self.page):
            self.page.show()
        qtbot.waitUntil(lambda: self.page.list.rows.rowCount() > 0)

    def id_of(self, name: str) -> CannedId:
        return self.canned.by_name(name)

    def pick(self, name: str) -> None:
        rows = self.page.list.rows
        self.page.list.list.setCurrentIndex(rows.place_of(self.id_of(name)))
        self.qtbot.waitUntil(lambda: self.page.editor.name.text() == name)

    def write(self, text: str) -> None:
        self.page.editor.text.selectAll()
        self.page.editor.text.insertPlainText(text)

    def archive(self, answer: str = "Archive") -> None:
        self.page.opened.archive()
        self.qtbot.waitUntil(lambda: answer in self.page.editor.notice.choices())
        self.page.editor.notice.choose(answer)

    def save(self) -> None:
        self.page.opened.save()
        self.counter.settle()
