"""``deskapp agent away`` and ``back``: who is not here, until when, and who stands in."""

from dataclasses import asdict
from datetime import UTC, datetime, tzinfo
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.ticket_facts import due_read

from .house import opened
from .options import Json
from .output import safe_line, show_json, when

Name = Annotated[str, typer.Argument(metavar="NAME", show_default=False)]


def away(
    context: typer.Context,
    name: Name,
    since: Annotated[
        str, typer.Option("--from", metavar="WHEN", help="A time to come; else from now on.")
    ] = "",
    until: Annotated[
        str,
        typer.Option(
            metavar="WHEN",
            help="2026-12-01T09:00, a day (the end of it), tomorrow, monday, week; else until "
            "`agent back`.",
        ),
    ] = "",
    zone: Annotated[
        str, typer.Option(metavar="ZONE", help="Of these times: Asia/Ho_Chi_Minh; else here.")
    ] = "",
    substitute: Annotated[
        str, typer.Option(metavar="AGENT", help="Who sees to their tickets meanwhile.")
    ] = "",
    reason: Annotated[str, typer.Option(metavar="TEXT", help="As colleagues see it.")] = "",
    as_json: Json = False,
) -> None:
    """Note that somebody is away. Their tickets stay theirs and are shown to who stands in."""
    there = _zone(zone)
    with opened(context) as desk:
        noted = desk.absences.away(
            desk.agents.by_name(name),
            since=_read(since, there),
            until=_read(until, there),
            substitute=desk.agents.by_name(substitute) if substitute else None,
            reason=reason,
        )
        names = {row.id: row.name for row in desk.agents.list()}
    if as_json:
        show_json(asdict(noted))
        return
    instead = names[noted.substitute] if noted.substitute is not None else ""
    end = f"until {when(noted.until)}" if noted.until else "until they are back"
    tail = f"; {instead} stands in" if instead else "; nobody stands in"
    typer.echo(safe_line(f"{names[noted.agent]} is away from {when(noted.since)} {end}{tail}."))


def back(context: typer.Context, name: Name) -> None:
    """Note that somebody is here again. What was theirs is theirs again."""
    with opened(context) as desk:
        was = desk.absences.back(desk.agents.by_name(name))
    typer.echo("They are back." if was else "They were not away.")


def _zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        raise Problem(ProblemKind.INVALID, what="zone", value=name) from None


def _read(written: str, zone: tzinfo | None) -> datetime | None:
    """A time as typed, in the zone that was named unless it names one itself."""
    if not written:
        return None
    if zone is not None:
        try:
            plain = datetime.fromisoformat(written.strip())
        except ValueError:
            pass  # one of the names below, which mean this machine's days
        else:
            if plain.tzinfo is None:
                end = len(written.strip()) <= len("2026-12-01")
                plain = plain.replace(hour=23, minute=59) if end else plain
                return plain.replace(tzinfo=zone)
    return due_read(written, datetime.now(UTC))
