"""``deskapp agent``: the staff of a desk."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from deskapp.domain.assigning import Absence

from .agent_away import away, back
from .house import opened
from .options import Json
from .output import show_json, show_list, when

app = typer.Typer()
agent = typer.Typer(help="Agents: add, list, away, back, present.")
app.add_typer(agent, name="agent")
agent.command("away")(away)
agent.command("back")(back)


@agent.command()
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", show_default=False)],
    email: str = "",
    role: Annotated[str, typer.Option(help="agent or admin")] = "agent",
    signature: str = "",
    as_json: Json = False,
) -> None:
    """Add a member of staff."""
    with opened(context) as desk:
        made = desk.agents.add(name, email, role)
        row = desk.agents.edit(made, signature=signature or None)
    if as_json:
        show_json(asdict(row))
    else:
        typer.echo(f"{row.name} is agent {row.id}; act with --as '{row.name}'.")


@agent.command("list")
def list_(context: typer.Context, as_json: Json = False) -> None:
    """List the staff."""
    with opened(context) as desk:
        rows = desk.agents.list()
        absent = {one.agent: one for one in desk.absences.list()}
    show_list(
        as_json,
        [asdict(row) | {"absence": _told(absent.get(row.id))} for row in rows],
        ("id", "role", "at work", "away", "email", "name"),
        [
            (
                row.id,
                row.role,
                "yes" if row.active else "no",
                _away(absent.get(row.id)),
                row.email,
                row.name,
            )
            for row in rows
        ],
        "There is no agent yet.",
    )


@agent.command()
def present(context: typer.Context, as_json: Json = False) -> None:
    """List who has the desk open in its windows now."""
    with opened(context) as desk:
        here = desk.presence.agents()
        rows = [row for row in desk.agents.list() if row.id in here]
    show_list(
        as_json,
        [{"id": row.id, "name": row.name} for row in rows],
        ("id", "name"),
        [(row.id, row.name) for row in rows],
        "Nobody has the desk open now.",
    )


def _told(absence: Absence | None) -> dict[str, object] | None:
    return None if absence is None else asdict(absence)


def _away(absence: Absence | None) -> str:
    if absence is None:
        return ""
    since = "" if absence.is_on(datetime.now(UTC)) else f"from {when(absence.since)} "
    return since + (f"until {when(absence.until)}" if absence.until else "yes")
