"""Walks every page, section and dialog as somebody does who sees nothing and has no mouse."""

import importlib
import pkgutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu

import deskapp.ui
from deskapp.app import Windows, sample
from deskapp.domain.ids import AgentId, TicketId
from deskapp.domain.presence import Colleague, Doing, Here, Room
from deskapp.ui.inbox.page import InboxPage
from deskapp.ui.pages import PAGES
from deskapp.ui.pictures import settle
from deskapp.ui.settings.page import SettingsPage
from deskapp.ui.shell_layout import FIRST_SIZE, SMALLEST
from tests.ui.cut import cut
from tests.ui.every_dialog import DIALOGS, ELSEWHERE, a_ticket
from tests.ui.heard import out_of_reach, ringless, speechless, unheard

_TURNS = 12  # layouts wait for the event loop once for each box
_SIZES = ((1000, 700), SMALLEST, FIRST_SIZE)
_NAMES = (
    "Nguyễn Thị Phương Thảo Trần",
    "欧阳娜娜（售后组）",
    "Мария Константиновна Преображенская",
)


@pytest.fixture(scope="module")
def windows(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Windows]:
    """The sample desk in its real shell, a ticket open."""
    with ExitStack() as house:
        made = sample(tmp_path_factory.mktemp("desk"), house)
        made.shell.resize(1440, 900)
        made.shell.show()
        QTest.qWaitForWindowActive(made.shell)
        inbox = made.shell.page("inbox")
        assert isinstance(inbox, InboxPage)
        inbox.show_view("all_open")
        settle(made.shell)
        inbox.list.list.choose_first()
        settle(made.shell)
        yield made
        made.shell.close()


@pytest.mark.parametrize("name", PAGES)
def test_every_page_can_be_heard_and_walked(windows: Windows, name: str) -> None:
    windows.shell.show_page(name)
    settle(windows.shell)
    assert unheard(windows.shell) == []
    assert out_of_reach(windows.shell) == []
    assert ringless(windows.shell) == []
    assert _cut_in_sizes(windows) == []


@pytest.mark.parametrize("name", ["a ticket", "canned"])
def test_every_window_of_its_own_can_be_heard_and_walked(windows: Windows, name: str) -> None:
    if name in PAGES:
        window = windows.shell.open_in_own_window(name)
    else:
        windows.shell.shell_actions.open_ticket_window(a_ticket(windows))
        window = windows.shell._own_windows.all()[-1]
    settle(windows.shell)
    assert unheard(window) == []
    assert out_of_reach(window) == []
    window.close()


def test_every_section_of_the_settings_can_be_heard_and_walked(windows: Windows) -> None:
    page = windows.shell.show_page("settings")
    assert isinstance(page, SettingsPage)
    for row in range(page.list.count()):
        page.list.setCurrentRow(row)
        settle(windows.shell)
        assert (page.list.item(row).text(), unheard(windows.shell)) == (
            page.list.item(row).text(), [],
        )  # fmt: skip
        assert (page.list.item(row).text(), out_of_reach(windows.shell)) == (
            page.list.item(row).text(), [],
        )  # fmt: skip
        assert (page.list.item(row).text(), _cut_in_sizes(windows)) == (
            page.list.item(row).text(), [],
        )  # fmt: skip


@pytest.mark.parametrize("columns", [False, True], ids=["rows", "columns"])
def test_colleagues_on_a_ticket_push_nothing_over_anything(windows: Windows, columns: bool) -> None:
    inbox = windows.shell.show_page("inbox")
    assert isinstance(inbox, InboxPage)
    inbox.list.list.choose_first()
    settle(windows.shell)
    ticket = inbox.conversation.ticket
    assert ticket is not None
    with _company(windows, ticket):
        windows.shell.status.tell("Ticket 10482 was merged into ticket 10377, which is shown.")
        if columns:
            inbox.list.columns._on.trigger()
            settle(windows.shell)
        inbox.conversation._together.strip.look(began=True)
        assert inbox.conversation.composer.at.together.isVisible()
        assert cut(inbox.conversation) == []  # before the first paint
        assert _cut_in_sizes(windows) == []
        assert unheard(windows.shell) == []
        inbox.conversation.composer.at.together.clear()
        if columns:
            inbox.list.columns._on.trigger()


@contextmanager
def _company(windows: Windows, ticket: TicketId) -> Iterator[None]:
    """Three colleagues with long names, on the ticket that is open and beside it."""
    colleagues, bridge = windows.shell.shell_actions.colleagues, windows.shell._bridge
    bridge.room.disconnect(colleagues.hear)
    at, doing = datetime.now(UTC), (Doing.WRITING, Doing.LOOKING, Doing.NOTING)
    ids = [AgentId(100 + place) for place in range(len(_NAMES))]
    there = tuple(
        Colleague(one, name, ticket, does, at, 600)
        for one, name, does in zip(ids, _NAMES, doing, strict=True)
    )
    here = tuple(Here(one, name, 600) for one, name in zip(ids, _NAMES, strict=True))
    colleagues.hear(Room(AgentId(1), there, here=here))
    yield
    colleagues.hear(Room(AgentId(1)))
    bridge.room.connect(colleagues.hear)


def _cut_in_sizes(windows: Windows) -> list[str]:
    """What is cut in the main window as it stands, in each size that a person may give it."""
    found = []
    for size in _SIZES:
        windows.shell.resize(*size)
        for _ in range(_TURNS):
            QApplication.processEvents()
        found += [f"{size[0]}x{size[1]}: {one}" for one in cut(windows.shell)]
    return found


def test_rows_of_the_list_are_one_sentence_each(windows: Windows) -> None:
    inbox = windows.shell.show_page("inbox")
    assert isinstance(inbox, InboxPage)
    settle(windows.shell)
    rows = inbox.list.list.model()
    said = rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert isinstance(said, str) and len(said.split(", ")) >= 3 and "\n" not in said


@pytest.mark.parametrize("name", DIALOGS)
def test_every_dialog_can_be_heard_and_walked(windows: Windows, name: str) -> None:
    dialog = DIALOGS[name](windows)
    dialog.show()
    settle(windows.shell)
    assert unheard(dialog) == []
    assert out_of_reach(dialog) == []
    assert cut(dialog) == []
    dialog.close()
    if name != "OutboxPanel":
        dialog.deleteLater()


def test_menus_and_what_opens_over_a_window_can_be_heard(windows: Windows) -> None:
    shell = windows.shell
    shell.activateWindow()
    QTest.qWaitForWindowActive(shell)
    inbox = shell.show_page("inbox")
    assert isinstance(inbox, InboxPage)
    inbox.list.list.choose_first()
    settle(shell)
    for menu in shell.findChildren(QMenu):
        menu.aboutToShow.emit()
        nameless = [one for one in menu.actions() if not (one.isSeparator() or one.text())]
        menu.aboutToHide.emit()
        assert (menu.title(), nameless) == (menu.title(), [])
    composer = inbox.conversation.composer
    shell.show_palette().field.setText("e")
    settle(shell)
    assert unheard(shell) == []
    shell.show_palette()  # closes it
    composer.focus_reply()
    composer.canned.open()
    settle(shell)
    assert composer.canned.picker.isVisible() and unheard(shell) == []
    composer.canned.close()
    composer.focus_note()
    settle(shell)
    QTest.keyClicks(composer.at.editor, "@")
    names = composer.mentions.popup
    assert names.isVisible() and names.accessibleName() and speechless(names.window()) == []
    names.hide()
    shell.top.field.setFocus()
    QTest.keyClicks(shell.top.field, "sta")
    assert unheard(shell) == []
    shell.top.field.clear()


def test_no_dialog_is_left_out_of_the_walk() -> None:
    here = Path(deskapp.ui.__file__).parent
    for module in pkgutil.walk_packages([str(here)], "deskapp.ui."):
        importlib.import_module(module.name)
    kinds, found = [QDialog], set()
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        if kind.__module__.startswith("deskapp.ui"):
            found.add(kind.__name__)
    assert found - set(DIALOGS) - set(ELSEWHERE) == set()
