"""The engine reads shops, databases and folders by itself, goes on after a kill, and is asked."""

import os
import signal
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Timer

import pytest
from sqlalchemy import func, select, update

from deskapp.data.queries import leases
from deskapp.data.queries.order_sources import lease_name
from deskapp.data.tables.orders import order_line, order_source, shop_order
from deskapp.desk import Desk
from deskapp.domain.ids import OrderSourceId
from deskapp.domain.order_sources import Secret, SignIn, SourceKind, SourceSettings
from deskapp.domain.orders import Gap
from deskapp.engine.order_worker import due_in
from deskapp.secrets import SecretFile, keep_source_secret
from deskapp.wiring import open_house
from tests.engine.running import Running, engine, secrets
from tests.servers.magento import MagentoShop
from tests.servers.shopify import ShopifyShop
from tests.servers.web import Answer, Reply, WebServer, serving
from tests.servers.woocommerce import WooShop, error
from tests.shops import test_magento, test_shopify, test_woocommerce

__all__ = ["secrets"]

ODD_KEYS = ("ck", "cs", "tok", "ts&%")


class House:
    """A desk, its secrets, and the shops of a test."""

    def __init__(self, url: str, kept: SecretFile, stack: ExitStack) -> None:
        self.url, self._kept, self._stack = url, kept, stack
        self.desk: Desk = open_house(url, create=True)
        stack.callback(self.desk.close)

    def serve(self, answer: Answer) -> WebServer:
        return self._stack.enter_context(serving(answer))

    def add(
        self, kind: SourceKind, sign_in: SignIn, secret: Secret, answer: Answer, name: str = ""
    ) -> tuple[OrderSourceId, WebServer]:
        web = self.serve(answer)
        address = f"http://127.0.0.1:{web.port}"
        made = self.desk.order_sources.add(
            SourceSettings(kind, name or kind.value, address, sign_in, own_network=True, every=1)
        )
        self.keep(made, secret)
        return made, web

    def keep(self, source: OrderSourceId, secret: Secret) -> None:
        sources = self.desk.order_sources
        settings = sources.get(source).settings
        keep_source_secret(self._kept, sources.secret_owner(source), settings, secret)

    def woo(self, shop: WooShop, **secret: str) -> tuple[OrderSourceId, WebServer]:
        told = {"consumer_key": "ck_good", "consumer_secret": "cs_good", **secret}
        return self.add(SourceKind.WOOCOMMERCE, SignIn.KEYS, told, shop.answer)

    def counts(self) -> Counter[str]:
        rows = self.desk.orders.rows(self.desk.orders.ids())
        return Counter(row.source for row in rows)


@pytest.fixture
def house(tmp_path: Path, secrets: SecretFile) -> Iterator[House]:
    with ExitStack() as stack:
        yield House(str(tmp_path / "desk.db"), secrets, stack)


@pytest.fixture
def on_both(desk_url: str, secrets: SecretFile) -> Iterator[House]:
    with ExitStack() as stack:
        yield House(desk_url, secrets, stack)


def _read_to_the_end(running: Running, house: House, sources: set[OrderSourceId]) -> None:
    """Waits by the engine's own news until each of these was read to its end."""
    while any(house.desk.order_sources.standing(one).read_at is None for one in sources):
        running.hear(lambda news: news["news"] == "orders")


def _at_rest(house: House, source: OrderSourceId) -> None:
    """Not due for an hour."""
    with house.desk.database.writing() as unit:
        later = datetime.now(UTC) + timedelta(hours=1)
        unit.connection.execute(
            update(order_source).where(order_source.c.id == source).values(next_at=later)
        )


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
        _read_to_the_end(running, house, {folder, by_client, by_oauth, by_keys, by_query})
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
        _read_to_the_end(last, house, {source})
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


def test_an_answer_is_asked_for_at_once_and_not_again_for_minutes(house: House) -> None:
    shop = WooShop([test_woocommerce.shop_order(n) for n in range(3)])
    source, web = house.woo(shop)
    _at_rest(house, source)
    mail = "LAN1@customer.example"
    with engine(house.url) as running:
        running.hear(lambda news: news["news"] == "ready")

        def ask(**more: object) -> dict[str, object]:
            running.say(do="look_up_orders", **more)
            return running.hear(lambda news: news["news"] == "orders_looked_up")

        first = _until_asked(ask, by="mail", words=mail)
        assert (first["found"], first["failed"], first["by"]) == (1, 0, "mail")
        [row] = house.desk.orders.find("lan1@customer.example")
        asked = len(web.asked)
        assert ask(by="mail", words=mail.lower())["sources"] == 0
        assert len(web.asked) == asked
        shop.orders[1]["status"] = "completed"
        shop.orders[1]["date_modified_gmt"] = "2026-11-21T10:00:00"
        assert ask(by="mail", words=mail, again=True)["found"] == 1
        assert house.desk.orders.detail(row.id).row.status_text == "completed"
        assert ask(order=row.id)["found"] == 1
        web.asked.clear()
        shop.next = [Reply(503, b"<html>Back soon</html>", {"Content-Type": "text/html"})]
        down = ask(by="number", words="SO-2", again=True)
        assert (down["failed"], down["kind"], down["found"]) == (1, "server_down", 0)
    assert house.desk.order_sources.standing(source).mark == ""


def _until_asked(ask: object, **what: object) -> dict[str, object]:
    """The worker of a source begins a moment after the engine is ready."""
    for _ in range(200):
        told: dict[str, object] = ask(again=True, **what)  # type: ignore[operator]
        if told["sources"]:
            return told
    raise AssertionError("nobody was ever asked")


def test_a_refused_key_is_told_in_words_tried_once_and_again_when_it_is_replaced(
    house: House,
) -> None:
    shop = WooShop([test_woocommerce.shop_order(1)])
    source, web = house.woo(shop, consumer_secret="cs_wrong")
    with engine(house.url) as running:
        told = running.hear(lambda news: news["news"] == "trouble")
        assert told["kind"] == "sign_in_refused"
        state = house.desk.order_sources.standing(source)
        assert state.word == "sign_in_refused"
        assert state.trouble is not None
        assert "cs_wrong" not in str(state.trouble.details)
        assert state.next_at is not None
        assert state.next_at > datetime.now(UTC) + timedelta(hours=1)
        asked = len(web.asked)
        house.keep(source, {"consumer_key": "ck_good", "consumer_secret": "cs_good"})
        house.desk.order_sources.try_now(source)
        _read_to_the_end(running, house, {source})
        assert asked == 1
    assert house.desk.order_sources.standing(source).word == "ok"


def test_a_shop_that_asks_for_rest_is_left_alone_so_long(house: House) -> None:
    shop = WooShop([test_woocommerce.shop_order(1)])
    shop.next = [replace(error(429, "slow", "Too many"), headers={"Retry-After": "300"})]
    source, web = house.woo(shop)
    with engine(house.url) as running:
        running.hear(lambda news: news["news"] == "trouble")
        state = house.desk.order_sources.standing(source)
        assert state.word == "slow_down"
        assert state.next_at is not None
        assert timedelta(0) < state.next_at - datetime.now(UTC) <= timedelta(seconds=300)
        assert len(web.asked) == 1


def test_only_the_engine_with_the_lease_reads_a_source(house: House) -> None:
    source, web = house.woo(WooShop([test_woocommerce.shop_order(1)]))
    with house.desk.database.writing() as unit:
        fence = leases.acquire(unit.connection, lease_name(source), "somebody:else:1:x")
    free, _ = house.add(
        SourceKind.WOOCOMMERCE,
        SignIn.KEYS,
        {"consumer_key": "ck_good", "consumer_secret": "cs_good"},
        WooShop([test_woocommerce.shop_order(2)]).answer,
        name="free",
    )
    with engine(house.url) as running:
        _read_to_the_end(running, house, {free})
    assert (fence, web.asked) == (1, [])


def test_hidden_data_and_the_window_of_sixty_days_stand_with_the_source(house: House) -> None:
    shop = ShopifyShop(
        [test_shopify.shop_order(1001)],
        scopes=("read_orders", "read_customers", "read_fulfillments", "read_returns"),
        hidden={"Order.email"},
    )
    source, _ = house.add(SourceKind.SHOPIFY, SignIn.TOKEN, {"token": "shpat_good"}, shop.answer)
    with engine(house.url) as running:
        _read_to_the_end(running, house, {source})
    gaps = {one.gap for one in house.desk.order_sources.standing(source).shortfalls}
    assert gaps == {Gap.HIDDEN, Gap.ONLY_SINCE}


def test_a_clock_that_ran_ahead_keeps_no_source_silent_for_a_year(house: House) -> None:
    made, _ = house.woo(WooShop([]))
    now = datetime.now(UTC)
    for ahead, silent in ((timedelta(days=365), False), (timedelta(), True)):
        at = now + ahead
        with house.desk.database.writing() as unit:
            unit.connection.execute(
                update(order_source).values(tried_at=at, next_at=at + timedelta(hours=6))
            )
        assert (due_in(house.desk.order_sources.standing(made), house.desk.now()) > 0) is silent
