"""Passwords asked at a start: what is typed is used, what is not leaves its mailbox waiting."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from deskapp import wiring
from deskapp.domain.order_sources import SignIn, SourceKind, SourceSettings
from deskapp.secrets import SecretFile, SessionSecrets
from deskapp.ui.setup.ask_password import AskPassword
from deskapp.wiring import open_house
from tests.servers.blank_desk import put_blank_desk
from tests.ui.named import nameless

BOXES = ("support@shop.example", "đơn@shop.example")


def test_typed_passwords_serve_for_receiving_and_sending(qtbot: QtBot) -> None:
    secrets = SessionSecrets()
    asked = AskPassword(BOXES, secrets)
    qtbot.addWidget(asked)
    qtbot.keyClicks(asked.fields[BOXES[0]], "secret")
    asked.go_on.click()
    assert secrets.get(BOXES[0], "imap") == secrets.get(BOXES[0], "smtp") == "secret"
    assert secrets.get(BOXES[1], "imap") is None
    assert nameless(asked) == []


def test_keys_of_shops_are_asked_for_whole_where_nothing_keeps_them(
    qtbot: QtBot, tmp_path: Path
) -> None:
    desk, secrets = open_house(put_blank_desk(tmp_path / "desk.db")), SessionSecrets()
    shop = SourceSettings(
        SourceKind.WOOCOMMERCE, "Áo Mũ", "https://shop.example", SignIn.KEYS, every=5
    )
    made = desk.order_sources.add(shop)
    desk.order_sources.add(SourceSettings(SourceKind.FOLDER, "Folder", str(tmp_path)))
    unknown = wiring.unknown_keys(desk, secrets)
    assert [settings.name for _, settings in unknown] == ["Áo Mũ"]
    asked = AskPassword((), secrets, sources=unknown)
    qtbot.addWidget(asked)
    assert nameless(asked) == []
    [owner] = {owner for owner, _ in asked.keys}
    qtbot.keyClicks(asked.keys[owner, "consumer_key"], "ck_1")
    asked.go_on.click()
    assert asked._told.text()
    assert wiring.unknown_keys(desk, secrets) == unknown
    qtbot.keyClicks(asked.keys[owner, "consumer_secret"], "cs_1")
    asked.go_on.click()
    told = {"consumer_key": "ck_1", "consumer_secret": "cs_1"}
    shops = [one for one in wiring.engine_greeting(desk, secrets) if one.get("secret")]
    place = "https://shop.example"
    assert shops == [{"do": "shop_secret", "source": int(made), "place": place, "secret": told}]
    assert wiring.unknown_keys(desk, secrets) == []
    desk.close()


def test_a_place_that_refuses_keeps_the_dialog_and_the_typing(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets = SecretFile(tmp_path / "missing" / "secrets.json")
    asked = AskPassword(BOXES[:1], secrets)
    qtbot.addWidget(asked)
    asked.show()
    qtbot.keyClicks(asked.fields[BOXES[0]], "secret")
    asked.go_on.click()
    assert asked.isVisible()
    assert "may not be written" in asked._told.text()
    assert asked.fields[BOXES[0]].text() == "secret"
