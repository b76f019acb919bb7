"""How the windowed program is put together: whose settings it touches, what its engine is told."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from deskapp import app
from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import MailboxSettings, Server
from deskapp.engine.news import News
from deskapp.engine.process import Engine
from deskapp.secrets import SessionSecrets
from deskapp.ui.application import prepare_application
from deskapp.ui.settings.data_folder import DataFolderSection
from deskapp.ui.settings.page import SettingsPage
from deskapp.ui.shell import Shell
from deskapp.wiring import open_house
from tests.conftest import MemoryKeyring

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


def test_an_engine_learns_the_passwords_that_only_the_window_knows(tmp_path: Path) -> None:
    server = Server("127.0.0.1", 1, Security.NONE, "support@shop.example")
    settings = MailboxSettings("support@shop.example", "", server, server)
    secrets = SessionSecrets()
    secrets.set(settings.address, "imap", "hunter-42")
    desk = open_house(str(tmp_path / "desk.db"), create=True)
    try:
        desk.mailboxes.add(settings)
        engine = Engine(desk, News(None))
        for command in app.engine_greeting(desk, secrets):
            engine._obey({**command})
        assert engine._passwords.imap(settings) == "hunter-42"
        assert engine._passwords.smtp(settings) == "hunter-42"
    finally:
        desk.close()
