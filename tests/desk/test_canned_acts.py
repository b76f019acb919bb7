"""A canned reply that also acts: what it changed comes back in one step, and no more than that."""

from collections.abc import Iterator

import pytest

from deskapp.desk.canned_acts import CannedActs
from deskapp.domain.kinds import TicketStatus, View
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import CannedActions
from deskapp.domain.tickets import TicketEdit

from .ground import Ground
from .letters import letter

RETURN = CannedActions(
    TicketStatus.ON_HOLD, to_me=True, add_tags=("return", "VIP"), remove_tags=("new",)
)


@pytest.fixture
def ground(desk_url: str) -> Iterator[Ground]:
    made = Ground(desk_url)
    made.arrive(letter("Where is it?"))
    yield made
    made.database.close()


def test_all_that_changed_comes_back_and_nothing_else(ground: Ground) -> None:
    [one] = ground.tickets.view_ids(View.ALL_OPEN)
    before = ground.tickets.edit(one, TicketEdit(add_tags=("vip", "new")))
    acts = CannedActs(ground.context)
    acted = acts.do(one, RETURN)
    row = ground.tickets.row(one)
    assert acted.changed
    assert (row.status, row.assignee_id) == (TicketStatus.ON_HOLD, ground.anna)
    assert sorted(row.tags) == ["return", "vip"]
    assert not acts.do(one, RETURN).changed
    acts.undo(acted)
    row = ground.tickets.row(one)
    assert (row.status, row.assignee_id) == (before.status, None)
    assert sorted(row.tags) == ["new", "vip"]


def test_what_a_colleague_changed_since_stays_theirs(ground: Ground) -> None:
    [one] = ground.tickets.view_ids(View.ALL_OPEN)
    acts = CannedActs(ground.context)
    acted = acts.do(one, RETURN)
    theirs = TicketEdit(status=TicketStatus.SOLVED, assignee_id=ground.olga)
    ground.tickets.edit(one, theirs)
    acts.undo(acted)
    row = ground.tickets.row(one)
    assert (row.status, row.assignee_id) == (TicketStatus.SOLVED, ground.olga)
    assert row.tags == ()


def test_a_ticket_that_is_not_there_is_said(ground: Ground) -> None:
    with pytest.raises(Problem) as refused:
        CannedActs(ground.context).do(ground.tickets.view_ids(View.ALL_OPEN)[0] + 99, RETURN)  # type: ignore[arg-type]
    assert refused.value.kind is ProblemKind.NOT_FOUND
