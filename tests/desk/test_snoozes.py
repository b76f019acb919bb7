"""Tickets put aside: out of the lists until their time or a mail, back on top, told once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from deskapp.desk.context import Context
from deskapp.desk.notices import Notices
from deskapp.desk.snoozes import Snoozes
from deskapp.domain.entries import Channel, Entry
from deskapp.domain.kinds import EventKind, TicketStatus, View
from deskapp.domain.notices import NoticeKind, notices_for
from deskapp.domain.snoozing import Snooze, morning_of
from deskapp.domain.tickets import TicketEdit

from .ground import Ground
from .letters import letter
from .put_aside import DAY, HOUR, agrees, both, ground, put_aside, waking

__all__ = ["ground"]


def test_it_leaves_the_open_lists_and_stands_in_its_own(ground: Ground) -> None:
    one, other = both(ground)
    put_aside(ground, one, Snooze(ground.time + DAY))
    assert ground.tickets.view_ids(View.ALL_OPEN) == [other]
    assert ground.tickets.view_ids(View.UNASSIGNED) == [other]
    assert ground.tickets.view_ids(View.SNOOZED) == [one]
    assert sorted(ground.tickets.view_ids(View.ALL)) == [one, other]
    agrees(ground)
    row = ground.tickets.row(one)
    assert row.is_asleep(ground.time) and not row.is_back(ground.time)


def test_it_is_back_on_top_when_its_time_comes_though_no_program_ran(ground: Ground) -> None:
    one, other = both(ground)
    until = ground.time + DAY
    put_aside(ground, other, Snooze(until, True))
    ground.tickets.edit(other, TicketEdit(status=TicketStatus.WAITING))
    ground.time = until + 3 * DAY
    assert ground.tickets.view_ids(View.ALL_OPEN) == [other, one]
    assert ground.tickets.view_ids(View.ALL_OPEN, 1) == [other]
    assert ground.tickets.view_ids(View.WAITING) == ground.tickets.view_ids(View.SNOOZED) == []
    agrees(ground)
    assert ground.tickets.row(other).is_back(ground.time)
    assert Snoozes(ground.context).wake() == [other]
    [event] = waking(ground, other)
    assert (event.at, event.reason) == (until, "time")
    assert ground.tickets.row(other).woke
    assert ground.tickets.view_ids(View.ALL_OPEN) == [other, one]
    agrees(ground)


def test_two_programs_that_see_it_at_once_write_one_event(ground: Ground) -> None:
    one, _ = both(ground)
    put_aside(ground, one, Snooze(ground.time + HOUR))
    ground.time += DAY
    with ThreadPoolExecutor(4) as pool:
        woken = [found.result() for found in [
            pool.submit(Snoozes(ground.context).wake) for _ in range(4)
        ]]  # fmt: skip
    assert sorted(woken) == [[], [], [], [one]]
    assert len(waking(ground, one)) == 1


def test_nothing_is_written_when_nothing_is_due(ground: Ground) -> None:
    one, _ = both(ground)
    put_aside(ground, one, Snooze(ground.time + HOUR))
    with ground.database.reading() as connection:
        before = connection.execute(text("SELECT count(*) FROM change")).scalar()
    assert Snoozes(ground.context).wake() == []
    assert Snoozes(ground.context).next() == ground.time + HOUR
    with ground.database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM change")).scalar() == before


def test_what_woke_stays_on_top_until_somebody_sees_to_it(ground: Ground) -> None:
    one, other = both(ground)
    put_aside(ground, other, Snooze(ground.time + HOUR))
    ground.time += DAY
    ground.tickets.note(other, "calls back on Friday")
    assert ground.tickets.view_ids(View.ALL_OPEN) == [other, one]
    draft = ground.replies.draft(other)
    ground.replies.send(replace(draft, body="It is on its way."))
    assert ground.tickets.view_ids(View.ALL_OPEN) == [one]
    assert ground.tickets.view_ids(View.WAITING) == [other]
    assert len(waking(ground, other)) == 1
    agrees(ground)


def test_a_promised_follow_up_brings_the_ticket_back_on_its_day_and_says_so(
    ground: Ground,
) -> None:
    one = ground.tickets.view_ids(View.ALL_OPEN)[-1]
    day = ground.time.astimezone().date() + timedelta(days=3)
    ground.tickets.edit(one, TicketEdit(assignee_id=ground.anna, snooze=Snooze(on_reply=True)))
    entry = Entry(Channel.CALL, follow_up=day)
    note = ground.tickets.note(one, "I call again on that day", entry)
    snoozes, newest = Snoozes(ground.context), Notices(ground.context).newest()
    assert snoozes.next() == morning_of(day) and snoozes.wake() == []
    ground.time = morning_of(day)
    assert snoozes.wake() == [one] and snoozes.wake() == [] and snoozes.next() is None
    assert ground.tickets.view_ids(View.ALL_OPEN)[0] == one
    woke = ground.tickets.conversation(one).events[-1]
    assert (woke.kind, woke.reason, woke.message) == (EventKind.WOKE, "follow_up", note)
    happened = Notices(ground.context).happened([one], newest)
    assert [one.kind for one in notices_for(ground.anna, happened)] == [NoticeKind.CAME_BACK]
    assert notices_for(ground.olga, happened) == ()


def test_asking_for_the_lists_reads_few_rows(ground: Ground) -> None:
    """The index of those put aside is used: else every list would read every ticket."""
    if not ground.database.is_sqlite:
        pytest.skip("EXPLAIN is asked of SQLite; PostgreSQL has the same index")
    statement = "EXPLAIN QUERY PLAN SELECT id FROM ticket WHERE snooze != ''"
    with ground.database.reading() as connection:
        plan = " ".join(str(row) for row in connection.execute(text(statement)))
    assert "ix_ticket_snoozed" in plan


def test_another_program_with_the_same_desk_sees_the_same(ground: Ground) -> None:
    one, other = both(ground)
    put_aside(ground, one, Snooze(ground.time + HOUR))
    olga = Context(ground.database, ground.context.mail, ground.olga, lambda: ground.time + DAY)
    assert Snoozes(olga).wake() == [one]
    assert ground.tickets.view_ids(View.ALL_OPEN) == [one, other]


def test_whether_a_ticket_stands_in_a_view_is_what_the_view_itself_lists(ground: Ground) -> None:
    """A list is not read again for a change that this says is none of its tickets'."""
    ground.arrive(letter("Third", message_id="q3@mail.example", sender="Mai <mai@mail.example>"))
    slept, woken, plain = sorted(ground.tickets.view_ids(View.ALL_OPEN))
    put_aside(ground, slept, Snooze(ground.time + DAY))
    ground.tickets.edit(woken, TicketEdit(status=TicketStatus.WAITING, assignee_id=ground.anna))
    put_aside(ground, woken, Snooze(ground.time + HOUR))
    ground.time += 2 * HOUR
    everything = [slept, woken, plain]
    for view in View:
        listed = frozenset(ground.tickets.view_ids(view))
        assert Notices(ground.context).standing_in(view, everything) == listed, view
