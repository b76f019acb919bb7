"""What an agent did comes back as it was; what a colleague did since stays theirs."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from deskapp.desk.labels import Labels
from deskapp.desk.teams import Teams
from deskapp.desk.tickets import Tickets
from deskapp.desk.undo import Undo
from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import EventKind, TicketStatus, View
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.snoozing import Snooze
from deskapp.domain.ticket_facts import Priority
from deskapp.domain.tickets import TicketEdit, TicketRow
from deskapp.domain.undoing import ActKind

from .ground import Ground
from .letters import letter

CLOSE = TicketEdit(status=TicketStatus.CLOSED)


@pytest.fixture
def ground(desk_url: str) -> Iterator[Ground]:
    made = Ground(desk_url)
    for subject in ("Where is it?", "Wrong size", "Broken cup"):
        made.arrive(letter(subject))
    yield made
    made.database.close()


def test_many_closed_are_one_act_and_come_back_as_they_were(ground: Ground) -> None:
    ids = ground.tickets.view_ids(View.ALL_OPEN)
    ground.tickets.edit(ids[0], TicketEdit(status=TicketStatus.ON_HOLD, assignee_id=ground.olga))
    before = _plain_rows(ground, ids)
    assert ground.tickets.edit_many(ids, CLOSE) == 3
    undo = Undo(ground.context)
    act, _ = undo.stack()
    assert act is not None
    assert (act.kind, act.count, act.fields["status"]) == (ActKind.EDIT, 3, "closed")
    done = undo.take_back(act.id)
    assert (done.restored, done.kept_count) == (3, 0)
    assert _plain_rows(ground, ids) == before
    after, again = undo.stack()
    assert after is not None and after.id != act.id  # what was done before it is next
    assert again is not None
    undo.take_back(again.id)
    assert {row.status for row in ground.tickets.rows(ids)} == {TicketStatus.CLOSED}
    assert undo.stack()[0] is not None


def test_a_long_act_is_taken_back_part_by_part_and_done_again_in_one(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deskapp.desk.undo._PART", 2)
    monkeypatch.setattr("deskapp.desk.tickets.MANY", 2)
    ids = ground.tickets.view_ids(View.ALL_OPEN)
    ground.tickets.edit_many(ids, CLOSE)
    undo = Undo(ground.context)
    act, _ = undo.stack()
    assert act is not None and act.count == 3
    assert undo.take_back(act.id).restored == 3
    _, again = undo.stack()
    assert again is not None and again.count == 3
    assert undo.take_back(again.id).restored == 3


def test_what_a_colleague_changed_since_stays_and_is_told(ground: Ground) -> None:
    ids = ground.tickets.view_ids(View.ALL_OPEN)
    ground.tickets.edit_many(ids, TicketEdit(status=TicketStatus.CLOSED, assignee_id=ground.anna))
    olga = Tickets(replace(ground.context, agent=ground.olga))
    olga.edit(ids[0], TicketEdit(status=TicketStatus.OPEN))
    olga.edit(ids[0], CLOSE)  # the same again: it is hers nevertheless
    undo = Undo(ground.context)
    act, _ = undo.stack()
    assert act is not None
    done = undo.take_back(act.id)
    [kept] = done.kept
    assert (kept.ticket, kept.field, kept.who) == (ids[0], "status", "Olga")
    row = ground.tickets.row(ids[0])
    assert (row.status, row.assignee_id) == (TicketStatus.CLOSED, None)
    assert ground.tickets.row(ids[1]).status is TicketStatus.NEW
    assert Undo(replace(ground.context, agent=ground.olga)).stack()[0] is not None


def test_every_sort_of_edit_is_told_and_comes_back_as_it_was(ground: Ground) -> None:
    one = ground.tickets.view_ids(View.ALL_OPEN)[0]
    team = Teams(ground.context).add("Warehouse")
    label = Labels(ground.context).add("Waiting for parts", TicketStatus.ON_HOLD)
    begin = TicketEdit(
        assignee_id=ground.olga, add_tags=("return",), star=True, add_followers=(ground.olga,)
    )
    before = _plain(ground.tickets.edit(one, begin))
    undo = Undo(ground.context)
    for name, edit in {
        "status": TicketEdit(status=TicketStatus.WAITING),
        "assignee_id": TicketEdit(unassign=True),
        "subject": TicketEdit(subject="Another"),
        "priority": TicketEdit(priority=Priority.URGENT),
        "team_id": TicketEdit(team_id=team),
        "due_at": TicketEdit(due_at=ground.time + timedelta(days=3)),
        "label_id": TicketEdit(label_id=label),
        "snooze": TicketEdit(snooze=Snooze(on_reply=True)),
        "tags": TicketEdit(add_tags=("vip",), remove_tags=("return",)),
        "star": TicketEdit(star=False),
        "followers": TicketEdit(add_followers=(ground.anna,), remove_followers=(ground.olga,)),
    }.items():
        changed = _plain(ground.tickets.edit(one, edit))
        assert changed != before, name
        act, _ = undo.stack()
        assert act is not None and name in act.fields
        undo.take_back(act.id)
        assert _plain(ground.tickets.row(one)) == before, name
        _, again = undo.stack()
        assert again is not None
        redone = undo.take_back(again.id)
        assert _plain(ground.tickets.row(one)) == changed, name
        assert redone.again is not None
        undo.take_back(redone.again)
    assert _plain(ground.tickets.row(one)) == before


def test_a_star_that_comes_back_overwrites_nothing_of_a_colleague(ground: Ground) -> None:
    one = ground.tickets.view_ids(View.ALL_OPEN)[0]
    ground.tickets.edit(one, TicketEdit(star=True, add_followers=(ground.anna,)))
    ground.as_olga().tickets.edit(one, TicketEdit(subject="Hers", remove_followers=(ground.anna,)))
    act, _ = Undo(ground.context).stack()
    assert act is not None
    done = Undo(ground.context).take_back(act.id)
    row = ground.tickets.row(one)
    assert (row.starred, row.follower_names, row.subject) == (False, (), "Hers")
    assert done.kept_count == 0


def test_tags_and_snooze_come_back_too(ground: Ground) -> None:
    one = ground.tickets.view_ids(View.ALL_OPEN)[0]
    until = ground.time + timedelta(days=2)
    ground.tickets.edit(one, TicketEdit(add_tags=("return",), snooze=Snooze(until, on_reply=True)))
    before = ground.tickets.row(one)
    ground.tickets.edit(
        one,
        TicketEdit(TicketStatus.SOLVED, add_tags=("vip",), remove_tags=("return",)),
    )
    undo = Undo(ground.context)
    act, _ = undo.stack()
    assert act is not None
    undo.take_back(act.id)
    assert _plain(ground.tickets.row(one)) == _plain(before)
    told = ground.tickets.conversation(one).events[-1]
    assert told.reason == "undo"


def test_after_an_undo_an_answer_is_filed_as_if_the_ticket_had_not_ended(ground: Ground) -> None:
    one = ground.tickets.view_ids(View.ALL_OPEN)[0]
    waited = ground.tickets.row(one).waiting_since
    ground.tickets.edit(one, CLOSE)
    undo = Undo(ground.context)
    act, _ = undo.stack()
    assert act is not None
    ground.tickets.note(one, "Somebody touches it meanwhile")
    undo.take_back(act.id)
    row = ground.tickets.row(one)
    assert (row.status, row.waiting_since) == (TicketStatus.NEW, waited)
    kinds = [event.kind for event in ground.tickets.conversation(one).events]
    assert kinds.count(EventKind.STATUS) == 2


def test_a_reply_is_on_the_stack_until_it_leaves_or_is_taken_back(ground: Ground) -> None:
    one = ground.tickets.view_ids(View.ALL_OPEN)[0]
    undo = Undo(ground.context)
    sent = ground.replies.send(replace(ground.replies.draft(one), body="On its way."))
    act, _ = undo.stack()
    assert act is not None
    assert (act.kind, act.detail, act.ticket) == (ActKind.SEND, str(sent.outbox_id), one)
    ground.replies.undo(sent.outbox_id)
    assert undo.stack()[0] is None
    ground.replies.send(replace(ground.replies.draft(one), body="On its way."))
    ground.time += timedelta(minutes=1)
    assert undo.stack()[0] is None


def test_an_act_is_taken_back_once(ground: Ground) -> None:
    ground.tickets.edit(ground.tickets.view_ids(View.ALL_OPEN)[0], CLOSE)
    undo = Undo(ground.context)
    act, _ = undo.stack()
    assert act is not None
    undo.take_back(act.id)
    with pytest.raises(Problem) as refused:
        undo.take_back(act.id)
    assert refused.value.kind is ProblemKind.TOO_LATE


def _plain_rows(ground: Ground, ids: list[TicketId]) -> list[TicketRow]:
    return [_plain(row) for row in ground.tickets.rows(ids)]


def _plain(row: TicketRow) -> TicketRow:
    return replace(row, version=0)
