"""Asking a shop: what it answers and refuses in words, and what it never learns."""

import gzip
from dataclasses import replace
from decimal import Decimal
from io import BufferedIOBase

import pytest

from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.shop_address import ShopAddress, shop_address
from deskapp.shops.line import ShopLine
from tests.servers.authority import Authority
from tests.servers.bad_tls import Certificates
from tests.servers.web import Reply, serving
from tests.shops.opened_line import HOST, JSON, KEY, Shop, shop, write_raw

__all__ = ["shop"]


K = ProblemKind


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
    assert shop(Reply(raw=lambda file: write_raw(file, head + raw))).ask() == {"a": 1}


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
