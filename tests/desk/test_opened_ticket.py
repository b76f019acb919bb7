"""An opened ticket tells all it has, and what it does not have is not asked for."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, fields, replace

from sqlalchemy import event, insert, update

from deskapp.data.database import Database
from deskapp.data.queries.asks import linked_tickets
from deskapp.data.queries.beside import ANY, Beside, beside
from deskapp.data.queries.conversations import messages_of
from deskapp.data.queries.ticket_links import links_of
from deskapp.data.queries.ticket_lists import ticket_rows
from deskapp.data.queries.ticket_moves import standing_moves
from deskapp.data.tables.approvals import approval
from deskapp.data.tables.replies import draft
from deskapp.data.tables.tickets import message_bounce, ticket
from deskapp.desk.links import Links
from deskapp.domain.ids import TicketId
from deskapp.domain.tickets import TicketEdit

from .ground import Ground
from .letters import START, letter

_USUAL = 7  # statements
_BEGIN = 1  # ours on SQLite; the driver's on PostgreSQL


def _fill(ground: Ground) -> list[TicketId]:
    """Nine tickets: the first has nothing beside its message, each other one thing."""
    mails = [letter(f"text {n}", sender=f"c{n}@c.example", hours=n) for n in range(8)]
    ground.arrive(*mails, letter(sender="d@c.example", file=("box.jpg", b"jpeg"), hours=9))
    one = [ground.tickets.by_number(number) for number in range(1, 10)]
    ground.tickets.edit(one[1], TicketEdit(add_tags=("vip",)))
    ground.tickets.edit(one[2], TicketEdit(star=True))
    Links(ground.context).add(one[3], one[4])
    ground.tickets.merge(one[5], one[6])
    told = ground.messages(one[7])[0].id
    back = {"report_id": told, "message_id": told, "permanent": True, "at": START}
    with ground.database.writing() as unit:
        unit.connection.execute(insert(message_bounce), back)
        goes_on = update(ticket).where(ticket.c.id == one[1]).values(follows_id=one[2])
        unit.connection.execute(goes_on)
        ids = {"ticket_id": one[8], "agent_id": ground.anna}
        handed = {**ids, "kind": "reply", "updated_at": START, "closed_at": START}
        of = unit.connection.execute(insert(draft).values(handed).returning(draft.c.id)).scalar()
        waits = {
            **ids,
            "draft_id": of,
            "state": "approved",
            "body": "",
            "submitted_at": START,
            "message_id": told,
        }
        unit.connection.execute(insert(approval), waits)
    return one


def test_what_is_there_is_found_and_answers_are_as_if_all_was_asked(ground: Ground) -> None:
    _fill(ground)
    only = ground.tickets.by_number(9)
    ground.replies.send(replace(ground.replies.draft(only), body="On its way."))
    ground.tickets.seen(only, ground.messages(only)[0].id)
    found: list[Beside] = []
    for number in range(1, 10):
        one = ground.tickets.by_number(number)
        opened = ground.tickets.conversation(one)
        with ground.database.reading() as connection:
            has = beside(connection, one, ground.anna)
            assert ticket_rows(connection, [one], ground.anna, has) == [opened.ticket]
            assert ticket_rows(connection, [one], ground.anna) == [opened.ticket]
            assert messages_of(connection, one, has) == messages_of(connection, one)
            assert (opened.follows, opened.followed_by) == linked_tickets(connection, one)
            assert opened.links == links_of(connection, one)
            assert opened.moves == standing_moves(connection, one)
        found.append(has)
    assert astuple(found[0]) == (*[False] * 8, None)
    for place, field in enumerate(fields(Beside)):
        assert any(astuple(has)[place] for has in found), field.name
    assert all(astuple(ANY)[:-1])


def test_a_usual_ticket_is_opened_with_few_questions(ground: Ground) -> None:
    first, *_ = _fill(ground)
    ground.tickets.conversation(first)
    with _statements(ground.database) as asked:
        ground.tickets.conversation(first)
    assert len(asked) <= _USUAL + _BEGIN


@contextmanager
def _statements(database: Database) -> Iterator[list[str]]:
    asked: list[str] = []

    def hear(*told: object) -> None:
        asked.append(str(told[2]))

    event.listen(database.reader, "before_cursor_execute", hear)
    yield asked
    event.remove(database.reader, "before_cursor_execute", hear)
