"""Looking orders up: the list pages, the search finds, the record shows."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from deskapp.desk import Desk
from deskapp.domain.ids import OrderId
from deskapp.domain.orders import OrderData, OrderLine, OrderStatus, Shipment
from deskapp.ui.bridge import Bridge
from deskapp.ui.orders.detail import OrderPage
from deskapp.ui.orders.order_look import order_look, spoken
from deskapp.ui.orders.page import OrdersPage
from deskapp.ui.pieces.paged_model import PAGE, PagedModel
from deskapp.ui.pieces.row import RowRole
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work
from tests.ui.named import nameless, not_plain

DAY = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
SHIRT = OrderData(
    number="#1001",
    payment_status="<i>paid</i>",
    fulfilment_status="fulfilled",
    standing=OrderStatus.SHIPPED,
    placed_at=DAY,
    currency="VND",
    total=Decimal("1249000"),
    customer_name="Nguyễn Văn Minh <script>",
    email="minh@example.com",
    phone="+84 912 345 678",
    note="Gift wrap",
    shipping_address="12 Lê Lợi\nHà Nội",
    lines=(OrderLine("TS-1", "Áo thun", Decimal("2"), Decimal("249000")),),
    shipments=(Shipment("VNPost", "VN83920114", "https://track.example/VN83920114", DAY, None),),
)


def many(count: int) -> list[OrderData]:
    return [
        replace(SHIRT, number=f"#{2000 + one}", placed_at=DAY - timedelta(hours=one))
        for one in range(count)
    ]


@pytest.fixture
def page(work: Work, bridge: Bridge, shell: ShellActions, qtbot: QtBot) -> OrdersPage:
    made = OrdersPage(work, bridge, shell)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


def shown(page: OrdersPage) -> str:
    found = page.findChildren(OrderPage)
    if not found or not found[-1].isVisible():
        return ""
    return "\n".join(label.text() for label in found[-1].findChildren(QLabel))


def test_only_the_page_in_sight_is_asked_for(qtbot: QtBot) -> None:
    model: PagedModel[object] = PagedModel(order_look, spoken)  # type: ignore[type-var, arg-type]
    model.show_ids(range(1, 1001))
    with qtbot.waitSignal(model.rows_wanted) as asked:
        assert model.index(250, 0).data() == "…"
    assert asked.args[0] == list(range(201, 301))


def test_a_page_is_asked_for_once_and_again_when_rows_changed(desk: Desk, qtbot: QtBot) -> None:
    desk.orders.save("shop", "files", "generic", many(3))
    ids = desk.orders.ids()
    model = PagedModel(order_look, spoken)
    asked: list[list[int]] = []
    model.rows_wanted.connect(asked.append)
    model.show_ids(ids)
    for _ in range(2):
        model.index(0, 0).data()
    assert asked == [ids]
    model.take_rows(desk.orders.rows(ids))
    assert model.index(0, 0).data() == "#2000"
    model.outdate()
    assert model.index(0, 0).data() == "#2000"  # the old one stays until the new one is here
    assert asked == [ids, ids]


def test_the_model_keeps_qts_rules(desk: Desk, qtmodeltester: ModelTester) -> None:
    desk.orders.save("shop", "files", "generic", many(PAGE + 5))
    ids = desk.orders.ids()
    model = PagedModel(order_look, spoken)
    model.show_ids(ids)
    model.take_rows(desk.orders.rows(ids))
    qtmodeltester.check(model)


def test_without_orders_the_page_says_what_to_do(page: OrdersPage, qtbot: QtBot) -> None:
    words = page.list.stated.words
    qtbot.waitUntil(words.isVisible)
    assert words.title.text() == "No orders yet"


def test_orders_that_come_in_appear_by_themselves(
    page: OrdersPage, desk: Desk, qtbot: QtBot
) -> None:
    desk.orders.save("shop", "files", "generic", [SHIRT])
    qtbot.waitUntil(lambda: len(page.list.ids()) == 1)


@pytest.mark.parametrize(
    "words", ["1001", "minh@example", "Nguyen Van", "VN83920114", "0912345678"]
)
def test_it_is_found_by_whatever_a_customer_has_at_hand(
    page: OrdersPage, desk: Desk, qtbot: QtBot, words: str
) -> None:
    other = replace(
        SHIRT, number="#777", customer_name="Olga", email="o@example.org", phone="", shipments=()
    )
    desk.orders.save("shop", "files", "generic", [SHIRT, other])
    qtbot.waitUntil(lambda: len(page.list.ids()) == 2)
    page.search(words)
    qtbot.waitUntil(lambda: len(page.list.ids()) == 1)
    assert page.list.model.id_at(0) == desk.orders.numbered("#1001")[0]


def test_no_match_offers_the_way_back(page: OrdersPage, desk: Desk, qtbot: QtBot) -> None:
    desk.orders.save("shop", "files", "generic", [SHIRT])
    page.search("zzzz")
    words = page.list.stated.words
    qtbot.waitUntil(lambda: words.title.text() == "No order found")
    words.button.click()
    qtbot.waitUntil(lambda: len(page.list.ids()) == 1)


def test_a_chosen_order_is_shown_whole_as_plain_text(
    page: OrdersPage, desk: Desk, qtbot: QtBot
) -> None:
    desk.orders.save("shop", "files", "generic", [SHIRT])
    qtbot.waitUntil(lambda: len(page.list.ids()) == 1)
    page.list.view.setCurrentIndex(page.list.model.index(0, 0))
    qtbot.waitUntil(lambda: "VN83920114" in shown(page))
    for said in ("1,249,000 ₫", "Áo thun", "2 ×", "Gift wrap", "<i>paid</i>", "<script>"):
        assert said in shown(page)
    assert not_plain(page) == []
    assert nameless(page) == []


def test_a_number_from_a_mail_opens_its_order(page: OrdersPage, desk: Desk, qtbot: QtBot) -> None:
    desk.orders.save("shop", "files", "generic", [*many(300), SHIRT])
    page.find_order("1001")
    qtbot.waitUntil(lambda: "VN83920114" in shown(page))
    wanted = desk.orders.numbered("1001")[0]
    qtbot.waitUntil(lambda: page.list.view.currentIndex().data(RowRole.ID) == wanted)


def test_an_order_brought_up_to_date_is_shown_anew(
    page: OrdersPage, desk: Desk, qtbot: QtBot
) -> None:
    desk.orders.save("shop", "files", "generic", [SHIRT])
    page.open_order(OrderId(desk.orders.ids()[0]))
    qtbot.waitUntil(lambda: "Gift wrap" in shown(page))
    desk.orders.save("shop", "files", "generic", [replace(SHIRT, note="Leave at the door")])
    qtbot.waitUntil(lambda: "Leave at the door" in shown(page))


def test_copying_gives_number_items_and_tracking(
    page: OrdersPage, desk: Desk, qtbot: QtBot
) -> None:
    desk.orders.save("shop", "files", "generic", [SHIRT])
    page.open_order(OrderId(desk.orders.ids()[0]))
    qtbot.waitUntil(lambda: bool(shown(page)))
    page.findChildren(OrderPage)[-1]._copy()
    copied = QGuiApplication.clipboard().text()
    assert copied.splitlines() == [
        "Order #1001",
        "Ordered on 02 Nov 2026",
        "- 2 × Áo thun",
        "Total: 1,249,000 VND",
        "Status: on its way",
        "Parcel: VNPost VN83920114",
        "Track it here: https://track.example/VN83920114",
    ]
