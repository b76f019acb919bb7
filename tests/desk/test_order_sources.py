"""Order sources as the desk keeps them, from the first day to the last."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from deskapp.data.queries import order_source_removal
from deskapp.data.tables.orders import order_line, order_source
from deskapp.data.tables.returns import return_case
from deskapp.desk.context import Context
from deskapp.desk.order_sources import OrderSources
from deskapp.desk.orders import Orders
from deskapp.domain.ids import OrderSourceId
from deskapp.domain.order_sources import SignIn, SourceKind, SourceSettings
from deskapp.domain.orders import OrderPage
from deskapp.domain.problem import Problem, ProblemKind
from tests.desk.house import NOW
from tests.desk.stated_sources import SHOP, SITE, one_order, orders, sources

__all__ = ["orders", "sources"]


BASE = SourceSettings(SourceKind.SQL, "Warehouse", "", SignIn.URL, query="SELECT 1 AS number")


def test_a_source_comes_back_as_it_was_stated(sources: OrderSources) -> None:
    made = [sources.add(one) for one in (SHOP, SITE, BASE)]
    shop, site, base = (sources.get(one) for one in made)
    assert shop.settings == replace(SHOP, name="Áo & Mũ", address="https://ao-mu.myshopify.com")
    assert site.settings == replace(SITE, address="http://localhost:8080/shop")
    assert base.settings == BASE
    assert (shop.word, shop.asked, shop.mark, shop.orders) == ("new", True, "", 0)
    assert [one.settings.name for one in sources.list()] == ["Site", "Warehouse", "Áo & Mũ"]
    assert sources.by_name("áo & mũ") == made[0]
    assert sources.number_patterns() == (r"#\d{4,10}",)


@pytest.mark.parametrize(
    ("settings", "kind", "what"),
    [
        (replace(SHOP, name="  "), "empty", "order_source"),
        (replace(SHOP, address="https://user:key@shop.example"), "invalid", "shop_address"),
        (replace(SHOP, sign_in=SignIn.KEYS), "invalid", "sign_in"),
        (replace(SITE, own_network=False), "plain_not_loopback", "shop"),
        (replace(SITE, address="http://shop.example"), "plain_not_loopback", "shop"),
        (replace(SHOP, number_pattern="(a+)+$"), "invalid", "number_pattern"),
        (replace(SHOP, every=0), "invalid", "every"),
        (replace(SHOP, zone="Mars/Olympus"), "invalid", "time zone"),
        (replace(SHOP, mapping={"colour": "Farbe"}), "invalid", "column"),
        (replace(BASE, query=" "), "empty", "order_query"),
        (SourceSettings(SourceKind.FOLDER, "Exports"), "empty", "order_folder"),
    ],
)
def test_what_cannot_work_is_refused(
    sources: OrderSources, settings: SourceSettings, kind: str, what: str
) -> None:
    with pytest.raises(Problem) as refused:
        sources.add(settings)
    assert (refused.value.kind, refused.value.details["what"]) == (kind, what)
    assert "user:key" not in str(refused.value.details)
    assert sources.list() == ()


def test_two_sources_never_share_a_name(sources: OrderSources) -> None:
    sources.add(SHOP)
    other = sources.add(SITE)
    for again in (lambda: sources.add(SHOP), lambda: sources.change(other, SHOP)):
        with pytest.raises(Problem) as refused:
            again()
        assert refused.value.kind is ProblemKind.DUPLICATE


def test_trouble_stands_with_its_facts_until_the_next_good_page(sources: OrderSources) -> None:
    shop = sources.add(SHOP)
    again = NOW + timedelta(hours=1)
    trouble = Problem(ProblemKind.SCOPE_MISSING, scope="read_orders", host="shop.example")
    sources.note_trouble(shop, trouble, again)
    state = sources.get(shop)
    assert (state.word, state.next_at) == ("scope_missing", again)
    assert state.trouble is not None
    assert state.trouble.details == trouble.details
    sources.take_page(shop, "", OrderPage(mark="a"), first=True)
    assert (sources.get(shop).word, sources.get(shop).trouble) == ("ok", None)


def test_a_changed_source_is_tried_again_and_another_shop_read_from_its_beginning(
    sources: OrderSources,
) -> None:
    shop = sources.add(SHOP)
    sources.take_page(shop, "", OrderPage(mark="a"), first=True)
    sources.note_trouble(shop, Problem(ProblemKind.SIGN_IN_REFUSED), NOW + timedelta(1))
    sources.change(shop, replace(sources.get(shop).settings, name="Hats"))
    state = sources.get(shop)
    assert (state.settings.name, state.mark, state.next_at, state.word) == ("Hats", "a", None, "ok")
    sources.change(shop, replace(SHOP, name="Hats", address="other-shop"))
    assert (sources.get(shop).mark, sources.get(shop).word) == ("", "new")
    with pytest.raises(Problem) as refused:
        sources.change(shop, SHOP, version=1)
    assert refused.value.kind is ProblemKind.CHANGED_MEANWHILE


def test_a_source_that_is_off_is_not_asked_and_keeps_its_place(sources: OrderSources) -> None:
    shop = sources.add(SHOP)
    sources.take_page(shop, "", OrderPage((one_order("#1"),), mark="a"), first=True)
    sources.switch(shop, on=False)
    assert (sources.get(shop).asked, sources.get(shop).word) == (False, "off")
    assert sources.number_patterns() == ()
    sources.switch(shop, on=True)
    assert (sources.get(shop).asked, sources.get(shop).mark) == (True, "a")


def test_a_removed_source_leaves_its_orders_and_takes_them_up_again(
    sources: OrderSources, orders: Orders
) -> None:
    shop = sources.add(SHOP)
    sources.take_page(shop, "", OrderPage((one_order("#1"),), mark="a"), first=True)
    assert sources.remove(shop) == 1
    [left] = sources.list()
    assert (left.word, left.settings.kind, left.orders) == ("off", SourceKind.FILE, 1)
    assert sources.add(SHOP) == shop
    assert (sources.get(shop).word, sources.get(shop).mark) == ("new", "")
    assert sources.take_page(shop, "", OrderPage((one_order("#1"),), mark="b"), first=True).new == 0
    assert len(orders.ids()) == 1


def test_a_source_removed_with_its_orders_leaves_nothing_but_what_returns_need(
    context: Context, sources: OrderSources, orders: Orders, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = sources.add(SHOP)
    monkeypatch.setattr(order_source_removal, "_AT_ONCE", 250)
    many = tuple(one_order(f"#{number}") for number in range(600))
    sources.take_page(shop, "", OrderPage(many, mark="a"), first=True)
    kept = orders.find("#17")[0].id
    _open_return(context, kept)
    assert sources.remove(shop, keep_orders=False) == 1
    assert orders.ids() == [kept]
    assert orders.find("#18") == ()
    with context.database.reading() as connection:
        assert len(connection.execute(select(order_line.c.id)).all()) == 1
    other = sources.add(SITE)
    sources.take_page(other, "", OrderPage((one_order("#5"),), mark="a"), first=True)
    assert sources.remove(other, keep_orders=False) == 0
    with pytest.raises(Problem) as gone:
        sources.get(other)
    assert gone.value.kind is ProblemKind.NOT_FOUND


def _open_return(context: Context, order: int) -> None:
    said = {"created_at": NOW, "updated_at": NOW, "kind": "return", "state": "open"}
    needed = [
        column.name
        for column in return_case.c
        if not (column.nullable or column.primary_key or column.server_default)
    ]
    values = {"order_id": order} | {name: said[name] for name in needed}
    with context.database.writing() as unit:
        unit.connection.execute(insert(return_case).values(**values))


def test_no_secret_can_be_stated_as_a_setting(context: Context, sources: OrderSources) -> None:
    sources.add(replace(BASE, address="postgresql://shop:hush@db.example/shop"))
    with context.database.reading() as connection:
        stored = connection.execute(select(order_source)).one()
    assert "hush" not in str(stored)
    owner = sources.secret_owner(OrderSourceId(1))
    assert owner == sources.secret_owner(OrderSourceId(1))
    assert owner != sources.secret_owner(OrderSourceId(2))
