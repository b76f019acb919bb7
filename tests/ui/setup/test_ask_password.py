"""Passwords asked at a start: what is typed is used, what is not leaves its mailbox waiting."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from deskapp.secrets import SecretFile, SessionSecrets
from deskapp.ui.setup.ask_password import AskPassword
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
