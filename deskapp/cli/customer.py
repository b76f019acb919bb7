"""``deskapp customer``: finds people, shows one, joins two records of one person."""

from typing import Annotated

import typer

from deskapp.domain.ids import CustomerId
from deskapp.domain.people import CustomerEdit, CustomerRow
from deskapp.domain.timeline import Happening, TimelineAsk

from .customer_erase import erase, erased, export, hold
from .customer_files import export_all, import_
from .customer_joining import duplicates, merge, unmerge
from .customer_set import consent, contact, set_
from .customer_shown import Facts, line, record_line, record_shown
from .house import opened
from .options import Json, Limit
from .output import safe_line, show_json, show_list

_MOST_SHOWN = 200  # entries of the axis

app = typer.Typer()
customer = typer.Typer(
    help="Customers: find, show, set, contact, consent, merge, unmerge, export, erase."
)
app.add_typer(customer, name="customer")
customer.add_typer(contact, name="contact")
customer.command("set")(set_)
customer.command("import")(import_)
customer.command("export-all")(export_all)
customer.command()(consent)
for _given in (merge, unmerge, duplicates, export, erase, erased, hold):
    customer.command(_given.__name__)(_given)

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
        [line(row) for row in rows],
        ("id", "tickets", "orders", "email", "name"),
        [(row.id, row.ticket_count, row.order_count, row.email, row.name) for row in rows],
        "Nobody was found.",
    )


@customer.command()
def show(context: typer.Context, number: Number, as_json: Json = False) -> None:
    """Show everything about a customer: contacts, notes, tickets and orders."""
    with opened(context) as desk:
        record = desk.customers.record(CustomerId(number))
        one = record.row.id
        page = desk.customers.timeline(one, TimelineAsk(tuple(Happening), limit=_MOST_SHOWN))
        facts = Facts(page, desk.customers.promises(one), desk.customers.contacted(one))
    if as_json:
        show_json(record_line(record, facts))
    else:
        record_shown(record, facts)


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
        show_json(line(row))
    else:
        typer.echo(safe_line(f"Customer {row.id} is {row.name or row.email}."))
