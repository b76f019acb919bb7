"""Pinned views: own and shared, counted right after anybody's change, renamed, ordered, deleted."""

import pytest

from deskapp.desk.views import Views
from deskapp.domain.kinds import TicketStatus
from deskapp.domain.list_order import Column, ListOrder
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.saved_views import SavedView, Sorting
from deskapp.domain.tickets import TicketEdit

from .ground import Ground
from .letters import letter


def test_a_search_is_pinned_listed_and_counted_again_after_a_change(ground: Ground) -> None:
    ground.arrive(*(letter(f"parcel {n}", sender=f"c{n}@c.example", hours=n) for n in range(3)))
    views = Views(ground.context)
    pinned = views.save(SavedView(None, "Parcels", "parcel status:new", Sorting.OLDEST))
    assert [(one.view.name, one.count, one.more) for one in views.counts()] == [
        ("Parcels", 3, False)
    ]
    listed = ground.tickets.view_ids(pinned.key)
    assert [row.number for row in ground.tickets.rows(listed)] == [1, 2, 3]
    newest = ListOrder(Column.NUMBER, descending=True)
    assert ground.tickets.view_ids(pinned.key, 2, newest) == listed[:0:-1]
    ground.as_olga().tickets.edit(listed[0], TicketEdit(status=TicketStatus.CLOSED))
    assert [one.count for one in views.counts()] == [2]
    assert len(ground.tickets.view_ids(pinned.key)) == 2


def test_own_views_are_private_and_shared_ones_everybodys(ground: Ground) -> None:
    mine, olgas = Views(ground.context), Views(ground.as_olga().context)
    mine.save(SavedView(None, "Mine", "status:open"))
    mine.save(SavedView(None, "Ours", "status:closed", columns=("number", "due"), shared=True))
    assert [one.name for one in mine.list()] == ["Mine", "Ours"]
    [shared] = olgas.list()
    assert (shared.name, shared.columns, shared.shared) == ("Ours", ("number", "due"), True)
    assert mine.by_name("ours") == shared


def test_views_are_renamed_ordered_and_deleted(ground: Ground) -> None:
    views = Views(ground.context)
    a, b, c = (views.save(SavedView(None, name, "status:open")) for name in "abc")
    views.save(SavedView(b.id, "Ð middle", "status:new", Sorting.WAITING))
    assert c.id is not None and b.id is not None and a.id is not None
    views.reorder([c.id, b.id])
    assert [one.name for one in views.list()] == ["c", "Ð middle", "a"]
    views.delete(b.id)
    views.delete(b.id)
    assert [one.name for one in views.list()] == ["c", "a"]
    with pytest.raises(Problem) as gone:
        ground.tickets.view_ids(b.key)
    assert gone.value.kind is ProblemKind.NOT_FOUND


def test_a_view_needs_a_name_of_its_own_and_something_to_search(ground: Ground) -> None:
    views = Views(ground.context)
    views.save(SavedView(None, "Parcels", "parcel"))
    for view, kind in (
        (SavedView(None, " ", "parcel"), ProblemKind.EMPTY),
        (SavedView(None, "Nothing", " : "), ProblemKind.EMPTY),
        (SavedView(None, "parcels", "other"), ProblemKind.DUPLICATE),
    ):
        with pytest.raises(Problem) as refused:
            views.save(view)
        assert refused.value.kind is kind
