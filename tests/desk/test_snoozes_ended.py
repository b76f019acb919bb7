"""What ends a snooze: a mail, a hand, an answer, a merge; and what an undo brings back of it."""

from dataclasses import replace
from datetime import datetime

import pytest

from deskapp.desk.canned_acts import CannedActs
from deskapp.domain.kinds import EventKind, TicketStatus, View
from deskapp.domain.replies import CannedActions
from deskapp.domain.snoozing import AWAKE, Snooze, SnoozeTime, SnoozeWish
from deskapp.domain.tickets import TicketEdit

from .ground import Ground
from .letters import START, letter
from .put_aside import DAY, HOUR, agrees, both, ground, put_aside, waking

__all__ = ["ground"]


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
    one, other = both(ground)
    until = ground.time + DAY
    if not isinstance(snooze, Snooze):
        snooze = Snooze(until, snooze == "first")
    put_aside(ground, one, snooze)
    came = ground.time + hours * HOUR
    ground.time = came + HOUR
    _answer(ground, came)
    events = waking(ground, one)
    if not wakes:
        assert events == [] and ground.tickets.view_ids(View.SNOOZED) == [one]
        assert ground.tickets.row(one).status in (TicketStatus.NEW, TicketStatus.OPEN)
        return
    [event] = events
    assert (event.reason, event.at) == (wakes, came if wakes == "reply" else until)
    assert ground.tickets.view_ids(View.ALL_OPEN) == [one, other]
    assert ground.tickets.row(one).snooze.until == snooze.until  # offered once more
    agrees(ground)


def test_a_machines_mail_wakes_nothing(ground: Ground) -> None:
    one, _ = both(ground)
    put_aside(ground, one, Snooze(on_reply=True))
    ground.time += HOUR
    _answer(ground, ground.time, **{"Auto-Submitted": "auto-replied"})
    assert waking(ground, one) == []
    assert ground.tickets.row(one).message_count == 2


def test_an_answer_leaves_it_asleep_and_an_end_does_not(ground: Ground) -> None:
    one, other = both(ground)
    for ticket in (one, other):
        put_aside(ground, ticket, Snooze(ground.time + DAY, True))
    ground.replies.send(replace(ground.replies.draft(one), body="I ask the depot."))
    assert ground.tickets.view_ids(View.SNOOZED) == [one, other]
    ground.replies.send(
        replace(ground.replies.draft(other), body="Done."), status=TicketStatus.CLOSED
    )
    ground.tickets.edit(one, TicketEdit(status=TicketStatus.SOLVED))
    assert ground.tickets.view_ids(View.SNOOZED) == []
    assert sorted(ground.tickets.view_ids(View.CLOSED)) == [one, other]
    agrees(ground)


def test_waking_it_by_hand_is_told_and_putting_aside_again_too(ground: Ground) -> None:
    one, _ = both(ground)
    until = ground.time + DAY
    put_aside(ground, one, Snooze(until, True))
    put_aside(ground, one, Snooze(until, True))
    put_aside(ground, one, AWAKE)
    put_aside(ground, one, AWAKE)
    said = [
        (event.kind, event.agent_name)
        for event in ground.tickets.conversation(one).events
        if event.kind in (EventKind.SNOOZED, EventKind.UNSNOOZED, EventKind.WOKE)
    ]
    assert said == [(EventKind.SNOOZED, "Anna"), (EventKind.UNSNOOZED, "Anna")]
    assert one in ground.tickets.view_ids(View.ALL_OPEN)


def test_a_merged_ticket_sleeps_no_more(ground: Ground) -> None:
    one, other = both(ground)
    put_aside(ground, other, Snooze(on_reply=True))
    ground.tickets.merge(other, one)
    assert ground.tickets.view_ids(View.SNOOZED) == []
    agrees(ground)


def test_a_macro_puts_aside_and_one_undo_takes_it_all_back(ground: Ground) -> None:
    one, other = both(ground)
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
    put_aside(ground, other, Snooze(on_reply=True))
    acted = acts.do(other, actions)
    theirs = Snooze(ground.time + HOUR)
    put_aside(ground, other, theirs)
    acts.undo(acted)
    assert ground.tickets.row(other).snooze == theirs  # a colleague's since


@pytest.mark.parametrize("snooze", [Snooze(on_reply=True), Snooze(START + 9 * DAY)])
def test_a_send_that_ended_a_snooze_is_undone_with_it(ground: Ground, snooze: Snooze) -> None:
    one, _ = both(ground)
    put_aside(ground, one, snooze)
    draft = replace(ground.replies.draft(one), body="Done.")
    sent = ground.replies.send(draft, status=TicketStatus.CLOSED)
    assert not ground.tickets.row(one).snooze
    ground.replies.undo(sent.outbox_id)
    row = ground.tickets.row(one)
    assert (row.snooze, row.woke) == (snooze, False)


def test_a_ticket_that_was_back_is_back_again_when_its_answer_is_undone(ground: Ground) -> None:
    one, _ = both(ground)
    put_aside(ground, one, Snooze(ground.time + HOUR))
    ground.time += 2 * HOUR
    draft = replace(ground.replies.draft(one), body="Here.")
    sent = ground.replies.send(draft)
    assert not ground.tickets.row(one).woke
    ground.replies.undo(sent.outbox_id)
    assert ground.tickets.row(one).woke


def test_a_ticket_answered_from_a_telephone_is_back_no_more(ground: Ground) -> None:
    one, _ = both(ground)
    put_aside(ground, one, Snooze(ground.time + HOUR))
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
