"""A desk with the shops of a test, for an engine that reads them."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from deskapp.desk import Desk
from deskapp.domain.ids import OrderSourceId
from deskapp.domain.order_sources import Secret, SignIn, SourceKind, SourceSettings
from deskapp.secrets import SecretFile, keep_source_secret
from deskapp.wiring import open_house
from tests.engine.running import Running
from tests.servers.web import Answer, WebServer, serving
from tests.servers.woocommerce import WooShop


class House:
    """A desk, its secrets, and the shops of a test."""

    def __init__(self, url: str, kept: SecretFile, stack: ExitStack) -> None:
        self.url, self._kept, self._stack = url, kept, stack
        self.desk: Desk = open_house(url, create=True)
        stack.callback(self.desk.close)

    def serve(self, answer: Answer) -> WebServer:
        return self._stack.enter_context(serving(answer))

    def add(
        self, kind: SourceKind, sign_in: SignIn, secret: Secret, answer: Answer, name: str = ""
    ) -> tuple[OrderSourceId, WebServer]:
        web = self.serve(answer)
        address = f"http://127.0.0.1:{web.port}"
        made = self.desk.order_sources.add(
            SourceSettings(kind, name or kind.value, address, sign_in, own_network=True, every=1)
        )
        self.keep(made, secret)
        return made, web

    def keep(self, source: OrderSourceId, secret: Secret) -> None:
        sources = self.desk.order_sources
        settings = sources.get(source).settings
        keep_source_secret(self._kept, sources.secret_owner(source), settings, secret)

    def woo(self, shop: WooShop, **secret: str) -> tuple[OrderSourceId, WebServer]:
        told = {"consumer_key": "ck_good", "consumer_secret": "cs_good", **secret}
        return self.add(SourceKind.WOOCOMMERCE, SignIn.KEYS, told, shop.answer)

    def counts(self) -> Counter[str]:
        rows = self.desk.orders.rows(self.desk.orders.ids())
        return Counter(row.source for row in rows)


@pytest.fixture
def house(tmp_path: Path, secrets: SecretFile) -> Iterator[House]:
    with ExitStack() as stack:
        yield House(str(tmp_path / "desk.db"), secrets, stack)


@pytest.fixture
def on_both(desk_url: str, secrets: SecretFile) -> Iterator[House]:
    with ExitStack() as stack:
        yield House(desk_url, secrets, stack)


def read_to_the_end(running: Running, house: House, sources: set[OrderSourceId]) -> None:
    """Waits by the engine's own news until each of these was read to its end."""
    while any(house.desk.order_sources.standing(one).read_at is None for one in sources):
        running.hear(lambda news: news["news"] == "orders")
