"""``deskapp customer export``, ``erase``, ``erased``, ``hold``: a person's rights to their data."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from deskapp import paths
from deskapp.domain.erasing import EraseMode, ErasePreview, EraseProof
from deskapp.domain.ids import CustomerId

from .errors import FAILED
from .house import opened
from .options import Json
from .output import safe_line, show_facts, show_json, tell, when

Number = Annotated[int, typer.Argument(metavar="ID", show_default=False)]

_STAYS = (
    "Backups made before still have it: delete them, or let them age out (at most 35 days)."
    " A restore over this desk erases them again; a restore elsewhere brings them back.",
    "On PostgreSQL the server's own log (pg_wal), archives and replicas keep words: only the"
    " server's operator can end that.",
    "The mail server may still have the mails: they are not fetched again, nor deleted there.",
)


def export(
    context: typer.Context,
    number: Number,
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="A zip; customer-ID.zip without it.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Write all that is known about a customer into one zip, readable in any browser."""
    with opened(context) as desk:
        made = desk.erasing.export(CustomerId(number), file or Path(f"customer-{number}.zip"))
    if as_json:
        show_json({**asdict(made), "path": str(made.path)})
    else:
        typer.echo(
            f"Written to {made.path}: {made.messages} messages of {made.tickets} tickets, "
            f"{made.originals} original mails, {made.attachments} files, {made.orders} orders."
        )


def erase(
    context: typer.Context,
    number: Number,
    anonymise: Annotated[
        bool, typer.Option("--anonymise", help="Keep tickets and figures, without the person.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do it; it cannot be undone.")] = False,
    as_json: Json = False,
) -> None:
    """Show what erasing a customer would do; with --yes do it, and give the proof sheet."""
    mode = EraseMode.ANONYMISE if anonymise else EraseMode.ERASE
    with opened(context) as desk:
        preview = desk.erasing.preview(CustomerId(number))
        if not yes:
            _show_preview(preview, as_json)
            return
        proof = desk.erasing.erase(preview, mode)
        paths.forget_unsaved(paths.unsaved(), desk.identity(), preview.ticket_ids)
    if as_json:
        show_json(_proof(proof))
        return
    _show_proof(proof)
    for line in _STAYS:
        typer.echo(line)
    if preview.quoted_on:
        listed = ", ".join(f"#{one}" for one in preview.quoted_on)
        typer.echo(f"Words of other people on {listed} still name them; they are not erased.")


def erased(
    context: typer.Context,
    wipe: Annotated[
        bool, typer.Option("--wipe", help="Wipe now what was left in the database's files.")
    ] = False,
    as_json: Json = False,
) -> None:
    """The proof sheets of all who were erased."""
    with opened(context) as desk:
        if wipe:
            desk.erasing.wipe()
        proofs = desk.erasing.proofs()
    if as_json:
        show_json([_proof(one) for one in proofs])
    elif not proofs:
        typer.echo("Nobody was erased on this desk.")
    for one in () if as_json else proofs:
        _show_proof(one)


def hold(
    context: typer.Context,
    number: Number,
    reason: Annotated[str, typer.Option("--reason", help="Why nothing may be erased.")] = "",
    until: Annotated[
        datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], help="The last day.")
    ] = None,
    lift: Annotated[bool, typer.Option("--lift", help="Take the hold away.")] = False,
) -> None:
    """Forbid erasing a customer, for a reason in law; --lift allows it again."""
    with opened(context) as desk:
        if lift:
            desk.erasing.lift_hold(CustomerId(number))
        else:
            ends = None if until is None else until.replace(hour=23, minute=59).astimezone()
            desk.erasing.hold(CustomerId(number), reason, ends)
    typer.echo("The hold is lifted." if lift else "Nothing of this customer can be erased now.")


def _show_preview(preview: ErasePreview, as_json: bool) -> None:
    if as_json:
        show_json({**asdict(preview), "forbidden": preview.forbidden})
    else:
        typer.echo(safe_line(f"Erasing {preview.name or preview.customer} would take away:"))
        show_facts([(name, count or None) for name, count in asdict(preview.counts).items()])
        show_facts(
            (
                ("open tickets", ", ".join(f"#{one}" for one in preview.open_tickets)),
                ("of other people", preview.of_others or None),
                ("quoted on", ", ".join(f"#{one}" for one in preview.quoted_on)),
                ("on the server", preview.on_server or None),
                ("replies waiting", preview.waiting or None),
                ("replies uncertain", preview.uncertain or None),
                ("shop acts under way", preview.acts or None),
                ("legal hold", preview.hold),
            )
        )
    if preview.forbidden:
        tell("This must be settled first. Nothing was erased.")
        raise typer.Exit(FAILED)
    tell("Nothing was erased. Add --yes to do it, and --anonymise to keep tickets and figures.")


def _show_proof(proof: EraseProof) -> None:
    typer.echo(f"Proof sheet {proof.id}: {proof.mode.value}d {when(proof.at)}")
    show_facts(
        [
            ("by", proof.agent_name or "nobody named"),
            *((name, count or None) for name, count in asdict(proof.counts).items()),
            ("files wiped", when(proof.cleaned_at) or "not yet: deskapp customer erased --wipe"),
        ]
    )
    for one in proof.identifiers:
        typer.echo(f"  {one}")


def _proof(proof: EraseProof) -> dict[str, object]:
    return asdict(proof)
