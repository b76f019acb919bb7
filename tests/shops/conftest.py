"""Order files that a test writes itself, and shops in databases of their own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.shops.sql_shops import sql_shop

__all__ = ["sql_shop", "write"]


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def written(content: str | bytes, encoding: str = "utf-8", name: str = "orders.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return written
