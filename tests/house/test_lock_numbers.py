"""Advisory locks of PostgreSQL are numbers; two that are alike shut each other out."""

import re
from collections import Counter
from pathlib import Path

from tests.conftest import ROOT

_LOCK = re.compile(r"^\w*LOCK = (0x[0-9A-Fa-f]+|\d{6,})", re.MULTILINE)


def _locks() -> list[int]:
    files: list[Path] = sorted((ROOT / "deskapp").rglob("*.py"))
    return [int(one, 0) for file in files for one in _LOCK.findall(file.read_text("utf-8"))]


def test_every_advisory_lock_has_its_own_number() -> None:
    numbers = Counter(_locks())
    assert len(numbers) >= 6, "the locks are not found any more"
    assert [hex(one) for one, times in numbers.items() if times > 1] == []
