"""Who is away is not forgotten: their tickets are shown to who stands in, and are theirs again."""

from datetime import timedelta

import pytest

from deskapp.desk.absences import Absences
from deskapp.desk.agents import Agents
from deskapp.desk.notices import Notices
from deskapp.domain.assigning import StandIn
from deskapp.domain.ids import AgentId
from deskapp.domain.kinds import View
from deskapp.domain.problem import Problem
from deskapp.domain.tickets import TicketEdit

from .given_out import mails
from .ground import Ground


def olgas(ground: Ground, count: int = 2) -> None:
    """So many tickets of hers."""
    mails(ground, count)
    ground.tickets.edit_many([row.id for row in ground.rows()], TicketEdit(assignee_id=ground.olga))


def mine(ground: Ground) -> int:
    """How many tickets Anna sees as hers, by the list and by its count."""
    shown = ground.tickets.view_ids(View.MINE)
    assert {one.view: one.count for one in ground.tickets.counts()}[View.MINE] == len(shown)
    return len(shown)


def test_tickets_of_who_is_away_are_shown_to_who_stands_in_until_they_are_back(
    ground: Ground,
) -> None:
    olgas(ground)
    absences, monday = Absences(ground.context), ground.time + timedelta(days=3)
    assert mine(ground) == 0
    absences.away(ground.olga, until=monday, substitute=ground.anna, reason="Tết")
    assert mine(ground) == 2
    row = ground.rows()[0]
    assert row.assignee_id == ground.olga
    [happened, *_] = Notices(ground.context).happened([row.id], 0)
    assert happened.assignee == ground.anna  # who is told of it
    assert row.away == StandIn(monday, ground.anna, "Anna", "Tết")
    ground.tickets.edit(row.id, TicketEdit(assignee_id=ground.anna))
    ground.later(days=4)
    assert mine(ground) == 1  # what she took; the other is Olga's again
    assert ground.rows()[1].away is None
    assert absences.list() == ()


def test_a_chain_leads_to_the_first_who_is_here(ground: Ground) -> None:
    olgas(ground)
    absences, mai = Absences(ground.context), Agents(ground.context).add("Mai")
    absences.away(ground.olga, substitute=mai)
    absences.away(mai, substitute=ground.anna)
    assert absences.stand_in(ground.olga) == ground.anna
    assert mine(ground) == 2
    absences.back(mai)
    assert (absences.stand_in(ground.olga), mine(ground)) == (mai, 0)


def test_nobody_stands_in_for_themselves_however_long_the_way(ground: Ground) -> None:
    absences, mai = Absences(ground.context), Agents(ground.context).add("Mai")
    absences.away(ground.olga, substitute=mai)
    absences.away(mai, substitute=ground.anna)
    for away, substitute in ((ground.anna, ground.olga), (ground.anna, ground.anna)):
        with pytest.raises(Problem) as refused:
            absences.away(away, substitute=substitute)
        assert refused.value.details["what"] == "substitute"


def test_who_has_left_stands_in_for_nobody(ground: Ground) -> None:
    absences, mai = Absences(ground.context), Agents(ground.context).add("Mai")
    absences.away(ground.olga, substitute=mai)
    Agents(ground.context).edit(mai, active=False)
    assert absences.stand_in(ground.olga) is None
    with pytest.raises(Problem):
        absences.away(ground.anna, substitute=mai)


def test_one_to_come_says_nothing_yet_and_an_end_that_has_passed_is_refused(
    ground: Ground,
) -> None:
    olgas(ground)
    absences, soon = Absences(ground.context), ground.time + timedelta(hours=1)
    absences.away(ground.olga, since=soon, substitute=ground.anna)
    assert (mine(ground), len(absences.list())) == (0, 1)
    ground.later(hours=2)
    assert mine(ground) == 2
    for until in (soon, ground.time):
        with pytest.raises(Problem):
            absences.away(ground.olga, until=until)
    assert absences.back(ground.olga)
    assert not absences.back(ground.olga)


def test_who_is_no_admin_speaks_for_themselves_only(ground: Ground) -> None:
    Agents(ground.context).edit(ground.olga, role="admin")
    absences = Absences(ground.context)
    absences.away(ground.anna)
    for act in (absences.away, absences.back):
        with pytest.raises(Problem) as refused:
            act(ground.olga)
        assert refused.value.details["what"] == "lead_only"
    with pytest.raises(Problem):
        Absences(ground.as_olga().context).away(AgentId(99))


def test_what_a_colleague_noted_meanwhile_is_not_replaced_unseen(ground: Ground) -> None:
    absences, monday = Absences(ground.context), ground.time + timedelta(days=3)
    absences.away(ground.olga, until=monday, seen=())
    [seen] = absences.list()
    theirs = absences.away(ground.olga, since=seen.since, reason="Tết")
    with pytest.raises(Problem, match="changed_meanwhile"):
        absences.away(ground.olga, since=seen.since, substitute=ground.anna, seen=(seen,))
    assert absences.list() == (theirs,)
    absences.back(ground.olga)
    with pytest.raises(Problem, match="changed_meanwhile"):  # they came back, and it is said
        absences.away(ground.olga, substitute=ground.anna, seen=(theirs,))
    assert absences.list() == ()


def test_the_same_twice_and_an_absence_that_passed_are_no_conflict(ground: Ground) -> None:
    absences, monday = Absences(ground.context), ground.time + timedelta(days=3)
    absences.away(ground.olga, until=monday)
    absences.away(ground.olga, until=monday, seen=())
    ground.time = monday + timedelta(days=1)
    absences.away(ground.olga, substitute=ground.anna, seen=())
    assert [one.substitute for one in absences.list()] == [ground.anna]
