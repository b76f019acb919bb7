"""Tickets and messages as plain records, page by page, for an export in open formats."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, select, union

from deskapp.domain.ids import BlobHash

from ..tables.facts import status_label, ticket_follower
from ..tables.joins import ticket_link
from ..tables.mail import folder, mailbox, server_mail
from ..tables.people import agent, customer, team
from ..tables.tickets import (
    attachment,
    event,
    message,
    message_address,
    message_body,
    message_reference,
    tag,
    ticket,
    ticket_tag,
)
from .export_pages import PAGE, Record, grouped, owned, pages, plain, without
from .labels import LABEL_STANDS


def tickets(connection: Connection) -> Iterator[Record]:
    """Every ticket with its tags, its followers, its history and the links that begin at it."""
    statement = (
        select(
            ticket,
            customer.c.name.label("customer"),
            agent.c.name.label("assignee"),
            mailbox.c.address.label("mailbox"),
            status_label.c.name.label("label"),
            team.c.name.label("team"),
        )
        .outerjoin(customer, customer.c.id == ticket.c.customer_id)
        .outerjoin(agent, agent.c.id == ticket.c.assignee_id)
        .outerjoin(status_label, LABEL_STANDS)
        .outerjoin(team, team.c.id == ticket.c.team_id)
        .outerjoin(mailbox, mailbox.c.id == ticket.c.mailbox_id)
    )
    tags = select(ticket_tag.c.ticket_id, tag.c.name).join(tag, tag.c.id == ticket_tag.c.tag_id)
    follows = select(ticket_follower.c.ticket_id, agent.c.name).join(
        agent, agent.c.id == ticket_follower.c.agent_id
    )
    for page in pages(connection, statement, ticket):
        ids = [row["id"] for row in page]
        theirs = follows.where(ticket_follower.c.ticket_id.in_(ids))
        followers = grouped(connection, theirs, "ticket_id")
        named = grouped(connection, tags.where(ticket_tag.c.ticket_id.in_(ids)), "ticket_id")
        events = owned(connection, event, event.c.ticket_id, ids)
        links = owned(connection, ticket_link, ticket_link.c.from_id, ids)
        for row in page:
            told = plain(row)
            told["tags"] = [one["name"] for one in named[row["id"]]]
            told["followers"] = [one["name"] for one in followers[row["id"]]]
            told["events"] = events[row["id"]]
            told["links"] = links[row["id"]]
            yield told


def messages(connection: Connection) -> Iterator[Record]:
    """Every message, then every stored mail that is no message yet (``state`` held or stored).

    ``folder``, ``uidvalidity`` and ``uid`` are of the first place on a server; ``places`` has all.
    """
    statement = (
        select(
            message,
            ticket.c.number.label("ticket"),
            agent.c.name.label("agent"),
            message_body.c.text,
            message_body.c.reply_text,
            message_body.c.html,
        )
        .join(ticket, ticket.c.id == message.c.ticket_id)
        .outerjoin(agent, agent.c.id == message.c.agent_id)
        .outerjoin(message_body, message_body.c.message_id == message.c.id)
    )
    for page in pages(connection, statement, message):
        ids = [row["id"] for row in page]
        people = owned(connection, message_address, message_address.c.message_id, ids)
        files = owned(connection, attachment, attachment.c.message_id, ids)
        named = select(message_reference).where(message_reference.c.message_id.in_(ids))
        references = grouped(connection, named.order_by(message_reference.c.position), "message_id")
        places = grouped(connection, _places(server_mail.c.message_id.in_(ids)), "message_id")
        for row in page:
            one = row["id"]
            told = {**plain(row), "state": "filed", **_first(places[one])}
            told["places"] = [without(place, "message_id", "sha256") for place in places[one]]
            told["people"] = people[one]
            told["references"] = [found["reference"] for found in references[one]]
            told["attachments"] = files[one]
            yield told
    yield from _unfiled(connection)


def _unfiled(connection: Connection) -> Iterator[Record]:
    waiting = server_mail.c.message_id.is_(None) & server_mail.c.sha256.is_not(None)
    last = 0
    while True:
        statement = _places(waiting & (server_mail.c.id > last)).limit(PAGE)
        rows = connection.execute(statement).mappings().all()
        for row in rows:
            place = without(row, "message_id")
            yield {"id": None, "message_id": "", "ticket": None, **place, "places": [place]}
        if len(rows) < PAGE:
            return
        last = rows[-1]["ledger_id"]


def _places(condition: ColumnElement[bool]) -> Select[Any]:
    return (
        select(
            server_mail.c.id.label("ledger_id"),
            server_mail.c.message_id,
            server_mail.c.sha256,
            mailbox.c.address.label("mailbox"),
            folder.c.name.label("folder"),
            server_mail.c.uidvalidity,
            server_mail.c.uid,
            server_mail.c.state,
            server_mail.c.reason,
            server_mail.c.internal_at,
        )
        .join(folder, folder.c.id == server_mail.c.folder_id)
        .join(mailbox, mailbox.c.id == folder.c.mailbox_id)
        .where(condition)
        .order_by(server_mail.c.id)
    )


def _first(places: Sequence[RowMapping]) -> Record:
    names = ("mailbox", "folder", "uidvalidity", "uid")
    return {name: places[0][name] if places else None for name in names}


def mail_hashes(connection: Connection) -> list[BlobHash]:
    """The names of all stored mails: of messages, and of what is held or not filed yet."""
    both = union(
        select(message.c.sha256).where(message.c.sha256.is_not(None)),
        select(server_mail.c.sha256).where(server_mail.c.sha256.is_not(None)),
    )
    return sorted(BlobHash(one) for one in connection.execute(both).scalars())
