"""Related tickets, parents and children: both sides know, and a merge loses none of it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from deskapp.desk.links import Links
from deskapp.desk.undo import Undo
from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import EventKind, TicketStatus
from deskapp.domain.linking import LinkRole
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.tickets import TicketEdit

from .ground import Ground
from .letters import letter


@pytest.fixture
def ground(desk_url: str) -> Iterator[Ground]:
    made = Ground(desk_url)
    made.arrive(*(letter(f"text {n}", sender=f"c{n}@c.example", hours=n) for n in range(5)))
    yield made
    made.database.close()


def _told(links: Links, one: TicketId) -> list[tuple[str, int]]:
    return [(link.role.value, link.number) for link in links.of(one)]


def test_links_are_seen_from_both_sides_undone_merged_and_unmerged(ground: Ground) -> None:
    links, undo = Links(ground.context), Undo(ground.context)
    first, second, third, fourth, _ = (ground.tickets.by_number(n) for n in range(1, 6))
    links.add(first, second, LinkRole.CHILD)
    links.add(third, first, LinkRole.PARENT)
    links.add(first, fourth)
    assert _told(links, first) == [("child", 2), ("child", 3), ("related", 4)]
    assert _told(links, second) == [("parent", 1)]
    assert _told(links, fourth) == [("related", 1)]
    told = [one for one in ground.tickets.conversation(third).events if one.kind == "linked"]
    assert [(one.kind, one.new, one.reason) for one in told] == [(EventKind.LINKED, "1", "parent")]

    act, _ = undo.stack()
    assert act is not None
    undo.take_back(act.id)
    assert _told(links, fourth) == []
    _, again = undo.stack()
    assert again is not None
    undo.take_back(again.id)
    assert _told(links, fourth) == [("related", 1)]

    ground.tickets.merge(third, fourth)  # the child lives on in the related one
    assert _told(links, first) == [("child", 2), ("child", 4), ("related", 4)]
    act, _ = undo.stack()
    assert act is not None
    undo.take_back(act.id)
    assert _told(links, first) == [("child", 2), ("child", 3), ("related", 4)]
    links.remove(third, first)
    assert _told(links, third) == []


def test_a_parents_open_children_are_named_and_what_makes_no_sense_is_refused(
    ground: Ground,
) -> None:
    links = Links(ground.context)
    first, second, third, fourth, _ = (ground.tickets.by_number(n) for n in range(1, 6))
    links.add(first, second, LinkRole.CHILD)
    links.add(second, third, LinkRole.CHILD)
    links.add(first, fourth, LinkRole.CHILD)
    assert links.open_children([first, second]) == {}
    ended = TicketEdit(status=TicketStatus.CLOSED)
    ground.tickets.edit_many([first, second, fourth], ended)
    named = {
        one: [child.number for child in found]
        for one, found in links.open_children([first, second]).items()
    }
    assert named == {second: [3]}  # 2 itself is among those that are closed
    for attempt, kind, what in (
        ((first, first, LinkRole.RELATED), ProblemKind.INVALID, "link"),
        ((second, first, LinkRole.RELATED), ProblemKind.DUPLICATE, "link"),
        ((fourth, second, LinkRole.PARENT), ProblemKind.DUPLICATE, "parent"),
        ((first, third, LinkRole.PARENT), ProblemKind.INVALID, "link_circle"),
    ):
        with pytest.raises(Problem) as refused:
            links.add(*attempt)
        assert (refused.value.kind, refused.value.details["what"]) == (kind, what)
    with pytest.raises(Problem) as refused:
        links.remove(third, fourth)
    assert refused.value.kind is ProblemKind.NOT_FOUND


def test_a_reply_is_told_of_messages_that_left_and_not_of_a_merge_that_was_undone(
    ground: Ground,
) -> None:
    first, second = ground.tickets.by_number(1), ground.tickets.by_number(2)
    draft = replace(ground.replies.draft(first), body="Hello")
    olgas = ground.as_olga()
    olgas.tickets.merge(second, first)
    undo = Undo(olgas.context)
    act, _ = undo.stack()
    assert act is not None
    undo.take_back(act.id)
    assert ground.replies.news(draft) == ()
    ground.replies.undo(ground.replies.send(draft).outbox_id)
    ground.arrive(letter("more", sender="c0@c.example", hours=9))
    olgas.tickets.note(first, "seen")
    draft = replace(ground.replies.draft(first), body="Hello", base=ground.messages(first)[-1].id)
    draft = replace(draft, seen_event=ground.tickets.conversation(first).newest_event)
    olgas.tickets.split(first, [ground.messages(first)[-1].id])
    [deed] = ground.replies.news(draft)
    assert (getattr(deed, "kind", None), getattr(deed, "words", "")) == (EventKind.SPLIT, "7")
