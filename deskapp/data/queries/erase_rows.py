"""Takes a person out of the desk's rows. Runs inside one write; what the rows leave behind in the
database's files is wiped afterwards (data/scrub.py)."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Column, delete, func, select, update

from deskapp.domain.erasing import ERASED_WORDS, EraseMode, StoneKind
from deskapp.domain.ids import CustomerId, TicketId
from deskapp.domain.kinds import EventKind
from deskapp.domain.public_mail import company_domain

from ..database import Unit
from ..search import forget_rows, reindex_rows
from ..tables import metadata
from ..tables.auto_replies import auto_reply_given
from ..tables.customer_facts import company_domain as known_domain
from ..tables.customer_facts import customer_change
from ..tables.mail import blob, server_mail
from ..tables.orders import shop_order
from ..tables.people import company, customer, department, picture_sender
from ..tables.replies import draft, draft_attachment, outbox, outbox_recipient
from ..tables.tickets import (
    event,
    message,
    message_address,
    message_bounce,
    message_reference,
    saved_view,
    ticket,
    ticket_participant,
)
from .erase_scope import EraseScope
from .erase_walk import (
    ANONYMOUS,
    STAYS,
    Found,
    blank_rows,
    delete_rows,
    let_go,
    pointing_at,
    rows_below,
)
from .parts import parts
from .search_texts import texts_of

_TOLD_IN_WORDS = (
    EventKind.STATUS,
    EventKind.LABELLED,
    EventKind.PRIORITY,
    EventKind.TEAM,
    EventKind.DUE,
    EventKind.ASSIGNED,
    EventKind.TAGGED,
    EventKind.UNTAGGED,
)
"""Events from whose words figures are made; those of all others go."""

BY_ADDRESS: Mapping[Column[Any], StoneKind] = {
    auto_reply_given.c.address_key: StoneKind.MAIL,
    ticket_participant.c.address_key: StoneKind.MAIL,
    message_address.c.address_key: StoneKind.MAIL,
    picture_sender.c.address_key: StoneKind.MAIL,
    department.c.address_key: StoneKind.MAIL,
}
"""Rows that name a person by an address alone, wherever they stand."""


def erase_rows(unit: Unit, scope: EraseScope, mode: EraseMode) -> set[str]:
    """Erases or anonymises; gives the names of the bytes that may be nobody's now."""
    connection = unit.connection
    companies = _companies_of(unit, scope)
    found = rows_below(
        connection,
        {
            customer: scope.customers,
            ticket: scope.tickets,
            shop_order: scope.orders,
            draft: scope.drafts,
        },
    )
    words = rows_below(connection, {message: scope.elsewhere})
    ours = found.ids[message] | scope.elsewhere
    bytes_named = _bytes_of(unit, found, scope)
    _forget_references(unit, ours)
    _out_of_index(unit, found, scope)
    if mode is EraseMode.ERASE:
        _delete(unit, found)
    else:
        _anonymise(unit, found)
    _anonymise(unit, words)
    _blank_tickets_of_others(unit, scope)
    _forget_addresses(unit, scope)
    _forget_names(unit, scope)
    _delete_companies(unit, companies)
    _back_into_index(unit, found, scope, mode)
    unit.touched.customers.update(map(CustomerId, scope.customers))
    unit.touched.tickets.update(map(TicketId, found.ids[ticket]))
    unit.touched.areas.update(("orders", "ledger", "outbox"))
    return bytes_named


def delete_unused(unit: Unit, names: Collection[str]) -> int:
    """Deletes those of these bytes that no row names any more; how many."""
    gone = 0
    for part in parts(sorted(names)):
        used: set[str] = set()
        for column in pointing_at_bytes():
            used.update(unit.connection.execute(select(column).where(column.in_(part))).scalars())
        rest = sorted(set(part) - used)
        if rest:
            gone += unit.connection.execute(delete(blob).where(blob.c.sha256.in_(rest))).rowcount
    return gone


def pointing_at_bytes() -> Iterable[Column[Any]]:
    """Every column that names stored bytes."""
    return [
        column
        for table in metadata.sorted_tables
        for column in table.c
        if any(key.column is blob.c.sha256 for key in column.foreign_keys)
    ]


def _ids_of(
    unit: Unit, wanted: Column[Any], column: Column[Any], keys: Collection[Any]
) -> set[Any]:
    found: set[Any] = set()
    for part in parts(sorted(keys)):
        asked = select(wanted).where(column.in_(part), wanted.is_not(None))
        found.update(unit.connection.execute(asked).scalars())
    return found


def _bytes_of(unit: Unit, found: Found, scope: EraseScope) -> set[str]:
    messages = found.ids[message] | scope.elsewhere
    named = _ids_of(unit, message.c.sha256, message.c.id, messages)
    named |= _ids_of(unit, server_mail.c.sha256, server_mail.c.message_id, messages)
    named |= _ids_of(unit, outbox.c.sha256, outbox.c.message_row_id, messages)
    drafts = found.ids[draft] | scope.drafts
    return named | _ids_of(unit, draft_attachment.c.sha256, draft_attachment.c.draft_id, drafts)


def _forget_references(unit: Unit, ours: Collection[int]) -> None:
    """What others' mails refer to is no more; an id can name its writer's own domain."""
    ids = _ids_of(unit, message.c.message_id, message.c.id, ours) - {""}
    for part in parts(sorted(ids)):
        referring = message_reference.c.reference.in_(part)
        rows = select(message_reference.c.message_id).where(referring)
        unit.connection.execute(
            update(message)
            .where(message.c.id.in_(rows), message.c.in_reply_to.in_(part))
            .values(in_reply_to="")
        )
        unit.connection.execute(delete(message_reference).where(referring))


def _delete(unit: Unit, found: Found) -> None:
    let_go(unit.connection, found)
    for table in found.tables():
        delete_rows(unit.connection, found, table)


def _anonymise(unit: Unit, found: Found) -> None:
    """What has figures in it stays without words; all else goes."""
    staying = {table for table in found.ids if table in ANONYMOUS}
    for table in staying:
        for column in pointing_at(table):
            values = STAYS.get(column)
            if values:
                _release(unit, column, found.ids[table], values)
    going = Found()
    going.ids.update({t: ids for t, ids in found.ids.items() if t not in ANONYMOUS})
    going.by_key.update({t: keys for t, keys in found.by_key.items() if t not in ANONYMOUS})
    _blank_events(unit, found)
    _number_anew(unit, found)
    for table in found.tables():
        if table in ANONYMOUS:
            blank_rows(unit.connection, found, table)
    _delete(unit, going)


def _release(
    unit: Unit, column: Column[Any], keys: Collection[int], values: Mapping[str, Any]
) -> None:
    for part in parts(sorted(keys)):
        unit.connection.execute(
            update(column.table).where(column.in_(part)).values({column.name: None, **values})
        )


def _blank_events(unit: Unit, found: Found) -> None:
    for part in parts(sorted(found.ids[event])):
        unit.connection.execute(
            update(event)
            .where(event.c.id.in_(part), event.c.kind.not_in(_TOLD_IN_WORDS))
            .values(old="", new="", reason="")
        )


def _number_anew(unit: Unit, found: Found) -> None:
    """An order's number leads to the person in the shop."""
    for part in parts(sorted(found.ids[shop_order])):
        number = ERASED_WORDS + " " + func.cast(shop_order.c.id, shop_order.c.number.type)
        unit.connection.execute(
            update(shop_order)
            .where(shop_order.c.id.in_(part))
            .values(number=number, number_key=number)
        )


def _blank_tickets_of_others(unit: Unit, scope: EraseScope) -> None:
    """A row of the list shows words of the newest message; it may have been theirs."""
    owners = _ids_of(unit, message.c.ticket_id, message.c.id, scope.elsewhere)
    for part in parts(sorted(owners)):
        unit.connection.execute(
            update(ticket)
            .where(ticket.c.id.in_(part))
            .values(snippet="", version=ticket.c.version + 1)
        )
    unit.touched.tickets.update(map(TicketId, owners))


def _forget_addresses(unit: Unit, scope: EraseScope) -> None:
    connection = unit.connection
    for column, kind in BY_ADDRESS.items():
        for part in parts(scope.of(kind)):
            connection.execute(delete(column.table).where(column.in_(part)))
    for part in parts(scope.of(StoneKind.MAIL)):
        bounced = func.lower(message_bounce.c.recipient).in_(part)
        connection.execute(delete(message_bounce).where(bounced))
        sent = func.lower(outbox_recipient.c.address).in_(part)
        rows = select(outbox_recipient.c.id).where(sent)
        for one in connection.execute(rows).scalars().all():
            connection.execute(
                update(outbox_recipient)
                .where(outbox_recipient.c.id == one)
                .values(address=f"{ERASED_WORDS} {one}", answer="")
            )


def _forget_names(unit: Unit, scope: EraseScope) -> None:
    """Histories of others' tickets that name them, and saved searches for them."""
    said = sorted(scope.names | {key for _, key in scope.keys})
    for part in parts(said):
        for column in (event.c.old, event.c.new, event.c.reason):
            unit.connection.execute(update(event).where(column.in_(part)).values({column.name: ""}))
    for key in scope.of(StoneKind.MAIL):
        asked = saved_view.c.query.icontains(key, autoescape=True)
        unit.connection.execute(delete(saved_view).where(asked))


def _companies_of(unit: Unit, scope: EraseScope) -> set[int]:
    """Where they work, once worked, and what the domains of their addresses are known as."""
    found: set[int] = _ids_of(unit, customer.c.company_id, customer.c.id, scope.customers)
    domains = {company_domain(key) for key in scope.of(StoneKind.MAIL)} - {""}
    found |= _ids_of(unit, known_domain.c.company_id, known_domain.c.domain, domains)
    for part in parts(sorted(scope.customers)):
        told = select(customer_change.c.old, customer_change.c.new).where(
            customer_change.c.customer_id.in_(part), customer_change.c.field == "company"
        )
        names = {name for row in unit.connection.execute(told) for name in row if name}
        found |= _ids_of(unit, company.c.id, company.c.name, names)
    return found


def _delete_companies(unit: Unit, companies: Collection[int]) -> None:
    """A company that had nobody else is as good as their name."""
    for part in parts(sorted(companies)):
        peopled = select(customer.c.company_id).where(customer.c.company_id.in_(part))
        empty = set(part) - set(unit.connection.execute(peopled).scalars())
        _delete(unit, rows_below(unit.connection, {company: empty}))


def _out_of_index(unit: Unit, found: Found, scope: EraseScope) -> None:
    connection = unit.connection
    forget_rows(connection, "message", sorted(found.ids[message] | scope.elsewhere))
    forget_rows(connection, "ticket", sorted(found.ids[ticket]))
    forget_rows(connection, "customer", sorted(found.ids[customer]))
    forget_rows(connection, "order", sorted(found.ids[shop_order]))


def _back_into_index(unit: Unit, found: Found, scope: EraseScope, mode: EraseMode) -> None:
    """What stays can be found by what is left of it, as the audit wants it."""
    connection = unit.connection
    messages = set(scope.elsewhere)
    if mode is EraseMode.ANONYMISE:
        messages |= found.ids[message]
        reindex_rows(connection, texts_of(connection, "ticket", sorted(found.ids[ticket])))
        reindex_rows(connection, texts_of(connection, "order", sorted(found.ids[shop_order])))
    reindex_rows(connection, texts_of(connection, "message", sorted(messages)))
