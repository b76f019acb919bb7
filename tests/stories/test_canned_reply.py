"""Châu asks in Vietnamese where her parcel is; a canned reply names her last order."""

import email
import re
from datetime import UTC, datetime, timedelta
from email.header import decode_header, make_header
from email.message import Message
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from deskapp.domain.ids import TicketId
from tests.desk.letters import START, letter

from .pictures import picture
from .shop import SOON_MS, Shop, Window

ORDERS = (
    "Order,Date,Total,Currency,Email,Item,Quantity\n"
    "10381,2026-09-01,12.00,EUR,chau@customer.example,Lamp,1\n"
    "10482,2026-11-01,39.90,EUR,chau@customer.example,Tent,1\n"
)
CANNED = (
    "---\nname: Late parcel\nfolder: Giao hàng\nlanguage: {language}\nstatus: on_hold\n"
    "add_tags: late\nfiles: Lịch giao hàng.pdf\n---\n{text}\n"
)
VIETNAMESE = (
    "{{ customer.greeting }}\n\nĐơn hàng {{ order.number }} của mình sẽ được giao vào "
    "{{ ask.delivery_day }}. Em gửi đính kèm lịch giao hàng ạ. Shop xin lỗi vì đã để mình chờ lâu."
)
ASKED = "Dạ chào shop, mình đặt hàng từ tuần trước mà vẫn chưa nhận được ạ."
SUBJECT = "Mình chưa nhận được hàng"
LEAVES_MS = SOON_MS + 15_000


def test_a_canned_reply_names_the_customers_last_order_in_vietnamese(
    shop: Shop, qtbot: QtBot, tmp_path: Path
) -> None:
    _stock(shop, tmp_path)
    with shop.window(qtbot) as window:
        window.shell.resize(1440, 900)
        window.inbox.show_view("all_open")
        window.wait_listed("Nguyễn Thị Minh Châu")
        window.open(TicketId(1))
        window.composer.set_undo_seconds(1)
        _put_in(window)
        picture(window.shell, "canned-3-put-in")
        window.composer.at.send.main.click()
        qtbot.waitUntil(lambda: len(shop.sink.mails) == 1, timeout=LEAVES_MS)
        qtbot.waitUntil(lambda: len(shop.account.mails("Sent")) == 1, timeout=LEAVES_MS)
        qtbot.waitUntil(lambda: _counted(shop) == (1, 1, 0), timeout=SOON_MS)
        window.wait_shown("10482", "24/11")
        picture(window.shell, "canned-4-sent")
    _right_for_her(shop)
    shop.run("engine", "--once")
    assert len(shop.sink.mails) == 1 and len(shop.account.mails("Sent")) == 1
    [ticket] = shop.json("ticket", "list", "--view", "all")
    assert ticket["tags"] == ["late"]


def _stock(shop: Shop, folder: Path) -> None:
    """Her mail in Dovecot, her orders from a file, the reply in two languages with a file."""
    (folder / "orders.csv").write_text(ORDERS, "utf-8")
    canned = folder / "canned"
    (canned / "files").mkdir(parents=True)
    (canned / "files" / "Lịch giao hàng.pdf").write_bytes(b"%PDF-1.4 days")
    english = "Hello {{ customer.first_name }}, order {{ order.number }} is on its way."
    for language, text in (("vi", VIETNAMESE), ("en", english)):
        page = CANNED.format(language=language, text=text)
        (canned / f"late.{language}.md").write_text(page, "utf-8")
    asks = (
        "Shop kiểm tra giúp mình với nhé, mình cần gấp vì cuối tuần này cả nhà đi cắm trại rồi. "
        "Mình đã gọi hai lần mà không ai nghe máy."
    )
    shop.account.deliver(
        letter(
            f"{ASKED} {asks}",
            sender="Nguyễn Thị Minh Châu <chau@customer.example>",
            subject=SUBJECT,
            message_id="chau@customer.example",
            answers=("first@shop.example",),
            hours=(datetime.now(UTC) - START) / timedelta(hours=1),
        )
    )
    shop.run("engine", "--once")
    shop.run("order", "import", str(folder / "orders.csv"), "--source", "Web shop")
    shop.run("canned", "import", str(canned))


def _put_in(window: Window) -> None:
    """``;late``, the day that only Anna knows, Enter."""
    qtbot, composer = window.qtbot, window.composer
    editor, picker = composer.at.editor, composer.canned.picker
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    qtbot.keyClicks(editor, ";late")
    qtbot.waitUntil(lambda: "10482" in picker.shown.preview.toPlainText(), timeout=SOON_MS)
    told = picker.shown.does.text()
    assert "Sets: On hold · tag late" in told and "Lịch giao hàng.pdf" in told
    picture(window.shell, "canned-1-picker", sizes=1)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: picker.asking)
    [day] = picker.form.fields.values()
    qtbot.keyClicks(day, "24/11")
    picture(window.shell, "canned-2-asks", sizes=1)
    qtbot.keyClick(day, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "24/11" in editor.text(), timeout=SOON_MS)
    qtbot.waitUntil(lambda: composer.at.files.isVisible(), timeout=SOON_MS)


def _right_for_her(shop: Shop) -> None:
    [arrived] = shop.sink.mails
    assert arrived.recipients == ("chau@customer.example",)
    mail = email.message_from_bytes(arrived.content)
    said = _text(mail)
    assert said.splitlines()[0] == "Chào anh/chị Châu,"
    assert "Đơn hàng 10482 của mình sẽ được giao vào 24/11." in said
    assert "10381" not in said and "⟦" not in said and "{{" not in said
    assert f"> {ASKED[:20]}" in said  # what she wrote stands below, quoted
    assert [part.get_filename() for part in _files(mail)] == ["Lịch giao hàng.pdf"]
    assert [part.get_payload(decode=True) for part in _files(mail)] == [b"%PDF-1.4 days"]
    assert str(make_header(decode_header(mail["Subject"]))) == f"Re: {SUBJECT}"
    assert mail["In-Reply-To"] == "<chau@customer.example>"
    assert mail["References"].split() == ["<first@shop.example>", "<chau@customer.example>"]
    assert re.fullmatch(r"<[^<>\s]+@shop\.example>", mail["Message-ID"])
    [copy] = shop.account.mails("Sent")
    assert email.message_from_bytes(copy)["Message-ID"] == mail["Message-ID"]


def _counted(shop: Shop) -> tuple[int, int, int]:
    """Put in, sent, edited before."""
    [row] = shop.json("canned", "list")
    return row["uses"], row["sent"], row["edited"]


def _text(mail: Message) -> str:
    [part] = [one for one in mail.walk() if one.get_content_type() == "text/plain"]
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode("utf-8").replace("\r\n", "\n")


def _files(mail: Message) -> list[Message]:
    return [one for one in mail.walk() if one.get_content_disposition() == "attachment"]
