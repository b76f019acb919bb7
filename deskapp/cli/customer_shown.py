"""A customer in JSON and as lines of text."""

from dataclasses import asdict, dataclass

import typer

from deskapp.domain.people import CustomerRecord, CustomerRow
from deskapp.domain.timeline import Contacted, Promise, TimelineEntry, TimelinePage

from .output import safe_line, show_facts, show_text, when


@dataclass(frozen=True, slots=True)
class Facts:
    """What is read beside the record."""

    page: TimelinePage
    promises: tuple[Promise, ...]
    contacted: Contacted


def line(row: CustomerRow) -> dict[str, object]:
    return {
        "id": row.id,
        "name": row.name,
        "email": row.email,
        "phone": row.phone,
        "language": row.language,
        "must_know": row.must_know,
        "vip": row.vip,
        "tickets": row.ticket_count,
        "open": row.open_count,
        "orders": row.order_count,
        "created_at": row.created_at,
    }


def record_line(record: CustomerRecord, facts: Facts) -> dict[str, object]:
    return {
        **line(record.row),
        "address": record.address,
        "time_zone": record.time_zone,
        "country": record.country,
        "honorific": record.honorific,
        "family_name": record.family_name,
        "given_name": record.given_name,
        "call_name": record.call_name,
        "company": record.company,
        "company_id": record.company_id,
        "company_by": record.company_by,
        "company_must_know": record.company_must_know,
        "tags": list(record.tags),
        "fields": {one.field.name: one.value for one in record.values if one.value},
        "no_mail": None if record.no_mail is None else asdict(record.no_mail),
        "consents": [asdict(one) for one in record.consents],
        "contacts": [asdict(one) for one in record.contacts],
        "notes": [asdict(one) for one in record.notes],
        "promises": [asdict(one) for one in facts.promises],
        "first_contact_at": facts.contacted.first,
        "last_in_at": facts.contacted.last_in,
        "last_out_at": facts.contacted.last_out,
        "timeline": [asdict(one) for one in facts.page.entries],
    }


def record_shown(record: CustomerRecord, facts: Facts) -> None:
    row = record.row
    typer.echo(safe_line(f"{row.id}  {row.name}{'  VIP' if row.vip else ''}"))
    refused = record.no_mail
    show_facts(
        (
            ("must know", row.must_know),
            ("do not mail", "" if refused is None else refused.reason or "yes"),
            ("contacts", ", ".join(" ".join(one.value.split()) for one in record.contacts)),
            ("company", record.company),
            ("language", row.language),
            ("time zone", record.time_zone),
            ("tags", ", ".join(record.tags)),
            *((one.field.name, one.value) for one in record.values if one.value),
        )
    )
    for promise in facts.promises:
        moment = "" if promise.at is None else when(promise.at)
        number = promise.ticket_number or promise.order_number
        typer.echo(safe_line(f"{moment}  {promise.kind.upper()}  {number}  {promise.title}"))
    for note in record.notes:
        typer.echo(safe_line(f"\n{when(note.at)}  NOTE  {note.agent_name}"))
        show_text(note.text)
    typer.echo("")
    for entry in facts.page.entries:
        typer.echo(safe_line(entry_words(entry)))


def entry_words(entry: TimelineEntry) -> str:
    ticket = "" if entry.ticket_number is None else f"ticket {entry.ticket_number}"
    parts = (when(entry.at), entry.what, entry.direction, ticket, entry.title, entry.detail)
    return "  ".join(part for part in parts if part)
