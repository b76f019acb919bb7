"""Order sources as the desk keeps them, from the first day to the last, and what they told."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import insert, select

from deskapp.data.queries import order_source_removal
from deskapp.data.tables.orders import order_line, order_source
from deskapp.data.tables.returns import return_case
from deskapp.desk import portions
from deskapp.desk.context import Context
from deskapp.desk.order_sources import OrderSources
from deskapp.desk.orders import Orders
from deskapp.domain.ids import OrderSourceId
from deskapp.domain.order_faults import FaultKind, RowFault
from deskapp.domain.order_rows import OrderImport
from deskapp.domain.order_sources import SignIn, SourceKind, SourceSettings
from deskapp.domain.orders import Gap, OrderAnswer, OrderData, OrderLine, OrderPage, Shortfall
from deskapp.domain.problem import Problem, ProblemKind
from tests.desk.house import NOW

SHOP = SourceSettings(
    SourceKind.SHOPIFY, " Áo  & Mũ ", "ao-mu", SignIn.TOKEN, number_pattern=r"#\d{4,10}", every=5
)
SITE = SourceSettings(
    SourceKind.WOOCOMMERCE, "Site", "http://localhost:8080/shop/", SignIn.KEYS, own_network=True
)
BASE = SourceSettings(SourceKind.SQL, "Warehouse", "", SignIn.URL, query="SELECT 1 AS number")


@pytest.fixture
def sources(context: Context) -> OrderSources:
    return OrderSources(context)


@pytest.fixture
def orders(context: Context) -> Orders:
    return Orders(context)


def _order(number: str, **more: object) -> OrderData:
    line = OrderLine("A", "Coat", Decimal(1), None)
    return replace(OrderData(number, lines=(line,)), **more)  # type: ignore[arg-type]


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


def test_a_page_is_stored_with_its_mark(sources: OrderSources, orders: Orders) -> None:
    shop = sources.add(SHOP)
    page = OrderPage((_order("#1"), _order("#2")), mark="m1", more=True)
    assert sources.take_page(shop, "", page, first=True).new == 2
    state = sources.get(shop)
    assert (state.mark, state.orders, state.read_at, state.tried_at) == ("m1", 2, None, NOW)
    end = OrderPage((_order("#3"),), mark="m2")
    later = NOW + timedelta(minutes=5)
    sources.take_page(shop, "m1", end, first=False, next_at=later)
    state = sources.get(shop)
    assert (state.mark, state.orders, state.read_at, state.next_at) == ("m2", 3, NOW, later)
    assert state.word == "ok"


def test_a_page_asked_with_an_outdated_mark_stores_nothing(
    sources: OrderSources, orders: Orders
) -> None:
    shop = sources.add(SHOP)
    sources.take_page(shop, "", OrderPage((_order("#1"),), mark="m1"), first=True)
    with pytest.raises(Problem) as refused:
        sources.take_page(shop, "", OrderPage((_order("#9"),), mark="m9"), first=True)
    assert refused.value.kind is ProblemKind.CHANGED_MEANWHILE
    assert [row.number for row in orders.rows(orders.ids())] == ["#1"]
    assert sources.get(shop).mark == "m1"


def test_a_page_of_the_shop_before_says_nothing_about_the_next_one(
    sources: OrderSources, orders: Orders
) -> None:
    shop = sources.add(SITE)
    asked_as = sources.get(shop).version
    sources.change(shop, replace(SITE, address="http://localhost:8080/another"))
    page = OrderPage((_order("1"),), mark="far on")
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
        _order("1001", ref=ref, placed_at=day, email=f"{ref}@customer.example")
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
        _order(number, ref=number, placed_at=NOW, changed_at=NOW + timedelta(days=day))
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
    several = tuple(_order(str(number)) for number in range(1, 2_001))
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
    sources.take_page(shop, "b", OrderPage((_order("#8"),), (window,), mark="c"), first=True)
    assert sources.get(shop).shortfalls == (window,)


def test_hidden_fields_do_not_wipe_what_was_known(sources: OrderSources, orders: Orders) -> None:
    shop = sources.add(SHOP)
    known = _order("#1", email="lan@customer.example", changed_at=NOW)
    sources.take_page(shop, "", OrderPage((known,), mark="a"), first=True)
    veiled = _order("#1", changed_at=NOW + timedelta(1))
    answer = OrderAnswer((veiled,), (Shortfall(Gap.HIDDEN, ("email",)),))
    assert sources.take_answer(shop, answer).updated == 1
    assert [row.email for row in orders.rows(orders.ids())] == ["lan@customer.example"]


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
    sources.take_page(shop, "", OrderPage((_order("#1"),), mark="a"), first=True)
    sources.switch(shop, on=False)
    assert (sources.get(shop).asked, sources.get(shop).word) == (False, "off")
    assert sources.number_patterns() == ()
    sources.switch(shop, on=True)
    assert (sources.get(shop).asked, sources.get(shop).mark) == (True, "a")


def test_a_removed_source_leaves_its_orders_and_takes_them_up_again(
    sources: OrderSources, orders: Orders
) -> None:
    shop = sources.add(SHOP)
    sources.take_page(shop, "", OrderPage((_order("#1"),), mark="a"), first=True)
    assert sources.remove(shop) == 1
    [left] = sources.list()
    assert (left.word, left.settings.kind, left.orders) == ("off", SourceKind.FILE, 1)
    assert sources.add(SHOP) == shop
    assert (sources.get(shop).word, sources.get(shop).mark) == ("new", "")
    assert sources.take_page(shop, "", OrderPage((_order("#1"),), mark="b"), first=True).new == 0
    assert len(orders.ids()) == 1


def test_a_source_removed_with_its_orders_leaves_nothing_but_what_returns_need(
    context: Context, sources: OrderSources, orders: Orders, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = sources.add(SHOP)
    monkeypatch.setattr(order_source_removal, "_AT_ONCE", 250)
    many = tuple(_order(f"#{number}") for number in range(600))
    sources.take_page(shop, "", OrderPage(many, mark="a"), first=True)
    kept = orders.find("#17")[0].id
    _open_return(context, kept)
    assert sources.remove(shop, keep_orders=False) == 1
    assert orders.ids() == [kept]
    assert orders.find("#18") == ()
    with context.database.reading() as connection:
        assert len(connection.execute(select(order_line.c.id)).all()) == 1
    other = sources.add(SITE)
    sources.take_page(other, "", OrderPage((_order("#5"),), mark="a"), first=True)
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


def test_a_file_imported_into_a_shop_leaves_the_shop_as_it_is(
    context: Context, sources: OrderSources, orders: Orders
) -> None:
    shop = sources.add(SHOP)
    orders.save("Áo & Mũ", "file", "shopify", [_order("#1")])
    assert (sources.get(shop).settings.kind, sources.get(shop).orders) == (SourceKind.SHOPIFY, 1)
    orders.save("Etsy", "file", "etsy", [_order("#1")])
    assert sources.get(sources.by_name("Etsy")).word == "file"


def test_no_secret_can_be_stated_as_a_setting(context: Context, sources: OrderSources) -> None:
    sources.add(replace(BASE, address="postgresql://shop:hush@db.example/shop"))
    with context.database.reading() as connection:
        stored = connection.execute(select(order_source)).one()
    assert "hush" not in str(stored)
    owner = sources.secret_owner(OrderSourceId(1))
    assert owner == sources.secret_owner(OrderSourceId(1))
    assert owner != sources.secret_owner(OrderSourceId(2))
