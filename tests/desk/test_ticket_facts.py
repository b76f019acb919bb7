"""Priority, team, due date, followers, stars and the desk's own words for a status."""

from datetime import timedelta

import pytest

from deskapp.desk.labels import Labels
from deskapp.desk.teams import Teams
from deskapp.domain.ids import LabelId, TeamId, TicketId
from deskapp.domain.kinds import EventKind, TicketStatus, View
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.ticket_facts import Priority
from deskapp.domain.tickets import TicketEdit

from .ground import Ground
from .letters import letter


def _three(ground: Ground) -> list[TicketId]:
    ground.arrive(*(letter(f"t{n}", sender=f"c{n}@c.example", hours=n) for n in range(3)))
    return ground.tickets.view_ids(View.ALL_OPEN)


def _told(ground: Ground, one: TicketId, *kinds: EventKind) -> list[tuple[str, str, str]]:
    events = ground.tickets.conversation(one).events
    return [(e.kind.value, e.old, e.new) for e in events if e.kind in kinds]


def test_priority_team_and_due_date_leave_an_event_with_old_and_new(ground: Ground) -> None:
    ground.arrive(letter())
    one, due = ground.only(), ground.time + timedelta(days=2)
    team = Teams(ground.context).add("Kho")
    edit = TicketEdit(priority=Priority.URGENT, team_id=team, due_at=due)
    row = ground.tickets.edit(one, edit)
    assert (row.priority, row.team_name, row.due_at) == (Priority.URGENT, "Kho", due)
    assert ground.tickets.edit(one, edit).version == row.version
    ground.tickets.edit(one, TicketEdit(no_team=True, no_due=True))
    kinds = (EventKind.PRIORITY, EventKind.TEAM, EventKind.DUE)
    written = due.isoformat(timespec="minutes")
    assert _told(ground, one, *kinds) == [
        ("priority", "normal", "urgent"),
        ("team", "", "Kho"),
        ("due", "", written),
        ("team", "Kho", ""),
        ("due", written, ""),
    ]


def test_many_get_the_same_facts_at_once(ground: Ground) -> None:
    ids, team = _three(ground), Teams(ground.context).add("Warehouse")
    edit = TicketEdit(priority=Priority.LOW, team_id=team, add_followers=(ground.olga,), star=True)
    assert ground.tickets.edit_many(ids, edit) == 3
    for row in ground.tickets.rows(ids):
        assert (row.priority, row.team_id, row.followers) == (Priority.LOW, team, (ground.olga,))
        assert row.starred


def test_a_date_that_passed_is_overdue_until_the_ticket_ends(ground: Ground) -> None:
    ground.arrive(letter())
    one = ground.only()
    row = ground.tickets.edit(one, TicketEdit(due_at=ground.time + timedelta(hours=1)))
    assert not row.is_overdue(ground.time)
    later = ground.later(hours=2)
    assert row.is_overdue(later)
    assert not ground.tickets.edit(one, TicketEdit(status=TicketStatus.SOLVED)).is_overdue(later)


def test_my_team_has_what_waits_for_us_and_is_only_there_for_who_is_in_one(ground: Ground) -> None:
    first, second, third = _three(ground)
    teams = Teams(ground.context)
    kho, sales = teams.add("Kho"), teams.add("Sales")
    ground.tickets.edit_many([first, second], TicketEdit(team_id=kho))
    ground.tickets.edit(third, TicketEdit(team_id=sales))
    ground.tickets.edit(second, TicketEdit(status=TicketStatus.WAITING))
    assert View.MY_TEAM not in {one.view for one in ground.tickets.counts()}
    teams.join(ground.anna, kho)
    assert ground.tickets.view_ids(View.MY_TEAM) == [first]
    assert {one.view: one.count for one in ground.tickets.counts()}[View.MY_TEAM] == 1


def test_a_team_that_was_put_away_is_offered_no_more_and_its_tickets_name_it(
    ground: Ground,
) -> None:
    ground.arrive(letter())
    teams = Teams(ground.context)
    team = teams.add("Kho")
    teams.join(ground.anna, team)
    ground.tickets.edit(ground.only(), TicketEdit(team_id=team))
    teams.put_away(team)
    [row] = teams.list()
    assert (row.active, row.members) == (False, ())
    assert ground.tickets.row(ground.only()).team_name == "Kho"
    assert teams.add("kho") == team and teams.list()[0].active


def test_stars_are_ones_own_and_followers_are_everybodys(ground: Ground) -> None:
    ground.arrive(letter())
    one, olgas = ground.only(), ground.as_olga().tickets
    before = ground.tickets.row(one).version
    row = ground.tickets.edit(one, TicketEdit(star=True, add_followers=(ground.anna,)))
    assert row.starred and row.follower_names == ("Anna",) and row.version == before
    seen = olgas.row(one)
    assert not seen.starred and seen.follower_names == ("Anna",)
    assert ground.tickets.view_ids(View.STARRED) == ground.tickets.view_ids(View.FOLLOWING) == [one]
    assert olgas.view_ids(View.STARRED) == olgas.view_ids(View.FOLLOWING) == []
    olgas.edit(one, TicketEdit(remove_followers=(ground.anna,)))
    assert ground.tickets.view_ids(View.FOLLOWING) == []
    kinds = (EventKind.FOLLOWER, EventKind.UNFOLLOWED)
    assert _told(ground, one, *kinds) == [("follower", "", "Anna"), ("unfollowed", "Anna", "")]


def test_who_follows_a_ticket_that_is_merged_follows_the_one_it_lives_on_in(
    ground: Ground,
) -> None:
    first, second, _ = _three(ground)
    mine = TicketEdit(star=True, add_followers=(ground.anna,))
    ground.tickets.edit_many([first, second], mine)
    ground.tickets.edit(first, TicketEdit(add_followers=(ground.olga,)))
    ground.tickets.merge(first, second)
    assert ground.tickets.row(second).follower_names == ("Anna", "Olga")
    assert ground.tickets.view_ids(View.FOLLOWING) == ground.tickets.view_ids(View.STARRED)
    assert ground.tickets.view_ids(View.STARRED) == [second]


def test_a_label_brings_its_status_along_and_goes_with_it(ground: Ground) -> None:
    ground.arrive(letter())
    one = ground.only()
    label = Labels(ground.context).add("Chờ phụ tùng", TicketStatus.ON_HOLD)
    row = ground.tickets.edit(one, TicketEdit(label_id=label))
    assert (row.status, row.label) == (TicketStatus.ON_HOLD, "Chờ phụ tùng")
    row = ground.tickets.edit(one, TicketEdit(status=TicketStatus.ON_HOLD))
    assert (row.status, row.label) == (TicketStatus.ON_HOLD, "")
    ground.tickets.edit(one, TicketEdit(label_id=label))
    row = ground.tickets.edit(one, TicketEdit(status=TicketStatus.OPEN))
    assert row.label == ""
    kinds = (EventKind.STATUS, EventKind.LABELLED)
    assert _told(ground, one, *kinds) == [
        ("status", "new", "on_hold"),
        ("labelled", "", "Chờ phụ tùng"),
        ("labelled", "Chờ phụ tùng", ""),
        ("labelled", "", "Chờ phụ tùng"),
        ("status", "on_hold", "open"),
        ("labelled", "Chờ phụ tùng", ""),
    ]


def test_a_customers_mail_takes_the_label_off_for_good(ground: Ground) -> None:
    ground.arrive(letter("first"))
    one = ground.only()
    label = Labels(ground.context).add("Waiting for photos", TicketStatus.WAITING)
    answered = ground.answer("Please send photos.")
    ground.tickets.edit(one, TicketEdit(label_id=label))
    ground.arrive(letter("second", hours=30, answers=(answered,)))
    assert ground.tickets.row(one).status is TicketStatus.OPEN
    ground.answer("Thank you.")
    row = ground.tickets.row(one)
    assert (row.status, row.label, row.label_id) == (TicketStatus.WAITING, "", None)


def test_what_is_not_there_and_what_does_not_fit_is_refused(ground: Ground) -> None:
    ground.arrive(letter())
    one, labels = ground.only(), Labels(ground.context)
    label = labels.add("Parts", TicketStatus.ON_HOLD)
    for edit, kind in (
        (TicketEdit(team_id=TeamId(99)), ProblemKind.NOT_FOUND),
        (TicketEdit(label_id=LabelId(99)), ProblemKind.NOT_FOUND),
        (TicketEdit(label_id=label, status=TicketStatus.OPEN), ProblemKind.INVALID),
    ):
        with pytest.raises(Problem) as refused:
            ground.tickets.edit(one, edit)
        assert refused.value.kind is kind
    for name, status in (("parts", TicketStatus.OPEN), ("Closed", TicketStatus.OPEN)):
        with pytest.raises(Problem) as refused:
            labels.add(name, status)
        assert refused.value.kind is ProblemKind.DUPLICATE


def test_a_label_put_away_stays_on_its_tickets_and_comes_back_by_its_name(ground: Ground) -> None:
    ground.arrive(letter())
    labels = Labels(ground.context)
    label = labels.add("Parts", TicketStatus.ON_HOLD)
    ground.tickets.edit(ground.only(), TicketEdit(label_id=label))
    labels.put_away(label)
    assert ground.tickets.row(ground.only()).label == "Parts"
    with pytest.raises(Problem):
        labels.named("parts")
    assert labels.add("Parts", TicketStatus.ON_HOLD) == label
