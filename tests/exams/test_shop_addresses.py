"""E36: what an address of a shop, and who answers there, may do to us. Everything is counted.

Private connections and keys that reached another origin must be 0. Names are looked up in a name
service of our own; what is connected to is this machine, under public addresses' names.
"""

import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BufferedIOBase

import psycopg
import pytest

from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.shop_address import ShopAddress, shop_address
from deskapp.shops.answers import LARGEST
from deskapp.shops.line import ShopLine
from deskapp.shops.sql import SqlOrders, SqlQueries, database_address
from tests.servers.authority import Authority
from tests.servers.bad_tls import Certificates
from tests.servers.web import Asked, Reply, serving
from tests.shops.forbidden_hosts import NAMES, NUMBERS

K = ProblemKind
HOST, OTHER = "shop.example", "evil.example"
KEY = "shpat_0123456789_the_key"
GIGABYTE = 1 << 30
_PIECE = b" " * (1 << 16)
Tell = Callable[[str], None]


def here(_host: str, _port: int) -> tuple[str, ...]:
    return ("127.0.0.1",)


def asked(line: ShopLine) -> Problem | None:
    """What came of one question that carries the key."""
    try:
        line.ask("GET", "/orders", {"X-Key": KEY}, f"key={KEY}")
    except Problem as problem:
        assert KEY not in str(problem)
        return problem
    return None


@contextmanager
def connections(patch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    """Every attempt of this process to connect is noted, and refused."""
    tried: list[object] = []

    def refuse(_self: object, address: object) -> None:
        tried.append(address)
        raise ConnectionRefusedError

    with patch.context() as own:
        own.setattr(socket.socket, "connect", refuse)
        own.setattr(psycopg, "connect", lambda **where: refuse(None, where["hostaddr"]))
        yield tried


def name_service(patch: pytest.MonkeyPatch, said: Callable[[str], list[str] | None]) -> None:
    real = socket.getaddrinfo

    def look_up(host: str, port: int, *kinds: int, **options: int) -> list[object]:
        own = said(host)
        if own is None:
            return list(real(host, port, *kinds, **options))  # type: ignore[arg-type]
        return [(0, 0, 0, "", (address, port)) for address in own]

    patch.setattr(socket, "getaddrinfo", look_up)


def test_no_form_of_a_private_address_is_connected_to(
    monkeypatch: pytest.MonkeyPatch, tell: Tell
) -> None:
    name_service(monkeypatch, NAMES.get)
    forms, refused, databases = (*NUMBERS, *NAMES), 0, 0
    with connections(monkeypatch) as tried:
        for form in forms:
            try:
                address = shop_address(f"https://{form}/store")
            except Problem:
                refused += 1
                continue
            told = asked(ShopLine(address))
            assert told is not None and not told.details.get("sent"), form
            refused += 1
        for form in forms:
            for scheme in ("postgresql", "mysql"):
                try:
                    url = f"{scheme}://reader:{KEY}@{form}/shop"
                    query = SqlQueries("SELECT 1 AS order_number")
                    SqlOrders(database_address(url), query, seconds=2).facts()
                except Problem as problem:
                    assert KEY not in str(problem)
                    assert problem.kind in (K.NOT_PUBLIC, K.OFFLINE, K.INVALID), (form, problem)
                    databases += 1
    assert (refused, databases) == (len(forms), 2 * len(forms))
    assert tried == []
    tell(f"{refused} forms as shops, {databases} as databases: 0 connections")


def test_a_name_that_changes_its_mind_is_not_followed(
    monkeypatch: pytest.MonkeyPatch, tell: Tell
) -> None:
    """Public when judged, private a moment later, for each of many private addresses."""
    private = ["127.0.0.1", "10.0.0.1", "169.254.169.254", "192.168.1.1", "::1", "fd00::1"]
    looked: list[str] = []

    def said(host: str) -> list[str] | None:
        if host != "rebind.example":
            return None
        looked.append(host)
        return ["93.184.216.34"] if len(looked) % 2 else [private[len(looked) // 2 % 6]]

    name_service(monkeypatch, said)
    tried_before = 0
    with connections(monkeypatch) as tried:
        for _ in range(2 * len(private)):
            asked(ShopLine(shop_address("rebind.example")))
            assert len(tried) - tried_before <= 1
            tried_before = len(tried)
    assert set(tried) <= {("93.184.216.34", 443)}
    tell(f"{len(looked)} look-ups of a name that changes: {len(tried)} connections, 0 private")


def test_no_redirect_takes_the_key_along(authority: Authority, tell: Tell) -> None:
    count = 0
    with (
        serving(lambda _asked: Reply(200, b"{}"), authority.server_context(OTHER)) as other,
        serving(lambda _asked: Reply(200, b"{}")) as plain,
    ):
        targets = (
            f"https://{OTHER}:{other.port}/orders?key={KEY}",
            f"http://{HOST}:{plain.port}/orders",
            f"//{OTHER}:{other.port}",
            "/elsewhere",
        )
        where = iter([(status, to) for status in (301, 302, 303, 307, 308) for to in targets])

        def answer(_asked: Asked) -> Reply:
            status, to = next(where)
            return Reply(status, b"", {"Location": to})

        with serving(answer, authority.server_context(HOST)) as shop:
            trust = authority.client_context()
            line = ShopLine(ShopAddress(HOST, shop.port), secrets=(KEY,), resolve=here, trust=trust)
            for _ in range(20):
                told = asked(line)
                assert told is not None and told.kind is K.REDIRECTED
                count += 1
        assert len(shop.asked) == count == 20
        assert (other.connections, plain.connections) == (0, 0)
    tell(f"{count} redirects: 0 followed, 0 keys to another origin")


def _ten_gigabytes(sent: list[int]) -> Callable[[BufferedIOBase], None]:
    def body(file: BufferedIOBase) -> None:
        file.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
        for _ in range(10 * GIGABYTE // len(_PIECE)):
            file.write(_PIECE)
            sent.append(len(_PIECE))

    return body


def _stated(sent: list[int]) -> Callable[[BufferedIOBase], None]:
    def body(file: BufferedIOBase) -> None:
        head = f"Content-Length: {10 * GIGABYTE}\r\nContent-Type: application/json\r\n\r\n"
        file.write(b"HTTP/1.1 200 OK\r\n" + head.encode())
        for _ in range(10 * GIGABYTE // len(_PIECE)):
            file.write(_PIECE)
            sent.append(len(_PIECE))

    return body


def _packed(sent: list[int]) -> Callable[[BufferedIOBase], None]:
    """10 GB of blanks as about 10 MB: one block that stands for itself, 160 times."""

    def body(file: BufferedIOBase) -> None:
        packer = zlib.compressobj(9, wbits=-15)
        block = packer.compress(b" " * (64 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
        head = "Content-Encoding: deflate\r\nContent-Type: application/json\r\n\r\n"
        file.write(b"HTTP/1.1 200 OK\r\n" + head.encode() + b"\x78\xda")
        for _ in range(160):
            file.write(block)
            sent.append(len(block))

    return body


@pytest.mark.parametrize("make", [_ten_gigabytes, _stated, _packed])
def test_ten_gigabytes_are_not_read(
    make: Callable[[list[int]], Callable[[BufferedIOBase], None]], authority: Authority, tell: Tell
) -> None:
    import resource

    sent: list[int] = []
    with serving(lambda _asked: Reply(raw=make(sent)), authority.server_context(HOST)) as shop:
        trust = authority.client_context()
        line = ShopLine(ShopAddress(HOST, shop.port), resolve=here, trust=trust, seconds=30)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        began = time.monotonic()
        told = asked(line)
        took = time.monotonic() - began
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    assert told is not None and told.kind is K.TOO_LARGE
    assert sum(sent) < LARGEST + 8 * (1 << 20)  # what lines and their ends hold besides
    assert grown < 160, grown  # the server of the test packs its block here, too
    name = make.__name__.strip("_")
    tell(f"{name}: {sum(sent) / 1e6:.1f} MB left the server, {took:.1f} s, {grown} MB of memory")


def test_who_drips_is_left_in_time(authority: Authority, tell: Tell) -> None:
    worst = 0.0
    context = authority.server_context(HOST)
    heads = (b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Type: a/json\r\n\r\n{")
    for head in heads:
        over = threading.Event()

        def drip(file: BufferedIOBase, head: bytes = head, over: threading.Event = over) -> None:
            file.write(head)
            while not over.wait(0.02):
                file.write(b"1")

        with serving(lambda _a, drip=drip: Reply(raw=drip), context, over) as shop:  # type: ignore[misc]
            trust = authority.client_context()
            line = ShopLine(ShopAddress(HOST, shop.port), resolve=here, trust=trust, seconds=2)
            began = time.monotonic()
            told = asked(line)
            worst = max(worst, time.monotonic() - began)
            over.set()
        assert told is not None and told.kind is K.TOO_SLOW
    assert worst < 4
    tell(f"{len(heads)} servers that drip, 2 s allowed: left after {worst:.1f} s at the latest")


def test_no_key_meets_a_bad_certificate(
    certificates: Certificates, authority: Authority, tell: Tell
) -> None:
    contexts: dict[str, ssl.SSLContext] = {**certificates.refused(), **certificates.weak()}
    keys = 0
    for name, context in contexts.items():
        with serving(lambda _asked: Reply(200, b"1"), context) as web:
            address = ShopAddress("127.0.0.1", web.port, own_network=True)
            told = asked(ShopLine(address, trust=authority.client_context()))
            assert told is not None, name
            assert told.kind in (K.TLS_UNTRUSTED, K.TLS_UNAVAILABLE), name
            keys += len(web.asked)
    assert keys == 0
    tell(f"{len(contexts)} bad certificates, self-signed among them: 0 keys sent")
