"""People, orders and the rest as plain records, page by page, for an export in open formats."""

from collections.abc import Iterator

from sqlalchemy import Connection, Table, select

from ..tables.approvals import approval
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
from ..tables.mail import mailbox
from ..tables.order_acts import act_audit, order_act
from ..tables.orders import order_line, order_source, shipment, shop_order
from ..tables.people import agent, company, contact_point, customer, customer_note
from ..tables.replies import canned_reply, canned_text, outbox
from ..tables.returns import order_form, return_case, return_event, return_item
from ..tables.tickets import (
    tag,
)
from .export_pages import Record, grouped, owned, pages, plain

_TAGS = select(customer_tag.c.customer_id, tag.c.name).join(tag, tag.c.id == customer_tag.c.tag_id)
_VALUES = select(custom_value.c.customer_id, custom_field.c.name, custom_value.c.value).join(
    custom_field, custom_field.c.id == custom_value.c.field_id
)


def customers(connection: Connection) -> Iterator[Record]:
    """Every customer, the merged ones too, with contacts, notes, tags, own fields and consents."""
    statement = select(customer, company.c.name.label("company")).outerjoin(
        company, company.c.id == customer.c.company_id
    )
    for page in pages(connection, statement, customer):
        ids = [row["id"] for row in page]
        contacts = owned(connection, contact_point, contact_point.c.customer_id, ids)
        notes = owned(connection, customer_note, customer_note.c.customer_id, ids)
        consents = owned(connection, consent, consent.c.customer_id, ids)
        changes = owned(connection, customer_change, customer_change.c.customer_id, ids)
        tags = grouped(connection, _TAGS.where(customer_tag.c.customer_id.in_(ids)), "customer_id")
        own = _VALUES.where(custom_value.c.customer_id.in_(ids))
        values = grouped(connection, own, "customer_id")
        for row in page:
            one = row["id"]
            yield {
                **plain(row),
                "contacts": contacts[one],
                "notes": notes[one],
                "consents": consents[one],
                "changes": changes[one],
                "tags": [each["name"] for each in tags[one]],
                "fields": {each["name"]: each["value"] for each in values[one]},
            }


def companies(connection: Connection) -> Iterator[Record]:
    """Every company with its domains and notes."""
    for page in pages(connection, select(company), company):
        ids = [row["id"] for row in page]
        notes = owned(connection, company_note, company_note.c.company_id, ids)
        known = select(company_domain).where(company_domain.c.company_id.in_(ids))
        domains = grouped(connection, known.order_by(company_domain.c.domain), "company_id")
        for row in page:
            at = [one["domain"] for one in domains[row["id"]]]
            yield {**plain(row), "domains": at, "notes": notes[row["id"]]}


def orders(connection: Connection) -> Iterator[Record]:
    """Every order with its lines and parcels."""
    statement = select(shop_order, order_source.c.name.label("source")).join(
        order_source, order_source.c.id == shop_order.c.source_id
    )
    for page in pages(connection, statement, shop_order):
        ids = [row["id"] for row in page]
        lines = owned(connection, order_line, order_line.c.order_id, ids)
        parcels = owned(connection, shipment, shipment.c.order_id, ids)
        for row in page:
            one = row["id"]
            yield {**plain(row), "lines": lines[one], "shipments": parcels[one]}


def canned_replies(connection: Connection) -> Iterator[Record]:
    """Every canned reply with its texts by language."""
    for page in pages(connection, select(canned_reply), canned_reply):
        texts = owned(connection, canned_text, canned_text.c.canned_id, [row["id"] for row in page])
        for row in page:
            spoken = {text["language"]: text["body"] for text in texts[row["id"]]}
            yield {**plain(row), "texts": spoken}


def plain_rows(connection: Connection, table: Table) -> Iterator[Record]:
    """Every row of a table with an id, as it stands."""
    for page in pages(connection, select(table), table):
        yield from (plain(row) for row in page)


PLAIN_TABLES = {
    "agents": agent,
    "approvals": approval,
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
