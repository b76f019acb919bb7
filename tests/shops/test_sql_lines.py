"""What protects us from a shop's database: its address, its silence, and who hears the password."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import pytest
from psycopg.sql import SQL

from deskapp.domain.problem import Problem, ProblemKind
from deskapp.shops.sql import SqlOrders, SqlQueries, database_address, sql_orders
from tests.servers.authority import Authority
from tests.servers.mariadb import PASSWORD, MariaDb
from tests.servers.postgres import LOCKED, Postgres
from tests.servers.postgres import PASSWORD as POSTGRES_PASSWORD
from tests.servers.process import give, server_folder
from tests.shops.sql_shops import LINES, QUERY

K = ProblemKind


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
