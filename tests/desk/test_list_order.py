"""In what order the lists stand: what was promised first, or as a person sorts them."""

from array import array
from datetime import timedelta

from sqlalchemy import event as listening

from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import TicketStatus, View
from deskapp.domain.list_order import SORTABLE, Column, ListOrder
from deskapp.domain.ticket_facts import Priority
from deskapp.domain.tickets import TicketEdit

from .ground import Ground
from .letters import letter


def three(ground: Ground) -> list[TicketId]:
    """Waiting since 0, 1 and 2 o'clock."""
    ground.arrive(
        *(
            letter(f"t{n}", sender=f"{name} <p{n}@c.example>", hours=n)
            for n, name in enumerate(("Châu", "Anna", "đức"))
        )
    )
    return ground.tickets.view_ids(View.ALL_OPEN)


def test_what_is_due_within_a_day_stands_before_who_waits_longest(ground: Ground) -> None:
    first, second, third = three(ground)
    now = ground.later()
    ground.tickets.edit(third, TicketEdit(due_at=now + timedelta(hours=2)))
    ground.tickets.edit(second, TicketEdit(due_at=now - timedelta(hours=2)))
    ground.tickets.edit(first, TicketEdit(due_at=now + timedelta(days=9)))
    assert ground.tickets.view_ids(View.ALL_OPEN) == [second, third, first]
    assert ground.tickets.view_ids(View.ALL_OPEN, 2) == [second, third]


def test_a_view_is_sorted_by_every_column_and_shows_the_same_tickets(ground: Ground) -> None:
    ids = three(ground)
    for column in Column:
        for descending in (False, True):
            order = ListOrder(column, descending)
            assert sorted(ground.tickets.view_ids(View.ALL_OPEN, order=order)) == sorted(ids)
            if column in SORTABLE:
                again = ground.tickets.sorted(list(reversed(ids)), order)
                assert again == ground.tickets.view_ids(View.ALL_OPEN, order=order), column


def test_names_sort_without_marks_and_what_has_no_value_stands_last(ground: Ground) -> None:
    ids = three(ground)
    chau, anna, duc = ids
    by_name = ListOrder(Column.CUSTOMER)
    assert ground.tickets.view_ids(View.ALL_OPEN, order=by_name) == [anna, chau, duc]
    ground.tickets.edit(duc, TicketEdit(assignee_id=ground.olga, priority=Priority.URGENT))
    for descending in (False, True):
        by_agent = ListOrder(Column.ASSIGNEE, descending)
        assert ground.tickets.view_ids(View.ALL_OPEN, order=by_agent)[0] == duc
    urgent = ListOrder(Column.PRIORITY)
    assert ground.tickets.view_ids(View.ALL_OPEN, order=urgent)[0] == duc


def test_subjects_tags_and_mailboxes_sort_a_view_alike_on_both_databases(ground: Ground) -> None:
    one, two, three_ = three(ground)
    for ticket, subject, tag in ((one, "beta", "Émile"), (two, "Alpha", "zoo"), (three_, "Ω", "")):
        tags = (tag, "zz") if tag else ()
        ground.tickets.edit(ticket, TicketEdit(subject=subject, add_tags=tags))
    for column, expected in (
        (Column.SUBJECT, [two, one, three_]),
        (Column.TAGS, [one, two, three_]),
        (Column.MAILBOX, [one, two, three_]),
    ):
        assert ground.tickets.view_ids(View.ALL_OPEN, order=ListOrder(column)) == expected
    assert ground.tickets.view_ids(
        View.ALL_OPEN, order=ListOrder(Column.TAGS, descending=True)
    ) == [two, one, three_]


def test_a_sorted_view_is_limited_and_leaves_out_what_left_it(ground: Ground) -> None:
    ids = three(ground)
    ground.tickets.edit(ids[0], TicketEdit(status=TicketStatus.CLOSED))
    newest = ListOrder(Column.NUMBER, descending=True)
    assert ground.tickets.view_ids(View.ALL_OPEN, order=newest) == [ids[2], ids[1]]
    assert ground.tickets.view_ids(View.ALL_OPEN, 1, newest) == [ids[2]]


def test_a_whole_view_comes_as_one_value_in_three_statements_at_most(ground: Ground) -> None:
    ids = three(ground)
    asked: list[str] = []
    listening.listen(
        ground.context.database.reader,
        "before_cursor_execute",
        lambda *words: asked.append(words[2]),
    )
    assert ground.tickets.view_list(View.ALL_OPEN) == array("q", ids)
    assert ground.tickets.view_list(View.SPAM) == array("q")
    told = [one for one in asked if not one.startswith("BEGIN")]
    assert len(told) == 3 + 1
    assert all("LIMIT" in one or "group_concat" in one or "string_agg" in one for one in told)
