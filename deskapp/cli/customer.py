"""``deskapp customer``: finds people, shows one, joins two records of one person."""

from dataclasses import asdict
from typing import Annotated

import typer

from deskapp.domain.ids import CustomerId
from deskapp.domain.people import CustomerEdit, CustomerRecord, CustomerRow

from .house import opened
from .options import Json, Limit
from .output import safe_line, show_facts, show_json, show_list, show_text, when

app = typer.Typer()
customer = typer.Typer(help="Customers: find, show, merge, unmerge.")
app.add_typer(customer, name="customer")

Number = Annotated[int, typer.Argument(metavar="ID", show_default=False)]


@customer.command()
def find(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="WORDS", show_default=False)],
    limit: Limit = 50,
    as_json: Json = False,
) -> None:
    """Find customers by name, mail address, phone or company."""
    with opened(context) as desk:
        rows = desk.customers.find(" ".join(words), limit)
    show_list(
        as_json,
        [_line(row) for row in rows],
        ("id", "tickets", "orders", "email", "name"),
        [(row.id, row.ticket_count, row.order_count, row.email, row.name) for row in rows],
        "Nobody was found.",
    )


@customer.command()
def show(context: typer.Context, number: Number, as_json: Json = False) -> None:
    """Show everything about a customer: contacts, notes, tickets and orders."""
    with opened(context) as desk:
        record = desk.customers.record(CustomerId(number))
    if as_json:
        show_json(_record(record))
    else:
        _record_shown(record)


@customer.command()
def merge(
    context: typer.Context,
    kept: Annotated[int, typer.Argument(metavar="KEPT", show_default=False)],
    merged: Annotated[int, typer.Argument(metavar="MERGED", show_default=False)],
    as_json: Json = False,
) -> None:
    """Make two records one: all of MERGED goes to KEPT. `unmerge MERGED` undoes it."""
    with opened(context) as desk:
        desk.customers.merge(CustomerId(kept), CustomerId(merged))
        row = desk.customers.record(CustomerId(kept)).row
    _show_changed(row, as_json)


@customer.command()
def unmerge(context: typer.Context, number: Number, as_json: Json = False) -> None:
    """Undo a merge: the record that was merged comes back with what was its own."""
    with opened(context) as desk:
        desk.customers.unmerge(CustomerId(number))
        row = desk.customers.record(CustomerId(number)).row
    _show_changed(row, as_json)


@customer.command()
def language(
    context: typer.Context,
    number: Number,
    tag: Annotated[str, typer.Argument(metavar="TAG", show_default=False)],
    as_json: Json = False,
) -> None:
    """Choose the language a customer is answered in, such as vi or zh-Hant; later mails keep it."""
    with opened(context) as desk:
        row = desk.customers.edit(CustomerId(number), CustomerEdit(language=tag))
    _show_changed(row, as_json)


def _show_changed(row: CustomerRow, as_json: bool) -> None:
    if as_json:
        show_json(_line(row))
    else:
        typer.echo(safe_line(f"Customer {row.id} is {row.name or row.email}."))


def _line(row: CustomerRow) -> dict[str, object]:
    return {
        "id": row.id,
        "name": row.name,
        "email": row.email,
        "phone": row.phone,
        "language": row.language,
        "must_know": row.must_know,
        "tickets": row.ticket_count,
        "open": row.open_count,
        "orders": row.order_count,
        "created_at": row.created_at,
    }


def _record(record: CustomerRecord) -> dict[str, object]:
    return {
        **_line(record.row),
        "address": record.address,
        "time_zone": record.time_zone,
        "honorific": record.honorific,
        "company": record.company,
        "contacts": [asdict(one) for one in record.contacts],
        "notes": [asdict(one) for one in record.notes],
        "timeline": [asdict(one) for one in record.timeline],
    }


def _record_shown(record: CustomerRecord) -> None:
    row = record.row
    typer.echo(safe_line(f"{row.id}  {row.name}"))
    show_facts(
        (
            ("must know", row.must_know),
            ("contacts", ", ".join(one.value for one in record.contacts)),
            ("company", record.company),
            ("language", row.language),
            ("address", record.address),
            ("time zone", record.time_zone),
        )
    )
    for note in record.notes:
        typer.echo(safe_line(f"\n{when(note.at)}  NOTE  {note.agent_name}"))
        show_text(note.text)
    typer.echo("")
    for entry in record.timeline:
        title = f"{when(entry.at)}  {entry.what}  {entry.title}  {entry.detail}"
        typer.echo(safe_line(title))
