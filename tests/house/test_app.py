"""How the windowed program is put together: whose settings it touches, what its engine is told."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from deskapp import app, settings, wiring
from deskapp.domain.desk_address import password_of, with_password
from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import MailboxSettings, Server
from deskapp.engine.news import News
from deskapp.engine.process import Engine
from deskapp.secrets import SecretFile, SessionSecrets, with_kept_password
from deskapp.settings import Settings
from deskapp.ui.application import prepare_application
from deskapp.ui.bridge import Bridge
from deskapp.ui.settings.data_folder import DataFolderSection
from deskapp.ui.settings.page import SettingsPage
from deskapp.ui.setup.ask_desk_password import AskDeskPassword
from deskapp.ui.shell import Shell
from deskapp.wiring import open_house
from tests.conftest import MemoryKeyring
from tests.servers.postgres import PASSWORD
from tests.ui.named import nameless

KEPT = '{"version": 1, "desk_url": "/somewhere/desk.db", "density": "comfortable"}'


@pytest.fixture
def demo(tmp_path: Path, own_home: Path, qapp: object) -> Iterator[Shell]:
    """The demo's window, for a person who has settings of their own."""
    own_home.mkdir()
    (own_home / "settings.json").write_text(KEPT, encoding="utf-8")
    prepare_application(appearance="light")
    folder = tmp_path / "demo"
    folder.mkdir()
    with ExitStack() as house:
        shell = app.sample(folder, house).shell
        yield shell
        shell.close()


def test_the_demo_leaves_the_persons_settings_places_and_passwords_alone(
    demo: Shell, own_home: Path, tmp_path: Path, memory_keyring: MemoryKeyring, qtbot: QtBot
) -> None:
    actions = demo.shell_actions
    assert actions.outside.settings.desk_url == str(tmp_path / "demo" / "desk.db")
    actions.outside.settings.density = "compact"
    assert actions.keep_settings()
    actions.outside.secrets.set("support@lotus.example", "imap", "hunter-42")
    demo.show()
    demo.close()
    assert [one.name for one in own_home.iterdir()] == ["settings.json"]
    assert (own_home / "settings.json").read_text(encoding="utf-8") == KEPT
    assert not memory_keyring.entries
    assert {"desk.db", "settings.json", "windows.ini"} <= {
        one.name for one in (tmp_path / "demo").iterdir()
    }


def test_the_demo_says_where_its_own_data_lies(demo: Shell, tmp_path: Path, qtbot: QtBot) -> None:
    page = demo.page("settings")
    assert isinstance(page, SettingsPage)
    section = page.show_section("data")
    assert isinstance(section, DataFolderSection)
    qtbot.waitUntil(lambda: section._where.text() == str(tmp_path / "demo" / "desk.db"))
    assert section._home.text() == str(tmp_path / "demo")


def _kept(home: Path) -> str:
    return "".join(one.read_text(encoding="utf-8") for one in home.rglob("*") if one.is_file())


@contextmanager
def _whoever_asks(answer: Callable[[AskDeskPassword], None]) -> Iterator[None]:
    """Answers every question for a password: when it comes depends on how soon the desk answers."""
    answered: list[AskDeskPassword] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, AskDeskPassword) and dialog not in answered:
            answered.append(dialog)
            answer(dialog)

    looking = QTimer()
    looking.setInterval(10)
    looking.timeout.connect(look)
    looking.start()
    yield
    looking.stop()


@pytest.mark.parametrize("lasting", [True, False])
def test_a_databases_password_is_asked_for_and_never_in_the_settings(
    lasting: bool, locked_url: str, own_home: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    open_house(with_password(locked_url, PASSWORD), create=True).close()
    file = tmp_path / "secrets.json"
    secrets = SecretFile(file) if lasting else SessionSecrets()
    typed = iter(["hunter-42", PASSWORD])
    shown: list[str] = []

    def answer(dialog: AskDeskPassword) -> None:
        shown.append(" ".join(one.text() for one in dialog.findChildren(QLabel)))
        assert nameless(dialog) == []
        dialog.field.setText(next(typed))
        dialog.go_on.click()

    with _whoever_asks(answer):
        opened = app.open_asked(locked_url, Settings(), Bridge(), secrets)
    assert opened is not None
    desk, address = opened
    try:
        place = app.remembered_place(address, secrets)
        Settings(desk_url=place).save()
        assert password_of(desk.database.address) == PASSWORD
    finally:
        desk.close()
    assert locked_url in shown[0] and "refused" not in shown[0]
    assert "did not accept" in shown[1] and "hunter" not in shown[1]
    assert ("no keyring" in shown[0]) is not lasting
    assert settings.load().desk_url == locked_url
    assert "nary" not in _kept(own_home)
    assert with_kept_password(locked_url, secrets) == address


def test_who_gives_up_at_the_password_opens_nothing(locked_url: str, qtbot: QtBot) -> None:
    with _whoever_asks(lambda dialog: dialog.give_up.click()):
        assert app.open_asked(locked_url, Settings(), Bridge(), SessionSecrets()) is None


def test_an_engine_learns_the_passwords_that_only_the_window_knows(desk_file: str) -> None:
    server = Server("127.0.0.1", 1, Security.NONE, "support@shop.example")
    box = MailboxSettings("support@shop.example", "", server, server)
    secrets = SessionSecrets()
    secrets.set(box.address, "imap", "hunter-42")
    desk = open_house(desk_file)
    try:
        desk.mailboxes.add(box)
        engine = Engine(desk, News(None))
        for command in wiring.engine_greeting(desk, secrets):
            engine._obey({**command})
        assert engine._passwords.imap(box) == "hunter-42"
        assert engine._passwords.smtp(box) == "hunter-42"
    finally:
        desk.close()
