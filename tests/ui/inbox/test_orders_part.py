"""The orders beside a ticket, in the whole window: seen, looked up, and put into the answer."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from deskapp.domain.changes import Changes
from deskapp.domain.order_sources import LookUp, SourceKind, SourceSettings
from deskapp.domain.orders import OrderData, OrderLine, OrderStatus, Shipment
from deskapp.domain.replies import CannedReply
from deskapp.ui.bridge import Bridge
from deskapp.ui.inbox.mail_document import put_text
from deskapp.ui.inbox.order_card import OrderCard
from deskapp.ui.inbox.page import InboxPage
from deskapp.ui.inbox.who_part import WhoPart
from deskapp.ui.orders.order_window import OrderWindow
from deskapp.ui.orders.patterns import Patterns, known_patterns
from deskapp.ui.orders.shop_asking import ShopAsking
from deskapp.ui.remembered import Remembered
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.theme import theme
from tests.ui.compose.counter import Counter
from tests.ui.compose.counter_window import inbox, shown_shell

NOW = datetime.now(UTC)
LINK = "https://ghn.example/VN83920114"
COAT = OrderData(
    number="#10482",
    payment_status="paid",
    standing=OrderStatus.SHIPPED,
    placed_at=NOW - timedelta(days=3),
    currency="VND",
    total=Decimal(1249000),
    customer_name="Nguyễn Thị Minh Châu",
    email="minhchau@customer.example",
    lines=(OrderLine("J", "Rain jacket L", Decimal(1), Decimal(1249000)),),
    shipments=(Shipment("GHN", "VN83920114", LINK, NOW, None),),
)
BOTTLE = replace(COAT, number="#10377", placed_at=NOW, shipments=(), standing=OrderStatus.PAID)
STRANGER = replace(
    COAT, number="#777777", email="tom@customer.example", customer_name="Tom Becker", phone=""
)


@pytest.fixture
def page(counter: Counter, tmp_path: Path, qtbot: QtBot) -> Iterator[InboxPage]:
    counter.desk.orders.save("Lotus", "file", "", [COAT, BOTTLE, STRANGER])
    shell = shown_shell(counter, tmp_path, qtbot)
    shell.resize(1440, 900)
    page = inbox(shell)
    assert page.list.list.choose(counter.ticket)
    qtbot.waitUntil(lambda: page.conversation.composer.keeper.line("reply") is not None)
    qtbot.waitUntil(lambda: len(page.card.orders.cards) == 2)
    qtbot.waitUntil(lambda: bool(page.card.findChildren(WhoPart)))  # else it takes the keyboard
    yield page  # the window lives as long


def _numbers(page: InboxPage) -> list[str]:
    return [one.shown.detail.row.number for one in page.card.orders.cards]


def _card(page: InboxPage, number: str) -> OrderCard:
    cards = page.card.orders.cards
    return next(one for one in cards if one.shown.detail.row.number == number)


def _words(card: OrderCard) -> str:
    return "\n".join(one.text() for one in card.findChildren(QLabel))


def _text(page: InboxPage) -> str:
    return page.conversation.composer.at.editor.text()


def _question(page: InboxPage, qtbot: QtBot) -> QMessageBox:
    def there() -> bool:
        return any(one.isVisible() for one in page.findChildren(QMessageBox))

    qtbot.waitUntil(there)
    return next(one for one in page.findChildren(QMessageBox) if one.isVisible())


def _answer(question: QMessageBox, words: str) -> None:
    next(one for one in question.buttons() if words in one.text()).click()


def test_the_order_named_in_the_mail_stands_above_the_newest(page: InboxPage) -> None:
    assert _numbers(page) == ["#10482", "#10377"]
    assert "paid" in _words(_card(page, "#10482"))
    assert "in transit" in _words(_card(page, "#10482"))
    assert "Order #10482, paid, in transit" in _card(page, "#10482").accessibleName()


def test_one_click_puts_the_tracking_link_into_the_answer(page: InboxPage) -> None:
    inserts = [b for b in _card(page, "#10482").findChildren(QPushButton) if b.text() == "insert"]
    inserts[0].click()
    assert LINK in _text(page)
    assert "Vận đơn: GHN VN83920114" in _text(page)  # the customer writes Vietnamese


def test_another_persons_order_is_warned_of_and_asks_before_it_is_told(
    page: InboxPage, qtbot: QtBot
) -> None:
    page.card.orders.look_up("777777")
    qtbot.waitUntil(lambda: _numbers(page) == ["#777777"])
    card = _card(page, "#777777")
    assert "Belongs to Tom Becker, not to this customer." in _words(card)
    card.insert_tracking()
    _answer(_question(page, qtbot), "Cancel")
    assert _text(page) == ""
    card.insert_tracking()
    _answer(_question(page, qtbot), "Use it")
    qtbot.waitUntil(lambda: LINK in _text(page))


def test_an_order_that_is_picked_fills_placeholders_and_is_kept_with_the_draft(
    page: InboxPage, counter: Counter, qtbot: QtBot
) -> None:
    composer = page.conversation.composer
    reply = counter.desk.canned.save(
        CannedReply(None, "About", "", (("en", "Order {{ order.number }}"),), 0)
    )
    page.card.orders.picked.emit(_card(page, "#10377").shown)
    assert composer.at.order.words.text() == "Placeholders speak of order #10377."
    qtbot.waitUntil(lambda: _card(page, "#10377").in_use)
    picked = _card(page, "#10377").shown.detail.row.id
    qtbot.waitUntil(lambda: counter.desk.replies.draft(counter.ticket).order == picked)
    [row] = [one for one in counter.desk.canned.list() if one.id == reply.id]
    composer.canned.put_in(row)
    qtbot.waitUntil(lambda: "Order #10377" in _text(page))
    page.card.orders.picked.emit(_card(page, "#10482").shown)
    assert "The text still names #10377." in composer.at.notice.words.text()
    composer.at.order.forgotten.emit()
    assert composer.order.order is None


def test_a_number_clicked_in_the_mail_is_looked_up_on_the_card(
    page: InboxPage, qtbot: QtBot
) -> None:
    page.conversation.messages.cards[0].text.body.order_clicked.emit("#10482")
    qtbot.waitUntil(lambda: page.card.orders.field.text() == "#10482")
    qtbot.waitUntil(lambda: _numbers(page) == ["#10482"])


def test_what_nobody_knows_is_said_and_the_search_can_be_left(
    page: InboxPage, qtbot: QtBot
) -> None:
    page.card.orders.look_up("nothing at all")
    qtbot.waitUntil(lambda: not _numbers(page))
    sentence = "No order has this number, mail, phone, name or parcel."

    def words() -> list[str]:
        return [one.text() for one in page.card.orders.findChildren(QLabel)]

    qtbot.waitUntil(lambda: sentence in words())
    page.card.orders.field.clear()
    qtbot.waitUntil(lambda: len(_numbers(page)) == 2)


def test_an_order_opens_whole_beside_the_answer(page: InboxPage, qtbot: QtBot) -> None:
    page.card.orders.opened.emit(_card(page, "#10482").shown)
    [window] = page.findChildren(OrderWindow)
    qtbot.waitUntil(lambda: any("GHN" in one.text() for one in window.findChildren(QLabel)))
    [insert] = [b for b in window.findChildren(QPushButton) if "tracking link" in b.text()]
    insert.click()
    assert LINK in _text(page)
    window.close()


def test_keys_look_an_order_up_and_insert_its_tracking_link(page: InboxPage, qtbot: QtBot) -> None:
    find, insert = page._order_keys
    find.trigger()
    qtbot.waitUntil(page.card.orders.field.isVisible)
    insert.trigger()
    assert LINK in _text(page)


def test_a_number_as_the_shop_writes_it_becomes_a_chip_in_the_mail(
    page: InboxPage, counter: Counter, qtbot: QtBot
) -> None:
    settings = SourceSettings(SourceKind.FILE, "Lotus", number_pattern=r"LO-\d{5}")
    counter.desk.order_sources.add(settings)
    Patterns(counter.work, Bridge(), page)
    qtbot.waitUntil(lambda: known_patterns() == (r"LO-\d{5}",))
    document = QTextDocument()
    put_text(document, "Where is LO-10482, [#10482]?", theme().colours, 1 << 40)
    assert 'href="x-order:LO-10482"' in document.toHtml()
    assert document.toHtml().count("x-order:") == 1


def test_shops_that_are_being_asked_are_spoken_of_until_they_answered(
    tmp_path: Path, qtbot: QtBot
) -> None:
    shell = ShellActions(Remembered(tmp_path / "windows.ini"))
    asking = ShopAsking(shell, shell)
    shell.ask_shops(LookUp(None, "#10482"))
    assert asking.said == ""  # most are answered at once
    qtbot.waitUntil(lambda: asking.said == "Asking the shop…")
    told = {"news": "orders_looked_up", "by": "any", "words": "#10482", "failed": 1}
    asking.hear(told)
    assert asking.said == "The shop did not answer: this is the copy kept here."
    shell.ask_shops(LookUp(None, "#10482"))
    asking.hear(told | {"failed": 0})
    assert asking.said == ""


def test_what_a_shop_tells_while_it_is_looked_for_appears_by_itself(
    page: InboxPage, counter: Counter, qtbot: QtBot
) -> None:
    part = page.card.orders
    part.look_up("#88888")
    qtbot.waitUntil(lambda: not _numbers(page) and part._read is not None)
    counter.desk.orders.save("Etsy", "file", "", [replace(STRANGER, number="#88888")])
    part.read_again()  # as the bridge has it, when the engine stored what a shop answered
    qtbot.waitUntil(lambda: _numbers(page) == ["#88888"])


def test_two_shops_that_count_alike_are_told_apart(
    page: InboxPage, counter: Counter, qtbot: QtBot
) -> None:
    counter.desk.orders.save("Etsy", "file", "", [COAT])
    page.card.orders.read_again()
    qtbot.waitUntil(lambda: _numbers(page) == ["#10482", "#10482", "#10377"])
    assert {"Lotus", "Etsy"} == {
        name
        for card in page.card.orders.cards
        for name in ("Lotus", "Etsy")
        if name in _words(card)
    }


def test_a_question_and_the_keyboard_outlast_a_refresh(page: InboxPage, qtbot: QtBot) -> None:
    part = page.card.orders
    [insert, *_] = [
        b for b in _card(page, "#10377").findChildren(QPushButton) if b.text() == "insert"
    ]
    insert.setFocus()
    old = part.cards
    part.read_again()
    qtbot.waitUntil(lambda: part.cards[0] not in old)
    qtbot.waitUntil(lambda: _owner_of_keys(page) == ["#10377"])
    part.look_up("777777")
    qtbot.waitUntil(lambda: _numbers(page) == ["#777777"])
    _card(page, "#777777").insert_tracking()
    question = _question(page, qtbot)
    part._show()
    _answer(question, "Use it")
    qtbot.waitUntil(lambda: LINK in _text(page))


def _owner_of_keys(page: InboxPage) -> list[str]:
    return [
        card.shown.detail.row.number
        for card in page.card.orders.cards
        if page.window().focusWidget() in card.findChildren(QPushButton)
    ]


def test_an_opened_order_follows_what_the_engine_stores(
    page: InboxPage, counter: Counter, qtbot: QtBot
) -> None:
    page.card.orders.opened.emit(_card(page, "#10482").shown)
    [window] = page.findChildren(OrderWindow)

    def said() -> list[str]:
        return [one.text() for one in window.findChildren(QLabel)]

    qtbot.waitUntil(lambda: any("GHN" in one for one in said()))
    counter.desk.orders.save("Lotus", "file", "", [replace(COAT, note="Leave at the door")])
    window.hear(Changes(areas=frozenset({"orders"})))
    qtbot.waitUntil(lambda: any("Leave at the door" in one for one in said()))
    window.close()


def test_a_parcel_without_a_safe_link_is_copied_and_none_is_opened(
    page: InboxPage, counter: Counter, qtbot: QtBot
) -> None:
    odd = Shipment("X", "P-1", "javascript:alert(1)", NOW, None)
    counter.desk.orders.save("Lotus", "file", "", [replace(BOTTLE, shipments=(odd,) * 12)])
    page.card.orders.read_again()
    qtbot.waitUntil(lambda: _card(page, "#10377").shown.detail.row.tracking_number == "P-1")
    buttons = _card(page, "#10377").findChildren(QPushButton)
    next(one for one in buttons if one.text() == "P-1 +11").click()
    assert QGuiApplication.clipboard().text() == "P-1"
