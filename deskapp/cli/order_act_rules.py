"""``deskapp order act``: what an admin allows in shops, and the audit of what was done."""

from dataclasses import asdict
from decimal import Decimal
from typing import Annotated

import typer

from deskapp.domain.order_acts import ActKind
from deskapp.domain.problem import Problem, ProblemKind

from .errors import FAILED
from .house import opened
from .options import Json, Was
from .order_act_shown import limit_told
from .output import safe_line, show_list, tell, when
from .return_words import number

rules = typer.Typer()

Source = Annotated[str, typer.Argument(metavar="SOURCE", show_default=False)]


@rules.command()
def allow(
    context: typer.Context,
    source: Source,
    kind: Annotated[ActKind, typer.Argument(metavar="KIND", show_default=False)],
    off: Annotated[bool, typer.Option("--off", help="Switch it off.")] = False,
) -> None:
    """As an admin: switch a kind of act on for a shop, or off."""
    with opened(context) as desk:
        desk.act_limits.switch(desk.order_sources.by_name(source), kind, not off)
    typer.echo(f"{kind} is {'off' if off else 'on'} for {safe_line(source)}.")


@rules.command()
def limit(
    context: typer.Context,
    role: Annotated[str, typer.Argument(help="agent or admin", show_default=False)],
    currency: Annotated[str, typer.Argument(help="Like EUR", show_default=False)],
    most: Annotated[str, typer.Argument(help="In one act, or none", show_default=False)],
    alone: Annotated[str, typer.Argument(help="Without a second person")] = "0",
    was: Was = None,
) -> None:
    """As an admin: how much a role may move in one act. --was MOST/ALONE, or none: only if it
    still is what you saw."""
    with opened(context) as desk:
        seen = desk.act_limits.caps()
        stands = limit_told(seen, role, currency.upper())
        if was not in (None, stands):
            raise Problem(ProblemKind.CHANGED_MEANWHILE, what="act_cap", value=stands)
        if most == "none":
            desk.act_limits.drop_cap(role, currency.upper(), seen)
        else:
            money: tuple[Decimal, Decimal] = number(most, "cap"), number(alone, "cap")
            desk.act_limits.set_cap(role, currency, *money, seen)
        rows = desk.act_limits.caps()
    show_list(
        False,
        [],
        ("role", "currency", "at most", "alone"),
        [(one.role, one.currency, f"{one.most:f}", f"{one.alone:f}") for one in rows],
        "No limit is set: no money may be moved.",
    )


@rules.command()
def audit(context: typer.Context, as_json: Json = False) -> None:
    """Show the audit, the newest line first, and whether its seals are whole."""
    with opened(context) as desk:
        lines, broken = desk.order_acts.audit(), desk.order_acts.broken_seals()
    show_list(
        as_json,
        {"lines": [asdict(one) for one in lines], "broken": broken},
        ("when", "who", "act", "step", "amount", "facts"),
        [
            (
                when(one.at),
                one.agent_name,
                one.act_id or "",
                one.step,
                "" if one.amount is None else f"{one.amount:f} {one.currency}",
                one.facts,
            )
            for one in lines
        ],
        "The audit is empty.",
    )
    if broken:
        tell(f"Lines of the audit do not fit what stands before them: {broken}")
        raise typer.Exit(FAILED)
