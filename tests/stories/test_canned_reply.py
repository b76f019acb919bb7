"""Châu asks in Vietnamese where her parcel is; a canned reply names her last order."""

import email
import os
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from deskapp.domain.ids import TicketId
from deskapp.ui.pictures import grab
from tests.desk.letters import letter

from .shop import SOON_MS, Shop

ORDERS = (
    "Order,Date,Total,Currency,Email,Item,Quantity\n"
    "10381,2026-09-01,12.00,EUR,chau@customer.example,Lamp,1\n"
    "10482,2026-11-01,39.90,EUR,chau@customer.example,Tent,1\n"
)
CANNED = (
    "---\nname: Late parcel\nfolder: Giao hàng\nlanguage: {language}\nstatus: on_hold\n"
    "add_tags: late\n---\n{text}\n"
)
VIETNAMESE = (
    "{{ customer.greeting }}\n\nĐơn hàng {{ order.number }} của mình sẽ được giao vào "
    "{{ ask.delivery_day }}. Shop xin lỗi vì đã để mình chờ lâu."
)


def test_a_canned_reply_names_the_customers_last_order_in_vietnamese(
    shop: Shop, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "orders.csv").write_text(ORDERS, "utf-8")
    folder = tmp_path / "canned"
    folder.mkdir()
    english = "Hello {{ customer.first_name }}, order {{ order.number }} is on its way."
    for language, text in (("vi", VIETNAMESE), ("en", english)):
        page = CANNED.format(language=language, text=text)
        (folder / f"late.{language}.md").write_text(page, "utf-8")
    shop.account.deliver(
        letter(
            "Dạ chào shop, mình đặt hàng từ tuần trước mà vẫn chưa nhận được ạ. "
            "Shop kiểm tra giúp mình với nhé, mình cần gấp.",
            sender="Nguyễn Thị Minh Châu <chau@customer.example>",
            subject="Mình chưa nhận được hàng",
            message_id="chau@customer.example",
        )
    )
    shop.run("engine", "--once")
    shop.run("order", "import", str(tmp_path / "orders.csv"), "--source", "Web shop")
    shop.run("canned", "import", str(folder))
    with shop.window(qtbot) as window:
        window.shell.resize(1440, 900)
        window.open(TicketId(1))
        composer = window.composer
        composer.set_undo_seconds(1)
        editor, picker = composer.at.editor, composer.canned.picker
        editor.setFocus()
        qtbot.waitUntil(editor.hasFocus)
        qtbot.keyClicks(editor, ";late")
        qtbot.waitUntil(lambda: "10482" in picker.shown.preview.toPlainText(), timeout=SOON_MS)
        assert picker.shown.does.text() == "Sets: On hold · tag late"
        qtbot.keyClick(editor, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: picker.asking)
        [day] = picker.form.fields.values()
        qtbot.keyClicks(day, "24.11.")
        _picture(window.shell, tmp_path / "canned-asks.png")
        qtbot.keyClick(day, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: "24.11." in editor.text(), timeout=SOON_MS)
        _picture(window.shell, tmp_path / "canned-put-in.png")
        composer.at.send.main.click()
        qtbot.waitUntil(lambda: len(shop.sink.mails) == 1, timeout=SOON_MS + 15_000)
        qtbot.waitUntil(lambda: _counted(shop) == (1, 1, 0), timeout=SOON_MS)
    [arrived] = shop.sink.mails
    assert arrived.recipients == ("chau@customer.example",)
    said = _text(arrived.content)
    assert "Đơn hàng 10482 của mình sẽ được giao vào 24.11." in said
    assert "10381" not in said and "⟦" not in said and "{{" not in said
    assert said.startswith("Chào") and "Châu" in said.splitlines()[0]
    [ticket] = shop.json("ticket", "list", "--view", "all")
    assert ticket["tags"] == ["late"]


def _counted(shop: Shop) -> tuple[int, int, int]:
    """Put in, sent, edited before."""
    [row] = shop.json("canned", "list")
    return row["uses"], row["sent"], row["edited"]


def _text(raw: bytes) -> str:
    for part in email.message_from_bytes(raw).walk():
        if part.get_content_type() == "text/plain":
            payload = part.get_payload(decode=True)
            assert isinstance(payload, bytes)
            return payload.decode("utf-8")
    raise AssertionError("no text")


def _picture(shell: object, path: Path) -> None:
    """The window as the rep sees it; kept where DESKAPP_PICTURES names a folder."""
    kept = Path(os.environ.get("DESKAPP_PICTURES", path.parent)) / path.name
    assert not QImage(str(grab(shell, kept))).isNull()  # type: ignore[arg-type]
