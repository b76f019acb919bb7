"""A merge, a split and a move are undone row by row, at once or later, by whoever comes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from deskapp.desk.undo import Undo
from deskapp.domain.ids import MoveId, TicketId
from deskapp.domain.kinds import EventKind, TicketStatus
from deskapp.domain.mail import Address
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.snoozing import Snooze
from deskapp.domain.ticket_facts import Priority
from deskapp.domain.tickets import TicketEdit
from deskapp.domain.undoing import ActKind, TakenBack

from .dump import differences, rows_of
from .ground import Ground
from .letters import letter


@pytest.fixture
def ground(desk_url: str) -> Iterator[Ground]:
    """Three tickets with all that a ticket can have; Anna's reply waits on 2, Olga writes there."""
    made = Ground(desk_url)
    for n, file in ((1, None), (2, ("photo.jpg", b"jpeg")), (3, None)):
        who = f"C{n} <c{n}@c.example>"
        made.arrive(letter(f"text {n}", sender=who, message_id=f"m{n}@c", hours=n, file=file))
        made.arrive(letter(f"more {n}", sender=who, answers=(f"m{n}@c",), hours=n + 0.5))
    first, second, _ = (made.tickets.by_number(number) for number in (1, 2, 3))
    made.tickets.edit(first, TicketEdit(add_tags=("return", "vip"), add_followers=(made.anna,)))
    olgas = made.as_olga()
    olgas.tickets.edit(second, TicketEdit(add_tags=("vip", "parts"), star=True))
    olgas.tickets.edit(second, TicketEdit(add_followers=(made.anna, made.olga)))
    made.newcomers.add(second, Address("Bo", "bo@other.example"))
    made.tickets.note(second, "Called her")
    made.tickets.edit(
        second,
        TicketEdit(priority=Priority.HIGH, snooze=Snooze(made.time + timedelta(days=3), True)),
    )
    made.replies.send(replace(made.replies.draft(second), body="It waits."))
    written = replace(olgas.replies.draft(second), body="Olga writes", seen_event=10**6)
    olgas.replies.save(written)
    yield made
    made.database.close()


def _ticket(ground: Ground, number: int) -> TicketId:
    return ground.tickets.by_number(number)


def _undo(ground: Ground) -> TakenBack:
    undo = Undo(ground.context)
    act, _ = undo.stack()
    assert act is not None
    return undo.take_back(act.id)


def _redo(ground: Ground) -> TakenBack:
    undo = Undo(ground.context)
    _, again = undo.stack()
    assert again is not None
    return undo.take_back(again.id)


@pytest.mark.parametrize("into_status", [None, TicketStatus.CLOSED])
def test_a_merge_undone_gives_back_every_row_and_redone_merges_again(
    ground: Ground, into_status: TicketStatus | None
) -> None:
    first, second, third = (_ticket(ground, number) for number in (1, 2, 3))
    if into_status is not None:
        ground.tickets.edit(first, TicketEdit(status=into_status))
    before = rows_of(ground.database)
    ground.tickets.merge_many([second, third], first)
    merged = rows_of(ground.database)
    assert ground.tickets.row(first).message_count == 8
    assert ground.tickets.row(first).status in (TicketStatus.NEW, TicketStatus.OPEN)
    assert _undo(ground).restored == 2
    assert differences(before, rows_of(ground.database)) == []
    assert ground.check() == ()
    assert _redo(ground).restored == 2
    assert differences(merged, rows_of(ground.database)) == []
    assert _undo(ground).restored == 2
    assert differences(before, rows_of(ground.database)) == []


def test_a_split_and_a_move_are_undone_and_redone_too(ground: Ground) -> None:
    first, second = _ticket(ground, 1), _ticket(ground, 2)
    before = rows_of(ground.database)
    photo, _, note, waiting = (one.id for one in ground.messages(second))
    ground.tickets.move(second, [photo, waiting], first)
    moved = rows_of(ground.database)
    assert [one.origin and one.origin.number for one in ground.messages(first)][-1] == 2
    _undo(ground)
    assert differences(before, rows_of(ground.database)) == []
    _redo(ground)
    assert differences(moved, rows_of(ground.database)) == []
    _undo(ground)

    person = Address("Nam", "nam@new.example")
    new = ground.tickets.split(second, [note, waiting], "Another matter", person)
    split = rows_of(ground.database)
    assert (ground.tickets.row(new).subject, ground.tickets.row(new).customer_name) == (
        "Another matter",
        "Nam",
    )
    assert ground.messages(new)[0].origin == ground.messages(new)[1].origin
    _undo(ground)
    left = differences(before, rows_of(ground.database))
    assert {line.split()[0] for line in left} == {"+"}
    # Its number stays findable; the new person, whose company their address names, and that the
    # first one took part stay too.
    person_rows = {"customer", "contact_point", "company", "company_domain"}
    made = {"ticket", "ticket_participant", "search_row"} | person_rows
    assert {line.split()[1] for line in left} == made
    assert ground.tickets.by_number(4) == second
    _redo(ground)
    assert differences(split, rows_of(ground.database)) == []
    assert ground.check() == ()


def test_a_colleague_undoes_it_from_the_history_days_later_and_the_act_is_theirs(
    ground: Ground,
) -> None:
    first, second = _ticket(ground, 1), _ticket(ground, 2)
    before = rows_of(ground.database)
    ground.tickets.merge(second, first)
    ground.later(days=1)
    [move] = ground.tickets.conversation(first).moves
    assert (move.source.number, move.target.number, move.count) == (2, 1, 4)
    olgas = Undo(ground.as_olga().context)
    assert olgas.move(move.id) == (second, first)
    assert differences(before, rows_of(ground.database)) == []
    assert ground.tickets.conversation(first).moves == ()
    last, _ = Undo(ground.context).stack()
    assert last is None or last.kind is not ActKind.MERGE
    act, _ = olgas.stack()
    assert act is not None and (act.kind, act.fields["into"]) == (ActKind.UNMERGE, 1)
    olgas.take_back(act.id)
    assert ground.tickets.row(second).status is TicketStatus.MERGED
    with pytest.raises(Problem) as refused:
        olgas.move(move.id)
    assert (refused.value.kind, refused.value.details["what"]) == (ProblemKind.TOO_LATE, "move")
    assert olgas.move(MoveId(move.id + 1)) == (second, first)
    kinds = [event.kind for event in ground.tickets.conversation(second).events]
    assert kinds.count(EventKind.UNMERGED) == 2


def test_what_came_since_goes_where_what_it_answers_goes(ground: Ground) -> None:
    first, second = _ticket(ground, 1), _ticket(ground, 2)
    ground.tickets.edit(second, TicketEdit(status=TicketStatus.CLOSED))
    ground.tickets.merge(second, first)
    ground.later(hours=1)
    hours = 30
    ground.arrive(
        letter("still broken", sender="C2 <c2@c.example>", answers=("m2@c",), hours=hours),
        letter("and mine?", sender="C1 <c1@c.example>", answers=("m1@c",), hours=hours + 1),
    )
    assert ground.tickets.row(first).message_count == 8
    ground.as_olga().tickets.edit(first, TicketEdit(add_tags=("urgent",)))
    olgas = ground.as_olga()
    olgas.replies.save(replace(olgas.replies.draft(first), body="more of Olga's"))
    assert _undo(ground).kept_count == 0
    words = [one.text.strip() for one in ground.messages(second)]
    assert words[-1] == "still broken" and len(words) == 5
    assert ground.messages(first)[-1].text.strip() == "and mine?"
    # The mail that came meanwhile opens the ticket that it went to, as mail does.
    assert ground.tickets.row(second).status is TicketStatus.OPEN
    assert "urgent" in ground.tickets.row(first).tags
    assert ground.as_olga().replies.draft(second).body == "more of Olga's"  # begun there
    assert ground.check() == ()
    ground.arrive(letter("again", sender="C2 <c2@c.example>", answers=("m2@c",), hours=40))
    assert ground.messages(second)[-1].text.strip() == "again"


def test_a_reply_taken_back_while_merged_leaves_both_tickets_as_they_were_before_it(
    ground: Ground,
) -> None:
    first, second = _ticket(ground, 1), _ticket(ground, 2)
    status = ground.tickets.row(first).status
    ground.tickets.merge(second, first)
    [waiting] = ground.replies.outbox()
    back = ground.replies.undo(waiting.id)
    assert (back.ticket_id, back.body) == (first, "It waits.")
    assert not ground.tickets.row(first).snooze  # what it ended was the other ticket's
    _undo(ground)
    assert ground.replies.draft(second).body == "It waits."
    assert ground.tickets.row(first).status is status
    assert ground.tickets.row(second).status is TicketStatus.NEW
    assert ground.check() == ()


def test_what_a_colleague_moved_on_stays_and_an_undone_merge_leaves_the_stack(
    ground: Ground,
) -> None:
    first, second, third = (_ticket(ground, number) for number in (1, 2, 3))
    photo = ground.messages(second)[0].id
    ground.tickets.merge(second, first)
    ground.as_olga().tickets.move(first, [photo], third)
    done = _undo(ground)
    assert (done.kept_count, done.kept[0].number) == (1, 2)
    assert photo in {one.id for one in ground.messages(third)}
    new = ground.tickets.split(third, [photo])
    ground.as_olga().tickets.note(new, "I see to it")
    undo = Undo(ground.context)
    act, _ = undo.stack()
    assert act is not None and act.kind is ActKind.SPLIT
    with pytest.raises(Problem) as refused:
        undo.take_back(act.id)
    assert refused.value.details == {"what": "split_off", "who": "Olga"}
    last, _ = undo.stack()
    assert last is not None and last.kind is not ActKind.SPLIT  # it does not stand in the way


def test_one_of_two_merges_one_after_the_other_is_undone_by_itself(ground: Ground) -> None:
    first, second, third = (_ticket(ground, number) for number in (1, 2, 3))
    alone = [one.id for one in ground.messages(second)]
    ground.tickets.merge(second, first)
    ground.tickets.merge(first, third)
    moves = ground.tickets.conversation(third).moves
    assert [move.source.number for move in moves] == [2, 1]
    Undo(ground.context).move(moves[0].id)
    assert [one.id for one in ground.messages(second)] == alone
    assert ground.tickets.by_number(1) == third
    assert _undo(ground).restored == 1  # the undoing is undone: to where it lives on by now
    assert ground.tickets.by_number(2) == third
    assert ground.check() == ()


def test_an_unanswered_mail_opens_the_ticket_that_it_is_moved_to_and_goes_back_so(
    ground: Ground,
) -> None:
    one, into = _ticket(ground, 1), _ticket(ground, 3)
    solved = ground.tickets.edit(into, TicketEdit(status=TicketStatus.SOLVED))
    ground.tickets.move(one, [ground.messages(one)[1].id], into)
    row = ground.tickets.row(into)
    assert (row.status, row.waiting_since is None) == (TicketStatus.OPEN, False)
    _undo(ground)
    assert ground.tickets.row(into).status is TicketStatus.SOLVED
    ground.tickets.edit(into, TicketEdit(status=TicketStatus.WAITING, snooze=Snooze(on_reply=True)))
    ground.tickets.move(one, [ground.messages(one)[1].id], into)
    row = ground.tickets.row(into)
    assert (row.status, row.is_asleep(ground.time)) == (TicketStatus.OPEN, False)
    ground.as_olga().tickets.edit(one, TicketEdit(status=TicketStatus.SOLVED))
    _undo(ground)
    row = ground.tickets.row(into)
    assert (row.status, row.is_asleep(ground.time)) == (TicketStatus.WAITING, True)
    assert ground.tickets.row(one).status is TicketStatus.OPEN  # it waits for us there again
    assert solved.version < row.version


@pytest.mark.parametrize("joined", ["merged", "moved"])
def test_a_ticket_opened_by_another_stays_open_for_what_its_customer_wrote_since(
    ground: Ground, joined: str
) -> None:
    one, into = _ticket(ground, 1), _ticket(ground, 3)
    ground.tickets.edit(into, TicketEdit(status=TicketStatus.SOLVED))
    if joined == "merged":
        ground.tickets.merge(one, into)
    else:
        ground.tickets.move(one, [ground.messages(one)[1].id], into)
    ground.later(hours=1)
    ground.arrive(letter("And now?", sender="C3 <c3@c.example>", answers=("m3@c",), hours=25))
    _undo(ground)
    row = ground.tickets.row(into)
    assert (row.status, row.waiting_since is None) == (TicketStatus.OPEN, False)
