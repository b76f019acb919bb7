"""Tickets put aside: out of the lists until their time or a mail, back on top, told once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from deskapp.desk.canned_acts import CannedActs
from deskapp.desk.context import Context
from deskapp.desk.notices import Notices
from deskapp.desk.snoozes import Snoozes
from deskapp.domain.entries import Channel, Entry
from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import EventKind, TicketStatus, View
from deskapp.domain.notices import NoticeKind, notices_for
from deskapp.domain.replies import CannedActions
from deskapp.domain.snoozing import AWAKE, Snooze, SnoozeTime, SnoozeWish, morning_of
from deskapp.domain.tickets import EventRow, TicketEdit

from .ground import Ground
from .letters import START, letter

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def ground(desk_url: str) -> Iterator[Ground]:
    made = Ground(desk_url)
    made.arrive(
        letter("Where is it?", message_id="q1@mail.example"),
        letter(
            "An invoice please", message_id="q2@mail.example", sender="Binh <binh@mail.example>"
        ),
    )
    yield made
    made.database.close()


def _both(ground: Ground) -> tuple[TicketId, TicketId]:
    first, second = sorted(ground.tickets.view_ids(View.ALL_OPEN))
    return first, second


def _put_aside(ground: Ground, one: TicketId, snooze: Snooze) -> None:
    ground.tickets.edit(one, TicketEdit(snooze=snooze))


def _counts(ground: Ground) -> dict[str, int]:
    return {line.view: line.count for line in ground.tickets.counts()}


def _waking(ground: Ground, one: TicketId) -> list[EventRow]:
    events = ground.tickets.conversation(one).events
    return [event for event in events if event.kind is EventKind.WOKE]


def _agrees(ground: Ground) -> None:
    """Every view has as many tickets as its count says."""
    for view, count in _counts(ground).items():
        assert len(ground.tickets.view_ids(view)) == count, view


def test_it_leaves_the_open_lists_and_stands_in_its_own(ground: Ground) -> None:
    one, other = _both(ground)
    _put_aside(ground, one, Snooze(ground.time + DAY))
    assert ground.tickets.view_ids(View.ALL_OPEN) == [other]
    assert ground.tickets.view_ids(View.UNASSIGNED) == [other]
    assert ground.tickets.view_ids(View.SNOOZED) == [one]
    assert sorted(ground.tickets.view_ids(View.ALL)) == [one, other]
    _agrees(ground)
    row = ground.tickets.row(one)
    assert row.is_asleep(ground.time) and not row.is_back(ground.time)


def test_it_is_back_on_top_when_its_time_comes_though_no_program_ran(ground: Ground) -> None:
    one, other = _both(ground)
    until = ground.time + DAY
    _put_aside(ground, other, Snooze(until, True))
    ground.tickets.edit(other, TicketEdit(status=TicketStatus.WAITING))
    ground.time = until + 3 * DAY
    assert ground.tickets.view_ids(View.ALL_OPEN) == [other, one]
    assert ground.tickets.view_ids(View.ALL_OPEN, 1) == [other]
    assert ground.tickets.view_ids(View.WAITING) == ground.tickets.view_ids(View.SNOOZED) == []
    _agrees(ground)
    assert ground.tickets.row(other).is_back(ground.time)
    assert Snoozes(ground.context).wake() == [other]
    [event] = _waking(ground, other)
    assert (event.at, event.reason) == (until, "time")
    assert ground.tickets.row(other).woke
    assert ground.tickets.view_ids(View.ALL_OPEN) == [other, one]
    _agrees(ground)


def test_two_programs_that_see_it_at_once_write_one_event(ground: Ground) -> None:
    one, _ = _both(ground)
    _put_aside(ground, one, Snooze(ground.time + HOUR))
    ground.time += DAY
    with ThreadPoolExecutor(4) as pool:
        woken = [found.result() for found in [
            pool.submit(Snoozes(ground.context).wake) for _ in range(4)
        ]]  # fmt: skip
    assert sorted(woken) == [[], [], [], [one]]
    assert len(_waking(ground, one)) == 1


def test_nothing_is_written_when_nothing_is_due(ground: Ground) -> None:
    one, _ = _both(ground)
    _put_aside(ground, one, Snooze(ground.time + HOUR))
    with ground.database.reading() as connection:
        before = connection.execute(text("SELECT count(*) FROM change")).scalar()
    assert Snoozes(ground.context).wake() == []
    assert Snoozes(ground.context).next() == ground.time + HOUR
    with ground.database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM change")).scalar() == before


def _answer(ground: Ground, at: datetime, **headers: str) -> None:
    hours = (at - START) / HOUR
    raw = letter("Still nothing", message_id="a1@mail.example", answers=("q1@mail.example",),
                 hours=hours, headers=headers)  # fmt: skip
    ground.arrive(raw, internal_at=at)


@pytest.mark.parametrize(
    ("snooze", "hours", "wakes"),
    [
        (Snooze(on_reply=True), 3, "reply"),
        ("first", 3, "reply"),
        ("first", 30, "time"),
        ("kept", 3, ""),
    ],
)
def test_a_customers_mail_wakes_it_unless_it_was_to_sleep_on(
    ground: Ground, snooze: Snooze | str, hours: int, wakes: str
) -> None:
    one, other = _both(ground)
    until = ground.time + DAY
    if not isinstance(snooze, Snooze):
        snooze = Snooze(until, snooze == "first")
    _put_aside(ground, one, snooze)
    came = ground.time + hours * HOUR
    ground.time = came + HOUR
    _answer(ground, came)
    events = _waking(ground, one)
    if not wakes:
        assert events == [] and ground.tickets.view_ids(View.SNOOZED) == [one]
        assert ground.tickets.row(one).status in (TicketStatus.NEW, TicketStatus.OPEN)
        return
    [event] = events
    assert (event.reason, event.at) == (wakes, came if wakes == "reply" else until)
    assert ground.tickets.view_ids(View.ALL_OPEN) == [one, other]
    assert ground.tickets.row(one).snooze.until == snooze.until  # offered once more
    _agrees(ground)


def test_a_machines_mail_wakes_nothing(ground: Ground) -> None:
    one, _ = _both(ground)
    _put_aside(ground, one, Snooze(on_reply=True))
    ground.time += HOUR
    _answer(ground, ground.time, **{"Auto-Submitted": "auto-replied"})
    assert _waking(ground, one) == []
    assert ground.tickets.row(one).message_count == 2


def test_what_woke_stays_on_top_until_somebody_sees_to_it(ground: Ground) -> None:
    one, other = _both(ground)
    _put_aside(ground, other, Snooze(ground.time + HOUR))
    ground.time += DAY
    ground.tickets.note(other, "calls back on Friday")
    assert ground.tickets.view_ids(View.ALL_OPEN) == [other, one]
    draft = ground.replies.draft(other)
    ground.replies.send(replace(draft, body="It is on its way."))
    assert ground.tickets.view_ids(View.ALL_OPEN) == [one]
    assert ground.tickets.view_ids(View.WAITING) == [other]
    assert len(_waking(ground, other)) == 1
    _agrees(ground)


def test_an_answer_leaves_it_asleep_and_an_end_does_not(ground: Ground) -> None:
    one, other = _both(ground)
    for ticket in (one, other):
        _put_aside(ground, ticket, Snooze(ground.time + DAY, True))
    ground.replies.send(replace(ground.replies.draft(one), body="I ask the depot."))
    assert ground.tickets.view_ids(View.SNOOZED) == [one, other]
    ground.replies.send(
        replace(ground.replies.draft(other), body="Done."), status=TicketStatus.CLOSED
    )
    ground.tickets.edit(one, TicketEdit(status=TicketStatus.SOLVED))
    assert ground.tickets.view_ids(View.SNOOZED) == []
    assert sorted(ground.tickets.view_ids(View.CLOSED)) == [one, other]
    _agrees(ground)


def test_waking_it_by_hand_is_told_and_putting_aside_again_too(ground: Ground) -> None:
    one, _ = _both(ground)
    until = ground.time + DAY
    _put_aside(ground, one, Snooze(until, True))
    _put_aside(ground, one, Snooze(until, True))
    _put_aside(ground, one, AWAKE)
    _put_aside(ground, one, AWAKE)
    said = [
        (event.kind, event.agent_name)
        for event in ground.tickets.conversation(one).events
        if event.kind in (EventKind.SNOOZED, EventKind.UNSNOOZED, EventKind.WOKE)
    ]
    assert said == [(EventKind.SNOOZED, "Anna"), (EventKind.UNSNOOZED, "Anna")]
    assert one in ground.tickets.view_ids(View.ALL_OPEN)


def test_a_merged_ticket_sleeps_no_more(ground: Ground) -> None:
    one, other = _both(ground)
    _put_aside(ground, other, Snooze(on_reply=True))
    ground.tickets.merge(other, one)
    assert ground.tickets.view_ids(View.SNOOZED) == []
    _agrees(ground)


def test_a_macro_puts_aside_and_one_undo_takes_it_all_back(ground: Ground) -> None:
    one, other = _both(ground)
    acts = CannedActs(ground.context)
    actions = CannedActions(
        TicketStatus.ON_HOLD,
        assignee=ground.olga,
        add_tags=("depot",),
        snooze=SnoozeWish(SnoozeTime.WEEK, True),
    )
    acted = acts.do(one, actions)
    row = ground.tickets.row(one)
    assert row.assignee_id == ground.olga and row.is_asleep(ground.time)
    until = row.snooze.until
    assert until is not None and until.astimezone().hour == 9
    assert until.astimezone().date() == (ground.time.astimezone() + 7 * DAY).date()
    acts.undo(acted)
    row = ground.tickets.row(one)
    assert (row.assignee_id, row.tags, row.snooze) == (None, (), AWAKE)
    _put_aside(ground, other, Snooze(on_reply=True))
    acted = acts.do(other, actions)
    theirs = Snooze(ground.time + HOUR)
    _put_aside(ground, other, theirs)
    acts.undo(acted)
    assert ground.tickets.row(other).snooze == theirs  # a colleague's since


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
    one, other = _both(ground)
    _put_aside(ground, one, Snooze(ground.time + HOUR))
    olga = Context(ground.database, ground.context.mail, ground.olga, lambda: ground.time + DAY)
    assert Snoozes(olga).wake() == [one]
    assert ground.tickets.view_ids(View.ALL_OPEN) == [one, other]


@pytest.mark.parametrize("snooze", [Snooze(on_reply=True), Snooze(START + 9 * DAY)])
def test_a_send_that_ended_a_snooze_is_undone_with_it(ground: Ground, snooze: Snooze) -> None:
    one, _ = _both(ground)
    _put_aside(ground, one, snooze)
    draft = replace(ground.replies.draft(one), body="Done.")
    sent = ground.replies.send(draft, status=TicketStatus.CLOSED)
    assert not ground.tickets.row(one).snooze
    ground.replies.undo(sent.outbox_id)
    row = ground.tickets.row(one)
    assert (row.snooze, row.woke) == (snooze, False)


def test_a_ticket_that_was_back_is_back_again_when_its_answer_is_undone(ground: Ground) -> None:
    one, _ = _both(ground)
    _put_aside(ground, one, Snooze(ground.time + HOUR))
    ground.time += 2 * HOUR
    draft = replace(ground.replies.draft(one), body="Here.")
    sent = ground.replies.send(draft)
    assert not ground.tickets.row(one).woke
    ground.replies.undo(sent.outbox_id)
    assert ground.tickets.row(one).woke


def test_a_ticket_answered_from_a_telephone_is_back_no_more(ground: Ground) -> None:
    one, _ = _both(ground)
    _put_aside(ground, one, Snooze(ground.time + HOUR))
    ground.time += 3 * HOUR
    sent = {
        "sender": "Lotus <support@shop.example>",
        "to": "mai@customer.example",
        "answers": ("q1@mail.example",),
    }
    since = (ground.time - START) / HOUR
    ground.arrive(
        letter("Before.", message_id="p1@shop.example", hours=since - 2.5, **sent), role="sent"
    )
    assert ground.tickets.row(one).woke
    ground.arrive(
        letter("Soon.", message_id="p2@shop.example", hours=since - 1, **sent), role="sent"
    )
    row = ground.tickets.row(one)
    assert (row.woke, bool(row.snooze)) == (False, False)


def test_whether_a_ticket_stands_in_a_view_is_what_the_view_itself_lists(ground: Ground) -> None:
    """A list is not read again for a change that this says is none of its tickets'."""
    ground.arrive(letter("Third", message_id="q3@mail.example", sender="Mai <mai@mail.example>"))
    slept, woken, plain = sorted(ground.tickets.view_ids(View.ALL_OPEN))
    _put_aside(ground, slept, Snooze(ground.time + DAY))
    ground.tickets.edit(woken, TicketEdit(status=TicketStatus.WAITING, assignee_id=ground.anna))
    _put_aside(ground, woken, Snooze(ground.time + HOUR))
    ground.time += 2 * HOUR
    everything = [slept, woken, plain]
    for view in View:
        listed = frozenset(ground.tickets.view_ids(view))
        assert Notices(ground.context).standing_in(view, everything) == listed, view
