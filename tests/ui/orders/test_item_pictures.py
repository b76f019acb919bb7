"""Pictures of an order's items: never by themselves, and https only, when a person asks."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from deskapp.desk import Desk
from deskapp.domain.mail import FetchedPictures
from deskapp.ui.orders.items_card import ItemsCard
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work
from tests.ui.orders.test_orders_page import SHIRT
from tests.ui.sample_pictures import png


def test_pictures_come_on_a_click_and_from_https_alone(
    desk: Desk, work: Work, shell: ShellActions, qtbot: QtBot
) -> None:
    asked: list[str] = []

    def fetch(addresses: Mapping[str, str]) -> FetchedPictures:
        asked.extend(addresses.values())
        return FetchedPictures(dict.fromkeys(addresses, png("red")), {})

    shell.outside = replace(shell.outside, fetch_pictures=fetch)
    places = ("https://cdn.example/1.png", "http://cdn.example/2.png", "file:///etc/passwd")
    lines = tuple(replace(SHIRT.lines[0], picture=one) for one in places)
    desk.orders.save("shop", "files", "generic", [replace(SHIRT, lines=lines)])
    card = ItemsCard(desk.orders.detail(desk.orders.ids()[0]), work, shell)
    qtbot.addWidget(card)
    card.show()
    assert asked == []
    card._load.click()
    qtbot.waitUntil(lambda: any(not one.pixmap().isNull() for one in card.findChildren(QLabel)))
    assert asked == ["https://cdn.example/1.png"]
    assert not card._load.isVisible()
