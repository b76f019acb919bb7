"""Many thousand ids as one value: rows of their own cost a hundred times what is in them."""

import sys
from array import array

from sqlalchemy import Connection, LargeBinary, Select, func, literal, select

_HEX = "%016x"


def packed_ids(connection: Connection, found: Select[int]) -> "array[int]":
    """What a selection of one column of ids finds, in its own order.

    The database joins them, eight bytes each, and no thread of ours is busy meanwhile: as rows
    the ids of 100 000 tickets hold the interpreter for 0.1 s, of which a window's frame has 0.03.
    """
    [column] = (inner := found.subquery()).c
    if connection.dialect.name == "sqlite":
        joined = func.group_concat(func.printf(_HEX, column), "")
        said = connection.execute(select(joined).select_from(inner)).scalar()
        packed = bytes.fromhex(said or "")
    else:
        joined = func.string_agg(func.int8send(column), literal(b"", LargeBinary))
        packed = connection.execute(select(joined).select_from(inner)).scalar() or b""
    ids = array("q", packed)
    if sys.byteorder == "little":
        ids.byteswap()
    return ids
