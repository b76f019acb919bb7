"""Windows have the engine ask the shops when a customer or an order is opened; none waits."""

from datetime import UTC, datetime

import pytest
from pytestqt.qtbot import QtBot

from deskapp.desk import Desk
from deskapp.domain.ids import OrderId
from deskapp.domain.order_sources import LookUp
from deskapp.domain.orders import OrderData, OrderKey
from deskapp.ui.bridge import Bridge
from deskapp.ui.customers.page import CustomersPage
from deskapp.ui.orders.page import OrdersPage
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work
from tests.ui.real_desk import bridge, desk, shell, work

__all__ = ["bridge", "desk", "shell", "work"]


@pytest.fixture
def asked(shell: ShellActions) -> list[tuple[tuple[object, ...], bool]]:
    heard: list[tuple[tuple[object, ...], bool]] = []
    shell.shops_asked.connect(lambda questions, again: heard.append((questions, again)))
    return heard


def test_an_opened_order_and_a_search_ask_the_shops(
    desk: Desk, work: Work, bridge: Bridge, shell: ShellActions, qtbot: QtBot,
    asked: list[tuple[tuple[object, ...], bool]],
) -> None:  # fmt: skip
    desk.orders.save("Shop", "file", "generic", [OrderData("#1", placed_at=datetime.now(UTC))])
    page = OrdersPage(work, bridge, shell)
    qtbot.addWidget(page)
    page.open_order(OrderId(1))
    assert asked == [((OrderId(1),), False)]
    page.search("mi")
    page.search("minh@customer.example")
    qtbot.waitUntil(lambda: len(asked) == 2)
    assert asked[1] == ((LookUp(None, "minh@customer.example"),), False)


def test_an_opened_customer_is_asked_for_by_each_address(
    desk: Desk, work: Work, bridge: Bridge, shell: ShellActions, qtbot: QtBot,
    asked: list[tuple[tuple[object, ...], bool]],
) -> None:  # fmt: skip
    made = desk.customers.create("Minh", "minh@customer.example", "+84 912 345 678")
    page = CustomersPage(work, bridge, shell)
    qtbot.addWidget(page)
    page.open_customer(made)
    qtbot.waitUntil(lambda: bool(asked))
    by = {one.by for one in asked[0][0] if isinstance(one, LookUp)}
    assert by == {OrderKey.MAIL, OrderKey.PHONE}
