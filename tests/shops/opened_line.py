"""A line to a shop whose server a test writes, behind a certificate of the test's own authority."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BufferedIOBase

import pytest

from deskapp.domain.problem import Problem
from deskapp.domain.shop_address import ShopAddress
from deskapp.shops.line import ShopLine
from tests.servers.authority import Authority
from tests.servers.web import Asked, Reply, WebServer, serving

HOST = "shop.example"
KEY = "shpat_0123456789"
JSON = {"Content-Type": "application/json; charset=utf-8"}


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


def write_raw(file: BufferedIOBase, data: bytes) -> None:
    file.write(data)
