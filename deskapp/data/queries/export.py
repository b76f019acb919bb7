"""The whole desk as plain records, page by page, for an export in open formats."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, Table, select, union

from deskapp.domain.ids import BlobHash

from ..tables.assigning import assignment_rule
from ..tables.customer_facts import (
    company_domain,
    company_note,
    consent,
    custom_field,
    custom_value,
    customer_change,
    customer_tag,
)
from ..tables.facts import status_label, ticket_follower
from ..tables.joins import ticket_link
from ..tables.mail import folder, mailbox, server_mail
from ..tables.order_acts import act_audit, order_act
from ..tables.orders import order_line, order_source, shipment, shop_order
from ..tables.people import agent, company, contact_point, customer, customer_note, team
from ..tables.replies import canned_reply, canned_text, outbox
from ..tables.returns import order_form, return_case, return_event, return_item
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
from .labels import LABEL_STANDS

Record = dict[str, Any]
_PAGE = 200
_TAGS = select(customer_tag.c.customer_id, tag.c.name).join(tag, tag.c.id == customer_tag.c.tag_id)
_VALUES = select(custom_value.c.customer_id, custom_field.c.name, custom_value.c.value).join(
    custom_field, custom_field.c.id == custom_value.c.field_id
)
KEYS = ("address_key", "email_key", "phone_key", "value_key", "name_key", "number_key")
"""Folded doubles of other columns: the desk's own business."""


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
    for page in _pages(connection, statement, ticket):
        ids = [row["id"] for row in page]
        theirs = follows.where(ticket_follower.c.ticket_id.in_(ids))
        followers = _grouped(connection, theirs, "ticket_id")
        named = _grouped(connection, tags.where(ticket_tag.c.ticket_id.in_(ids)), "ticket_id")
        events = _owned(connection, event, event.c.ticket_id, ids)
        links = _owned(connection, ticket_link, ticket_link.c.from_id, ids)
        for row in page:
            told = _plain(row)
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
    for page in _pages(connection, statement, message):
        ids = [row["id"] for row in page]
        people = _owned(connection, message_address, message_address.c.message_id, ids)
        files = _owned(connection, attachment, attachment.c.message_id, ids)
        named = select(message_reference).where(message_reference.c.message_id.in_(ids))
        references = _grouped(
            connection, named.order_by(message_reference.c.position), "message_id"
        )
        places = _grouped(connection, _places(server_mail.c.message_id.in_(ids)), "message_id")
        for row in page:
            one = row["id"]
            told = {**_plain(row), "state": "filed", **_first(places[one])}
            told["places"] = [_without(place, "message_id", "sha256") for place in places[one]]
            told["people"] = people[one]
            told["references"] = [found["reference"] for found in references[one]]
            told["attachments"] = files[one]
            yield told
    yield from _unfiled(connection)


def _unfiled(connection: Connection) -> Iterator[Record]:
    waiting = server_mail.c.message_id.is_(None) & server_mail.c.sha256.is_not(None)
    last = 0
    while True:
        statement = _places(waiting & (server_mail.c.id > last)).limit(_PAGE)
        rows = connection.execute(statement).mappings().all()
        for row in rows:
            place = _without(row, "message_id")
            yield {"id": None, "message_id": "", "ticket": None, **place, "places": [place]}
        if len(rows) < _PAGE:
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


def customers(connection: Connection) -> Iterator[Record]:
    """Every customer, the merged ones too, with contacts, notes, tags, own fields and consents."""
    statement = select(customer, company.c.name.label("company")).outerjoin(
        company, company.c.id == customer.c.company_id
    )
    for page in _pages(connection, statement, customer):
        ids = [row["id"] for row in page]
        contacts = _owned(connection, contact_point, contact_point.c.customer_id, ids)
        notes = _owned(connection, customer_note, customer_note.c.customer_id, ids)
        consents = _owned(connection, consent, consent.c.customer_id, ids)
        changes = _owned(connection, customer_change, customer_change.c.customer_id, ids)
        tags = _grouped(connection, _TAGS.where(customer_tag.c.customer_id.in_(ids)), "customer_id")
        own = _VALUES.where(custom_value.c.customer_id.in_(ids))
        values = _grouped(connection, own, "customer_id")
        for row in page:
            one = row["id"]
            yield {
                **_plain(row),
                "contacts": contacts[one],
                "notes": notes[one],
                "consents": consents[one],
                "changes": changes[one],
                "tags": [each["name"] for each in tags[one]],
                "fields": {each["name"]: each["value"] for each in values[one]},
            }


def companies(connection: Connection) -> Iterator[Record]:
    """Every company with its domains and notes."""
    for page in _pages(connection, select(company), company):
        ids = [row["id"] for row in page]
        notes = _owned(connection, company_note, company_note.c.company_id, ids)
        known = select(company_domain).where(company_domain.c.company_id.in_(ids))
        domains = _grouped(connection, known.order_by(company_domain.c.domain), "company_id")
        for row in page:
            at = [one["domain"] for one in domains[row["id"]]]
            yield {**_plain(row), "domains": at, "notes": notes[row["id"]]}


def orders(connection: Connection) -> Iterator[Record]:
    """Every order with its lines and parcels."""
    statement = select(shop_order, order_source.c.name.label("source")).join(
        order_source, order_source.c.id == shop_order.c.source_id
    )
    for page in _pages(connection, statement, shop_order):
        ids = [row["id"] for row in page]
        lines = _owned(connection, order_line, order_line.c.order_id, ids)
        parcels = _owned(connection, shipment, shipment.c.order_id, ids)
        for row in page:
            one = row["id"]
            yield {**_plain(row), "lines": lines[one], "shipments": parcels[one]}


def canned_replies(connection: Connection) -> Iterator[Record]:
    """Every canned reply with its texts by language."""
    for page in _pages(connection, select(canned_reply), canned_reply):
        texts = _owned(
            connection, canned_text, canned_text.c.canned_id, [row["id"] for row in page]
        )
        for row in page:
            spoken = {text["language"]: text["body"] for text in texts[row["id"]]}
            yield {**_plain(row), "texts": spoken}


def plain_rows(connection: Connection, table: Table) -> Iterator[Record]:
    """Every row of a table with an id, as it stands."""
    for page in _pages(connection, select(table), table):
        yield from (_plain(row) for row in page)


PLAIN_TABLES = {
    "agents": agent,
    "assignment_rules": assignment_rule,
    "mailboxes": mailbox,
    "outbox": outbox,
    "returns": return_case,
    "return_items": return_item,
    "return_events": return_event,
    "order_forms": order_form,
    "order_acts": order_act,
    "order_act_audit": act_audit,
    "customer_fields": custom_field,
}
"""What is exported row by row, by the name of its file."""


def mail_hashes(connection: Connection) -> list[BlobHash]:
    """The names of all stored mails: of messages, and of what is held or not filed yet."""
    both = union(
        select(message.c.sha256).where(message.c.sha256.is_not(None)),
        select(server_mail.c.sha256).where(server_mail.c.sha256.is_not(None)),
    )
    return sorted(BlobHash(one) for one in connection.execute(both).scalars())


def _pages(
    connection: Connection, statement: Select[Any], table: Table
) -> Iterator[Sequence[RowMapping]]:
    last = 0
    while True:
        page = statement.where(table.c.id > last).order_by(table.c.id).limit(_PAGE)
        rows = connection.execute(page).mappings().all()
        if rows:
            yield rows
        if len(rows) < _PAGE:
            return
        last = rows[-1]["id"]


def _owned(
    connection: Connection, table: Table, owner: ColumnElement[Any], ids: Sequence[int]
) -> dict[int, list[Record]]:
    """The rows of a table that belong to these ids, in their own order."""
    found: dict[int, list[Record]] = defaultdict(list)
    statement = select(table).where(owner.in_(ids)).order_by(table.c.id)
    for row in connection.execute(statement).mappings():
        found[row[owner]].append(_plain(row))
    return found


def _grouped(
    connection: Connection, statement: Select[Any], owner: str
) -> dict[int, list[RowMapping]]:
    found: dict[int, list[RowMapping]] = defaultdict(list)
    for row in connection.execute(statement).mappings():
        found[row[owner]].append(row)
    return found


def _plain(row: RowMapping) -> Record:
    return _without(row, *KEYS)


def _without(row: RowMapping, *names: str) -> Record:
    return {name: value for name, value in row.items() if name not in names}
