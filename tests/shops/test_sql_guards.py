"""What a shop's database is protected from, and what protects us from it."""

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from psycopg.sql import SQL

from deskapp.domain.order_files import OrderField as F
from deskapp.domain.orders import Gap
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.shops.sql import DatabaseKind, SqlOrders, SqlQueries, database_address, sql_orders
from deskapp.shops.sql.asking import Moment
from deskapp.shops.sql.opening import opened
from deskapp.shops.sql.source import BEGINNING
from deskapp.shops.sql.statement import Statement, statement_of
from tests.servers.authority import Authority
from tests.servers.mariadb import PASSWORD, MariaDb
from tests.servers.postgres import LOCKED, Postgres
from tests.servers.postgres import PASSWORD as POSTGRES_PASSWORD
from tests.servers.process import give, server_folder
from tests.shops.sql_shops import LINES, ORDERS, QUERY, Shop

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


@contextmanager
def _silent(say: bytes, drip: bytes = b"") -> Iterator[int]:
    """A server that says something and then nothing, or a little for ever."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.05)

        def serve() -> None:
            lines: list[socket.socket] = []
            while not over.wait(0.01):
                with suppress(OSError):
                    lines.append(listening.accept()[0])
                    lines[-1].sendall(say)
                for line in lines:
                    with suppress(OSError):
                        line.sendall(drip)
            for line in lines:
                line.close()

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            over.set()
            thread.join()


@pytest.mark.parametrize("scheme", ["postgresql", "mysql"])
@pytest.mark.parametrize(("say", "drip"), [(b"", b""), (b"", b"\x10"), (b"\xff\xff\xff\x00", b"x")])
def test_a_server_that_says_nothing_or_nonsense_is_left(
    scheme: str, say: bytes, drip: bytes
) -> None:
    with _silent(say, drip) as port:
        address = database_address(f"{scheme}://a:b@127.0.0.1:{port}/shop", own_network=True)
        began = time.monotonic()
        with pytest.raises(Problem) as raised:
            SqlOrders(address, SqlQueries(QUERY, LINES), seconds=0.5).facts()
    assert raised.value.kind in (
        *(K.TOO_SLOW, K.OFFLINE, K.BAD_ANSWER, K.SERVER_REFUSED, K.TLS_UNAVAILABLE),
    )
    assert time.monotonic() - began < 8


def test_no_password_goes_to_another_host_without_a_good_certificate(
    mariadb: MariaDb, authority: Authority, tmp_path: Path
) -> None:
    """The server's certificate is for db.shop.example, from an authority of our own."""

    def here(_host: str, _port: int) -> tuple[str, ...]:
        return ("127.0.0.1",)

    def told(host: str, **more: object) -> ProblemKind | str:
        with mariadb.fresh() as name:
            mariadb.execute("CREATE TABLE t (id INT)", database=name)
            url = f"mysql://reader:{quote(PASSWORD, safe='')}@{host}:{mariadb.port}/{name}"
            address = database_address(url, **more)  # type: ignore[arg-type]
            queries = SqlQueries("SELECT id AS order_number FROM t")
            try:
                SqlOrders(address, queries, resolve=here).facts()
            except Problem as problem:
                return problem.kind
        return "read"

    pem = str(authority.pem)
    assert told("db.shop.example") is K.TLS_UNTRUSTED
    assert told("evil.shop.example", authority=pem) is K.TLS_UNTRUSTED
    assert told("db.shop.example", authority=pem) == "read"
    assert told("evil.shop.example", plain_allowed=True) == "read"


def test_a_postgresql_without_tls_is_told_no_password(locked_url: str) -> None:

    where = locked_url.partition("@")[2].replace("127.0.0.1", "db.shop.example")
    address = database_address(f"postgresql://anna:secret@{where}")
    source = SqlOrders(
        address, SqlQueries("SELECT 1 AS order_number"), resolve=lambda _h, _p: ("127.0.0.1",)
    )
    with pytest.raises(Problem) as raised:
        source.facts()
    assert raised.value.kind is K.TLS_UNAVAILABLE


def test_a_postgresql_proves_its_name_before_it_hears_a_password(
    postgres: Postgres, locked_url: str, authority: Authority
) -> None:
    def set_up(*settings: str) -> None:
        for setting in settings:
            postgres.execute(SQL("ALTER SYSTEM {}").format(SQL(setting)))  # type: ignore[arg-type]
        postgres.execute(SQL("SELECT pg_reload_conf()").format())

    def told(host: str, **more: str) -> ProblemKind | str:
        place = locked_url.partition("@")[2].replace("127.0.0.1", host)
        url = f"postgresql://{LOCKED}:{quote(POSTGRES_PASSWORD, safe='')}@{place}"
        queries = SqlQueries("SELECT 7 AS order_number")
        source = SqlOrders(
            database_address(url, **more), queries, resolve=lambda _h, _p: ("127.0.0.1",)
        )
        try:
            return source.changed().orders[0].number
        except Problem as problem:
            assert POSTGRES_PASSWORD not in str(problem)
            return problem.kind

    with server_folder("postgres-tls") as folder:
        certificate, key = folder / "server.pem", folder / "server.key"
        authority.write_certificate(certificate, key, "db.shop.example")
        key.chmod(0o600)
        give(certificate), give(key)
        set_up(
            f"SET ssl_cert_file = '{certificate}'", f"SET ssl_key_file = '{key}'", "SET ssl = on"
        )
        try:
            pem = str(authority.pem)
            until = time.monotonic() + 10
            while told("db.shop.example", authority=pem) != "7" and time.monotonic() < until:
                pass  # the server reads its settings when it comes to it
            assert told("db.shop.example", authority=pem) == "7"
            assert told("evil.shop.example", authority=pem) is K.TLS_UNTRUSTED
            assert told("db.shop.example") is K.TLS_UNTRUSTED
        finally:
            set_up("RESET ssl", "RESET ssl_cert_file", "RESET ssl_key_file")


@pytest.mark.parametrize(
    "url",
    [
        *(
            "",
            "mysql://",
            "oracle://a:s3cret@h/d",
            "postgresql://a:s3cret@/d",
            "mysql://a:s3cret@h",
        ),
        *("postgresql://a:s3cret@h/d?host=evil", "mysql://:s3cret@h/d", "sqlite:///", "sqlite://x"),
        *("postgresql://a:s3cret@h:99999/d", "mysql://a:s3cret@h/d/e", "sqlite:///:memory:"),
    ],
)
def test_what_is_no_address_of_a_database_is_said_so_without_its_password(url: str) -> None:
    with pytest.raises(Problem) as raised:
        database_address(url)
    assert raised.value.details["what"] == "database_url"
    assert "s3cret" not in str(raised.value)


def test_a_password_is_in_no_text_of_the_source() -> None:
    source = sql_orders("postgresql://a:p@ss/w:rd@h.example/d", "SELECT 1", zone="Europe/Berlin")
    address = source._address
    assert (address.host, address.user, address.password) == ("h.example", "a", "p@ss/w:rd")
    assert "p@ss" not in repr(address) + str(source.__dict__)
    said = Problem(K.SERVER_REFUSED, said="no: p@ss/w:rd")
    assert "p@ss" not in str(address.about(said))
    for zone in ("Nowhere/City", "../etc/passwd", "\0"):
        with pytest.raises(Problem) as raised:
            sql_orders("sqlite:///x.db", "SELECT 1", zone=zone)
        assert raised.value.details["what"] == "time_zone"


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
