"""The engine reads shops, databases and folders by itself, whole, and goes on after a kill."""

import os
import signal
import sqlite3
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from threading import Timer

from sqlalchemy import func, select

from deskapp.data.tables.orders import order_line, shop_order
from deskapp.domain.order_sources import SignIn, SourceKind, SourceSettings
from deskapp.domain.orders import Gap
from tests.engine.reading_house import House, house, on_both, read_to_the_end
from tests.engine.running import engine, secrets
from tests.servers.magento import MagentoShop
from tests.servers.shopify import ShopifyShop
from tests.servers.woocommerce import WooShop
from tests.shops import test_magento, test_shopify, test_woocommerce

__all__ = ["house", "on_both", "secrets"]

ODD_KEYS = ("ck", "cs", "tok", "ts&%")


def test_every_kind_is_read_by_the_engine_and_kept_whole(house: House, tmp_path: Path) -> None:
    exports = tmp_path / "exports"
    exports.mkdir()
    (exports / "etsy.csv").write_text(
        "Order number,Email,Total,Currency\n1,a@b.example,1.00,EUR\n2,a@b.example,2.00,EUR\n",
        encoding="utf-8",
    )
    folder = house.desk.order_sources.add(
        SourceSettings(SourceKind.FOLDER, "folder", str(exports), SignIn.NONE)
    )
    shopify = ShopifyShop([test_shopify.shop_order(1000 + n) for n in range(25)])
    magento = MagentoShop(
        [test_magento.shop_order(n) for n in range(1, 8)], scheme="http", keys=ODD_KEYS
    )
    by_client, web = house.add(
        SourceKind.SHOPIFY,
        SignIn.CLIENT,
        {"client_id": "id-1", "client_secret": "secret-1"},
        shopify.answer,
    )
    four = dict(
        zip(("consumer_key", "consumer_secret", "token", "token_secret"), ODD_KEYS, strict=True)
    )
    by_oauth, _ = house.add(SourceKind.MAGENTO, SignIn.OAUTH, four, magento.answer)
    by_keys, _ = house.woo(WooShop([test_woocommerce.shop_order(n) for n in range(60)]))
    by_query = house.desk.order_sources.add(
        SourceSettings(
            SourceKind.SQL, "base", "", SignIn.URL, currency="EUR",
            query="SELECT number AS \"order number\", email, total FROM sale",
        )
    )  # fmt: skip
    house.keep(by_query, {"url": f"sqlite:///{_database(tmp_path)}"})
    with engine(house.url) as running:
        read_to_the_end(running, house, {folder, by_client, by_oauth, by_keys, by_query})
        assert running.end() == 0
    wanted = {"shopify": 25, "magento": 7, "woocommerce": 60, "folder": 2, "base": 1}
    assert house.counts() == Counter(wanted)
    [found] = house.desk.orders.find("#1003")
    detail = house.desk.orders.detail(found.id)
    assert (detail.tags, detail.language, detail.whole) == (("vip",), "vi-VN", True)
    states = {one.settings.name: one for one in house.desk.order_sources.list()}
    assert {one.word for one in states.values()} == {"ok"}
    assert all("secret-1" not in str(one) for one in states.values())
    assert "secret-1" not in _all_text(tmp_path)
    assert all(one.next_at for name, one in states.items() if name != "folder")
    assert len(web.asked) >= 4


def _database(folder: Path) -> Path:
    place = folder / "shop.db"
    shop = sqlite3.connect(place)
    shop.execute("CREATE TABLE sale (number TEXT, email TEXT, total TEXT)")
    shop.execute("INSERT INTO sale VALUES ('B-1', 'a@b.example', '10.00')")
    shop.commit()
    shop.close()
    return place


def _all_text(folder: Path) -> str:
    """What stands in any file but the keyring's, as the desk and the logs wrote it."""
    return "".join(
        path.read_bytes().decode("latin-1")
        for path in folder.rglob("*")
        if path.is_file() and path.name != "secrets.json"
    )


def test_an_engine_killed_between_page_and_mark_loses_and_doubles_nothing(on_both: House) -> None:
    house = on_both
    shop = WooShop([test_woocommerce.shop_order(n) for n in range(330)])
    source, _ = house.woo(shop)
    for lists, seconds in ((1, 0.0), (2, 0.02), (1, 0.04), (3, 0.06), (1, 0.1), (2, 0.15)):
        with engine(house.url) as one:
            shop.on_list = _killing(one.process.pid, lists, seconds)
            one.process.wait(30)
    shop.on_list = lambda: None
    with engine(house.url) as last:
        read_to_the_end(last, house, {source})
    assert house.counts() == {"woocommerce": 330}
    with house.desk.database.reading() as connection:
        numbers = connection.execute(select(func.count(shop_order.c.number.distinct()))).scalar()
        lines = connection.execute(select(func.count(order_line.c.id))).scalar()
    assert (numbers, lines) == (330, 330)


def _killing(process: int, lists: int, seconds: float) -> Callable[[], None]:
    """Kills that engine so long after so many lists were asked for: before a page is there, while
    it is stored, and after."""
    left = [lists]

    def on_list() -> None:
        left[0] -= 1
        if not left[0]:
            Timer(seconds, os.kill, (process, signal.SIGKILL)).start()

    return on_list


def test_hidden_data_and_the_window_of_sixty_days_stand_with_the_source(house: House) -> None:
    shop = ShopifyShop(
        [test_shopify.shop_order(1001)],
        scopes=("read_orders", "read_customers", "read_fulfillments", "read_returns"),
        hidden={"Order.email"},
    )
    source, _ = house.add(SourceKind.SHOPIFY, SignIn.TOKEN, {"token": "shpat_good"}, shop.answer)
    with engine(house.url) as running:
        read_to_the_end(running, house, {source})
    gaps = {one.gap for one in house.desk.order_sources.standing(source).shortfalls}
    assert gaps == {Gap.HIDDEN, Gap.ONLY_SINCE}
