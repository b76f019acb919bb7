"""Asking a shop: what its server may do to us, and what it never learns."""

import gzip
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from decimal import Decimal
from io import BufferedIOBase

import pytest

from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.shop_address import ShopAddress, shop_address
from deskapp.shops.answers import LARGEST
from deskapp.shops.line import ShopLine
from tests.servers.authority import Authority
from tests.servers.bad_tls import Certificates
from tests.servers.web import Asked, Reply, WebServer, serving

HOST = "shop.example"
KEY = "shpat_0123456789"
JSON = {"Content-Type": "application/json; charset=utf-8"}
K = ProblemKind


def here(_host: str, _port: int) -> tuple[str, ...]:
    """A name service in which every name is this machine."""
    return ("127.0.0.1",)


Shop = Callable[[Callable[[Asked], Reply] | Reply], "Opened"]


class Opened:
    def __init__(self, line: ShopLine, web: WebServer) -> None:
        self.line, self.web = line, web

    def ask(self) -> object:
        return self.line.ask("GET", "/orders", {"X-Key": KEY}, "a=1").data

    def problem(self) -> Problem:
        with pytest.raises(Problem) as raised:
            self.ask()
        assert KEY not in str(raised.value)
        assert raised.value.details["host"] == HOST
        return raised.value


@pytest.fixture
def shop(authority: Authority) -> Iterator[Shop]:
    context = authority.server_context(HOST)
    trust = authority.client_context()
    with contextmanager(_many)() as enter:

        def opened(answer: Callable[[Asked], Reply] | Reply) -> Opened:
            function = (lambda _asked: answer) if isinstance(answer, Reply) else answer
            web = enter(serving(function, context))
            address = ShopAddress(HOST, web.port, "/store")
            return Opened(ShopLine(address, secrets=(KEY,), resolve=here, trust=trust), web)

        yield opened


def _many() -> Iterator[Callable[..., WebServer]]:
    from contextlib import ExitStack

    with ExitStack() as stack:
        yield stack.enter_context


def test_a_question_reaches_the_shop_below_its_own_path_and_json_comes_back(shop: Shop) -> None:
    opened = shop(Reply(200, b'\xef\xbb\xbf{"total": 10.10, "n": 3, "no": null}', JSON))
    assert opened.ask() == {"total": Decimal("10.10"), "n": 3, "no": None}
    [asked] = opened.web.asked
    assert (asked.method, asked.path) == ("GET", "/store/orders?a=1")
    assert asked.headers["x-key"] == KEY
    assert set(asked.headers) == {
        *("host", "user-agent", "accept", "accept-encoding", "connection", "x-key")
    }


def test_packed_answers_are_unpacked(shop: Shop) -> None:
    packed = gzip.compress(b'{"a": [1]}')
    assert shop(Reply(200, packed, {**JSON, "Content-Encoding": "gzip"})).ask() == {"a": [1]}


@pytest.mark.parametrize(
    "raw",
    [
        b'Transfer-Encoding: chunked\r\n\r\n3\r\n{"a\r\n5\r\n": 1}\r\n0\r\n\r\n',
        b'Connection: close\r\n\r\n{"a": 1}',
    ],
)
def test_answers_without_a_stated_length_are_read_to_their_end(raw: bytes, shop: Shop) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
    assert shop(Reply(raw=lambda file: _write(file, head + raw))).ask() == {"a": 1}


def test_a_handshake_that_drips_is_left_too() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        over = threading.Event()

        def drip() -> None:
            line, _ = listening.accept()
            with line, suppress(OSError):
                line.sendall(b"\x16\x03\x03\x20\x00")
                while not over.wait(0.02):
                    line.sendall(b"\x00")

        thread = threading.Thread(target=drip)
        thread.start()
        address = ShopAddress(HOST, listening.getsockname()[1])
        with pytest.raises(Problem) as raised:
            ShopLine(address, resolve=here, seconds=0.3).ask("GET", "/", {})
        over.set()
        thread.join()
    assert (raised.value.kind, raised.value.details["sent"]) == (K.TOO_SLOW, 0)


def test_an_empty_success_is_nothing(shop: Shop) -> None:
    assert shop(Reply(204)).ask() is None


@pytest.mark.parametrize(
    ("reply", "kind", "facts"),
    [
        (Reply(401, b'{"message":"bad key"}', JSON), K.SIGN_IN_REFUSED, {}),
        (Reply(403, b'{"message":"read only"}', JSON), K.SCOPE_MISSING, {}),
        (
            Reply(403, b"<html><style>p{}</style><p>Blocked &amp; logged</p>"),
            K.SERVER_REFUSED,
            {"said": "Blocked &amp; logged"},
        ),
        (Reply(404, b"{}", JSON), K.NOT_FOUND, {"what": "shop_path", "value": "/orders"}),
        (Reply(409, b"{}", JSON), K.CHANGED_MEANWHILE, {"what": "order"}),
        (Reply(429, b"{}", {**JSON, "Retry-After": "7"}), K.SLOW_DOWN, {"wait": 7}),
        (Reply(429, b"{}", JSON), K.SLOW_DOWN, {"wait": 10}),
        (Reply(429, b"{}", {**JSON, "Retry-After": "99999999999"}), K.SLOW_DOWN, {"wait": 3600}),
        (Reply(429, b"{}", {**JSON, "Retry-After": "soon"}), K.SLOW_DOWN, {"wait": 10}),
        (Reply(500, b"{}", JSON), K.SERVER_DOWN, {"code": "500"}),
        (
            Reply(503, b"<h1>Briefly down</h1>", {"Retry-After": "60"}),
            K.SERVER_DOWN,
            {"wait": 60, "said": "Briefly down"},
        ),
        (Reply(501, b"Method Not Implemented"), K.SERVER_DOWN, {"code": "501"}),
        (Reply(418, b"tea " + KEY.encode()), K.SERVER_REFUSED, {"said": "tea …"}),
        (Reply(200, b"<html>Log in</html>", {"Content-Type": "text/html"}), K.BAD_ANSWER, {}),
        (Reply(200, b"{nonsense", JSON), K.BAD_ANSWER, {"said": "{nonsense"}),
        (Reply(200, b"[" * 200_000, JSON), K.BAD_ANSWER, {}),
        (Reply(200, b"9" * 5000, JSON), K.BAD_ANSWER, {}),
        (Reply(200, b'{"a": NaN}', JSON), K.BAD_ANSWER, {}),
        (Reply(200, b'{"a": "\xff"}', JSON), K.BAD_ANSWER, {}),
        (Reply(200, b"\x1f\x8bxx", {**JSON, "Content-Encoding": "gzip"}), K.OFFLINE, {}),
        (Reply(200, b"{}", {**JSON, "Content-Length": "9000000000"}), K.TOO_LARGE, {}),
    ],
)
def test_each_refusal_has_its_kind_and_facts(
    reply: Reply, kind: ProblemKind, facts: dict[str, object], shop: Shop
) -> None:
    problem = shop(reply).problem()
    assert problem.kind is kind
    assert facts.items() <= problem.details.items()
    assert problem.details["sent"] == 1


def test_the_wait_until_a_date_is_counted_on_the_servers_own_clock(shop: Shop) -> None:
    def answer(file: BufferedIOBase) -> None:
        file.write(
            b"HTTP/1.1 429 Too Many\r\nDate: Wed, 21 Oct 2015 07:28:00 GMT\r\n"
            b"Retry-After: Wed, 21 Oct 2015 07:28:30 GMT\r\nContent-Length: 0\r\n\r\n"
        )

    assert shop(Reply(raw=answer)).problem().details["wait"] == 30


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "to",
    [
        "http://shop.example/orders?key=x",
        "https://evil.example/orders",
        "//evil.example",
        "/elsewhere",
    ],
)
def test_no_redirect_is_followed_and_the_person_learns_where_it_leads(
    status: int, to: str, shop: Shop
) -> None:
    """20 redirects; one of them in the clear. The key went to the first address only."""
    opened = shop(Reply(status, b"", {"Location": to}))
    problem = opened.problem()
    assert problem.kind is K.REDIRECTED
    assert "?" not in str(problem.details["to"])
    assert len(opened.web.asked) == opened.web.connections == 1


def _bomb(file: BufferedIOBase) -> None:
    """1 GiB of zeros in 1 MiB."""
    import zlib

    file.write(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n\r\n"
    )
    packer = zlib.compressobj(wbits=31)
    for _ in range(1024):
        file.write(packer.compress(b"0" * (1 << 20)))
    file.write(packer.flush())


def _endless(file: BufferedIOBase) -> None:
    """As much as anybody takes: it stands for 10 GB."""
    file.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
    while True:
        file.write(b" " * (1 << 16))


def _endless_chunks(file: BufferedIOBase) -> None:
    file.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        file.write(b"10000\r\n" + b" " * 0x10000 + b"\r\n")


@pytest.mark.parametrize("body", [_bomb, _endless, _endless_chunks])
def test_no_more_is_read_than_the_limit(body: Callable[[BufferedIOBase], None], shop: Shop) -> None:
    problem = shop(Reply(raw=body)).problem()
    assert problem.kind is K.TOO_LARGE
    assert problem.details["limit"] == LARGEST


@pytest.mark.parametrize(
    "head", [b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Type: a/json\r\n\r\n{"]
)
def test_a_server_that_drips_is_left_when_the_time_is_over(head: bytes, shop: Shop) -> None:
    over = threading.Event()

    def drip(file: BufferedIOBase) -> None:
        file.write(head)
        while not over.wait(0.02):
            file.write(b"1")

    opened = shop(Reply(raw=drip))
    opened.line = replace(opened.line, seconds=0.3)
    problem = opened.problem()
    over.set()
    assert problem.kind is K.TOO_SLOW
    assert problem.details["sent"] == 1


def test_continues_without_end_are_left_too(shop: Shop) -> None:
    def flood(file: BufferedIOBase) -> None:
        while True:
            file.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    opened = shop(Reply(raw=flood))
    opened.line = replace(opened.line, seconds=0.3)
    assert opened.problem().kind is K.TOO_SLOW


@pytest.mark.parametrize(
    "cut",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{}",
        b"SSH-2.0-OpenSSH_9\r\n",
    ],
)
def test_a_line_that_is_cut_in_the_middle_says_that_the_question_had_left(
    cut: bytes, shop: Shop
) -> None:
    problem = shop(Reply(raw=lambda file: _write(file, cut))).problem()
    assert (problem.kind, problem.details["sent"]) == (K.OFFLINE, 1)


def _write(file: BufferedIOBase, data: bytes) -> None:
    file.write(data)


def test_nobody_at_the_address_means_that_nothing_was_sent(shop: Shop) -> None:
    opened = shop(Reply())
    opened.line = replace(opened.line, address=ShopAddress(HOST, 1))
    problem = opened.problem()
    assert (problem.kind, problem.details["sent"]) == (K.OFFLINE, 0)


def test_of_several_addresses_the_first_that_answers_is_taken(shop: Shop) -> None:
    opened = shop(Reply(200, b"1", JSON))
    opened.line = replace(opened.line, resolve=lambda _host, _port: ("127.0.0.9", "127.0.0.1"))
    assert opened.ask() == 1


def test_no_key_goes_over_a_line_whose_certificate_is_bad(
    certificates: Certificates, authority: Authority
) -> None:
    contexts = {**certificates.refused(), **certificates.weak()}
    for name, context in contexts.items():
        with serving(lambda _asked: Reply(200, b"1", JSON), context) as web:
            address = ShopAddress("127.0.0.1", web.port, own_network=True)
            line = ShopLine(address, trust=authority.client_context())
            with pytest.raises(Problem) as raised:
                line.ask("GET", "/", {"X-Key": KEY})
            assert raised.value.kind in (K.TLS_UNTRUSTED, K.TLS_UNAVAILABLE), name
            assert raised.value.details["sent"] == 0
            assert web.asked == [], name


def test_a_shop_on_this_machine_may_be_asked_in_the_clear_when_a_person_allows_it() -> None:
    with serving(lambda _asked: Reply(200, b"1", JSON)) as web:
        address = shop_address(f"http://localhost:{web.port}/", own_network=True)
        assert ShopLine(address).ask("GET", "/x", {}).data == 1
        elsewhere = ShopLine(address, resolve=None)
        assert elsewhere.address.origin == f"http://localhost:{web.port}"
