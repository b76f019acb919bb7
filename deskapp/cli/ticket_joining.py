"""``deskapp ticket merge``, ``unmerge``, ``split``, ``move``, ``link``: joined and parted."""

from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.domain.linking import LinkRole
from deskapp.domain.problem import Problem, ProblemKind

from .house import opened
from .options import Json
from .output import safe_line, show_json
from .ticket_set import show_changed
from .ticket_show import link_told

if TYPE_CHECKING:
    from deskapp.desk import Desk
    from deskapp.domain.ids import MessageId, TicketId
    from deskapp.domain.moving import MoveRow

Number = Annotated[int, typer.Argument(metavar="N", show_default=False, help="The ticket's number")]
Messages = Annotated[
    list[int], typer.Argument(metavar="MESSAGE", show_default=False, help="Ids in `show --json`")
]


def merge(
    context: typer.Context,
    number: Number,
    into: Annotated[int, typer.Argument(metavar="INTO", show_default=False)],
    as_json: Json = False,
) -> None:
    """Move everything of ticket N to ticket INTO. `unmerge N` undoes it."""
    with opened(context) as desk:
        kept = desk.tickets.by_number(into)
        desk.tickets.merge(desk.tickets.by_number(number), kept)
        row = desk.tickets.row(kept)
    show_changed(row, as_json)


def unmerge(context: typer.Context, number: Number, as_json: Json = False) -> None:
    """Make ticket N, which was merged away, stand by itself again with its messages."""
    with opened(context) as desk:
        source, _ = desk.undo.move(_merge_of(desk, number).id)
        row = desk.tickets.row(source)
    show_changed(row, as_json)


def split(
    context: typer.Context,
    number: Number,
    messages: Messages,
    subject: Annotated[str, typer.Option(help="The new ticket's; else its first message's.")] = "",
    customer: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Whose it is, if not the same person's.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Move messages, by their ids in `show --json`, to a new ticket. Those of a side thread go
    together."""
    from deskapp.domain.mail import Address

    owner = Address("", customer) if customer else None
    with opened(context) as desk:
        one = desk.tickets.by_number(number)
        row = desk.tickets.row(desk.tickets.split(one, _ids(messages), subject, owner))
    show_changed(row, as_json)


def move(
    context: typer.Context,
    number: Number,
    messages: Messages,
    to: Annotated[int, typer.Option("--to", metavar="TICKET", show_default=False)],
    as_json: Json = False,
) -> None:
    """Move messages, by their ids in `show --json`, to another ticket that there is."""
    with opened(context) as desk:
        other = desk.tickets.by_number(to)
        desk.tickets.move(desk.tickets.by_number(number), _ids(messages), other)
        row = desk.tickets.row(other)
    show_changed(row, as_json)


def link(
    context: typer.Context,
    number: Number,
    other: Annotated[int, typer.Argument(metavar="OTHER", show_default=False)],
    role: Annotated[
        str, typer.Option("--as", metavar="ROLE", help="What OTHER is: related, parent or child.")
    ] = LinkRole.RELATED.value,
    remove: Annotated[bool, typer.Option("--remove", help="Take the link off instead.")] = False,
    as_json: Json = False,
) -> None:
    """Link ticket N with ticket OTHER: related, its parent or its child."""
    if role not in (LinkRole.RELATED, LinkRole.PARENT, LinkRole.CHILD):
        raise Problem(ProblemKind.INVALID, what="link_role", value=role)
    with opened(context) as desk:
        one, another = desk.tickets.by_number(number), desk.tickets.by_number(other)
        if remove:
            desk.links.remove(one, another)
        else:
            desk.links.add(one, another, LinkRole(role))
        links = [link_told(found) for found in desk.links.of(one)]
    if as_json:
        show_json({"number": number, "links": links})
        return
    if not links:
        typer.echo(f"Ticket {number} has no links.")
    for found in links:
        line = f"Ticket {number}: {found['role']} {found['number']} ({found['status']})"
        typer.echo(safe_line(f"{line} {found['subject']}"))


def _ids(messages: list[int]) -> "list[MessageId]":
    from deskapp.domain.ids import MessageId

    return [MessageId(one) for one in messages]


def _merge_of(desk: "Desk", number: int) -> "MoveRow":
    """The merge that took a ticket away. ``Problem(INVALID, what="unmerge")`` where none did."""
    heir: TicketId = desk.tickets.by_number(number)
    for found in reversed(desk.tickets.conversation(heir).moves):
        if found.kind == "merge" and found.source.number == number:
            return found
    raise Problem(ProblemKind.INVALID, what="unmerge", value=number)
