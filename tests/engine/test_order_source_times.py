"""When the engine asks a source: at once if wanted, never while the shop asks for rest."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from deskapp.data.queries import leases
from deskapp.data.queries.order_sources import lease_name
from deskapp.data.tables.orders import order_source
from deskapp.domain.ids import OrderSourceId
from deskapp.domain.order_sources import SignIn, SourceKind
from deskapp.engine.order_worker import due_in
from tests.engine.reading_house import House, house, read_to_the_end
from tests.engine.running import engine, secrets
from tests.servers.web import Reply
from tests.servers.woocommerce import WooShop, error
from tests.shops import test_woocommerce

__all__ = ["house", "secrets"]


def _at_rest(house: House, source: OrderSourceId) -> None:
    """Not due for an hour."""
    with house.desk.database.writing() as unit:
        later = datetime.now(UTC) + timedelta(hours=1)
        unit.connection.execute(
            update(order_source).where(order_source.c.id == source).values(next_at=later)
        )


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
        read_to_the_end(running, house, {source})
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
        read_to_the_end(running, house, {free})
    assert (fence, web.asked) == (1, [])


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
