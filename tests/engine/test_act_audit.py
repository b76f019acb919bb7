"""The audit of acts in shops: it only grows, and its seals tell who changed or cut it."""

import pytest
from sqlalchemy import text

from deskapp.data.database import Database
from deskapp.data.queries.act_audit import broken_seals
from deskapp.domain.upkeep import FindingKind
from tests.engine.act_counter import Counter, on_both

__all__ = ["on_both"]


@pytest.mark.parametrize(
    "verb", ["UPDATE act_audit SET step = 'x'", "DELETE FROM act_audit", "TRUNCATE act_audit"]
)
def test_the_audit_can_only_grow(on_both: Counter, verb: str) -> None:
    on_both.want()
    database: Database = on_both.ground.database
    if database.is_sqlite and verb.startswith("TRUNCATE"):
        return
    with pytest.raises(Exception, match="append-only"), database.writing() as unit:
        unit.connection.execute(text(verb))
    with database.reading() as connection:
        assert broken_seals(connection) == []
        assert connection.execute(text("SELECT count(*) FROM act_audit")).scalar_one() > 8


def test_a_line_changed_behind_the_triggers_back_breaks_the_seals(on_both: Counter) -> None:
    on_both.want()
    with on_both.ground.database.writing() as unit:
        if on_both.ground.database.is_sqlite:
            unit.connection.execute(text("DROP TRIGGER act_audit_no_update"))
        else:
            unit.connection.execute(text("ALTER TABLE act_audit DISABLE TRIGGER ALL"))
        unit.connection.execute(text("UPDATE act_audit SET step = 'forbid' WHERE id = 3"))
    with on_both.ground.database.reading() as connection:
        assert broken_seals(connection) == [3]
    assert [one.kind for one in on_both.ground.check()] == [FindingKind.AUDIT_BROKEN]


def test_an_audit_without_its_end_is_noticed(on_both: Counter) -> None:
    act = on_both.want()
    on_both.desk.order_acts.confirm(act, "20")
    assert on_both.ground.check() == ()
    with on_both.ground.database.writing() as unit:
        if on_both.ground.database.is_sqlite:
            unit.connection.execute(text("DROP TRIGGER act_audit_no_delete"))
        else:
            unit.connection.execute(text("ALTER TABLE act_audit DISABLE TRIGGER ALL"))
        last = "(SELECT max(id) FROM act_audit)"
        unit.connection.execute(text(f"DELETE FROM act_audit WHERE id = {last}"))
    [found] = on_both.ground.check()
    assert (found.kind, found.example) == (FindingKind.AUDIT_BROKEN, f"order_act {act}")
