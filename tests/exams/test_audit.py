"""E16: the audit under eight writers at once, and every tampering with it."""

from collections.abc import Callable

from sqlalchemy import text

from deskapp.data.database import Database
from deskapp.data.queries.audit_chain import audit_faults, audit_head
from deskapp.data.upgrade import open_desk
from tests.data.tamperings import TAMPERINGS, Chain, close_up, open_up
from tests.data.test_audit import make_chain, write_at_once

WRITERS, ROWS = 8, 1250


def test_ten_thousand_rows_of_eight_writers_are_one_chain_and_each_tampering_is_seen(
    desk_on_postgres: str, tell: Callable[[str], None]
) -> None:
    database = Database(desk_on_postgres)
    try:
        open_desk(database, create=True, name="Lotus")
        begun = make_chain(database).number
        write_at_once(database, WRITERS, ROWS)
        with database.reading() as connection:
            known = audit_head(connection)
            assert known.number == begun + WRITERS * ROWS
            assert list(audit_faults(connection, known)) == []
            numbered = text("SELECT count(DISTINCT number), max(number) FROM audit_seal")
            assert tuple(connection.execute(numbered).one()) == (known.number, known.number)
        tell(f"{known.number} changes by {WRITERS} writers at once: one chain, nothing to report")
        unseen = [name for name in TAMPERINGS if not _seen(database, name, known.number)]
        tell(f"{len(TAMPERINGS)} tamperings with it: {len(TAMPERINGS) - len(unseen)} reported")
        assert unseen == []
    finally:
        database.close()


def _seen(database: Database, name: str, length: int) -> bool:
    tamper, expected = TAMPERINGS[name]
    with database.writer.connect() as connection:
        known = audit_head(connection)
        chain = Chain(connection, length, 5)
        open_up(connection)
        tamper(chain)
        close_up(connection)
        fault, place = expected(chain)
        found = {(one.fault, one.place) for one in audit_faults(connection, known)}
    return (fault, place or str(length)) in found
