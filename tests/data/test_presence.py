"""Who counts as there: whose program was heard lately, by the database's clock."""

from datetime import timedelta

from sqlalchemy import insert

from deskapp.data.queries.leases import clock
from deskapp.data.queries.presence import SEEN_FOR, present_agents
from deskapp.data.tables.people import agent
from deskapp.data.tables.presence import presence
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
