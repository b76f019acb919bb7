"""Row ids handed out in blocks, so that a batch can name its rows before they are written."""

from sqlalchemy import Connection, Table, func, select, text


def reserve(connection: Connection, table: Table, count: int) -> list[int]:
    """``count`` free ids of ``table`` in rising order, for rows written in the current write.

    On SQLite the one writer is alone, so what follows the largest id is free. On PostgreSQL they
    come from the table's own sequence; others may draw in between, so the block can have gaps.
    """
    if connection.dialect.name == "sqlite":
        largest: int | None = connection.execute(select(func.max(table.c.id))).scalar()
        first = (largest or 0) + 1
        return list(range(first, first + count))
    drawn = text("SELECT nextval(CAST(:name AS regclass)) FROM generate_series(1, :count)")
    found = connection.execute(drawn, {"name": f'"{table.name}_id_seq"', "count": count})
    return sorted(found.scalars())
