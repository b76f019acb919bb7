"""``deskapp ticket hand-over``: gives a matter to another team, or by mail to who has no seat."""

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.domain.problem import Problem, ProblemKind

from .house import opened
from .options import Json
from .output import safe_line, show_json

if TYPE_CHECKING:
    from deskapp.desk import Desk
    from deskapp.domain.mail import Address


def hand_over(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="N", show_default=False)],
    needed: Annotated[str, typer.Option(metavar="TEXT", help="What they are to do.")],
    team: Annotated[str, typer.Option(metavar="TEAM", help="To a team of this desk.")] = "",
    assignee: Annotated[
        str, typer.Option(metavar="AGENT", help="Who of the team; else whoever takes it.")
    ] = "",
    to: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS",
            help="By mail to somebody without a seat: an address, or the name of one that had a "
            "mail before.",
        ),
    ] = "",
    name: Annotated[str, typer.Option(metavar="NAME", help="What that address is called.")] = "",
    tried: Annotated[str, typer.Option(metavar="TEXT", help="What was tried already.")] = "",
    by: Annotated[
        str, typer.Option(metavar="WHEN", help="When it is needed: 2026-12-01, tomorrow, monday …")
    ] = "",
    newest_only: Annotated[
        bool,
        typer.Option(
            "--newest-only", help="Below the mail only what the customer wrote last, not all of it."
        ),
    ] = False,
    as_json: Json = False,
) -> None:
    """Hand a ticket over: to another team, or by mail to a department without a seat.

    A team gets the ticket with a note and a notice. A department gets a mail; the ticket is on hold
    until they answer, and the answer comes back to it. The customer sees neither.
    """
    from deskapp.domain.handing_over import HandOver, ToTeam
    from deskapp.domain.ticket_facts import due_read

    if bool(team) == bool(to):
        raise Problem(ProblemKind.INVALID, what="hand_over")
    with opened(context) as desk:
        works = desk.calendar.get().is_working
        due = due_read(by, desk.now(), works) if by else None
        given = HandOver(needed, tried, due)
        ticket = desk.tickets.by_number(number)
        if team:
            who = desk.agents.by_name(assignee) if assignee else None
            note = desk.hand_overs.to_team(ticket, ToTeam(desk.teams.named(team), who), given)
            told = {"ticket": number, "team": desk.tickets.row(ticket).team_name, "note": note}
            said = f"Ticket {number} is with the team {told['team']} now."
        else:
            person = _department(desk, to, name)
            sent = desk.hand_overs.to_department(
                ticket, person, given, whole=not newest_only, delay=timedelta()
            )
            told = {
                "ticket": number,
                "to": person.address,
                "outbox": sent.outbox_id,
                "message": sent.message,
                "message_id": sent.message_id,
            }
            said = f"Ticket {number} is on hold; the mail waits in the outbox as {sent.outbox_id}."
    if as_json:
        show_json(told)
    else:
        typer.echo(safe_line(said))


def _department(desk: "Desk", written: str, name: str) -> "Address":
    """An address as it is written, or one that is remembered under this name."""
    from deskapp.domain.mail import Address
    from deskapp.domain.naming import name_key

    if "@" not in written:
        for one in desk.hand_overs.departments():
            if name_key(one.name) == name_key(written):
                return Address(one.name, one.address)
    return Address(name, written.strip())
