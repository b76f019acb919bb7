"""Where a shop may be asked: 80 forms of addresses lead inside, and none is connected to."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.shop_address import ShopAddress, shop_address
from deskapp.shops.line import ShopLine

# Looked up by the system's own resolver, in every spelling that it takes for an address.
NUMBERS = """
    127.0.0.1 127.0.0.2 127.255.255.254 127.1 127.0.1 0 0.0.0.0 0.1.2.3 2130706433 017700000001
    0x7f000001 0x7f.0x0.0x0.0x1 0177.0.0.1 0177.0x0.0.1 127.0.0.01 127.000.000.001 10.0.0.1 10.1
    0xa000001 012.0.0.1 167772161 172.16.0.1 172.20.10.2 172.31.255.254 192.168.0.1 192.168.1.254
    192.168.257 3232235521 0xc0a80001 0300.0250.0.1 169.254.169.254 169.254.0.1 2852039166
    0xa9fea9fe 0251.0376.0251.0376 100.64.0.1 100.127.255.254 192.0.0.8 192.0.2.1 198.18.0.1
    198.19.255.255 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
    [::] [::1] [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::ffff:10.0.0.1]
    [::ffff:169.254.169.254] [::127.0.0.1] [64:ff9b::7f00:1] [64:ff9b::10.0.0.1] [2002:7f00:1::]
    [2002:c0a8:101::1] [2001:0:4136:e378:8000:63bf:3fff:fdd2] [fc00::1] [fd00::1] [fd12:3456::1]
    [fe80::1] [fec0::1] [ff02::1] [ff05::2] [2001:db8::1] [100::1] localhost LOCALHOST localhost.
    １２７.０.０.１ 127。0。0。1 ①②⑦.0.0.1
""".split()  # noqa: SIM905 - a list to be read
# Names that a stranger owns, with what their name service says; some change their mind.
NAMES = {
    "127.0.0.1.nip.example": ["127.0.0.1"],
    "metadata.shop.example": ["169.254.169.254"],
    "half.shop.example": ["93.184.216.34", "10.0.0.1"],
    "six.shop.example": ["::ffff:192.168.1.1"],
    "scoped.shop.example": ["fe80::1%1"],
}


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
