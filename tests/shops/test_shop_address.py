"""Where a shop may be asked: 80 forms of addresses lead inside, and none is connected to."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.shop_address import ShopAddress, shop_address
from deskapp.shops.line import ShopLine
from deskapp.web import names
from deskapp.web.places import public_addresses
from tests.shops.forbidden_hosts import NAMES, NUMBERS


@contextmanager
def no_connection(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    """Every attempt to connect is noted, and refused."""
    tried: list[object] = []

    def refuse(_self: object, address: object) -> None:
        tried.append(address)
        raise ConnectionRefusedError

    with monkeypatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        yield tried


def test_eighty_forms_of_private_addresses_are_not_connected_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert len(NUMBERS) + len(NAMES) >= 80
    real = socket.getaddrinfo

    def look_up(host: str, port: int, *kinds: int, **options: int) -> list[object]:
        if host in NAMES:
            return [(0, 0, 0, "", (address, port)) for address in NAMES[host]]
        return list(real(host, port, *kinds, **options))  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    kinds: dict[str, ProblemKind] = {}
    with no_connection(monkeypatch) as tried:
        for form in (*NUMBERS, *NAMES):
            with pytest.raises(Problem) as raised:
                ShopLine(shop_address(f"https://{form}/store")).ask("GET", "/", {"X-Key": "k"})
            kinds[form] = raised.value.kind
            assert not raised.value.details.get("sent"), form
    assert tried == []
    refused = {ProblemKind.NOT_PUBLIC, ProblemKind.INVALID, ProblemKind.OFFLINE}
    assert set(kinds.values()) <= refused
    assert list(kinds.values()).count(ProblemKind.OFFLINE) <= 3, "no such name, says the system"


def test_a_name_is_looked_up_once_and_its_first_answer_is_what_is_connected_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A name that is public when judged and private a moment later (DNS rebinding)."""
    answers = iter([["93.184.216.34"], ["127.0.0.1"], ["127.0.0.1"]])
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda host, port, *_a, **_k: (
            [(2, 1, 6, "", (address, port)) for address in next(answers)]
            if host == "rebind.shop.example"
            else [(2, 1, 6, "", (host, port))]
        ),
    )
    with no_connection(monkeypatch) as tried, pytest.raises(Problem):
        ShopLine(shop_address("rebind.shop.example")).ask("GET", "/", {"X-Key": "k"})
    assert tried == [("93.184.216.34", 443)]


@pytest.mark.parametrize(
    "form", ["192.168.1.5", "10.0.0.1", "[fd00::1]", "localhost", "100.64.0.9"]
)
def test_an_own_network_may_be_allowed(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    address = shop_address(f"https://{form}:8443", own_network=True)
    with no_connection(monkeypatch) as tried, pytest.raises(Problem) as raised:
        ShopLine(address).ask("GET", "/", {})
    assert raised.value.kind is ProblemKind.OFFLINE
    assert tried


@pytest.mark.parametrize("form", ["169.254.169.254", "[fe80::1]", "224.0.0.1", "0.0.0.0"])
def test_the_addresses_where_clouds_hand_out_keys_never_are(
    form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = shop_address(f"https://{form}", own_network=True)
    with no_connection(monkeypatch) as tried, pytest.raises(Problem) as raised:
        ShopLine(address).ask("GET", "/", {})
    assert (raised.value.kind, tried) == (ProblemKind.NOT_PUBLIC, [])


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("shop.example", ShopAddress("shop.example", 443)),
        (" HTTPS://Shop.Example/ ", ShopAddress("shop.example", 443)),
        ("https://shop.example:8443/a b/", ShopAddress("shop.example", 8443, "/a%20b")),
        ("bücher.example/de", ShopAddress("xn--bcher-kva.example", 443, "/de")),
        ("https://[2606:4700::1]/x", ShopAddress("2606:4700::1", 443, "/x")),
    ],
)
def test_addresses_are_read_as_people_type_them(text: str, address: ShopAddress) -> None:
    assert shop_address(text) == address


@pytest.mark.parametrize(
    "text",
    [
        *("", "   ", "https://", "ftp://shop.example", "file:///etc/passwd", "javascript://x"),
        *("https://key:secret@shop.example", "https://shop.example?x=1", "https://shop.example#a"),
        *("https://shop.example:99999", "https://shop example", "https://shop.example\\@evil"),
        *(
            "https://[::1",
            "https://shop..example",
            "https://shop.example%2eevil",
            "https://[fe80::1%25eth0]",
        ),
    ],
)
def test_what_is_no_address_is_said_so_without_the_keys_in_it(text: str) -> None:
    with pytest.raises(Problem) as raised:
        shop_address(text)
    assert raised.value.kind is ProblemKind.INVALID
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    ("text", "own_network"),
    [("http://shop.example", True), ("http://localhost", False), ("http://192.168.1.1", True)],
)
def test_nothing_is_asked_in_the_clear_but_this_machine(text: str, own_network: bool) -> None:
    with pytest.raises(Problem) as raised:
        shop_address(text, own_network=own_network)
    assert raised.value.kind is ProblemKind.PLAIN_NOT_LOOPBACK


def test_a_name_service_that_does_not_answer_is_left_when_its_time_is_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The system's look-up knows no end, and those that hang must not pile up either."""
    over = threading.Event()

    def hang(*_asked: object, **_options: object) -> list[object]:
        over.wait(20)
        raise socket.gaierror

    before = set(threading.enumerate())
    with monkeypatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", hang)
        patch.setattr(names.looked_up, "__defaults__", (0.05,))
        with pytest.raises(Problem) as raised:
            ShopLine(shop_address("shop.example")).ask("GET", "/", {"X-Key": "k"})
        assert (raised.value.kind, raised.value.details["sent"]) == (ProblemKind.TOO_SLOW, 0)
        for _ in range(2 * names.MOST_AT_ONCE):
            with pytest.raises(TimeoutError):
                public_addresses("shop.example", 443)
        left = set(threading.enumerate()) - before
        assert len(left) <= names.MOST_AT_ONCE
        over.set()
        for thread in left:
            thread.join(10)
    assert public_addresses("93.184.216.34", 443) == ("93.184.216.34",)
