"""Orders: the card beside a ticket in each of its states, an order whole, the window of orders."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import update

from deskapp.data.queries.order_source_json import shortfalls_text, trouble_text
from deskapp.data.tables.orders import order_source
from deskapp.domain.orders import (
    Gap,
    OrderData,
    OrderLine,
    OrderStatus,
    PostalAddress,
    Refund,
    Shipment,
    ShopCustomer,
    ShopReturn,
    Shortfall,
)
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui.inbox.page import InboxPage
from deskapp.ui.orders.order_window import OrderWindow
from deskapp.ui.orders.page import OrdersPage

from . import letters
from .camera import SMALL, WIDE, Camera
from .stage import Stage

_HOME = PostalAddress(
    letters.LONG_NAME,
    ("Căn hộ 12.04, Tòa nhà Sông Hàn", "45 đường Nguyễn Thị Minh Khai"),
    "550000",
    "Đà Nẵng",
    "Hải Châu",
    "Việt Nam",
)
_SHOP = "Lotus Shop"


def play(stage: Stage, camera: Camera) -> None:
    """The cards first, then the windows."""
    if not camera.wants("orders"):
        return
    _stock(stage)
    page = stage.inbox
    _open(stage, camera, "short")
    camera.window("orders-card-named-in-the-mail")
    part = page.card.orders
    part.picked.emit(part.cards[0].shown)
    camera.settle()
    camera.window("orders-card-picked", [WIDE])
    part.look_up("77001")
    camera.settle()
    camera.window("orders-card-of-somebody-else", [WIDE])
    part.look_up("no such thing")
    camera.settle()
    camera.window("orders-card-nothing-found", [WIDE])
    _open(stage, camera, "odd")
    camera.window("orders-card-none", [WIDE])
    _troubled(stage)
    _open(stage, camera, "short")
    camera.window("orders-card-shop-away", [WIDE])
    _whole(stage, camera, page)
    _window(stage, camera)


def _open(stage: Stage, camera: Camera, name: str) -> None:
    stage.shell.show_page("inbox")
    stage.inbox.open_ticket(stage.tickets[name])
    camera.settle()


def _stock(stage: Stage) -> None:
    """A customer with everything an order can have, and a stranger."""
    now = stage.now
    tent = OrderData(
        number="#10482",
        payment_status="partially_refunded",
        standing=OrderStatus.SHIPPED,
        placed_at=now - timedelta(days=6),
        currency="VND",
        total=Decimal(12490000),
        customer_name=letters.LONG_NAME,
        email="short@customer.example",
        phone="+84 912 345 678",
        note="Giao giờ hành chính, gọi trước 30 phút. 請勿放在門口。",
        lines=(
            OrderLine(
                "TENT-2",
                letters.LONG_CHINESE,
                Decimal(1),
                Decimal(8990000),
                picture="https://cdn.example/1.png",
            ),
            OrderLine(
                "SOCK-L", "Tất len dày dệt kim dành cho leo núi", Decimal(2), Decimal(1750000)
            ),
        ),
        shipments=(
            Shipment(
                "Giao Hàng Nhanh",
                "VN83920114",
                "https://ghn.example/VN83920114",
                now - timedelta(days=4),
                None,
                "in_transit",
                now + timedelta(days=1),
            ),
        ),
        tags=("vip", "gấp"),
        ship_to=_HOME,
        bill_to=replace(_HOME, name="王小明", lines=("中正路 12 號",), city="臺北市"),
        refunds=(
            Refund("R1", Decimal(500000), "VND", now - timedelta(days=1), "one sock was torn"),
        ),
        returns=(ShopReturn("T1", "#10482-R1", "RETURN_REQUESTED", Decimal(1), now),),
        customer=ShopCustomer("C9", now - timedelta(days=900), 14, Decimal(98700000), "VND"),
    )
    old = [
        replace(tent, number=f"#10{one}", placed_at=now - timedelta(days=9 * one), refunds=(),
                payment_status="paid", standing=standing, returns=(), shipments=())
        for one, standing in enumerate(list(OrderStatus)[:6], 301)
    ]  # fmt: skip
    stranger = replace(
        tent, number="#77001", email="becker@elsewhere.example", customer_name="Tom Becker",
        phone="", customer=None,
    )  # fmt: skip
    stage.desk.orders.save(_SHOP, "file", "", [tent, *old, stranger])


def _troubled(stage: Stage) -> None:
    with stage.desk.database.writing() as unit:
        unit.connection.execute(
            update(order_source)
            .where(order_source.c.name == _SHOP)
            .values(
                kind="shopify",
                settings='{"sign_in": "token"}',
                trouble=trouble_text(Problem(ProblemKind.OFFLINE, host="lotus.example")),
                shortfalls=shortfalls_text([Shortfall(Gap.ONLY_SINCE)]),
            )
        )


def _whole(stage: Stage, camera: Camera, page: InboxPage) -> None:
    shown = page.card.orders.cards[0].shown
    window = OrderWindow(shown, stage.work, stage.shell.shell_actions, "vi", stage.shell)
    camera.dialog("orders-window", window)
    window.close()


def _window(stage: Stage, camera: Camera) -> None:
    page = stage.shell.show_page("orders")
    assert isinstance(page, OrdersPage)
    camera.settle()
    camera.window("orders-page-sources")
    [found] = [one.id for one in stage.desk.orders.find("#10482")][:1]
    page.open_order(found)
    camera.settle()
    camera.window("orders-page-order", [WIDE, SMALL])
    page.search("陳")
    camera.settle()
    camera.window("orders-page-search", [WIDE])
    page.search("no such order")
    camera.settle()
    camera.window("orders-page-no-match", [SMALL])
    page.search("")
    stage.shell.show_page("inbox")
    camera.settle()
