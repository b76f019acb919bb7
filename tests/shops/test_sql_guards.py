"""What a shop's database is protected from: only questions reach it, and only for a while."""

import re
import socket
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from deskapp.domain.order_files import OrderField as F
from deskapp.domain.orders import Gap
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.shops.sql import DatabaseKind
from deskapp.shops.sql.asking import Moment
from deskapp.shops.sql.opening import opened
from deskapp.shops.sql.source import BEGINNING
from deskapp.shops.sql.statement import Statement, statement_of
from tests.shops.sql_shops import ORDERS, Shop

K = ProblemKind
KINDS = list(DatabaseKind)
# Sent as they are, past our own look at the words, by an account that may do everything.
WRITES = {
    "sqlite": """DELETE FROM orders | UPDATE orders SET total = 0 | DROP TABLE orders
        | PRAGMA query_only = 0 | ATTACH 'x.db' AS x | SELECT 1; DELETE FROM orders
        | SELECT load_extension('x') | VACUUM INTO 'copy.db' | BEGIN | CREATE TEMP TABLE t (a)
        | WITH d AS (SELECT 1) DELETE FROM orders | INSERT INTO orders (id) VALUES (9) RETURNING id
        | PRAGMA writable_schema = ON""",
    "postgresql": """DELETE FROM orders | UPDATE orders SET total = 0 RETURNING id
        | WITH d AS (DELETE FROM orders RETURNING *) SELECT * FROM d
        | SELECT 1; DELETE FROM orders | SELECT 1; COMMIT; DELETE FROM orders
        | SELECT * INTO copy FROM orders | SELECT wipe() | SELECT id FROM orders FOR UPDATE
        | SELECT nextval('counter')
        | SELECT set_config('transaction_read_only', 'off', false), wipe()
        | SELECT lo_create(0) | SELECT setval('counter', 99) | COPY orders TO STDOUT
        | SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE | CALL emptied()
        | SELECT 1 UNION ALL SELECT wipe()""",
    "mysql": """DELETE FROM orders | UPDATE orders SET total = 0 | DROP TABLE orders
        | SELECT 1; DELETE FROM orders | SELECT wipe() | CALL emptied()
        | CREATE TABLE copy AS SELECT 1 | SELECT 1 UNION ALL SELECT wipe()
        | REPLACE INTO orders (id) VALUES (9)
        | LOAD DATA LOCAL INFILE '/etc/hostname' INTO TABLE orders
        | SELECT id FROM orders INTO OUTFILE '{file}'""",
}  # fmt: skip
# Which our own look at the words refuses before a server sees them.
NO_QUESTIONS = """DELETE FROM orders | SELECT 1; SELECT 2 | SELECT * INTO copy FROM orders
    | SELECT id FROM orders FOR UPDATE | SELECT id FROM orders for  share | SELECT id INTO @a FROM t
    | SELECT id FROM t INTO OUTFILE '/tmp/x' | EXPLAIN ANALYZE DELETE FROM t | VALUES (1) | TABLE t
    | SELECT 1 /* open | SELECT 1 FOR NO KEY UPDATE | BEGIN | SET x = 1 | SELECT 1;;
    | select id from t lock in share mode | /*! DELETE FROM t */ | SELECT 1 /*!50000 INTO @a */"""
QUESTIONS = """SELECT 1 | select 1; -- fin; | (SELECT 1) UNION (SELECT 2)
    | WITH a AS (SELECT 1) SELECT * FROM a | SELECT 'x; DELETE FROM t INTO y' | SELECT "into" FROM t
    | SELECT 1 /* ; into */ | SELECT ':number', a FROM t | SELECT 2/3*4, count(*)/2 FROM t"""


def parts(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split("|")]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_more_than_a_question_is_refused_unseen(kind: DatabaseKind) -> None:
    for words in parts(NO_QUESTIONS):
        with pytest.raises(Problem) as raised:
            statement_of(words, kind, ())
        assert raised.value.kind is K.READ_ONLY, words
    for words in parts(QUESTIONS):
        assert statement_of(words, kind, ()).names == frozenset(), words


def test_values_stand_where_they_are_written_and_not_in_texts_or_comments() -> None:
    query = "SELECT a::text, ':no', \":no\", x'1' FROM t WHERE n = :number -- :no\n AND m=:mail"
    statement = statement_of(query, DatabaseKind.POSTGRESQL, {"number", "mail"})
    assert statement.names == {"number", "mail"}
    with pytest.raises(Problem) as raised:
        statement_of("SELECT :nunber", DatabaseKind.SQLITE, {"number"})
    assert raised.value.details == {"what": "query_parameter", "value": "nunber"}
    body = "SELECT $a$ :no $b$ ; $a$, $$:no$$, E'\\' :no', '\\' FROM t WHERE n = :number"
    assert statement_of(body, DatabaseKind.POSTGRESQL, {"number"}).names == {"number"}
    body = "SELECT 'it\\'s :no', `:no`, \"\\\" :no\" # :no\n FROM t WHERE n = :number"
    assert statement_of(body, DatabaseKind.MYSQL, {"number"}).names == {"number"}


def test_nothing_is_written_by_whoever_asks(sql_shop: Shop, tmp_path: Path) -> None:
    """Also by the owner of everything, by functions, and past our own look at the words."""
    if sql_shop.kind == "postgresql":
        sql_shop.write("CREATE SEQUENCE counter")
        sql_shop.write(
            "CREATE FUNCTION wipe() RETURNS int LANGUAGE sql AS 'DELETE FROM orders; SELECT 1'"
        )
        sql_shop.write("CREATE PROCEDURE emptied() LANGUAGE sql AS 'DELETE FROM orders'")
    if sql_shop.kind == "mysql":
        sql_shop.write("CREATE FUNCTION wipe() RETURNS INT BEGIN DELETE FROM orders; RETURN 1; END")
        sql_shop.write("CREATE PROCEDURE emptied() DELETE FROM orders")
    refused = 0
    source = sql_shop.source(address=sql_shop.owner)
    before = source.changed()
    for words in parts(WRITES[sql_shop.kind]):
        statement = Statement((words.replace("{file}", str(tmp_path / "out")),))
        if "OUTFILE" in words:  # a file is no table: what keeps it out is our look at the words
            with pytest.raises(Problem):
                statement_of(words, DatabaseKind.MYSQL, ())
            continue
        try:
            with opened(sql_shop.owner, Moment.of(5, BEGINNING, None)) as session:
                session.ask(statement, {})
            assert words == "SELECT lo_create(0)", words  # before PostgreSQL 16; rolled back
        except Problem as problem:
            assert problem.kind in (K.READ_ONLY, K.INVALID, K.SERVER_REFUSED), words
            refused += 1
    assert refused >= 10
    assert source.changed() == before
    if sql_shop.kind == "postgresql":
        large = "SELECT count(*) AS id FROM pg_largeobject_metadata"
        owner = sql_shop.source(large, "", columns={F.NUMBER: "id"}, address=sql_shop.owner)
        assert owner.changed().orders[0].number == "0"
    assert len(before.orders) == len(ORDERS)


def test_an_account_that_may_write_is_named(sql_shop: Shop) -> None:
    def gaps(shop_source: object) -> list[tuple[Gap, tuple[str, ...]]]:
        return [(one.gap, one.names) for one in shop_source.facts().shortfalls]  # type: ignore[attr-defined]

    assert gaps(sql_shop.source()) in ([], [(Gap.MAY_WRITE, ("EXECUTE",))])
    if sql_shop.kind != "sqlite":
        [(gap, names)] = gaps(sql_shop.source(address=sql_shop.owner))
        assert gap is Gap.MAY_WRITE
        assert names[0] in ("superuser", "ALL PRIVILEGES")


def test_a_question_without_end_is_left(sql_shop: Shop) -> None:
    query = {
        "sqlite": "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n) "
        "SELECT count(*) FROM n",
        "postgresql": "SELECT count(*) FROM generate_series(1, 1e12)",
        "mysql": "SELECT sleep(30), count(*) FROM orders",
    }[sql_shop.kind]
    began = time.monotonic()
    with pytest.raises(Problem) as raised:
        sql_shop.source(
            query.replace("count(*)", "count(*) AS order_no"), "", seconds=0.5
        ).changed()
    assert raised.value.kind is K.TOO_SLOW
    assert time.monotonic() - began < 5


def test_what_is_missing_or_locked_is_told(sql_shop: Shop, tmp_path: Path) -> None:
    address = sql_shop.address
    if sql_shop.kind == "sqlite":
        told = _told(sql_shop, path=tmp_path / "missing.db")
        assert told.kind is K.FILE_MISSING
        (tmp_path / "text.db").write_bytes(b"no database at all " * 100)
        assert _told(sql_shop, path=tmp_path / "text.db").kind is K.FILE_UNREADABLE
        assert _told(sql_shop, path=tmp_path).kind is K.FILE_UNREADABLE
        return
    wrong = _told(sql_shop, password="wrong")
    assert (wrong.kind, wrong.details["what"]) == (K.SIGN_IN_REFUSED, "shop_database")
    assert _told(sql_shop, password="").kind is K.SIGN_IN_REFUSED
    missing = _told(sql_shop, database="no_such_database")
    assert (missing.kind, missing.details["what"]) == (K.NOT_FOUND, "shop_database")
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
    assert _told(sql_shop, port=port).kind is K.OFFLINE
    assert _told(sql_shop, own_network=False).kind is K.NOT_PUBLIC
    assert _told(sql_shop, host="169.254.169.254").kind is K.NOT_PUBLIC
    assert _told(sql_shop, host="no-such-host.invalid").kind is K.OFFLINE
    if sql_shop.kind == "postgresql":
        sql_shop.write(f"REVOKE SELECT ON orders FROM {address.user}")
        denied = _told(sql_shop)
        assert (denied.kind, denied.details["what"]) == (K.SCOPE_MISSING, "shop_table")


def _told(shop: Shop, **changes: object) -> Problem:
    address = replace(shop.address, **changes)  # type: ignore[arg-type]
    with pytest.raises(Problem) as raised:
        shop.source(address=address).facts()
    assert str(raised.value).find(shop.address.password or "\0") < 0
    return raised.value


def test_every_fault_of_a_query_has_a_sentence_of_its_own() -> None:
    from deskapp.cli.query_fault_words import ABOUT_QUERIES as SAID
    from deskapp.ui.error_about_queries import ABOUT_QUERIES as SHOWN

    assert SAID.keys() == SHOWN.keys()
    places = Path(__file__).parents[2].joinpath("deskapp", "shops", "sql").glob("*.py")
    told = set(re.findall(r'what="(\w+)"|K\.\w+, "(\w+)"', "".join(map(Path.read_text, places))))
    assert {first or second for first, second in told} <= {what for _, what in SAID} | {
        "shop",
        "order",
    }
