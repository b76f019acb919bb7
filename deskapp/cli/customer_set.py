"""``deskapp customer set | contact | field | consent``: what is known of a customer is changed."""

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from deskapp.domain.custom_fields import checked_value
from deskapp.domain.ids import ContactPointId, CustomerId
from deskapp.domain.kinds import ContactKind, Purpose
from deskapp.domain.people import ContactEdit, CustomerEdit
from deskapp.domain.problem import Problem, ProblemKind

from .customer_shown import line
from .house import opened
from .options import Json, Was
from .output import safe_line, show_json

contact = typer.Typer(help="Ways to reach a customer: add, change, remove, primary, bounced.")

Number = Annotated[int, typer.Argument(metavar="ID", show_default=False)]
Contact = Annotated[int, typer.Argument(metavar="CONTACT", show_default=False)]
Label = Annotated[str | None, typer.Option(metavar="WORD", help="Home, work ...")]
Network = Annotated[str | None, typer.Option(metavar="NAME", help="Of a handle: zalo, vk ...")]
Country = Annotated[str | None, typer.Option(metavar="CC", help="Two letters, as VN.")]


def set_(
    context: typer.Context,
    number: Number,
    name: Annotated[str | None, typer.Option()] = None,
    family_name: Annotated[str | None, typer.Option()] = None,
    given_name: Annotated[str | None, typer.Option()] = None,
    call_name: Annotated[str | None, typer.Option(help="What a letter calls them.")] = None,
    honorific: Annotated[str | None, typer.Option(help="As chị, 先生, г-н, Mr.")] = None,
    language: Annotated[str | None, typer.Option(metavar="TAG")] = None,
    time_zone: Annotated[str | None, typer.Option(metavar="ZONE")] = None,
    country: Country = None,
    company: Annotated[str | None, typer.Option()] = None,
    address: Annotated[str | None, typer.Option(help="The postal address used first.")] = None,
    must_know: Annotated[str | None, typer.Option()] = None,
    vip: Annotated[bool | None, typer.Option("--vip/--no-vip")] = None,
    tag: Annotated[list[str] | None, typer.Option(metavar="TAG")] = None,
    untag: Annotated[list[str] | None, typer.Option(metavar="TAG")] = None,
    field: Annotated[
        list[str] | None, typer.Option(metavar="NAME=VALUE", help="A field of the desk's own.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Change what is known of a customer; an empty text empties a field."""
    pairs = [_pair(one) for one in field or ()]
    edit = CustomerEdit(
        name=name,
        language=language,
        must_know=must_know,
        address=address,
        time_zone=time_zone,
        honorific=honorific,
        company=company,
        family_name=family_name,
        given_name=given_name,
        call_name=call_name,
        country=country,
        vip=vip,
    )
    one = CustomerId(number)
    with opened(context) as desk:
        values = [(desk.fields.named(named), value) for named, value in pairs]
        for asked, value in values:
            checked_value(asked, value)  # before anything is written
        desk.customers.edit(one, edit)
        if tag or untag:
            desk.customers.tag(one, tag or (), untag or ())
        for asked, value in values:
            desk.customers.set_field(one, asked.id, value)
        [row] = desk.customers.rows([one])
    if as_json:
        show_json(line(row))
    else:
        typer.echo(safe_line(f"Customer {row.id} is {row.name or row.email}."))


def consent(
    context: typer.Context,
    number: Number,
    purpose: Annotated[Purpose, typer.Argument(metavar="PURPOSE", show_default=False)],
    allowed: Annotated[bool, typer.Option("--yes/--no")],
    reason: Annotated[str, typer.Option()] = "",
    source: Annotated[str, typer.Option(help="Where they said so.")] = "",
    until: Annotated[
        datetime | None,
        typer.Option(metavar="DATE", formats=["%Y-%m-%d"], help="The last day, where they live."),
    ] = None,
) -> None:
    """Note what a customer may be written to for: mail (all of it), offers or surveys."""
    one = CustomerId(number)
    with opened(context) as desk:
        ends = None if until is None else _day_ends(until, desk.customers.record(one).time_zone)
        desk.customers.consent(one, purpose, allowed, reason=reason, source=source, until=ends)
    typer.echo("It is noted.")


def _day_ends(day: datetime, zone: str) -> datetime:
    """The last second of a day where the customer lives; here where nobody knows the zone."""
    ends = day.replace(hour=23, minute=59, second=59)
    try:
        return ends.replace(tzinfo=ZoneInfo(zone)) if zone else ends.astimezone()
    except (ZoneInfoNotFoundError, ValueError):
        return ends.astimezone()


@contact.command()
def add(
    context: typer.Context,
    number: Number,
    kind: Annotated[ContactKind, typer.Argument(metavar="KIND", show_default=False)],
    value: Annotated[str, typer.Argument(metavar="TEXT", show_default=False)],
    label: Label = None,
    network: Network = None,
    country: Country = None,
) -> None:
    """Add a mail address, phone, handle or postal address."""
    with opened(context) as desk:
        made = desk.customers.add_contact(
            CustomerId(number),
            kind,
            value,
            label=label or "",
            network=network or "",
            country=country or "",
        )
    typer.echo(f"Contact {made} is there.")


@contact.command()
def change(
    context: typer.Context,
    number: Contact,
    value: Annotated[str | None, typer.Option("--value", metavar="TEXT")] = None,
    label: Label = None,
    network: Network = None,
    country: Country = None,
    verified: Annotated[bool | None, typer.Option("--verified/--not-verified")] = None,
    was: Was = None,
) -> None:
    """Change a contact; `customer show --json` has its number. --was TEXT: only if it still is
    what you saw."""
    edit = ContactEdit(value, label, network, country, verified)
    with opened(context) as desk:
        one = ContactPointId(number)
        seen = desk.customers.contact(one)
        if was not in (None, seen.value):
            raise Problem(ProblemKind.CHANGED_MEANWHILE, what="contact", value=seen.value)
        desk.customers.edit_contact(one, edit, seen)
    typer.echo("The contact is changed.")


@contact.command()
def remove(context: typer.Context, number: Contact) -> None:
    """Take a contact off; tickets stay."""
    with opened(context) as desk:
        removed = desk.customers.remove_contact(ContactPointId(number))
    typer.echo(safe_line(f"Removed {removed.contact.value} of customer {removed.customer}."))


@contact.command()
def primary(context: typer.Context, number: Contact) -> None:
    """Have it used first, of its kind."""
    with opened(context) as desk:
        desk.customers.make_primary(ContactPointId(number))
    typer.echo("It is used first.")


@contact.command()
def works(context: typer.Context, number: Contact) -> None:
    """Say that an address which bounced works again."""
    with opened(context) as desk:
        desk.customers.clear_bounce(ContactPointId(number))
    typer.echo("It counts as working.")


def _pair(written: str) -> tuple[str, str]:
    name, given, value = written.partition("=")
    if not given or not name.strip():
        raise typer.BadParameter("Say NAME=VALUE.", param_hint="--field")
    return name.strip(), value
