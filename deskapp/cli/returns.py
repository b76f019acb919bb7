"""``deskapp return``: return cases, for orders of every shop and file."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.return_cases import (
    RefundState,
    ReturnEdit,
    ReturnItem,
    ReturnKind,
    ReturnReason,
    ReturnState,
    plain_number,
)

from .house import opened
from .options import Json, Limit
from .output import show_facts, show_json, show_list, show_table, when
from .return_words import day, items, number

if TYPE_CHECKING:
    from deskapp.desk import Desk
    from deskapp.domain.ids import OrderId, ReturnId, TicketId
    from deskapp.domain.return_cases import ReturnCase

app = typer.Typer()
command = typer.Typer(help="Return cases: list, show, add, set, undo.")
app.add_typer(command, name="return")

Case = Annotated[str, typer.Argument(metavar="CASE", help="Like R-12.", show_default=False)]
State = Annotated[ReturnState | None, typer.Option(help="How far it is.")]
Why = Annotated[ReturnReason | None, typer.Option("--reason", help="Why, in one word.")]
Words = Annotated[str | None, typer.Option("--words", help="Why, in the customer's words.")]
Items = Annotated[
    list[str] | None,
    typer.Option("--item", metavar="COUNT×SKU", help="Like 2xT-SHIRT-M; may be repeated."),
]
Instead = Annotated[
    list[str] | None,
    typer.Option(metavar="SKU=WHAT", help="What the customer gets for an item."),
]
State_of = Annotated[
    list[str] | None,
    typer.Option("--condition", metavar="SKU=WORD", help="unopened, opened, used, damaged, …"),
]
Carrier = Annotated[str | None, typer.Option(help="Who brings it back.")]
Tracking = Annotated[str | None, typer.Option(help="The number of the parcel coming back.")]
Label = Annotated[str | None, typer.Option("--label-link", help="Where the label can be had.")]
Until = Annotated[str | None, typer.Option("--deadline", help="YYYY-MM-DD, or none.")]
Remind = Annotated[str | None, typer.Option(help="YYYY-MM-DD: the ticket comes back; or none.")]
Refund = Annotated[str | None, typer.Option(help="An amount, like 49.90.")]
Currency = Annotated[str | None, typer.Option(help="ISO 4217, like EUR.")]
Paid_back = Annotated[
    RefundState | None, typer.Option("--refund-state", help="none, wanted, given")
]
Over = Annotated[bool, typer.Option("--more-than-paid", help="Said on purpose.")]
OnTicket = Annotated[int | None, typer.Option("--ticket", metavar="N", help="The ticket's number.")]


@command.command("list")
def list_(
    context: typer.Context,
    closed: Annotated[bool, typer.Option("--all", help="Closed ones too, newest first.")] = False,
    limit: Limit = 500,
    as_json: Json = False,
) -> None:
    """List open cases, the nearest deadline first."""
    with opened(context) as desk:
        rows = desk.returns.all(limit) if closed else desk.returns.open(limit)
    show_list(
        as_json,
        [_document(row) for row in rows],
        ("case", "kind", "state", "deadline", "refund", "order", "ticket", "customer"),
        [
            (
                row.name,
                row.kind,
                row.state.replace("_", " "),
                row.deadline or "",
                _money(row),
                row.order_number,
                row.ticket_number or "",
                row.customer,
            )
            for row in rows
        ],
        "There is no return case." if closed else "No return case is open.",
    )


@command.command()
def show(context: typer.Context, case: Case, as_json: Json = False) -> None:
    """Show a case with its items and its history."""
    with opened(context) as desk:
        row = desk.returns.get(_case(case))
        history = desk.returns.history(row.id)
    if as_json:
        show_json(_document(row) | {"history": [asdict(one) for one in history]})
        return
    _shown(row)
    rows = [(when(one.at), one.agent_name, one.what, f"{one.old} → {one.new}") for one in history]
    show_table(("when", "who", "what", "change"), rows)


@command.command()
def add(
    context: typer.Context,
    kind: Annotated[ReturnKind, typer.Argument(metavar="KIND", show_default=False)],
    order: Annotated[str, typer.Option(metavar="NUMBER", help="The order it is about.")] = "",
    ticket: OnTicket = None,
    reason: Why = None,
    words: Words = None,
    item: Items = None,
    instead: Instead = None,
    condition: State_of = None,
    deadline: Until = None,
    remind: Remind = None,
    as_json: Json = False,
) -> None:
    """Begin a case: return, exchange, replacement or complaint."""
    given = ReturnEdit(
        reason_code=reason,
        reason=words,
        items=items(item, instead, condition),
        deadline=day(deadline),
        no_deadline=deadline == "none",
        remind_on=day(remind),
    )
    with opened(context) as desk:
        made = desk.returns.add(
            kind, given, order=_order(desk, order), order_number=order, ticket=_ticket(desk, ticket)
        )
        _told(desk.returns.get(made), as_json)


@command.command("set")
def set_(
    context: typer.Context,
    case: Case,
    state: State = None,
    ticket: OnTicket = None,
    reason: Why = None,
    words: Words = None,
    item: Items = None,
    instead: Instead = None,
    condition: State_of = None,
    carrier: Carrier = None,
    tracking: Tracking = None,
    label_link: Label = None,
    deadline: Until = None,
    remind: Remind = None,
    refund: Refund = None,
    currency: Currency = None,
    refund_state: Paid_back = None,
    more_than_paid: Over = False,
    as_json: Json = False,
) -> None:
    """Change a case; what is not named stays."""
    given = ReturnEdit(
        state=state,
        reason_code=reason,
        reason=words,
        items=items(item, instead, condition),
        carrier=carrier,
        tracking_number=tracking,
        label_link=label_link,
        deadline=day(deadline),
        no_deadline=deadline == "none",
        remind_on=day(remind),
        no_reminder=remind == "none",
        refund_state=refund_state,
        refund_amount=None if refund is None else number(refund, "return_refund"),
        refund_currency=currency,
        over_paid=more_than_paid,
    )
    with opened(context) as desk:
        on = _ticket(desk, ticket)
        given = given if on is None else _on(given, on)
        _told(desk.returns.edit(_case(case), given), as_json)


@command.command()
def undo(context: typer.Context, case: Case, as_json: Json = False) -> None:
    """Take back the last thing you did to a case."""
    with opened(context) as desk:
        _told(desk.returns.take_back(_case(case)), as_json)


def _told(row: "ReturnCase", as_json: bool) -> None:
    if as_json:
        show_json(_document(row))
    else:
        typer.echo(f"Return case {row.name} is {row.state.replace('_', ' ')}.")


def _document(row: "ReturnCase") -> dict[str, object]:
    return {"name": row.name, **asdict(row)}


def _shown(row: "ReturnCase") -> None:
    show_facts(
        [
            ("Case", f"{row.name}, {row.kind}, {row.state.replace('_', ' ')}"),
            ("Order", f"{row.order_number} {row.source}".strip()),
            ("Ticket", row.ticket_number),
            ("Customer", row.customer),
            ("Why", f"{row.reason_code.replace('_', ' ')} {row.reason}".strip()),
            *(("Item", _item(one)) for one in row.items),
            ("Parcel", f"{row.carrier} {row.tracking_number}".strip()),
            ("Label", row.label_link),
            ("Deadline", row.deadline),
            ("Reminder", row.remind_on),
            ("Refund", _money(row)),
            ("Version", row.version),
        ]
    )


def _item(one: ReturnItem) -> str:
    told = f"{plain_number(one.quantity)} × {one.title} {one.condition}".rstrip()
    return f"{told}, instead: {one.instead}" if one.instead else told


def _money(row: "ReturnCase") -> str:
    if row.refund_amount is None:
        return ""
    return f"{row.refund_amount:f} {row.refund_currency} {row.refund_state}"


def _case(name: str) -> "ReturnId":
    from deskapp.domain.ids import ReturnId

    number = name.strip().upper().removeprefix("R-")
    if not number.isdecimal():
        raise Problem(ProblemKind.NOT_FOUND, what="return", value=name)
    return ReturnId(int(number))


def _order(desk: "Desk", number: str) -> "OrderId | None":
    if not number:
        return None
    return desk.orders.one_numbered(number)


def _ticket(desk: "Desk", number: int | None) -> "TicketId | None":
    return None if number is None else desk.tickets.by_number(number)


def _on(given: ReturnEdit, ticket: "TicketId") -> ReturnEdit:
    from dataclasses import replace

    return replace(given, ticket_id=ticket)
