"""Two programs at work on one desk at the same moment: nothing is overwritten, doubled or missed.

Each story holds one write open, lets a second one run into it, and then lets the first one end.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from threading import Event
from typing import TypeVar

import pytest
from sqlalchemy import text

from deskapp.data.database import Database, Unit
from deskapp.data.queries.customer_merge import merge_customers
from deskapp.data.queries.customers_write import customer_here
from deskapp.data.queries.filing import next_numbers
from deskapp.data.queries.people_write import ensure_customers
from deskapp.data.queries.ticket_edit import edit_ticket, lock_rows
from deskapp.data.queries.ticket_write import add_note
from deskapp.desk.undo import Undo
from deskapp.domain.ids import CustomerId, MessageId
from deskapp.domain.kinds import TicketStatus, View
from deskapp.domain.mail import Address
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.tickets import TicketEdit

from .ground import Ground
from .letters import letter

T = TypeVar("T")

_LONG = 2000  # looks, ten milliseconds apart


class Others:
    """What other programs do while this one's write is open."""

    def __init__(self, pool: ThreadPoolExecutor, database: Database, unit: Unit) -> None:
        self._pool = pool
        self._database = database
        self.unit = unit

    def begin(self, *works: Callable[[], T]) -> list[Future[T]]:
        """Starts them; back when each has run into the open write."""
        begun = [self._pool.submit(work) for work in works]
        pause = Event()
        for _ in range(0 if self._database.is_sqlite else _LONG):
            if self._blocked() >= len(works):
                return begun
            pause.wait(0.01)
        assert self._database.is_sqlite, "nobody ran into the open write"
        return begun

    def _blocked(self) -> int:
        with self._database.reading() as connection:
            waiting = text("SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted")
            return int(connection.execute(waiting).scalar_one())


@contextmanager
def open_write(ground: Ground) -> Iterator[Others]:
    """A write that ends with the block; only then are the others waited for."""
    with ThreadPoolExecutor(4) as pool, ground.database.writing() as unit:
        yield Others(pool, ground.database, unit)


def test_a_mail_that_comes_while_a_colleague_sets_the_status_does_not_undo_it(
    ground: Ground,
) -> None:
    ground.arrive(letter(message_id="a@c.example"))
    one = ground.only()
    more = letter("more", answers=("a@c.example",), hours=1)
    with open_write(ground) as others:
        spam = TicketEdit(status=TicketStatus.SPAM)
        edit_ticket(others.unit, one, spam, ground.time, ground.olga, None)
        [filed] = others.begin(lambda: ground.arrive(more))
    assert filed.result().messages == 1
    row = ground.tickets.row(one)
    assert (row.status, row.message_count) == (TicketStatus.SPAM, 2)


def test_a_reply_sent_while_a_colleague_writes_is_stopped(ground: Ground) -> None:
    ground.arrive(letter())
    one = ground.only()
    draft = replace(ground.replies.draft(one), body="Hello")
    with open_write(ground) as others:
        add_note(others.unit, one, "do not answer", ground.time, ground.olga)
        [sent] = others.begin(lambda: ground.replies.send(draft))
    with pytest.raises(Problem) as stopped:
        sent.result()
    assert stopped.value.kind is ProblemKind.CHANGED_MEANWHILE
    assert ground.replies.outbox() == ()


def test_a_mail_filed_behind_a_note_is_newer_than_the_note(ground: Ground) -> None:
    """Else a reply begun after the note would not be stopped by the mail."""
    ground.arrive(letter(message_id="a@c.example"))
    one = ground.only()
    more = letter("more", answers=("a@c.example",), hours=1)
    with open_write(ground) as others:
        held = TicketEdit(status=TicketStatus.ON_HOLD)
        edit_ticket(others.unit, one, held, ground.time, ground.olga, None)
        [filed] = others.begin(lambda: ground.arrive(more))
        note = add_note(others.unit, one, "wait", ground.time, ground.olga)
    assert filed.result().messages == 1
    ids = {m.text.strip(): m.id for m in ground.tickets.conversation(one).messages}
    assert ids["more"] > note == ids["wait"]


def test_one_mail_filed_by_two_engines_at_once_is_one_message(ground: Ground) -> None:
    ground.arrive(letter("first", sender="x@c.example"))
    raw = letter(message_id="both@c.example")
    other_way = b"Delivered-To: orders@shop.example\r\n" + raw
    with open_write(ground) as others:
        next_numbers(others.unit.connection, 1)
        both = others.begin(lambda: ground.arrive(raw), lambda: ground.arrive(other_way))
    assert sorted(one.result().duplicates for one in both) == [0, 1]
    assert len(ground.tickets.view_ids(View.ALL)) == 2


def test_somebody_new_who_writes_twice_at_once_is_one_customer(ground: Ground) -> None:
    ground.arrive(letter("first", sender="x@c.example"))
    with open_write(ground) as others:
        lan = [(Address("Mai Lan", "mai@customer.example"), "vi")]
        made = ensure_customers(others.unit, lan, ground.time)
        [filed] = others.begin(lambda: ground.arrive(letter("new"), letter("y", sender="y@c.ex")))
    assert filed.result().tickets == 2
    rows = ground.tickets.rows(ground.tickets.view_ids(View.ALL))
    [row] = [row for row in rows if row.snippet == "new"]
    assert row.customer_id == made["mai@customer.example"]
    assert len(ground.search.find("mai@customer.example", kinds=("customer",))) == 1


def _two_of_one_person(ground: Ground) -> tuple[CustomerId, CustomerId]:
    ground.arrive(
        letter(message_id="a@c.example"), letter("other", sender="Lan <lan@work.example>")
    )
    rows = ground.tickets.rows(ground.tickets.view_ids(View.ALL))
    whose = {row.customer_name: row.customer_id for row in rows}
    kept, merged = whose["Lan"], whose["Mai Lan"]
    assert kept is not None and merged is not None
    return kept, merged


def test_mail_of_somebody_who_is_being_merged_lands_on_the_kept_customer(ground: Ground) -> None:
    kept, merged = _two_of_one_person(ground)
    with open_write(ground) as others:
        merge_customers(others.unit, kept, merged, ground.time, ground.olga)
        [filed] = others.begin(lambda: ground.arrive(letter("a new matter", hours=1)))
    assert filed.result().tickets == 1
    rows = ground.tickets.rows(ground.tickets.view_ids(View.ALL))
    assert {row.customer_id for row in rows} == {kept}


def test_a_merge_and_mail_on_the_same_tickets_do_not_lock_each_other_out(ground: Ground) -> None:
    kept, merged = _two_of_one_person(ground)
    answer = letter("and?", answers=("a@c.example",), hours=1)
    with open_write(ground) as others:
        customer_here(others.unit, merged)
        [filed] = others.begin(lambda: ground.arrive(answer, letter("a new matter", hours=2)))
        merge_customers(others.unit, kept, merged, ground.time, ground.olga)
    assert (filed.result().messages, filed.result().tickets) == (2, 1)
    rows = ground.tickets.rows(ground.tickets.view_ids(View.ALL))
    assert {row.customer_id for row in rows} == {kept}


def test_the_first_tickets_of_a_desk_may_come_at_once(ground: Ground) -> None:
    with open_write(ground) as others:
        assert next_numbers(others.unit.connection, 1) == [1]
        [filed] = others.begin(lambda: ground.arrive(letter()))
    assert filed.result().tickets == 1
    assert ground.tickets.row(ground.only()).number == 2


def test_messages_of_a_ticket_split_while_a_mail_comes_are_all_counted(ground: Ground) -> None:
    ground.arrive(letter(message_id="1@c.example"), letter("two", answers=("1@c.example",)))
    one = ground.only()
    first = ground.tickets.conversation(one).messages[0].id
    with open_write(ground) as others:
        add_note(others.unit, one, "split it", ground.time, ground.olga)
        [new] = others.begin(lambda: ground.tickets.split(one, [MessageId(first)]))
    assert ground.tickets.row(new.result()).message_count == 1
    assert ground.tickets.row(one).message_count == 2


@pytest.mark.parametrize("undone", [False, True])
def test_several_merged_at_once_and_other_work_on_them_do_not_lock_each_other_out(
    ground: Ground, undone: bool
) -> None:
    for n in (1, 2, 3):
        ground.arrive(letter(sender=f"c{n}@c.example", message_id=f"m{n}@c.example"))
    first, second, third = (ground.tickets.by_number(n) for n in (1, 2, 3))
    undo = Undo(ground.context)
    if undone:
        ground.tickets.merge_many([first, third], second)  # undone from the last one on
    act, _ = undo.stack()
    with open_write(ground) as others:
        lock_rows(others.unit, [first])
        if act is not None:
            number = act.id
            others.begin(lambda: undo.take_back(number))
        else:
            others.begin(lambda: ground.tickets.merge_many([third, first], second))
        lock_rows(others.unit, [second, third])
    alive = {row.number for row in ground.rows() if row.status is not TicketStatus.MERGED}
    assert alive == ({1, 2, 3} if undone else {2})
