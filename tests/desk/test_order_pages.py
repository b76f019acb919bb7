"""What order sources told, page by page: stored once, with the mark to go on from."""

from dataclasses import replace
from datetime import timedelta

import pytest

from deskapp.desk import portions
from deskapp.desk.context import Context
from deskapp.desk.order_sources import OrderSources
from deskapp.desk.orders import Orders
from deskapp.domain.order_faults import FaultKind, RowFault
from deskapp.domain.order_rows import OrderImport
from deskapp.domain.order_sources import SourceKind
from deskapp.domain.orders import Gap, OrderAnswer, OrderPage, Shortfall
from deskapp.domain.problem import Problem, ProblemKind
from tests.desk.house import NOW
from tests.desk.stated_sources import SHOP, SITE, one_order, orders, sources

__all__ = ["orders", "sources"]


def test_a_page_is_stored_with_its_mark(sources: OrderSources, orders: Orders) -> None:
    shop = sources.add(SHOP)
    page = OrderPage((one_order("#1"), one_order("#2")), mark="m1", more=True)
    assert sources.take_page(shop, "", page, first=True).new == 2
    state = sources.get(shop)
    assert (state.mark, state.orders, state.read_at, state.tried_at) == ("m1", 2, None, NOW)
    end = OrderPage((one_order("#3"),), mark="m2")
    later = NOW + timedelta(minutes=5)
    sources.take_page(shop, "m1", end, first=False, next_at=later)
    state = sources.get(shop)
    assert (state.mark, state.orders, state.read_at, state.next_at) == ("m2", 3, NOW, later)
    assert state.word == "ok"


def test_a_page_asked_with_an_outdated_mark_stores_nothing(
    sources: OrderSources, orders: Orders
) -> None:
    shop = sources.add(SHOP)
    sources.take_page(shop, "", OrderPage((one_order("#1"),), mark="m1"), first=True)
    with pytest.raises(Problem) as refused:
        sources.take_page(shop, "", OrderPage((one_order("#9"),), mark="m9"), first=True)
    assert refused.value.kind is ProblemKind.CHANGED_MEANWHILE
    assert [row.number for row in orders.rows(orders.ids())] == ["#1"]
    assert sources.get(shop).mark == "m1"


def test_a_page_of_the_shop_before_says_nothing_about_the_next_one(
    sources: OrderSources, orders: Orders
) -> None:
    shop = sources.add(SITE)
    asked_as = sources.get(shop).version
    sources.change(shop, replace(SITE, address="http://localhost:8080/another"))
    page = OrderPage((one_order("1"),), mark="far on")
    with pytest.raises(Problem) as refused:
        sources.take_page(shop, "", page, first=True, asked_as=asked_as)
    assert refused.value.kind is ProblemKind.CHANGED_MEANWHILE
    assert (sources.get(shop).mark, orders.ids()) == ("", [])


def test_two_orders_of_one_number_are_both_kept_and_found_by_it(
    sources: OrderSources, orders: Orders
) -> None:
    shop = sources.add(SITE)
    days = (NOW, NOW - timedelta(days=3), NOW - timedelta(days=9))
    several = tuple(
        one_order("1001", ref=ref, placed_at=day, email=f"{ref}@customer.example")
        for ref, day in zip(("a", "b", "c"), days, strict=True)
    )
    assert sources.take_page(shop, "", OrderPage(several[:2], mark="1"), first=True).new == 2
    assert sources.take_page(shop, "1", OrderPage(several[1:], mark="2"), first=True).new == 1
    again = sources.take_page(shop, "2", OrderPage(several, mark="3"), first=True)
    assert (again.new, again.updated, again.unchanged) == (0, 0, 3)
    found = {row.number: row.email for row in orders.find("1001")}
    assert found == {
        "1001": "a@customer.example",
        "1001 (b)": "b@customer.example",
        "1001 (c)": "c@customer.example",
    }


def test_another_shop_at_an_address_does_not_take_the_orders_of_the_one_before(
    sources: OrderSources, orders: Orders
) -> None:
    shop = sources.add(SITE)
    old = [
        one_order(number, ref=number, placed_at=NOW, changed_at=NOW + timedelta(days=day))
        for day, number in enumerate(("101", "102"))
    ]
    sources.take_page(shop, "", OrderPage(tuple(old), mark="1"), first=True)
    sources.change(shop, replace(SITE, address="http://localhost:8080/moved"))
    assert sources.place_of(orders.find("101")[0].id) == (shop, "")
    moved = replace(old[0], ref="7")  # the same order, as its placing tells
    before = NOW - timedelta(days=400)
    other = replace(old[1], placed_at=before, changed_at=before)
    told = sources.take_page(shop, "", OrderPage((moved, other), mark="1"), first=True)
    assert (told.new, told.updated) == (1, 1)
    assert {row.number for row in orders.rows(orders.ids())} == {"101", "102", "102 (102)"}
    assert sources.place_of(orders.find("101")[0].id) == (shop, "7")


def test_a_long_file_is_stored_in_portions_and_its_mark_with_the_last(
    context: Context, sources: OrderSources, orders: Orders, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = sources.add(SITE)
    several = tuple(one_order(str(number)) for number in range(1, 2_001))
    page, marks = OrderPage(several, mark="read"), list[str]()

    def others_write() -> None:
        sources.add(replace(SITE, name=f"Another {len(marks)}"))
        marks.append(sources.standing(shop).mark)

    monkeypatch.setattr(portions, "give_way", others_write)
    assert sources.take_page(shop, "", page, first=True) == OrderImport(new=2_000)
    assert (marks, sources.standing(shop).mark, len(orders.ids())) == ([""], "read", 2_000)
    assert orders.save("By hand", "file", "generic", several).new == 2_000
    assert marks == ["", "read"]


def test_what_an_answer_leaves_out_is_kept_until_it_is_there(sources: OrderSources) -> None:
    shop = sources.add(SHOP)
    window = Shortfall(Gap.ONLY_SINCE, since=NOW - timedelta(days=60))
    hidden = Shortfall(Gap.HIDDEN, ("email", "shippingAddress"))
    fault = RowFault(2, FaultKind.BAD_MONEY, "x", "total", "#8")
    first = OrderPage((), (window,), (fault,), mark="a", more=True)
    sources.take_page(shop, "", first, first=True)
    sources.take_page(shop, "a", OrderPage((), (window, hidden), mark="b"), first=False)
    left_out = Shortfall(Gap.LEFT_OUT, ("#8",))
    assert set(sources.get(shop).shortfalls) == {window, hidden, left_out}
    sources.take_page(shop, "b", OrderPage((one_order("#8"),), (window,), mark="c"), first=True)
    assert sources.get(shop).shortfalls == (window,)


def test_hidden_fields_do_not_wipe_what_was_known(sources: OrderSources, orders: Orders) -> None:
    shop = sources.add(SHOP)
    known = one_order("#1", email="lan@customer.example", changed_at=NOW)
    sources.take_page(shop, "", OrderPage((known,), mark="a"), first=True)
    veiled = one_order("#1", changed_at=NOW + timedelta(1))
    answer = OrderAnswer((veiled,), (Shortfall(Gap.HIDDEN, ("email",)),))
    assert sources.take_answer(shop, answer).updated == 1
    assert [row.email for row in orders.rows(orders.ids())] == ["lan@customer.example"]


def test_a_file_imported_into_a_shop_leaves_the_shop_as_it_is(
    context: Context, sources: OrderSources, orders: Orders
) -> None:
    shop = sources.add(SHOP)
    orders.save("Áo & Mũ", "file", "shopify", [one_order("#1")])
    assert (sources.get(shop).settings.kind, sources.get(shop).orders) == (SourceKind.SHOPIFY, 1)
    orders.save("Etsy", "file", "etsy", [one_order("#1")])
    assert sources.get(sources.by_name("Etsy")).word == "file"
