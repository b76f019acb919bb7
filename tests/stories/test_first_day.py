"""Mail arrives, staff answer, the customer gets it."""

import email
from email.message import Message

from pytestqt.qtbot import QtBot

from deskapp.domain.ids import TicketId
from tests.desk.letters import letter

from .shop import SOON_MS, SUPPORT, Shop


def test_a_mail_on_the_server_becomes_a_ticket_on_screen(shop: Shop, qtbot: QtBot) -> None:
    with shop.window(qtbot) as window:
        window.inbox.show_view("unassigned")
        shop.account.deliver(letter("Đơn hàng chưa tới ạ", sender="Châu <chau@c.example>"))
        window.wait_listed("Châu")
        window.open(TicketId(1))
        assert "Đơn hàng chưa tới ạ" in window.shown()


def test_a_customers_answer_joins_its_ticket(shop: Shop) -> None:
    shop.account.deliver(letter(message_id="a@c.example"))
    shop.run("engine", "--once")
    shop.account.deliver(letter("Still nothing", answers=("a@c.example",), hours=1))
    told = shop.json("engine", "--once")
    assert told["mailboxes"][0]["new"] == 1
    [ticket] = shop.json("ticket", "list", "--view", "all")
    assert len(shop.json("ticket", "show", str(ticket["number"]))["messages"]) == 2


def test_a_reply_written_in_the_window_reaches_the_customer_and_sent(
    shop: Shop, qtbot: QtBot
) -> None:
    shop.account.deliver(letter(message_id="a@c.example"))
    shop.run("engine", "--once")
    with shop.window(qtbot) as window:
        window.open(TicketId(1))
        window.composer.set_undo_seconds(1)
        qtbot.keyClicks(window.composer.at.editor, "It leaves today.")
        window.composer.at.send.main.click()
        qtbot.waitUntil(lambda: len(shop.sink.mails) == 1, timeout=SOON_MS + 15_000)
        qtbot.waitUntil(lambda: len(shop.account.mails("Sent")) == 1, timeout=SOON_MS)
    [arrived] = shop.sink.mails
    mail = email.message_from_bytes(arrived.content)
    assert arrived.recipients == ("mai@customer.example",)
    assert mail["In-Reply-To"] == "<a@c.example>" and mail["References"] == "<a@c.example>"
    assert mail["Subject"] == "Re: Where is order #10482?" and SUPPORT in mail["From"]
    assert _text(mail).startswith("It leaves today.")
    assert mail.get_content_type() == "multipart/alternative"
    [kept] = shop.account.mails("Sent")
    assert email.message_from_bytes(kept)["Message-ID"] == mail["Message-ID"]


def _text(mail: Message) -> str:
    """The first form of a mail; what is written in the window leaves as text and as markup."""
    plain = next(part for part in mail.walk() if part.get_content_type() == "text/plain")
    payload = plain.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode("utf-8")
