"""Pictures of other servers: fetched from public places only, and telling them nothing."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from deskapp.web import pictures
from deskapp.web.pictures import LARGEST, fetch_pictures
from deskapp.web.places import NotPublic, is_public, public_addresses
from tests.servers.authority import Authority

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 60
HOST = "pictures.example"


class Pictures(BaseHTTPRequestHandler):
    """What a server may answer; it notes what it was told."""

    protocol_version = "HTTP/1.1"
    asked: list[tuple[str, dict[str, str]]]
    port: int
    hold: threading.Event

    def do_GET(self) -> None:
        type(self).asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
        name = self.path.split("?")[0].strip("/")
        if name.startswith("to-"):
            self._answer(302, b"", Location=self._target(name))
        elif name == "cookie":
            self._answer(302, b"", Location="/ok.png", **{"Set-Cookie": "who=you"})
        elif name == "big":
            self._answer(200, PNG + b"\x00" * LARGEST)
        elif name == "html":
            self._answer(200, b"<html>a page that says it is a picture</html>")
        elif name == "svg":
            self._answer(200, b"<svg xmlns='http://www.w3.org/2000/svg'/>")
        elif name == "gone":
            self._answer(404, b"no")
        elif name == "drip":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(PNG)
            while not self.hold.wait(0.02):
                self.wfile.write(b"x")
            self.close_connection = True
        else:
            self._answer(200, PNG)

    def _target(self, name: str) -> str:
        port = self.port
        return {
            "to-ok": "/ok.png",
            "to-http": f"http://{HOST}:{port}/ok.png",
            "to-private": f"https://inside.example:{port}/ok.png",
            "to-file": "file:///etc/passwd",
            "to-itself": "/to-itself",
        }[name]

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for header, value in headers.items():
            self.send_header(header, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Quiet."""


class Server(ThreadingHTTPServer):
    daemon_threads = False

    def handle_error(self, *_arguments: object) -> None:
        """A client that hangs up in the middle is what some tests are about."""


@pytest.fixture
def server(authority: Authority) -> Iterator[type[Pictures]]:
    hold = threading.Event()
    handler = type("Handler", (Pictures,), {"asked": [], "hold": hold})
    served = Server(("127.0.0.1", 0), handler)
    context = authority.server_context(HOST, "inside.example")
    served.socket = context.wrap_socket(served.socket, server_side=True)
    handler.port = served.server_address[1]
    thread = threading.Thread(target=served.serve_forever, args=(0.02,))
    thread.start()
    yield handler
    hold.set()
    served.shutdown()
    served.server_close()
    thread.join()


def resolve(host: str, _port: int) -> tuple[str, ...]:
    """A name service of our own: one name is public, the other leads inside."""
    if host == "inside.example":
        raise NotPublic(host)
    return ("127.0.0.1",)


def fetch(server: type[Pictures], authority: Authority, name: str) -> bytes | str:
    trust = authority.client_context()
    got = fetch_pictures({"one": f"https://{HOST}:{server.port}/{name}"}, resolve, trust)
    return got.pictures.get("one") or got.missing["one"]


def test_a_picture_comes_and_its_server_learns_nothing_but_its_name(
    server: type[Pictures], authority: Authority
) -> None:
    assert fetch(server, authority, "ok.png?for=anna%40shop") == PNG
    [(path, headers)] = server.asked
    assert path == "/ok.png?for=anna%40shop"
    assert set(headers) == {"host", "user-agent", "accept", "connection"}


def test_no_cookie_is_kept_between_two_requests(
    server: type[Pictures], authority: Authority
) -> None:
    assert fetch(server, authority, "cookie") == PNG
    assert [path for path, _ in server.asked] == ["/cookie", "/ok.png"]
    assert all("cookie" not in headers for _, headers in server.asked)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("to-ok", PNG),
        ("to-http", "not_https"),
        ("to-private", "private"),
        ("to-file", "not_https"),
        ("to-itself", "too_many_redirects"),
        ("big", "too_large"),
        ("html", "no_picture"),
        ("svg", "no_picture"),
        ("gone", "refused"),
    ],
)
def test_what_is_no_picture_from_a_public_place_is_left_out_with_its_reason(
    name: str, told: bytes | str, server: type[Pictures], authority: Authority
) -> None:
    assert fetch(server, authority, name) == told


def test_a_server_that_never_ends_is_left(
    server: type[Pictures], authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "SECONDS", 0.4)
    assert fetch(server, authority, "drip") == "too_slow"


def test_a_certificate_nobody_vouches_for_is_refused(server: type[Pictures]) -> None:
    got = fetch_pictures({"one": f"https://{HOST}:{server.port}/ok.png"}, resolve)
    assert got.missing == {"one": "untrusted"}
    assert server.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "http://pictures.example/x.png",
        "ftp://pictures.example/x",
        "file:///etc/passwd",
        "//pictures.example/x",
        "https://anna:secret@pictures.example/x",
        "https:///x",
    ],
)
def test_only_https_addresses_without_a_name_in_them_are_asked(address: str) -> None:
    assert fetch_pictures({"one": address}, resolve).missing == {"one": "not_https"}


@pytest.mark.parametrize(
    "address",
    """
    127.0.0.1 127.9.9.9 0.0.0.0 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254
    100.64.0.1 100.127.255.255 192.0.0.1 192.0.2.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1
    240.0.0.1 255.255.255.255 :: ::1 fe80::1 fe80::1%eth0 fc00::1 fd12::1 ff02::1 ::ffff:127.0.0.1
    fec0::1 192.0.0.8 ::ffff:10.0.0.1 64:ff9b::7f00:1 64:ff9b::a00:1 2002:7f00:1:: 2002:c0a8:101::
    2001:db8::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 localhost 127.1 0x7f.1 bad
    """.split(),  # noqa: SIM905 - a list to be read
)
def test_no_private_address_in_any_wrapping_is_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "8.8.8.8", "2606:4700::1111", "::ffff:1.1.1.1"])
def test_addresses_of_the_open_internet_are(address: str) -> None:
    assert is_public(address)


def test_a_name_that_leads_to_this_machine_is_not_followed() -> None:
    with pytest.raises(NotPublic):
        public_addresses("localhost", 443)
    with pytest.raises(NotPublic):
        public_addresses("127.0.0.1", 443)
