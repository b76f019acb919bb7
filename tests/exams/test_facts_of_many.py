"""Ticket facts on a desk of 100 000 tickets: lists, counts, and two tags that become one."""

import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import insert

from deskapp.data.bulk import insert_rows
from deskapp.data.tables.facts import ticket_star
from deskapp.data.tables.tickets import tag, ticket, ticket_tag
from deskapp.desk.tags import Tags
from deskapp.desk.teams import Teams
from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import View
from deskapp.domain.tickets import TicketEdit
from tests.desk.ground import Ground

COUNT, MERGED = 100_000, 50_000
STATUSES = ("open", "waiting", "on_hold", "solved", "closed", "closed", "closed", "closed")
T = TypeVar("T")


class _Watch:
    """Says how long each step took."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell

    def __call__(self, what: str, act: Callable[[], T]) -> T:
        begun = time.perf_counter()
        done = act()
        self._tell(f"{what}: {(time.perf_counter() - begun) * 1000:.0f} ms")
        return done


def _fill(ground: Ground, team: int) -> None:
    at = ground.time
    with ground.database.writing() as unit:
        tags = [{"id": n, "name": name, "name_key": name} for n, name in ((1, "one"), (2, "two"))]
        unit.connection.execute(insert(tag), tags)
        insert_rows(
            unit.connection,
            ticket,
            [
                {
                    "id": n,
                    "number": n,
                    "subject": f"Matter {n}",
                    "status": STATUSES[n % len(STATUSES)],
                    "assignee_id": ground.anna if n % 3 == 0 else None,
                    "team_id": team if n % 5 == 0 else None,
                    "created_at": at,
                    "updated_at": at,
                    "waiting_since": at,
                }
                for n in range(1, COUNT + 1)
            ],
        )
        on = [{"ticket_id": n, "tag_id": 1} for n in range(1, MERGED + 1)]
        on += [{"ticket_id": n, "tag_id": 2} for n in range(1, MERGED // 2 + 1)]
        insert_rows(unit.connection, ticket_tag, on)
        stars = [
            {"agent_id": ground.anna, "ticket_id": n, "at": at} for n in range(1, COUNT + 1, 50)
        ]
        insert_rows(unit.connection, ticket_star, stars)


def test_lists_stay_quick_and_a_merge_of_tags_is_taken_back_whole(
    desk_url: str, tell: Callable[[str], None]
) -> None:
    ground, timed = Ground(desk_url), _Watch(tell)
    try:
        teams, tags = Teams(ground.context), Tags(ground.context)
        team = teams.add("Warehouse")
        teams.join(ground.anna, team)
        _fill(ground, team)
        counts = {one.view: one.count for one in timed("counts", ground.tickets.counts)}
        for view in (View.MINE, View.MY_TEAM, View.STARRED, View.FOLLOWING, View.ALL_OPEN):
            ids = timed(view, lambda view=view: ground.tickets.view_ids(view))  # type: ignore[misc]
            assert len(ids) == counts[view]
        page = ground.tickets.view_ids(View.ALL, 100)
        timed("a page of 100 rows", lambda: ground.tickets.rows(page))
        assert [row.tickets for row in timed("tags with counts", tags.list)] == [
            MERGED,
            MERGED // 2,
        ]
        one, two = tags.named("one"), tags.named("two")
        merge = timed(f"merge of a tag on {MERGED}", lambda: tags.merge(one, two))
        assert [row.tickets for row in tags.list()] == [MERGED]
        ground.tickets.edit(TicketId(MERGED), TicketEdit(remove_tags=("two",)))
        assert timed("undone", lambda: tags.undo_merge(merge)) == MERGED - 1
        assert [row.tickets for row in tags.list()] == [MERGED - 1, MERGED // 2]
    finally:
        ground.database.close()
