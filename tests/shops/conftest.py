"""Order files that a test writes itself, shops in databases, and shops that can be changed."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.servers.authority import Authority

from .sql_shops import sql_shop

if TYPE_CHECKING:  # it needs graphql-core, which other tests here do without
    from .act_trials import Opened, Stage

__all__ = ["on", "opened", "sql_shop", "write"]


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def written(content: str | bytes, encoding: str = "utf-8", name: str = "orders.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return written


@pytest.fixture
def on(authority: Authority) -> "Iterator[Stage]":
    """A server behind which each trial has a shop of its own."""
    pytest.importorskip("graphql", reason="graphql-core (group dev) is not installed")
    from .act_trials import stage

    with stage(authority) as opened:
        yield opened


@pytest.fixture
def opened(on: "Stage") -> "Callable[[str], Opened]":
    """The shop of a name and the acts for it, on a line without faults."""
    from .acting import SHOPS

    def go(name: str) -> "Opened":
        made, _, acts = on.opened(SHOPS[name], None)
        return made, acts

    return go
