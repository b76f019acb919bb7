"""``deskapp assignment``: how new tickets are given out, and to whom they could be now."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.domain.assigning import Mode, Rule, Scope, own_rule
from deskapp.domain.problem import Problem, ProblemKind

from .house import opened
from .options import Json, Was
from .output import show_list

if TYPE_CHECKING:
    from deskapp.desk import Desk
    from deskapp.domain.ids import MailboxId, TeamId

app = typer.Typer()
assignment = typer.Typer(help="How new tickets are given out: list, set, run.")
app.add_typer(assignment, name="assignment")


@assignment.command("list")
def list_(context: typer.Context, as_json: Json = False) -> None:
    """List the rules of the desk, its teams and its mailboxes."""
    with opened(context) as desk:
        rules = desk.assigning.rules()
        teams = {int(row.id): row.name for row in desk.teams.list()}
        boxes = {int(row.id): row.settings.address for row in desk.mailboxes.list()}
    show_list(
        as_json,
        [asdict(rule) | {"of": _of(rule, teams, boxes)} for rule in rules],
        ("rule of", "name", "mode", "among"),
        [
            (
                rule.scope,
                _of(rule, teams, boxes),
                rule.mode,
                teams.get(rule.among or 0, "") or "its members"
                if rule.scope is Scope.TEAM
                else teams.get(rule.among or 0, "everybody"),
            )
            for rule in rules
        ],
        "New tickets are given to nobody by themselves.",
    )


def _of(rule: Rule, teams: dict[int, str], boxes: dict[int, str]) -> str:
    names = {Scope.TEAM: teams, Scope.MAILBOX: boxes}.get(rule.scope, {})
    return names.get(rule.scope_id, "")


@assignment.command("set")
def set_(
    context: typer.Context,
    mode: Annotated[
        str,
        typer.Argument(
            metavar="MODE", show_default=False, help="off, round_robin, fewest, or as_desk."
        ),
    ],
    team: Annotated[str, typer.Option(metavar="TEAM", help="For this team's tickets.")] = "",
    mailbox: Annotated[
        str, typer.Option(metavar="ADDRESS", help="For what comes to this mailbox.")
    ] = "",
    among: Annotated[
        str, typer.Option(metavar="TEAM", help="Among this team's members, not among all.")
    ] = "",
    was: Was = None,
) -> None:
    """Say how new tickets are given out among who is there: for the desk, a team or a mailbox.

    A team's rule goes before a mailbox's, and that before the desk's; as_desk takes one off.
    --was MODE: only if it still is what you saw.
    """
    if mode not in (*Mode, "as_desk") or (bool(team) and bool(mailbox)):
        raise Problem(ProblemKind.INVALID, what="mode", value=mode)
    with opened(context) as desk:
        scope, of = _scope(desk, team, mailbox)
        wanted = None if mode == "as_desk" else Mode(mode)
        whom = desk.teams.named(among) if among else None
        seen = desk.assigning.rules()
        now = own_rule(seen, scope, 0 if of is None else int(of))
        stands = _none(scope) if now is None else now.mode.value
        if was not in (None, stands):
            raise Problem(ProblemKind.CHANGED_MEANWHILE, what="assignment", value=stands)
        desk.assigning.set_rule(scope, of, wanted, whom, seen)
    typer.echo("New tickets are given out like that from now on.")


def _none(scope: Scope) -> str:
    return Mode.OFF.value if scope is Scope.DESK else "as_desk"


def _scope(desk: "Desk", team: str, mailbox: str) -> "tuple[Scope, TeamId | MailboxId | None]":
    if team:
        return Scope.TEAM, desk.teams.named(team)
    if mailbox:
        return Scope.MAILBOX, desk.mailboxes.by_address(mailbox)
    return Scope.DESK, None


@assignment.command()
def run(context: typer.Context) -> None:
    """Give out now what waited for somebody to come; engines do it by themselves."""
    with opened(context) as desk:
        given = desk.assigning.give_out()
    typer.echo(f"{len(given)} tickets were given out.")
