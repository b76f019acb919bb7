"""The network goes, a password is wrong, a mail cannot be read: nothing is lost, all is said."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from deskapp.domain.ids import TicketId
from tests.desk.letters import letter

from .shop import SOON_MS, Shop


def test_a_reply_written_without_a_network_waits_and_leaves_later(shop: Shop) -> None:
    shop.account.deliver(letter(message_id="a@c.example"))
    shop.run("engine", "--once")
    words = shop.home / "answer.txt"
    words.write_text("We look into it.", encoding="utf-8")
    shop.line.cut()
    shop.run("ticket", "reply", "1", "--text-file", str(words))
    shop.run("engine", "--once", allowed=(0, 3, 5))
    [waiting] = shop.json("outbox", "list")
    assert waiting["state"] == "queued" and waiting["last_error"]
    shop.line.mend()
    shop.run("outbox", "retry", str(waiting["id"]))
    assert shop.json("engine", "--once")["sent"] == 1
    assert len(shop.sink.mails) == 1 and shop.json("outbox", "list") == []


def test_a_wrong_password_is_said_once_and_not_tried_in_a_loop(shop: Shop, qtbot: QtBot) -> None:
    Path(shop.home / "secrets.json").unlink()
    shop.run("mailbox", "test", "support@shop.example", password="wrong", allowed=(1, 4))
    import json

    wrong = {f"deskapp {what} support@shop.example": "wrong" for what in ("imap", "smtp")}
    secrets = shop.home / "secrets.json"
    secrets.touch(mode=0o600)
    secrets.write_text(json.dumps(wrong), encoding="utf-8")
    shop.run("engine", "--once", allowed=(4,))
    [box] = shop.json("mailbox", "list")
    assert box["state"] == "sign_in_refused"
    with shop.window(qtbot) as window:
        qtbot.waitUntil(lambda: "sign-in refused" in _foot(window).lower(), timeout=SOON_MS)


def _foot(window: object) -> str:
    from PySide6.QtWidgets import QLabel

    labels = window.shell.status.findChildren(QLabel)  # type: ignore[attr-defined]
    return " ".join(label.text() for label in labels)


def test_an_unreadable_mail_is_held_and_the_ones_behind_it_arrive(shop: Shop) -> None:
    bomb = b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b0\r\n\r\n"
    for depth in range(1500):
        bomb += b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n" % (depth, depth + 1)
    shop.account.deliver(bomb)
    shop.account.deliver(letter())
    told = shop.json("engine", "--once", allowed=(0, 3))
    [box] = told["mailboxes"]
    assert (box["on_server"], box["stored"] + box["held"]) == (2, 2)
    assert len(shop.json("ticket", "list", "--view", "all")) >= 1
    [state] = shop.json("mailbox", "list")
    assert state["held"] == box["held"]


def test_what_was_typed_is_there_after_the_window_was_killed(shop: Shop, qtbot: QtBot) -> None:
    shop.account.deliver(letter())
    shop.run("engine", "--once")
    with shop.window(qtbot, engine=False) as window:
        window.open(TicketId(1))
        qtbot.keyClicks(window.composer.at.editor, "Half a sente")
        qtbot.waitUntil(lambda: "saved" in window.composer.at.state.text(), timeout=SOON_MS)
    with shop.window(qtbot, engine=False) as window:
        window.open(TicketId(1))
        qtbot.waitUntil(
            lambda: window.composer.at.editor.toPlainText() == "Half a sente", timeout=SOON_MS
        )
