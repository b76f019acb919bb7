"""What a copy of a desk reads at once, and leaves behind in memory, does not grow with the desk."""

import gc

import pytest
from sqlalchemy import Connection

from deskapp.data import table_rows
from deskapp.data.queries import search_rebuild
from deskapp.data.table_rows import light_parts, row_parts
from deskapp.data.tables import metadata

from .ground import Ground
from .letters import letter


def test_keys_of_heavy_rows_come_in_smaller_parts_and_a_huge_row_alone() -> None:
    weights = [("a", 3 << 20), ("b", 1 << 20), ("c", 1), ("d", 40 << 20), ("e", 0)]
    assert list(light_parts(weights)) == [["a", "b"], ["c"], ["d"], ["e"]]
    assert [len(part) for part in light_parts((n, 0) for n in range(1100))] == [500, 500, 100]
    assert list(light_parts([])) == []


def _copied(connection: Connection) -> int:
    """How many things that point at themselves are left, which only the collector finds."""
    gc.collect()
    for name in ("blob", "message_body", "message"):
        table = metadata.tables[name]
        assert sum(len(part) for part in row_parts(connection, table, list(table.c))) >= 8
    search_rebuild.rebuild_search(connection)
    return gc.collect()


def test_many_parts_leave_no_more_behind_than_one(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    ground.arrive(*(letter(f"Parcel {n}", message_id=f"{n}@c.example", hours=n) for n in range(8)))
    gc.disable()
    try:
        with ground.database.writing() as unit:
            _copied(unit.connection)  # what is made once, at the first time
            at_once = _copied(unit.connection)
            monkeypatch.setattr(table_rows, "_ROWS", 1)
            monkeypatch.setattr(search_rebuild, "_BATCH", 1)
            one_by_one = _copied(unit.connection)
    finally:
        gc.enable()
    assert one_by_one == at_once
    assert len(ground.search.tickets("parcel")) == 8
