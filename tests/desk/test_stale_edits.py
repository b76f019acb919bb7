"""What somebody else set after it was seen is not overwritten; all else joins."""

from dataclasses import dataclass

import pytest

from deskapp.desk.tags import Tags
from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import EventKind, TicketStatus
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.ticket_facts import Priority
from deskapp.domain.tickets import TicketEdit, TicketRow
from tests.desk.ground import Ground
from tests.desk.letters import letter


@dataclass
class Two:
    """Anna acts, Olga is faster; ``seen`` is what Anna has before her eyes."""

    ground: Ground
    seen: TicketRow

    def olga_sets(self, edit: TicketEdit, one: TicketId | None = None) -> None:
        self.ground.context.agent = self.ground.olga
        self.ground.tickets.edit(one or self.seen.id, edit)
        self.ground.context.agent = self.ground.anna


@pytest.fixture
def two(ground: Ground) -> Two:
    ground.arrive(letter("parcel", message_id="first@c.example"))
    return Two(ground, ground.tickets.row(TicketId(1)))


def test_the_same_fact_set_by_somebody_else_stops_and_tells_both_values(two: Two) -> None:
    two.olga_sets(TicketEdit(status=TicketStatus.CLOSED))
    tickets = two.ground.tickets
    made = tickets.as_seen.edit([two.seen.id], TicketEdit(status=TicketStatus.ON_HOLD), [two.seen])
    [clash] = made.clashes
    assert (clash.fact, clash.seen, clash.now, clash.who) == (
        EventKind.STATUS,
        "new",
        "closed",
        "Olga",
    )
    assert clash.at is not None and made.changed == 0
    assert tickets.row(two.seen.id).status is TicketStatus.CLOSED


def test_another_fact_changed_meanwhile_joins_and_the_history_tells_both(two: Two) -> None:
    two.olga_sets(TicketEdit(priority=Priority.HIGH))
    tickets = two.ground.tickets
    edit = TicketEdit(status=TicketStatus.ON_HOLD)
    made = tickets.as_seen.edit([two.seen.id], edit, [two.seen])
    row = tickets.row(two.seen.id)
    assert (made.changed, made.clashes) == (1, ())
    assert (row.status, row.priority) == (TicketStatus.ON_HOLD, Priority.HIGH)
    told = {one.kind: one.agent_name for one in tickets.conversation(row.id).events}
    assert told[EventKind.PRIORITY] == "Olga" and told[EventKind.STATUS] == "Anna"


@pytest.mark.parametrize("again", [TicketStatus.CLOSED, TicketStatus.NEW])
def test_what_was_wanted_anyhow_or_stands_as_it_was_seen_is_no_conflict(
    two: Two, again: TicketStatus
) -> None:
    two.olga_sets(TicketEdit(status=TicketStatus.CLOSED))
    if again is TicketStatus.NEW:
        two.olga_sets(TicketEdit(status=TicketStatus.NEW))
    tickets = two.ground.tickets
    made = tickets.as_seen.edit([two.seen.id], TicketEdit(status=TicketStatus.CLOSED), [two.seen])
    assert made.clashes == ()
    assert tickets.row(two.seen.id).status is TicketStatus.CLOSED


def test_what_one_did_oneself_elsewhere_is_known(two: Two) -> None:
    tickets = two.ground.tickets
    tickets.edit(two.seen.id, TicketEdit(status=TicketStatus.CLOSED))
    made = tickets.as_seen.edit([two.seen.id], TicketEdit(status=TicketStatus.ON_HOLD), [two.seen])
    assert (made.changed, made.clashes) == (1, ())


def test_tags_of_two_people_join_and_a_former_name_means_the_tag_it_became(two: Two) -> None:
    tickets, tags = two.ground.tickets, Tags(two.ground.context)
    tickets.edit(two.seen.id, TicketEdit(add_tags=("urgent",)))
    seen = tickets.row(two.seen.id)
    two.olga_sets(TicketEdit(add_tags=("refund", "delivery")))
    tags.merge(tags.named("urgent"), tags.add("press"))
    edit = TicketEdit(add_tags=("delivery", "vip"), remove_tags=("urgent",))
    made = tickets.as_seen.edit([seen.id], edit, [seen])
    assert made.clashes == ()
    assert set(tickets.row(seen.id).tags) == {"refund", "delivery", "vip"}


def test_of_many_those_that_others_changed_are_left_and_named(two: Two) -> None:
    ground = two.ground
    ground.arrive(*(letter(f"more {n}", sender=f"c{n}@c.example") for n in range(3)))
    tickets = ground.tickets
    ids = tickets.view_ids("all")
    seen = tickets.rows(ids)
    two.olga_sets(TicketEdit(assignee_id=two.ground.olga), ids[1])
    made = tickets.as_seen.edit(ids, TicketEdit(assignee_id=two.ground.anna), seen)
    assert made.changed == 3
    [clash] = made.clashes
    assert (clash.ticket, clash.now, clash.who) == (ids[1], "Olga", "Olga")
    owners = [row.assignee_name for row in tickets.rows(ids)]
    assert owners == ["Anna", "Olga", "Anna", "Anna"]


def test_a_mail_that_reopened_it_meanwhile_is_told_as_happened_by_itself(two: Two) -> None:
    tickets = two.ground.tickets
    tickets.edit(two.seen.id, TicketEdit(status=TicketStatus.WAITING))
    seen = tickets.row(two.seen.id)
    two.ground.arrive(
        letter("Any news?", message_id="b@c.example", answers=("first@c.example",), hours=2)
    )
    made = tickets.as_seen.edit([seen.id], TicketEdit(status=TicketStatus.CLOSED), [seen])
    [clash] = made.clashes
    assert (clash.seen, clash.now, clash.who) == ("waiting", "open", "")


def test_a_ticket_merged_away_meanwhile_is_refused(two: Two) -> None:
    two.ground.arrive(letter("another", sender="x@c.example"))
    tickets = two.ground.tickets
    tickets.merge(two.seen.id, TicketId(2))
    with pytest.raises(Problem) as refused:
        tickets.as_seen.edit([two.seen.id], TicketEdit(priority=Priority.LOW), [two.seen])
    assert refused.value.kind is ProblemKind.CHANGED_MEANWHILE


def test_all_that_an_edit_would_change_is_told_without_knowing_what_was_seen(two: Two) -> None:
    two.olga_sets(TicketEdit(status=TicketStatus.CLOSED))
    edit = TicketEdit(status=TicketStatus.ON_HOLD, priority=Priority.NORMAL)
    [clash] = two.ground.tickets.as_seen.would_overwrite(two.seen.id, edit)
    assert (clash.fact, clash.now, clash.who, clash.seen) == (
        EventKind.STATUS,
        "closed",
        "Olga",
        None,
    )
