"""Tags that get another name, a colour, become one, or go."""

import pytest

from deskapp.desk.tags import Tags
from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import EventKind, View
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.ticket_facts import TagColour
from deskapp.domain.tickets import TicketEdit

from .ground import Ground
from .letters import letter


@pytest.fixture
def tags(ground: Ground) -> Tags:
    return Tags(ground.context)


@pytest.fixture
def three(ground: Ground) -> list[TicketId]:
    """Tickets tagged: refund; refund and money back; money back."""
    ground.arrive(*(letter(f"t{n}", sender=f"c{n}@c.example", hours=n) for n in range(3)))
    ids = ground.tickets.view_ids(View.ALL_OPEN)
    ground.tickets.edit_many(ids[:2], TicketEdit(add_tags=("refund",)))
    ground.tickets.edit_many(ids[1:], TicketEdit(add_tags=("money back",)))
    return ids


def _tags(ground: Ground, ids: list[TicketId]) -> list[tuple[str, ...]]:
    return [row.tags for row in ground.tickets.rows(ids)]


def _told(ground: Ground, one: TicketId) -> list[tuple[str, str, str]]:
    events = ground.tickets.conversation(one).events
    kinds = (EventKind.TAGGED, EventKind.UNTAGGED)
    return [(e.kind.value, e.old, e.new) for e in events if e.kind in kinds]


def test_the_list_counts_tickets_and_knows_colours(
    ground: Ground, tags: Tags, three: list[TicketId]
) -> None:
    tags.colour(tags.named("refund"), TagColour.RED)
    assert [(row.name, row.colour, row.tickets) for row in tags.list()] == [
        ("money back", TagColour.NONE, 2),
        ("refund", TagColour.RED, 2),
    ]
    assert ground.tickets.row(three[1]).coloured_tags() == (
        ("money back", TagColour.NONE),
        ("refund", TagColour.RED),
    )


def test_a_name_that_a_colleague_changed_meanwhile_is_not_written_over(
    tags: Tags, three: list[TicketId]
) -> None:
    one = tags.named("refund")
    tags.rename(one, "money refunded", "refund")
    with pytest.raises(Problem) as stale:
        tags.rename(one, "payback", "refund")
    assert stale.value.kind is ProblemKind.CHANGED_MEANWHILE
    assert stale.value.details["value"] == "money refunded"
    tags.rename(one, "money refunded", "refund")  # both wanted the same
    tags.rename(one, "payback", "money refunded")
    assert "payback" in [row.name for row in tags.list()]


def test_a_former_name_goes_on_meaning_the_tag(
    ground: Ground, tags: Tags, three: list[TicketId]
) -> None:
    refund = tags.named("refund")
    tags.rename(refund, "Hoàn tiền")
    assert _tags(ground, three)[0] == ("Hoàn tiền",)
    ground.tickets.edit(three[2], TicketEdit(add_tags=("Refund",)))
    assert _tags(ground, three)[2] == ("Hoàn tiền", "money back")
    ground.tickets.edit(three[2], TicketEdit(remove_tags=("refund",)))
    assert _told(ground, three[2])[-1] == ("untagged", "Hoàn tiền", "")
    tags.rename(refund, "refund")
    assert [row.name for row in tags.list()] == ["money back", "refund"]
    with pytest.raises(Problem) as refused:
        tags.rename(refund, "Money Back")
    assert refused.value.kind is ProblemKind.DUPLICATE


def test_two_tags_become_one_and_every_ticket_tells_it(
    ground: Ground, tags: Tags, three: list[TicketId]
) -> None:
    tags.merge(tags.named("money back"), tags.named("refund"))
    assert _tags(ground, three) == [("refund",)] * 3
    assert _told(ground, three[2])[1:] == [("untagged", "money back", ""), ("tagged", "", "refund")]
    assert _told(ground, three[1])[2:] == [("untagged", "money back", "")]
    ground.tickets.edit(three[0], TicketEdit(add_tags=("money back",)))
    assert _tags(ground, three)[0] == ("refund",)


def test_a_merge_is_taken_back_except_where_the_tag_was_taken_off_since(
    ground: Ground, tags: Tags, three: list[TicketId]
) -> None:
    merge = tags.merge(tags.named("money back"), tags.named("refund"))
    assert [(one.kept, one.merged, one.tickets) for one in tags.merges()] == [
        ("refund", "money back", 2)
    ]
    ground.tickets.edit(three[2], TicketEdit(remove_tags=("refund",)))
    assert tags.undo_merge(merge) == 1
    assert _tags(ground, three) == [("refund",), ("money back", "refund"), ()]
    assert tags.merges() == []
    with pytest.raises(Problem) as refused:
        tags.undo_merge(merge)
    assert refused.value.kind is ProblemKind.TOO_LATE


def test_a_merge_that_was_merged_on_is_not_taken_back(
    ground: Ground, tags: Tags, three: list[TicketId]
) -> None:
    merge = tags.merge(tags.named("money back"), tags.named("refund"))
    tags.merge(tags.named("refund"), tags.add("Returns"))
    with pytest.raises(Problem) as refused:
        tags.undo_merge(merge)
    assert refused.value.kind is ProblemKind.TOO_LATE
    assert _tags(ground, three) == [("Returns",)] * 3


def test_a_tag_that_goes_leaves_its_tickets_and_their_history(
    ground: Ground, tags: Tags, three: list[TicketId]
) -> None:
    tags.rename(tags.named("refund"), "Refunds")
    assert tags.delete(tags.named("refund")) == 2
    assert _tags(ground, three) == [(), ("money back",), ("money back",)]
    assert _told(ground, three[0]) == [("tagged", "", "refund"), ("untagged", "Refunds", "")]
    with pytest.raises(Problem):
        tags.named("refund")
    with pytest.raises(Problem):
        tags.merge(tags.named("money back"), tags.named("money back"))
