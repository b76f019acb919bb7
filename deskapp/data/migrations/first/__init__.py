"""What the first schema has beside its tables: the search index, triggers, rights.

``v0001_first`` calls ``make`` after its tables and ``drop`` before they go. Written for that schema
alone: once it is released nothing in here changes, and the next schema brings its own.
"""

from sqlalchemy import Connection

from . import act_audit, audit, change_log, rights, search_index

PARTS = (rights, search_index, act_audit, change_log, audit)


def make(connection: Connection) -> None:
    """Every part, in order."""
    for part in PARTS:
        part.make(connection)


def drop(connection: Connection) -> None:
    """The other way round."""
    for part in reversed(PARTS):
        part.drop(connection)
