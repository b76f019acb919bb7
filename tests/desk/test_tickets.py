"""What staff do to tickets, and how the lists follow."""

import pytest

from deskapp.domain.kinds import EventKind, TicketStatus, View
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.tickets import TicketEdit

from .ground import Ground
from .letters import letter


def _counts(ground: Ground) -> dict[str, int]:
    return {one.view: one.count for one in ground.tickets.counts()}


def test_views_count_what_they_list(ground: Ground) -> None:
    ground.arrive(*(letter(f"t{n}", sender=f"c{n}@c.example", hours=n) for n in range(6)))
    ids = ground.tickets.view_ids(View.ALL_OPEN)
    ground.tickets.edit(ids[0], TicketEdit(assignee_id=ground.anna))
    ground.tickets.edit(ids[1], TicketEdit(assignee_id=ground.olga))
    ground.tickets.edit(ids[2], TicketEdit(status=TicketStatus.WAITING))
    ground.tickets.edit(ids[3], TicketEdit(status=TicketStatus.CLOSED))
    ground.tickets.edit(ids[4], TicketEdit(status=TicketStatus.SPAM))
    counts = _counts(ground)
    assert counts == {
        View.MINE: 1,
        View.UNASSIGNED: 1,
        View.ALL_OPEN: 3,
        View.WAITING: 1,
        View.SNOOZED: 0,
        View.MENTIONS: 0,
        View.FOLLOWING: 0,
        View.STARRED: 0,
        View.CLOSED: 1,
        View.SPAM: 1,
        View.ALL: 6,
    }
    assert all(len(ground.tickets.view_ids(view)) == counts[view] for view in counts)


def test_who_waits_longest_stands_first(ground: Ground) -> None:
    ground.arrive(
        letter("late", sender="b@c.example", hours=5), letter("early", sender="a@c.example")
    )
    rows = ground.tickets.rows(ground.tickets.view_ids(View.ALL_OPEN))
    assert [row.snippet for row in rows] == ["early", "late"]


def test_rows_come_in_the_order_asked_and_gone_ones_are_left_out(ground: Ground) -> None:
    ground.arrive(letter("a", sender="a@c.example"), letter("b", sender="b@c.example", hours=1))
    first, second = ground.tickets.view_ids(View.ALL_OPEN)
    from deskapp.domain.ids import TicketId

    rows = ground.tickets.rows([second, TicketId(999), first])
    assert [row.id for row in rows] == [second, first]


def test_an_edit_of_a_ticket_that_moved_on_is_refused(ground: Ground) -> None:
    ground.arrive(letter())
    seen = ground.tickets.row(ground.only())
    ground.as_olga().tickets.edit(seen.id, TicketEdit(status=TicketStatus.CLOSED), seen.version)
    with pytest.raises(Problem) as refused:
        ground.tickets.edit(seen.id, TicketEdit(status=TicketStatus.SPAM), seen.version)
    assert refused.value.kind is ProblemKind.CHANGED_MEANWHILE
    assert ground.tickets.row(seen.id).status is TicketStatus.CLOSED


def test_every_real_change_leaves_an_event_with_old_and_new(ground: Ground) -> None:
    ground.arrive(letter())
    one = ground.only()
    ground.tickets.edit(one, TicketEdit(status=TicketStatus.ON_HOLD, assignee_id=ground.olga))
    ground.tickets.edit(one, TicketEdit(status=TicketStatus.ON_HOLD))
    events = ground.tickets.conversation(one).events
    told = [
        (e.kind, e.old, e.new, e.agent_name)
        for e in events
        if e.kind in (EventKind.STATUS, EventKind.ASSIGNED)
    ]
    assert told == [
        (EventKind.STATUS, "new", "on_hold", "Anna"),
        (EventKind.ASSIGNED, "", "Olga", "Anna"),
    ]


def test_tags_that_differ_only_in_case_or_marks_are_one(ground: Ground) -> None:
    ground.arrive(letter())
    one = ground.only()
    ground.tickets.edit(one, TicketEdit(add_tags=("Hoàn tiền",)))
    ground.tickets.edit(one, TicketEdit(add_tags=("hoan tien", "VIP")))
    assert ground.tickets.row(one).tags == ("Hoàn tiền", "VIP")
    ground.tickets.edit(one, TicketEdit(remove_tags=("HOÀN TIỀN",)))
    assert ground.tickets.row(one).tags == ("VIP",)
    assert ground.tickets.tags() == ("Hoàn tiền", "VIP")


def test_a_note_is_on_the_ticket_and_is_no_turn(ground: Ground) -> None:
    ground.arrive(letter())
    one = ground.only()
    waiting = ground.tickets.row(one).waiting_since
    ground.tickets.note(one, "Carrier says Saturday.")
    row = ground.tickets.row(one)
    assert (row.status, row.waiting_since, row.message_count) == (TicketStatus.NEW, waiting, 2)
    with pytest.raises(Problem):
        ground.tickets.note(one, "  \n")


def test_reading_marks_a_ticket_read_for_the_reader_alone(ground: Ground) -> None:
    ground.arrive(letter(message_id="a@c.example"))
    conversation = ground.tickets.conversation(ground.only())
    assert conversation.newest is not None
    ground.tickets.seen(conversation.ticket.id, conversation.newest)
    assert not ground.tickets.row(conversation.ticket.id).unread
    assert ground.as_olga().tickets.row(conversation.ticket.id).unread
    ground.arrive(letter("more", answers=("a@c.example",), hours=1))
    assert ground.tickets.row(conversation.ticket.id).unread
    ground.tickets.seen(conversation.ticket.id, conversation.newest)
    assert ground.tickets.row(conversation.ticket.id).unread, "an older mark changes nothing"


def test_a_merge_moves_everything_and_both_numbers_lead_to_it(ground: Ground) -> None:
    ground.arrive(letter("a", sender="a@c.example"), letter("b", sender="b@c.example", hours=1))
    first, second = ground.tickets.view_ids(View.ALL_OPEN)
    ground.tickets.edit(second, TicketEdit(add_tags=("VIP",)))
    ground.tickets.merge(second, first)
    row = ground.tickets.row(first)
    assert (row.message_count, row.tags) == (2, ("VIP",))
    assert ground.tickets.by_number(2) == first
    assert ground.tickets.view_ids(View.ALL) == [first]
    with pytest.raises(Problem) as refused:
        ground.tickets.merge(first, second)
    assert refused.value.kind is ProblemKind.CHANGED_MEANWHILE


def test_an_answer_to_a_merged_ticket_joins_where_it_lives_on(ground: Ground) -> None:
    ground.arrive(
        letter("a", sender="a@c.example", message_id="a@c.example"),
        letter("b", sender="b@c.example", message_id="b@c.example", hours=1),
    )
    first, second = ground.tickets.view_ids(View.ALL_OPEN)
    ground.tickets.merge(second, first)
    ground.arrive(letter("b2", sender="b@c.example", answers=("b@c.example",), hours=2))
    assert ground.tickets.row(first).message_count == 3


def test_a_split_takes_chosen_messages_to_a_ticket_of_their_own(ground: Ground) -> None:
    ground.arrive(
        letter("one", message_id="1@c.example"),
        letter("two", subject="Other matter", answers=("1@c.example",), hours=1),
    )
    conversation = ground.tickets.conversation(ground.only())
    new = ground.tickets.split(conversation.ticket.id, [conversation.messages[1].id])
    assert ground.tickets.row(new).subject == "Other matter"
    assert ground.tickets.row(conversation.ticket.id).message_count == 1
    with pytest.raises(Problem):
        ground.tickets.split(new, [conversation.messages[1].id])


def test_an_attachment_comes_out_of_the_stored_mail_byte_for_byte(ground: Ground) -> None:
    data = bytes(range(256)) * 40
    ground.arrive(letter(file=("hóa đơn 訂單.bin", data)))
    [message] = ground.tickets.conversation(ground.only()).messages
    [file] = message.attachments
    assert (file.filename, file.size, file.dangerous) == ("hóa đơn 訂單.bin", len(data), False)
    assert ground.tickets.attachment(file.id)[1] == data


def test_the_original_is_kept_byte_for_byte(ground: Ground) -> None:
    raw = letter()
    ground.arrive(raw)
    [message] = ground.tickets.conversation(ground.only()).messages
    assert ground.tickets.raw(message.id) == raw


def test_search_finds_each_language_folded_and_marks_the_hit(ground: Ground) -> None:
    ground.arrive(
        letter("我的訂單還沒到", sender="a@c.example"),
        letter("Đơn hàng của tôi đâu?", sender="b@c.example", hours=1),
        letter("Где мои заказы? Ещё не пришли", sender="c@c.example", hours=2),
    )
    for words, mark in (
        ("订单", "訂單"),
        ("don hang", "Đơn hàng"),
        ("заказ", "заказы"),
        ("еще", "Ещё"),
    ):
        found = ground.search.find(words)
        assert len(found) == 1, words
        assert f"\ue000{mark}\ue001" in found[0].snippet.replace("\ue001 \ue000", " ")
    assert ground.search.find("'; DROP \" ( * :") == ()
    assert [hit.kind for hit in ground.search.find("c@c.example", kinds=("customer",))] == [
        "customer"
    ]
    assert ground.search.tickets("#3") == [ground.tickets.by_number(3)]
