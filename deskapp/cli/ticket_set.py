"""``deskapp ticket set``: changes what is known of a ticket."""

from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.domain.kinds import TicketStatus
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.ticket_facts import Priority, due_read

from .house import opened
from .options import Json
from .output import safe_line, show_json
from .ticket_many import chosen_tickets, show_many
from .ticket_show import ticket_line
from .ticket_stale import edit_at

if TYPE_CHECKING:
    from deskapp.desk import Desk
    from deskapp.domain.ids import LabelId
    from deskapp.domain.linking import LinkedTicket
    from deskapp.domain.tickets import TicketRow

_NO_DUE = ("", "none")


def set_(
    context: typer.Context,
    numbers: Annotated[
        list[int] | None,
        typer.Argument(metavar="N...", show_default=False, help="Numbers of tickets."),
    ] = None,
    matching: Annotated[
        str,
        typer.Option(
            metavar="WORDS", help="All that a search finds, as typed in the window: status:open …"
        ),
    ] = "",
    view: Annotated[str, typer.Option(metavar="NAME", help="All of a view.")] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only count the tickets; change nothing.")
    ] = False,
    status: Annotated[
        str | None,
        typer.Option(
            metavar="STATUS",
            help="new, open, waiting, on_hold, solved, closed, spam, or one of the desk's own "
            "words (`deskapp label list`).",
        ),
    ] = None,
    assignee: Annotated[
        str | None, typer.Option(metavar="AGENT", help="A name or address; '' for nobody.")
    ] = None,
    team: Annotated[
        str | None, typer.Option(metavar="TEAM", help="A team's name; '' for none.")
    ] = None,
    priority: Annotated[Priority | None, typer.Option()] = None,
    due: Annotated[
        str | None,
        typer.Option(
            metavar="WHEN",
            help="A time or a day (2026-12-01), tomorrow, working_day, monday, week, or none.",
        ),
    ] = None,
    subject: Annotated[str | None, typer.Option()] = None,
    tag: Annotated[list[str] | None, typer.Option(help="Add a tag; may be repeated.")] = None,
    untag: Annotated[list[str] | None, typer.Option(help="Take a tag off.")] = None,
    follower: Annotated[
        list[str] | None, typer.Option(metavar="AGENT", help="Make an agent follow it.")
    ] = None,
    unfollow: Annotated[
        list[str] | None, typer.Option(metavar="AGENT", help="Take a follower off.")
    ] = None,
    star: Annotated[
        bool | None, typer.Option("--star/--no-star", help="Your own star, which nobody else sees.")
    ] = None,
    snooze: Annotated[
        str | None,
        typer.Option(
            metavar="WHEN",
            help="Put it aside: a time (2026-12-01T09:00), tomorrow, working_day, monday, week, "
            "reply, or none. A time ends early when the customer writes.",
        ),
    ] = None,
    keep_snoozed: Annotated[
        bool, typer.Option("--keep-snoozed", help="Not early: also when the customer writes.")
    ] = False,
    version: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            help="Only if the ticket still has the version that `ticket show --json` told.",
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Change the status, people, priority, due date, subject or tags of tickets, or put them aside.

    However many they are, it is one act: `deskapp ticket undo`, or Ctrl+Z in the window, takes it
    back.
    """
    from deskapp.domain.snoozing import snooze_read
    from deskapp.domain.tickets import TicketEdit

    if not (numbers or matching.strip() or view):
        raise Problem(ProblemKind.EMPTY, what="tickets")
    with opened(context) as desk:
        now = desk.now()
        works = desk.calendar.get().is_working
        until = None
        if snooze is not None:
            until = snooze_read(snooze, now, keep=keep_snoozed, is_working=works)
        plain, label = (None, None) if status is None else _status(desk, status)
        no_due = due is not None and due.strip().casefold() in _NO_DUE
        edit = TicketEdit(
            status=plain,
            label_id=label,
            assignee_id=desk.agents.by_name(assignee) if assignee else None,
            unassign=assignee == "",
            team_id=desk.teams.named(team) if team else None,
            no_team=team == "",
            priority=priority,
            due_at=None if due is None or no_due else due_read(due, now, works),
            no_due=no_due,
            subject=subject,
            add_tags=tuple(tag or ()),
            remove_tags=tuple(untag or ()),
            add_followers=tuple(map(desk.agents.by_name, follower or ())),
            remove_followers=tuple(map(desk.agents.by_name, unfollow or ())),
            star=star,
            snooze=until,
        )
        if edit == TicketEdit() and not dry_run:
            raise Problem(ProblemKind.EMPTY, what="change")
        chosen = chosen_tickets(desk, numbers or (), matching, view)
        several = len(numbers or ()) != 1 or bool(matching or view)
        if several and version is not None:
            raise Problem(ProblemKind.INVALID, what="version of several tickets", value=version)
        left: tuple[LinkedTicket, ...] = ()
        if not several and not dry_run:
            row = edit_at(desk, chosen[0], edit, version)
            left = desk.links.open_children([row.id]).get(row.id, ()) if status is not None else ()
        else:
            changed = 0 if dry_run else desk.tickets.edit_many(chosen, edit)
    if several or dry_run:
        show_many(len(chosen), changed, as_json, dry=dry_run)
        return
    show_changed(row, as_json)
    if assignee and row.away is not None:
        instead = row.away.name or "nobody"
        typer.echo(f"{row.assignee_name} is away; {instead} stands in.", err=True)
    if left:
        told = ", ".join(str(child.number) for child in left)
        typer.echo(f"Tickets that belong to it are still open: {told}", err=True)


def _status(desk: "Desk", written: str) -> "tuple[TicketStatus | None, LabelId | None]":
    """A status by its name, else by one of the desk's own words for one."""
    if written in list(TicketStatus) and written != TicketStatus.MERGED:
        return TicketStatus(written), None
    try:
        return None, desk.labels.named(written).id
    except Problem:
        raise Problem(ProblemKind.INVALID, what="status", value=written) from None


def show_changed(row: "TicketRow", as_json: bool) -> None:
    """What a changed ticket is now."""
    if as_json:
        show_json(ticket_line(row))
    else:
        who = row.assignee_name or "nobody"
        status = row.label or row.status
        typer.echo(safe_line(f"Ticket {row.number} is {status}, with {who}: {row.subject}"))
