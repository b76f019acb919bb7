"""``deskapp team-desk``: a desk on PostgreSQL where everybody signs in as themselves."""

from dataclasses import asdict
from typing import Annotated

import typer

from deskapp.domain.leaving import Heir

from .house import opened
from .options import Json
from .output import show_json, tell
from .passwords import PasswordStdin, given_password

app = typer.Typer()
team_desk = typer.Typer(
    help="A team on one PostgreSQL desk, each with an own sign-in: set-up, add, link, password, "
    "leave, check (docs/team.md)."
)
app.add_typer(team_desk, name="team-desk")

Agent = Annotated[str, typer.Argument(metavar="AGENT", show_default=False)]
Login = Annotated[str, typer.Option(help="The name to sign in with; letters a to z.")]
Host = Annotated[str, typer.Option(help="The server's name as they reach it.")]
Port = Annotated[int, typer.Option(min=0, max=65535)]
Tls = Annotated[str, typer.Option(help="verify-full, bound or none (this computer only).")]


@team_desk.command("set-up")
def set_up(
    context: typer.Context,
    groups: Annotated[str, typer.Option(help="What group roles begin with.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the SQL; do nothing.")] = False,
) -> None:
    """Give the desk its roles and rights. Run as the database's owner; again after an upgrade."""
    with opened(context) as desk:
        statements = desk.staff.set_up(groups, dry=dry_run)
    if dry_run:
        typer.echo("BEGIN;")
        for statement in statements:
            typer.echo(f"{statement};")
        typer.echo("COMMIT;")
        return
    typer.echo(
        f"The desk is a team desk ({len(statements)} statements). Give each person a login: "
        "`deskapp team-desk add AGENT --login NAME`."
    )


@team_desk.command()
def add(
    context: typer.Context,
    agent: Agent,
    login: Login,
    host: Host = "",
    port: Port = 0,
    tls: Tls = "",
    password_stdin: PasswordStdin = False,
    as_json: Json = False,
) -> None:
    """Give an agent a login, and print the link and first password they join with."""
    given = given_password(password_stdin) or ""
    with opened(context) as desk:
        who = desk.agents.by_name(agent)
        made = desk.staff.add(who, login, given)
        link = desk.staff.link(who, host, port, tls).text()
    _show(link, "" if given else made, as_json)


@team_desk.command()
def password(
    context: typer.Context,
    agent: Agent,
    password_stdin: PasswordStdin = False,
    as_json: Json = False,
) -> None:
    """Give somebody another password, good for a week, who lost theirs or comes back."""
    given = given_password(password_stdin) or ""
    with opened(context) as desk:
        who = desk.agents.by_name(agent)
        made = desk.staff.password(who, given)
        link = desk.staff.link(who).text()
    _show(link, "" if given else made, as_json)


@team_desk.command()
def link(
    context: typer.Context, agent: Agent, host: Host = "", port: Port = 0, tls: Tls = ""
) -> None:
    """Print the link that somebody joins with. It holds no password."""
    with opened(context) as desk:
        typer.echo(desk.staff.link(desk.agents.by_name(agent), host, port, tls).text())


@team_desk.command("add-engine")
def add_engine(
    context: typer.Context,
    login: Annotated[str, typer.Argument(metavar="LOGIN", show_default=False)],
    password_stdin: PasswordStdin = False,
) -> None:
    """Make a login for an always-on machine that runs `deskapp engine` and nothing else."""
    given = given_password(password_stdin) or ""
    with opened(context) as desk:
        made = desk.staff.add_engine(login, given)
    typer.echo(f"{login} may pull, file and send." + ("" if given else f" Password: {made}"))


@team_desk.command("end-engine")
def end_engine(
    context: typer.Context,
    login: Annotated[str, typer.Argument(metavar="LOGIN", show_default=False)],
) -> None:
    """Take a machine's login away."""
    with opened(context) as desk:
        desk.staff.end_engine(login)
    typer.echo(f"{login} may do nothing on this desk any more.")


@team_desk.command()
def leave(
    context: typer.Context,
    agent: Agent,
    to: Annotated[str, typer.Option(help="Who gets their open tickets; nobody without it.")] = "",
    to_team: Annotated[str, typer.Option(help="The team that gets them instead.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count; change nothing.")] = False,
    as_json: Json = False,
) -> None:
    """End somebody's access and hand over what they had in hand. May be run again."""
    if to and to_team:
        raise typer.BadParameter("name a person or a team, not both", param_hint="--to-team")
    with opened(context) as desk:
        heir = Heir(
            desk.agents.by_name(to) if to else None, desk.teams.named(to_team) if to_team else None
        )
        left = desk.staff.leave(desk.agents.by_name(agent), heir, dry=dry_run)
    if as_json:
        show_json(asdict(left))
        return
    where = to or (f"the team {to_team}" if to_team else "nobody")
    would = "would go" if dry_run else "went"
    typer.echo(
        f"{left.name}: {left.tickets} open tickets {would} to {where} ({left.snoozed} put aside, "
        f"{left.promised} with a follow-up); {left.drafts} drafts stay on their tickets, "
        f"{left.waiting} replies wait for approval, {left.queued} are on their way; "
        f"{left.followed} tickets followed no more, "
        f"{left.substitute_for} substitutions ended."
    )
    if not dry_run:
        said = f"The login {left.login} is closed" if left.login else "They had no login"
        typer.echo(f"{said}; {left.connections} connections were ended.")


@team_desk.command()
def check(context: typer.Context) -> None:
    """Compare the rights in the database with those they should be. Run as the owner."""
    with opened(context) as desk:
        differences = desk.staff.differences()
    for one in differences:
        tell(one)
    if differences:
        raise typer.Exit(1)
    typer.echo("The rights are as they should be.")


def _show(link: str, first: str, as_json: bool) -> None:
    if as_json:
        show_json({"link": link, "password": first or None})
        return
    typer.echo(f"Link: {link}")
    if first:
        typer.echo(f"First password, good for a week and told here once: {first}")
