"""A shop's own database as an order source, from the command line."""

from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlite

from tests.shops.sql_shops import ITEMS, ORDERS, TABLES

from .program import Program

QUERY = """SELECT id AS nr, mail, total, placed, touched FROM orders
    WHERE touched >= :changed_after AND (:number IS NULL OR id = :number)
    ORDER BY touched LIMIT :limit"""
COLUMNS = ("number=nr", "email=mail", "total=total", "placed_at=placed", "changed_at=touched")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    path = tmp_path / "shop.db"
    line = sqlite.connect(str(path))
    for table in TABLES:
        line.execute(table.format(time="TIMESTAMP"))
    line.executemany("INSERT INTO orders VALUES (?,?,?,?,?,?,?,?,?)", ORDERS)
    line.executemany("INSERT INTO items VALUES (?,?,?,?,?)", ITEMS)
    line.commit()
    line.close()
    return path


def test_orders_of_a_database_are_read_found_and_read_again(
    shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESKAPP_SECRETS", str(tmp_path / "secrets.json"))
    desk = Program(str(tmp_path / "desk.db"))
    desk.run("init")
    orders, lines = tmp_path / "orders.sql", tmp_path / "lines.sql"
    orders.write_text(QUERY, "utf-8")
    lines.write_text("SELECT order_id AS nr, title FROM items WHERE order_id IN (:numbers)")
    columns = [word for column in COLUMNS for word in ("--column", column)]
    desk.run(
        "order", "source", "add", "Shop", "--kind", "sql", "--password-stdin", *columns,
        "--query-file", str(orders), "--line-query-file", str(lines), "--zone", "Asia/Ho_Chi_Minh",
        "--line-column", "number=nr", "--line-column", "item=title",
        stdin=f"sqlite:///{shop}\n",
    )  # fmt: skip
    assert desk.json("order", "source", "test", "Shop")["missing"] == []
    [read] = desk.json("order", "source", "refresh", "Shop")
    assert (read["new"], read["state"]) == (3, "ok")
    [found] = desk.json("order", "find", "1002")
    assert (found["source"], found["total"]) == ("Shop", "150.25")
    line = sqlite.connect(str(shop))
    line.execute("UPDATE orders SET total = 9, touched = '2026-11-22 09:00:00' WHERE id = 1001")
    line.commit()
    line.close()
    [again] = desk.json("order", "source", "refresh", "Shop")
    assert (again["new"], again["updated"]) == (0, 1)
    orders.write_text(QUERY.replace("SELECT id", "DELETE id"), "utf-8")
    desk.run("order", "source", "set", "Shop", "--query-file", str(orders))
    told = desk.run("order", "source", "test", "Shop", code=1)
    assert "would do more than read" in told.err
