"""Writes what a batch of filed mails became."""

from deskapp.data.database import Unit
from deskapp.data.queries import filing, filing_marks, filing_sent
from deskapp.data.search import index_rows
from deskapp.data.tables import tickets as tables
from deskapp.domain.kinds import EventKind

from .filing import Outcome
from .filing_tickets import OpenTicket, ticket_values


def write_outcome(unit: Unit, outcome: Outcome) -> None:
    """All rows of a batch, table by table, then the new standing of tickets that were there."""
    connection = unit.connection
    new = [one for one in outcome.tickets.values() if one.new]
    for one, number in zip(new, filing.next_numbers(connection, len(new)), strict=True):
        one.known.number = number
    for one in new:
        _link(one, outcome)
    stood = [(one, ticket_values(one, one.course.now())) for one in outcome.tickets.values()]
    rows = outcome.rows
    filing.write_rows(
        connection,
        {
            tables.ticket: [
                {
                    "id": one.known.id,
                    "number": one.known.number,
                    "subject": one.subject,
                    "mailbox_id": one.mailbox_id,
                    "language": one.language,
                    "created_at": one.created_at,
                    "follows_id": one.known.follows,
                    **values,
                }
                for one, values in stood
                if one.new
            ],
            tables.message: rows.messages,
            tables.message_body: rows.bodies,
            tables.message_address: rows.addresses,
            tables.message_reference: rows.references,
            tables.attachment: rows.attachments,
            tables.message_bounce: rows.bounces,
            tables.event: rows.events,
        },
    )
    filing.update_tickets(
        connection,
        [{"id": one.known.id, **values} for one, values in stood if not one.new],
    )
    filing_sent.keep_given_ids(connection, rows.given_ids)
    filing_marks.mark_same_id(connection, rows.same_id)
    filing_marks.take_as_ours(connection, rows.taken_as_ours)
    filing_marks.mark_alive(unit, rows.heard_from())
    filing_marks.mark_undelivered(unit, rows.undelivered)
    index_rows(connection, rows.search)
    unit.touched.tickets.update(outcome.tickets)


def _link(one: OpenTicket, outcome: Outcome) -> None:
    """Both histories say that one ticket goes on from the other."""
    if one.known.follows is None:
        return
    before = outcome.tickets[one.known.follows].known
    here, there = str(one.known.number), str(before.number)
    outcome.rows.event(one.known.id, EventKind.FOLLOWED, one.created_at, old=there)
    outcome.rows.event(before.id, EventKind.FOLLOWED, one.created_at, new=here)
