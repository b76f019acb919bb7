"""Orders out of a shop's own database, the same on each kind of it."""

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from deskapp.domain.order_files import OrderField as F
from deskapp.domain.orders import Gap, OrderKey, OrderStatus
from deskapp.domain.problem import Problem, ProblemKind
from tests.shops.sql_shops import COLUMNS, LINES, ORDERS, QUERY, Shop

K = ProblemKind


def test_an_order_comes_with_exact_amounts_times_in_utc_and_its_items(sql_shop: Shop) -> None:
    [order] = sql_shop.source().find(OrderKey.NUMBER, " #1001 ").orders
    assert (order.number, order.ref, order.email) == ("1001", "1001", "anna@shop.example")
    assert (order.customer_name, order.note) == (ORDERS[0][2], ORDERS[0][7])
    assert order.total == Decimal(1249)
    assert order.placed_at == datetime(2026, 7, 1, 2, 30, tzinfo=UTC)
    assert order.changed_at == datetime(2026, 7, 2, 3, 0, tzinfo=UTC)
    assert order.standing is OrderStatus.SHIPPED
    [line] = order.lines
    assert (line.sku, line.title, line.quantity, line.price) == (
        *("S-1", "Шарф"),
        *(Decimal(2), Decimal("624.5")),
    )
    [mug] = sql_shop.source().order("1002").orders
    assert [one.quantity for one in mug.lines] == [Decimal("1.5"), Decimal(1)]
    assert mug.total == Decimal("150.25")


def test_orders_are_found_by_what_the_query_asks_for_the_newest_first(sql_shop: Shop) -> None:
    source = sql_shop.source()
    assert source.facts().finds == {OrderKey.NUMBER, OrderKey.MAIL, OrderKey.PHONE}
    mine = source.find(OrderKey.MAIL, "ANNA@shop.example")
    assert [order.number for order in mine.orders] == ["1003", "1001"]
    assert [one.number for one in source.find(OrderKey.PHONE, "0912345678").orders] == [
        *("1003", "1001")
    ]
    assert [one.gap for one in source.find(OrderKey.MAIL, "anna@shop.example", 1).shortfalls] == [
        Gap.MORE
    ]
    [gap] = source.find(OrderKey.NAME, "Anna").shortfalls
    assert gap.gap is Gap.NO_SUCH_SEARCH
    assert source.find(OrderKey.NUMBER, "4711").orders == ()


HOSTILE = ["' OR '1'='1", "1001; DROP TABLE orders", "\\' OR 1=1 -- ", "%", "{number}", "a\x00b"]


def test_words_of_a_mail_are_values_and_never_sql(sql_shop: Shop) -> None:
    source = sql_shop.source()
    for words in HOSTILE:
        assert source.find(OrderKey.MAIL, words).orders == ()
        assert all(one.number in words for one in source.find(OrderKey.NUMBER, words).orders)
    assert len(source.changed().orders) == len(ORDERS)


def test_what_changed_comes_in_portions_and_then_only_what_is_new(sql_shop: Shop) -> None:
    source = sql_shop.source()
    seen: list[str] = []
    mark, more, calls = "", True, 0
    while more:
        page = source.changed(mark, limit=2)
        seen += [order.number for order in page.orders]
        mark, more, calls = page.mark, page.more, calls + 1
        assert calls < 10
    assert seen == ["1001", "1002", "1003"]
    assert [order.number for order in source.changed(mark).orders] == ["1003"]  # the overlap
    sql_shop.write(
        "UPDATE orders SET state = 'refunded', touched = '2026-11-22 10:00:00' WHERE id = 1001"
    )
    again = source.changed(mark)
    assert [(one.number, one.standing) for one in again.orders] == [
        ("1003", OrderStatus.OPEN),
        ("1001", OrderStatus.REFUNDED),
    ]
    assert source.changed(again.mark).orders[0].number == "1001"


def test_many_changes_in_one_second_are_not_passed_over(sql_shop: Shop) -> None:
    at = "2026-11-21 09:00:00"
    rows = ", ".join(f"({number}, '{at}', '{at}')" for number in range(2000, 2030))
    sql_shop.write(f"INSERT INTO orders (id, touched, placed) VALUES {rows}")
    mark, more = "", True
    seen: set[str] = set()
    while more:
        page = sql_shop.source().changed(mark, limit=4)
        seen |= {order.number for order in page.orders}
        mark, more = page.mark, page.more
    assert len(seen) == 33


def test_items_in_the_same_query_are_joined_and_never_torn(sql_shop: Shop) -> None:
    joined = """SELECT o.id AS order_no, o.total, o.touched, i.title AS item, i.quantity
        FROM orders o JOIN items i ON i.order_id = o.id WHERE o.touched >= :changed_after
        ORDER BY o.touched, o.id LIMIT :limit"""
    columns = {
        F.NUMBER: "order_no",
        F.TOTAL: "total",
        F.CHANGED_AT: "touched",
        F.ITEM: "item",
        F.QUANTITY: "quantity",
    }
    source = sql_shop.source(joined, "", columns=columns)
    mark, more = "", True
    pieces = {"1001": 1, "1002": 2, "1003": 1}
    seen: set[str] = set()
    while more:
        page = source.changed(mark, limit=2)
        assert all(len(order.lines) == pieces[order.number] for order in page.orders)
        seen |= {order.number for order in page.orders}
        mark, more = page.mark, page.more
    assert seen == pieces.keys()


def test_a_query_that_cannot_tell_what_changed_is_read_whole_and_says_so(sql_shop: Shop) -> None:
    columns = {F.NUMBER: "id", F.TOTAL: "total"}
    source = sql_shop.source("SELECT id, total FROM orders", "", columns=columns)
    page = source.changed()
    assert (len(page.orders), page.more) == (3, False)
    assert [gap.gap for gap in page.shortfalls] == [Gap.READ_WHOLE]
    assert Gap.READ_WHOLE in {gap.gap for gap in source.facts().shortfalls}
    assert source.changed(page.mark).orders == ()
    sql_shop.write("UPDATE orders SET total = 7 WHERE id = 1001")
    assert len(source.changed(page.mark).orders) == 3
    assert source.order("1001").orders[0].total == 7


def test_an_order_that_cannot_be_read_is_a_fault_and_the_others_are_taken(sql_shop: Shop) -> None:
    columns = {**COLUMNS, F.TOTAL: "name"}
    query = QUERY.replace(" name,", " CASE id WHEN 1002 THEN 'twelve' ELSE '12.50' END AS name,")
    page = sql_shop.source(query, columns=columns).changed()
    assert [order.number for order in page.orders] == ["1001", "1003"]
    [fault] = page.faults
    assert (fault.number, fault.column, fault.value) == ("1002", "name", "twelve")


def test_times_without_a_zone_need_one_and_those_with_one_do_not(sql_shop: Shop) -> None:
    with pytest.raises(Problem) as raised:
        sql_shop.source(zone=None).changed()
    assert (raised.value.kind, raised.value.details["what"]) == (K.INVALID, "time_zone")
    zoned = {
        "sqlite": "placed || '+02:00'",
        "postgresql": "placed AT TIME ZONE '+02'",  # POSIX: west of Greenwich
        "mysql": "CAST(UNIX_TIMESTAMP(placed) AS CHAR)",
    }[sql_shop.kind]
    if sql_shop.kind == "mysql":
        sql_shop.write("ALTER TABLE orders ADD stamped TIMESTAMP NULL")
        sql_shop.write("UPDATE orders SET stamped = '2026-11-22 10:00:00'")
        zoned = "stamped"
    columns = {F.NUMBER: "id", F.PLACED_AT: "at"}
    query = f"SELECT id, {zoned} AS at FROM orders"
    orders = sql_shop.source(query, "", columns=columns, zone=None).changed().orders
    assert all(order.placed_at and order.placed_at.tzinfo for order in orders)


def test_columns_may_speak_for_themselves(sql_shop: Shop) -> None:
    for number in ("order_number", "number"):
        query = f"SELECT id AS {number}, mail AS email, total AS order_total FROM orders"
        first = sql_shop.source(query, "", columns=None).changed().orders[0]
        assert (first.number, first.email, first.total) == ("1001", "anna@shop.example", 1249)


WRONG = [
    ("SELECT * FROM no_such_table", "", K.NOT_FOUND, "shop_table"),
    ("SELECT id, no_such_column FROM orders", "", K.INVALID, "query"),
    ("SELECT id FRM orders", "", K.INVALID, "query"),
    ("SELECT id, total FROM orders", "", K.WRONG_COLUMNS, "query"),
    (QUERY, LINES.replace("sku, title,", ""), K.WRONG_COLUMNS, "query"),
    (QUERY.replace(" mail,", " mail, note AS total,"), LINES, K.INVALID, "query_column"),
    (QUERY.replace(" total,", " name AS total,"), LINES, K.INVALID, "query_value"),
    (QUERY, LINES.replace("order_id AS", "order_id + 1 AS"), K.INVALID, "query_lines"),
]


def test_a_wrong_query_is_named_by_the_live_test(sql_shop: Shop) -> None:
    for query, lines, kind, what in WRONG:
        with pytest.raises(Problem) as raised:
            sql_shop.source(query, lines).facts()
        assert (raised.value.kind, raised.value.details["what"]) == (kind, what), query
        assert raised.value.details["host"]


def test_an_unsorted_query_is_noticed_before_it_loses_anything(sql_shop: Shop) -> None:
    query = QUERY.replace("ORDER BY touched, id", "ORDER BY touched DESC")
    with pytest.raises(Problem) as raised:
        sql_shop.source(query).changed(limit=3)
    assert raised.value.details["what"] == "query_order"


def test_more_than_a_program_can_hold_is_not_read(
    sql_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deskapp.shops.sql.asking.MOST_ROWS", 1000)
    query = """WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 1200)
               SELECT x AS order_number, x AS total FROM n"""
    with pytest.raises(Problem) as raised:
        sql_shop.source(query, "", columns=None).changed()
    assert (raised.value.kind, raised.value.details["what"]) == (K.TOO_LARGE, "query_rows")


def test_the_hour_that_comes_twice_is_read_twice(sql_shop: Shop) -> None:
    """Clocks in Berlin go back at 01:00 UTC on 2026-10-25: 02:30 comes twice."""
    sql_shop.write("DELETE FROM orders")
    add = "INSERT INTO orders (id, touched, placed) VALUES (%s, %s, %s)"
    sql_shop.write(add, (1, "2026-10-25 02:50:00", "2026-10-25 02:50:00"))
    source = sql_shop.source(zone=ZoneInfo("Europe/Berlin"))
    mark = source.changed().mark
    sql_shop.write(add, (2, "2026-10-25 02:10:00", "2026-10-25 02:10:00"))  # 20 minutes later
    assert "2" in {order.number for order in source.changed(mark).orders}


def test_the_sums_of_floating_columns_are_amounts(sql_shop: Shop) -> None:
    kind = "DOUBLE PRECISION"
    sql_shop.write(f"CREATE TABLE floats (id INTEGER, total {kind})")
    for at, value in enumerate((0.1 + 0.2, 1.249, 1249.0, 1e15 / 3, 33.333333333333336), 1):
        sql_shop.write("INSERT INTO floats VALUES (%s, %s)", (at, value))
    source = sql_shop.source(
        "SELECT id, total FROM floats", "", columns={F.NUMBER: "id", F.TOTAL: "total"}
    )
    totals = [str(order.total) for order in source.changed().orders]
    assert totals[:3] == ["0.3", "1.2490", "1249"]
    assert totals[4] == "33.333333"
