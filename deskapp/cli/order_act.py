"""``deskapp order act``: what is done to orders in their shops, and who may."""

from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.domain.order_acts import CancelOrder, ChangeNote, OrderAct, RefundOrder

from .house import opened
from .options import Json
from .order_act_shown import act_document, tell_act
from .output import safe_line, show_list
from .return_words import number

if TYPE_CHECKING:
    from collections.abc import Callable

    from deskapp.desk import Desk
    from deskapp.domain.ids import OrderActId, OrderId, TicketId
    from deskapp.domain.order_acts import Seen

act = typer.Typer(
    help="Acts in shops: off until an admin allows them; previewed, typed, kept in an audit."
)

Order = Annotated[str, typer.Argument(metavar="NUMBER", show_default=False)]
Id = Annotated[int, typer.Argument(metavar="ACT", show_default=False)]
OnTicket = Annotated[int | None, typer.Option("--ticket", metavar="N", help="Told on this ticket.")]
Source = Annotated[str, typer.Argument(metavar="SOURCE", show_default=False)]
Words = Annotated[str, typer.Option(help="Why, or what you saw in the shop.")]


@act.command("list")
def list_(
    context: typer.Context,
    settled: Annotated[bool, typer.Option("--all", help="Settled ones too.")] = False,
    as_json: Json = False,
) -> None:
    """List what is not settled, or all, the newest first."""
    with opened(context) as desk:
        rows = desk.order_acts.all() if settled else desk.order_acts.open()
    show_list(
        as_json,
        [act_document(row) for row in rows],
        ("act", "state", "why", "order", "wanted by", "what"),
        [
            (
                row.id,
                row.state.replace("_", " "),
                row.why.replace("_", " "),
                row.order_number,
                row.asked_name,
                safe_line(row.told),
            )
            for row in rows
        ],
        "Nothing is open.",
    )


@act.command()
def show(context: typer.Context, one: Id, as_json: Json = False) -> None:
    """Show an act and its lines in the audit."""
    with opened(context) as desk:
        tell_act(desk, _id(one), as_json)


@act.command()
def note(
    context: typer.Context,
    order: Order,
    text: Annotated[str, typer.Option(help="The whole note anew.")],
    ticket: OnTicket = None,
    as_json: Json = False,
) -> None:
    """Ask the shop what changing an order's note would do; nothing is changed yet."""
    _want(context, order, ticket, as_json, lambda seen: ChangeNote(seen, text))


@act.command()
def cancel(
    context: typer.Context,
    order: Order,
    reason: Annotated[str, typer.Option()] = "CUSTOMER",
    restock: Annotated[bool, typer.Option()] = True,
    refund: Annotated[bool, typer.Option()] = False,
    tell_customer: Annotated[bool, typer.Option()] = False,
    ticket: OnTicket = None,
    as_json: Json = False,
) -> None:
    """Ask the shop what cancelling an order would do; nothing is cancelled yet."""
    _want(
        context,
        order,
        ticket,
        as_json,
        lambda seen: CancelOrder(seen, reason, restock, refund, tell_customer),
    )


@act.command()
def refund(
    context: typer.Context,
    order: Order,
    amount: Annotated[str, typer.Option(help="Like 49.90.")],
    reason: Annotated[str, typer.Option()] = "",
    restock: Annotated[bool, typer.Option()] = False,
    book_only: Annotated[bool, typer.Option(help="Moves no money by itself.")] = False,
    tell_customer: Annotated[bool, typer.Option()] = False,
    ticket: OnTicket = None,
    as_json: Json = False,
) -> None:
    """Ask the shop what giving money back would do; nothing is given yet."""
    money = number(amount, "return_refund")
    with opened(context) as desk:
        currency = desk.orders.detail(_order(desk, order)).row.currency
    _want(
        context,
        order,
        ticket,
        as_json,
        lambda seen: RefundOrder(
            seen, money, currency, (), reason, restock, not book_only, tell_customer
        ),
    )


@act.command()
def confirm(
    context: typer.Context,
    one: Id,
    typed: Annotated[str, typer.Option("--type", help="The order's number, or the amount.")],
    as_json: Json = False,
) -> None:
    """After the preview: it is done in the shop now, or waits for a second person."""
    with opened(context) as desk:
        desk.order_acts.confirm(_id(one), typed)
        _carry(desk)
        tell_act(desk, _id(one), as_json)


@act.command()
def approve(context: typer.Context, one: Id, as_json: Json = False) -> None:
    """As the second person: it is done in the shop now."""
    with opened(context) as desk:
        desk.order_acts.approve(_id(one))
        _carry(desk)
        tell_act(desk, _id(one), as_json)


@act.command()
def decline(context: typer.Context, one: Id, words: Words, as_json: Json = False) -> None:
    """As the second person: it is not done, and why."""
    with opened(context) as desk:
        desk.order_acts.decline(_id(one), words)
        tell_act(desk, _id(one), as_json)


@act.command("take-back")
def take_back(context: typer.Context, one: Id, as_json: Json = False) -> None:
    """Take back what was not sent yet."""
    with opened(context) as desk:
        desk.order_acts.withdraw(_id(one))
        tell_act(desk, _id(one), as_json)


@act.command()
def ask(context: typer.Context, one: Id, as_json: Json = False) -> None:
    """Ask the shop what became of an act that is not clear."""
    with opened(context) as desk:
        desk.order_acts.ask_again(_id(one))
        _carry(desk)
        tell_act(desk, _id(one), as_json)


@act.command()
def settle(
    context: typer.Context,
    one: Id,
    words: Words,
    done: Annotated[bool, typer.Option("--done/--not-done", help="As you saw it in the shop.")],
    as_json: Json = False,
) -> None:
    """Say how an act ended that is not clear, having looked in the shop."""
    with opened(context) as desk:
        desk.order_acts.settle(_id(one), done, words)
        tell_act(desk, _id(one), as_json)


def _want(
    context: typer.Context,
    order: str,
    ticket: int | None,
    as_json: bool,
    make: "Callable[[Seen], OrderAct]",
) -> None:
    with opened(context) as desk:
        one = _order(desk, order)
        source, on = desk.orders.detail(one).row.source_id, _ticket(desk, ticket)
        made = desk.order_acts.want(make(desk.order_acts.seen(one)), source, order=one, ticket=on)
        _carry(desk)
        tell_act(desk, made, as_json)


def _carry(desk: "Desk") -> None:
    """One round of the engine's clerk, here: the command line may talk to shops."""
    from deskapp.engine.holders import new_holder
    from deskapp.engine.shops import lone_clerk

    lone_clerk(desk, new_holder()).turn()


def _id(one: int) -> "OrderActId":
    from deskapp.domain.ids import OrderActId

    return OrderActId(one)


def _order(desk: "Desk", spelt: str) -> "OrderId":
    return desk.orders.one_numbered(spelt)


def _ticket(desk: "Desk", spelt: int | None) -> "TicketId | None":
    return None if spelt is None else desk.tickets.by_number(spelt)
