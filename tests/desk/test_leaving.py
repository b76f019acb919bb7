"""What somebody has in hand when they leave: each of it has a fate, and none is lost."""

from dataclasses import replace
from datetime import timedelta

import pytest

from deskapp.desk.absences import Absences
from deskapp.desk.agents import Agents
from deskapp.desk.approvals import Approvals
from deskapp.desk.assigning import Assigning
from deskapp.desk.canned import Canned
from deskapp.desk.staff import Staff
from deskapp.desk.take_overs import TakeOvers
from deskapp.desk.teams import Teams
from deskapp.desk.views import Views
from deskapp.domain.assigning import Mode
from deskapp.domain.ids import AgentId, TicketId
from deskapp.domain.kinds import EventKind, OutboxState, TicketStatus, View
from deskapp.domain.leaving import LEFT, NOBODY, Heir, Left
from deskapp.domain.problem import Problem
from deskapp.domain.replies import CannedReply
from deskapp.domain.saved_views import SavedView
from deskapp.domain.snoozing import Snooze
from deskapp.domain.tickets import TicketEdit

from .given_out import mails, rule
from .ground import Ground
from .letters import letter
from .test_approvals import queued, role
from .there import come


@pytest.fixture
def hers(ground: Ground) -> list[TicketId]:
    """Three tickets of Olga's."""
    mails(ground, 3)
    ids = [row.id for row in ground.rows()]
    ground.tickets.edit_many(ids, TicketEdit(assignee_id=ground.olga))
    return ids


def olga_leaves(ground: Ground, to: Heir = NOBODY, *, dry: bool = False) -> Left:
    return Staff(ground.context).leave(ground.olga, to, dry=dry)


def owners(ground: Ground) -> list[tuple[int | None, int | None]]:
    """The team and the person of each ticket."""
    return [(row.team_id, row.assignee_id) for row in ground.rows()]


def test_counting_first_changes_nothing(ground: Ground, hers: list[TicketId]) -> None:
    ground.tickets.edit(hers[0], TicketEdit(snooze=Snooze(ground.time + timedelta(days=1))))
    counted = olga_leaves(ground, dry=True)
    assert (counted.tickets, counted.snoozed, counted.was_active) == (3, 1, True)
    assert owners(ground) == [(None, ground.olga)] * 3


def test_a_team_without_a_rule_gets_them_and_nobody_in_it(
    ground: Ground, hers: list[TicketId]
) -> None:
    team = Teams(ground.context).add("Đổi trả")
    left = olga_leaves(ground, Heir(team=team))
    assert (left.tickets, owners(ground)) == (3, [(team, None)] * 3)
    kinds = [event for event in ground.tickets.conversation(hers[0]).events if event.reason == LEFT]
    assert {event.kind for event in kinds} == {EventKind.ASSIGNED, EventKind.TEAM}


def test_a_team_with_a_rule_gives_them_to_who_is_there_else_when_somebody_comes(
    ground: Ground, hers: list[TicketId]
) -> None:
    teams = Teams(ground.context)
    team, mai = teams.add("Returns"), Agents(ground.context).add("Mai")
    teams.join(mai, team)
    rule(ground, Mode.FEWEST, team)
    come(ground, ground.anna)
    olga_leaves(ground, Heir(team=team))
    assert owners(ground) == [(team, None)] * 3
    come(ground, mai)
    assert len(Assigning(ground.context).give_out()) == 3
    assert owners(ground) == [(team, mai)] * 3


def test_what_was_put_aside_comes_back_to_who_got_it(ground: Ground, hers: list[TicketId]) -> None:
    ground.tickets.edit(hers[0], TicketEdit(snooze=Snooze(ground.time + timedelta(days=1))))
    olga_leaves(ground, Heir(ground.anna))
    ground.later(days=2)
    assert set(ground.tickets.view_ids(View.MINE)) == set(hers)


def test_a_team_that_is_no_more_and_who_left_before_get_nothing(
    ground: Ground, hers: list[TicketId]
) -> None:
    teams = Teams(ground.context)
    gone, mai = teams.add("Gone"), Agents(ground.context).add("Mai")
    teams.put_away(gone)
    Agents(ground.context).edit(mai, active=False)
    for heir in (Heir(team=gone), Heir(mai), Heir(ground.olga), Heir(AgentId(999))):
        with pytest.raises(Problem) as refused:
            olga_leaves(ground, heir)
        assert refused.value.details["what"] == "heir"
    assert owners(ground) == [(None, ground.olga)] * 3


def test_drafts_stay_to_be_read_and_what_is_on_its_way_leaves_or_is_taken_back(
    ground: Ground, hers: list[TicketId]
) -> None:
    olga = ground.as_olga()
    olga.replies.save(replace(olga.replies.draft(hers[0]), body="Nửa chừng"))
    sent = [
        olga.replies.send(replace(olga.replies.draft(one), body="Xong"), at=ground.later(days=1))
        for one in hers[1:]
    ]
    left = olga_leaves(ground, Heir(ground.anna))
    assert (left.drafts, left.queued) == (1, 2)
    [draft] = ground.tickets.drafts_of_others(hers[0])
    assert draft.body == "Nửa chừng"
    ground.replies.undo(sent[0].outbox_id)
    assert sorted(queued(ground)) == [OutboxState.CANCELLED, OutboxState.QUEUED]


def test_a_juniors_reply_still_waits_and_is_approved_after_they_left(ground: Ground) -> None:
    ground.arrive(letter(message_id="a@customer.example"))
    role(ground, ground.olga, "junior")
    olga = ground.as_olga()
    one = Approvals(olga.context).submit(replace(olga.replies.draft(ground.only()), body="Dạ vâng"))
    assert olga_leaves(ground, Heir(ground.anna)).waiting == 1
    seniors = Approvals(ground.context)
    [row] = seniors.waiting()
    seniors.approve(one, row.version, seniors.open(one).draft)
    assert queued(ground) == [OutboxState.QUEUED]


def test_nobody_waits_any_more_for_who_left(ground: Ground, hers: list[TicketId]) -> None:
    mai = Agents(ground.context).add("Mai")
    asked = TakeOvers(ground.context).ask(hers[0], ground.olga)
    own = TakeOvers(ground.as_olga().context).ask(hers[1], mai)
    olga_leaves(ground)
    for one in (asked, own):
        with pytest.raises(Problem):
            TakeOvers(ground.context).withdraw(one.id)


def test_chains_of_substitutes_lead_on_to_the_heir_or_end(ground: Ground) -> None:
    absences, agents = Absences(ground.context), Agents(ground.context)
    mai, lan = agents.add("Mai"), agents.add("Lan")
    absences.away(mai, substitute=ground.olga)
    absences.away(ground.olga, substitute=lan)
    assert absences.stand_in(mai) == lan
    assert olga_leaves(ground, Heir(ground.anna)).substitute_for == 1
    assert (absences.stand_in(mai), absences.stand_in(ground.olga)) == (ground.anna, None)
    Staff(ground.context).leave(ground.anna, Heir(team=Teams(ground.context).add("Returns")))
    assert {one.agent: one.substitute for one in absences.list()} == {mai: None}


def test_a_chain_that_leaving_closes_to_a_circle_leads_to_nobody(ground: Ground) -> None:
    absences, mai = Absences(ground.context), Agents(ground.context).add("Mai")
    absences.away(mai, substitute=ground.olga)
    absences.away(ground.anna, substitute=mai)
    olga_leaves(ground, Heir(ground.anna))
    assert (absences.stand_in(mai), absences.stand_in(ground.anna)) == (None, None)


def test_own_views_are_hidden_and_there_again_for_who_comes_back(ground: Ground) -> None:
    olga = ground.as_olga()
    Views(olga.context).save(SavedView(None, "Của tôi", "tag:vip"))
    olga_leaves(ground)
    assert "Của tôi" not in [one.name for one in Views(ground.context).list()]
    Agents(ground.context).edit(ground.olga, active=True)
    assert "Của tôi" in [one.name for one in Views(olga.context).list()]


def test_own_canned_replies_are_hidden_and_there_again_for_who_comes_back(ground: Ground) -> None:
    olga = ground.as_olga()
    own = CannedReply(None, "Trả lời riêng", "", (("vi", "Chào"),), 0, owner=ground.olga)
    Canned(olga.context).save(own)
    names = [[one.name for one in Canned(each).list()] for each in (olga.context, ground.context)]
    assert names == [["Trả lời riêng"], []]
    olga_leaves(ground, Heir(ground.anna))
    assert Canned(ground.context).list() == (), "the heir gets tickets, not what was private"
    Agents(ground.context).edit(ground.olga, active=True)
    assert [one.name for one in Canned(olga.context).list()] == ["Trả lời riêng"]


def test_what_had_ended_and_opens_again_is_nobodys_also_without_a_rule(ground: Ground) -> None:
    ground.arrive(letter(message_id="a@customer.example"))
    one = ground.only()
    edit = TicketEdit(assignee_id=ground.olga, status=TicketStatus.CLOSED)
    ground.tickets.edit(one, edit)
    assert olga_leaves(ground).tickets == 0
    assert ground.tickets.row(one).assignee_id == ground.olga, "who did it stands there"
    ground.arrive(letter(message_id="b@customer.example", answers=("a@customer.example",)))
    row = ground.tickets.row(one)
    assert (row.status, row.assignee_id) == (TicketStatus.OPEN, None)
    [event] = [
        each for each in ground.tickets.conversation(one).events
        if each.kind is EventKind.ASSIGNED and each.reason == LEFT
    ]  # fmt: skip
    assert (event.old, event.new) == ("Olga", "")
