"""The search index: FTS5 on SQLite, a tsvector with GIN on PostgreSQL."""

from sqlalchemy import Connection

_KINDS = ("", "_customer", "_order")


def make(connection: Connection) -> None:
    for kind in _KINDS:
        if connection.dialect.name == "postgresql":
            name = f"search_vector{kind}"
            connection.exec_driver_sql(
                f"CREATE TABLE {name} (row_id bigint PRIMARY KEY "
                "REFERENCES search_row (id) ON DELETE CASCADE, vector tsvector NOT NULL)"
            )
            connection.exec_driver_sql(
                f"CREATE INDEX ix_{name}_vector ON {name} USING gin (vector)"
            )
        else:
            # Of one and two letters there is an index: what begins with them is half the words.
            connection.exec_driver_sql(
                f"CREATE VIRTUAL TABLE search_fts{kind} USING fts5("
                "folded, content='', contentless_delete=1, tokenize='unicode61', prefix='1 2')"
            )


def drop(connection: Connection) -> None:
    name = "search_vector" if connection.dialect.name == "postgresql" else "search_fts"
    for kind in _KINDS:
        connection.exec_driver_sql(f"DROP TABLE {name}{kind}")
