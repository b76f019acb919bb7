"""A ticket that is put into another team and is nobody's is given out as a new one there."""

import pytest

from deskapp.desk.assigning import Assigning
from deskapp.desk.teams import Teams
from deskapp.desk.undo import Undo
from deskapp.domain.assigning import How, Mode, Scope, Why
from deskapp.domain.ids import TeamId
from deskapp.domain.kinds import EventKind
from deskapp.domain.tickets import TicketEdit

from .ground import Ground
from .letters import letter
from .there import come


@pytest.fixture
def billing(ground: Ground) -> TeamId:
    """Olga's team, whose tickets are given out by turns; the ticket is nobody's."""
    team = Teams(ground.context).add("Billing")
    Teams(ground.context).join(ground.olga, team)
    Assigning(ground.context).set_rule(Scope.TEAM, team, Mode.ROUND_ROBIN, None)
    ground.arrive(letter(message_id="a@customer.example"))
    return team


@pytest.mark.parametrize("many", [False, True])
def test_it_is_given_out_and_taken_back_with_the_team(
    ground: Ground, billing: TeamId, many: bool
) -> None:
    come(ground, ground.anna, ground.olga)
    one, edit = ground.only(), TicketEdit(team_id=billing)
    if many:
        ground.tickets.edit_many([one], edit)
    else:
        ground.tickets.as_seen.edit([one], edit, [ground.tickets.row(one)])
    assert ground.tickets.row(one).assignee_id == ground.olga
    events = ground.tickets.conversation(one).events
    [given] = [each for each in events if each.kind is EventKind.ASSIGNED]
    assert Why.read(given.reason) == Why(How.ROUND_ROBIN, "Billing")
    last, _ = Undo(ground.context).stack()
    assert last is not None
    assert not Undo(ground.context).take_back(last.id).kept
    row = ground.tickets.row(one)
    assert (row.assignee_id, row.team_id) == (None, None)


def test_it_waits_for_the_team_where_nobody_of_it_is_there(ground: Ground, billing: TeamId) -> None:
    come(ground, ground.anna)
    one = ground.only()
    assert ground.tickets.edit(one, TicketEdit(team_id=billing)).assignee_id is None
    come(ground, ground.olga)
    assert Assigning(ground.context).give_out() == [one]


def test_who_has_it_or_is_named_keeps_it(ground: Ground, billing: TeamId) -> None:
    come(ground, ground.olga)
    one = ground.only()
    named = TicketEdit(team_id=billing, assignee_id=ground.anna)
    assert ground.tickets.edit(one, named).assignee_id == ground.anna
    ground.tickets.edit(one, TicketEdit(no_team=True))
    assert ground.tickets.edit(one, TicketEdit(team_id=billing)).assignee_id == ground.anna
    nobodys = TicketEdit(no_team=True, unassign=True)
    assert ground.tickets.edit(one, nobodys).assignee_id is None
