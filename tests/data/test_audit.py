"""The audit of a PostgreSQL desk: told by triggers, sealed at commit, changed by nobody."""

import json
import threading
from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from deskapp.data.audited import RULES
from deskapp.data.database import Connection, Database
from deskapp.data.queries.audit_chain import audit_faults, audit_head, audit_links, newest_links
from deskapp.data.schema import SCHEMA
from deskapp.data.upgrade import open_desk
from deskapp.domain.audit import AuditFinding, AuditRow, Head

from .tamperings import TAMPERINGS, Chain, close_up, open_up

AT = 5


@pytest.fixture
def desk(desk_on_postgres: str) -> Iterator[Database]:
    database = Database(desk_on_postgres)
    open_desk(database, create=True, name="Lotus")
    yield database
    database.close()


def run(desk: Database, *statements: str) -> None:
    with desk.writing() as unit:
        for statement in statements:
            unit.connection.execute(text(statement))


def newest(desk: Database) -> AuditRow:
    with desk.reading() as connection:
        row = newest_links(connection, 1)[0].row
    assert row is not None
    return row


def make_chain(desk: Database) -> Head:
    """Some changes of several tables, one of them with Vietnamese letters and a truth value."""
    run(desk, "INSERT INTO team (name) VALUES ('Đổi trả'), ('客服')")
    for name in ("Anna", "Bình", "Ольга", "王小明", "Nguyễn Thị Ánh"):
        run(desk, f"INSERT INTO agent (name, role, created_at) VALUES ('{name}', 'agent', 1)")
    run(desk, "UPDATE agent SET role = 'lead', signature = 'Chào' WHERE id = 1")
    run(desk, "UPDATE team SET active = false", "DELETE FROM team WHERE id = 2")
    with desk.reading() as connection:
        return audit_head(connection)


def faults(connection: Connection, known: Head) -> list[AuditFinding]:
    return list(audit_faults(connection, known))


def test_a_change_is_told_with_who_where_and_what_it_was(desk: Database) -> None:
    run(desk, "INSERT INTO agent (id, name, signature, created_at) VALUES (1, 'Bình', 'Chào', 1)")
    run(desk, "UPDATE agent SET role = 'junior', signature = 'Xin chào' WHERE id = 1")
    row = newest(desk)
    assert (row.told_of, row.verb, row.row_key) == ("agent", "UPDATE", "1")
    assert (row.login, row.program, row.client) == ("deskapp", "deskapp", "127.0.0.1")
    old, new = json.loads(row.old), json.loads(row.new)
    assert (old["role"], new["role"]) == ("agent", "junior")
    assert "name" not in new, "it did not change"
    assert new["signature"].startswith("8:") and "chào" not in row.new


def test_what_changes_nothing_or_takes_itself_back_is_not_told(desk: Database) -> None:
    before = make_chain(desk)
    run(desk, "UPDATE agent SET role = role")
    with pytest.raises(DBAPIError), desk.writing() as unit:
        unit.connection.execute(text("UPDATE agent SET role = 'admin'"))
        unit.connection.execute(text("SELECT 1 / 0"))
    with desk.reading() as connection:
        assert audit_head(connection) == before
        assert faults(connection, before) == []


def test_of_a_customer_it_says_that_something_changed_and_never_what(desk: Database) -> None:
    run(desk, "INSERT INTO customer (id, name, created_at) VALUES (5, 'Trần Thị Lan', 1)")
    run(desk, "UPDATE customer SET name = 'Nguyễn Văn An', vip = true")
    row = newest(desk)
    assert json.loads(row.new) == {"name": "(kept back)", "vip": True}
    run(desk, "DELETE FROM customer")
    row = newest(desk)
    assert (row.verb, row.row_key) == ("DELETE", "5")
    assert "name" not in json.loads(row.old)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET login = 'olga'",
        "DELETE FROM audit",
        "TRUNCATE audit",
        "INSERT INTO audit (at, login, told_of, verb, row_key, old, new) "
        "VALUES (1, '', '', '', '', '', '')",
        "UPDATE audit_seal SET seal = ''",
        "DELETE FROM audit_seal",
        "TRUNCATE audit_seal",
        "INSERT INTO audit_seal (number, audit_id, at, seal) VALUES (1, 1, 1, '')",
        "SET LOCAL session_replication_role = replica; DELETE FROM audit",
    ],
)
def test_not_even_the_owner_writes_into_it(desk: Database, statement: str) -> None:
    with pytest.raises(DBAPIError, match="triggers alone"):
        run(desk, *statement.split("; "))


def test_every_tampering_is_reported_with_its_place(desk: Database) -> None:
    known = make_chain(desk)
    unseen = []
    for name, (tamper, expected) in TAMPERINGS.items():
        with desk.writer.connect() as connection:  # rolled back: the next one finds it untouched
            chain = Chain(connection, known.number, AT)
            open_up(connection)
            tamper(chain)
            close_up(connection)
            fault, place = expected(chain)
            found = {(one.fault, one.place) for one in faults(connection, known)}
            if (fault, place or str(known.number)) not in found:
                unseen.append((name, found))
    assert unseen == []
    with desk.reading() as connection:
        assert faults(connection, known) == []


def test_transactions_are_chained_in_the_order_in_which_they_commit(desk: Database) -> None:
    said = "INSERT INTO team (name) VALUES (%s)"
    with by_hand(desk) as early, by_hand(desk) as late:
        early.execute(said, ["early"])
        late.execute(said, ["late"])
        late.commit()  # does not wait for the other, which has not begun to seal
        early.commit()
    with desk.reading() as connection:
        rows = [link.row for link in audit_links(connection)]
        assert [json.loads(row.new)["name"] for row in rows[-2:] if row] == ["late", "early"]
        assert faults(connection, Head()) == []


def test_writers_at_once_leave_one_chain(desk: Database) -> None:
    write_at_once(desk, writers=4, rows=25)
    with desk.reading() as connection:
        assert faults(connection, Head()) == []
        assert audit_head(connection).number == 1 + 4 * 25


def by_hand(desk: Database) -> psycopg.Connection:
    """A line of its own that is no program of ours."""
    address = desk.url.set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(address, options=f"-c deskapp.schema={SCHEMA}")


def write_at_once(desk: Database, writers: int, rows: int) -> None:
    """Each writer's rows in transactions of one to four."""

    def write(number: int) -> None:
        with by_hand(desk) as connection:
            for row in range(rows):
                connection.execute("INSERT INTO team (name) VALUES (%s)", [f"{number} {row}"])
                if (row + number) % 4 != 1:
                    connection.commit()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_every_column_a_rule_names_is_there(desk: Database) -> None:
    for rule in RULES:
        named = {*rule.columns, *rule.hashed, *rule.kept_back, *rule.left, *rule.key}
        assert named <= set(rule.table.c.keys()), rule.name
        assert not rule.by_people or "agent_id" in rule.table.c
