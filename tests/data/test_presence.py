"""Who counts as there: whose program was heard lately, by the database's clock."""

from datetime import timedelta

from sqlalchemy import func, insert, select

from deskapp.data.queries.leases import clock
from deskapp.data.queries.presence import SEEN_FOR, beat, present_agents, write_places
from deskapp.data.tables.audit import audit, audit_seal
from deskapp.data.tables.people import agent
from deskapp.data.tables.presence import presence
from deskapp.data.tables.team import change, lease
from deskapp.domain.ids import AgentId
from tests.data.mail_rows import NOW, new_desk


def test_present_is_who_was_heard_lately_and_works_here(desk_url: str) -> None:
    with new_desk(desk_url) as database, database.writing() as unit:
        now = clock(unit.connection)
        heard = {"Anna": (1, True), "Bình": (SEEN_FOR.seconds + 1, True), "Left": (1, False)}
        for name, (ago, active) in heard.items():
            made = unit.connection.execute(
                insert(agent).values(name=name, active=active, created_at=NOW).returning(agent.c.id)
            ).scalar_one()
            at = now - timedelta(seconds=ago)
            row = {"client": name, "place": 0, "agent_id": made, "since": at, "seen_at": at}
            unit.connection.execute(insert(presence), row)
        assert present_agents(unit.connection) == {1}


def test_a_program_that_stays_open_for_hours_leaves_no_more_rows_than_one_that_has_just_come(
    desk_url: str,
) -> None:
    """Its beats are the only writes at rest: nobody is told of them, and the audit tells none."""
    tables = (change, audit, audit_seal, presence, lease)
    with new_desk(desk_url) as database:

        def counted() -> list[int]:
            with database.reading() as connection:
                rows = [select(func.count()).select_from(one) for one in tables]
                return [connection.execute(one).scalar_one() for one in rows]

        with database.writing() as unit:
            named = insert(agent).values(name="Anna", active=True, created_at=NOW)
            made = unit.connection.execute(named.returning(agent.c.id)).scalar_one()
            write_places(unit, "c1", AgentId(made), {}, clock(unit.connection))
        before = counted()
        for _ in range(40):
            with database.writing() as unit:
                assert beat(unit, "c1", clock(unit.connection)) == 1
        assert counted() == before
