"""``deskapp audit``: who changed what, and whether the audit itself is whole."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from deskapp.audit_heads import Heads
from deskapp.domain.audit import AuditFault

from .errors import FAILED
from .house import opened
from .options import Json
from .output import show_json, show_list, tell, when

app = typer.Typer()
audit = typer.Typer(help="The audit: verify, list, export, head.")
app.add_typer(audit, name="audit")

_FAULTS = {
    AuditFault.CHANGED: "No. {place} is not what was sealed: it, or the one before it, was changed",
    AuditFault.GONE: "The row of no. {place} is gone",
    AuditFault.UNSEALED: "Row {place} was put in past the desk: no commit sealed it",
    AuditFault.GAP: "No. {place} is missing",
    AuditFault.TIME: "The time of no. {place} does not fit: a forgery, or the server's clock was "
    "set",
    AuditFault.CUT_OFF: "This computer has seen later seals: from no. {place} on they are gone",
    AuditFault.REWRITTEN: "No. {place} has another seal than this computer saw: it and what "
    "follows were written anew",
    AuditFault.TRIGGER: "What writes the audit is switched off, gone or changed: {place}",
    AuditFault.UNTOLD: "A row stands otherwise than the audit tells: {place}",
}
_MOST = 50
_NO_AUDIT = (
    "A desk in a file keeps no audit: whoever can open the file can write to it. Its tickets' "
    "histories and the audit of acts in shops are there. A desk in PostgreSQL keeps one."
)


@audit.command()
def verify(
    context: typer.Context,
    accept: Annotated[
        bool,
        typer.Option("--accept", help="Take the audit as it stands from now on: after a restore."),
    ] = False,
    as_json: Json = False,
) -> None:
    """Hold the audit against itself, against what it tells of, and against what this computer saw.

    Changes nothing in the desk; the newest seal is written down on this computer.
    """
    with opened(context) as desk:
        heads = Heads(desk.identity())
        known = heads.seen()
        head, found = desk.audit.verify(known)
        kept = desk.audit.is_kept
    if accept or not found:
        heads.keep(head)
    if as_json:
        problems = [asdict(one) for one in found]
        show_json({"ok": not found, **asdict(head), "seen": known.number, "problems": problems})
    else:
        for one in found[:_MOST]:
            typer.echo(_FAULTS[one.fault].format(place=one.place) + ".")
        if len(found) > _MOST:
            tell(f"And {len(found) - _MOST} more; --json has them all.")
        if not found and not kept and not head.number:
            typer.echo(_NO_AUDIT)
        elif not found:
            typer.echo(f"The audit is whole: {head.number} changes, the newest seal is {head.seal}")
        elif accept:
            tell("From now on the audit is taken as it stands.")
        else:
            tell("Was the desk restored from a backup? Then say `deskapp audit verify --accept`.")
    if found and not accept:
        raise typer.Exit(FAILED)


@audit.command("list")
def list_(
    context: typer.Context,
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000)] = 50,
    table: Annotated[str, typer.Option("--table", metavar="NAME", help="Of one table.")] = "",
    as_json: Json = False,
) -> None:
    """List the last changes, newest first."""
    from deskapp.desk.audit import told

    with opened(context) as desk:
        links, names = desk.audit.newest(limit, table)
        kept = desk.audit.is_kept
    facts = [told(link, names) for link in links]
    show_list(
        as_json,
        facts,
        ("no.", "when", "who", "what", "before", "after"),
        [
            (
                one["number"],
                when(link.row.when if link.row else None),
                one["agent"] or one["login"],
                f"{one['verb']} {one['table']} {one['row']}",
                one["old"],
                one["new"],
            )
            for one, link in zip(facts, links, strict=True)
        ],
        "Nothing is told yet." if kept else _NO_AUDIT,
    )


@audit.command()
def export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", show_default=False)],
    as_json: Json = False,
) -> None:
    """Write the whole audit into a new file: CSV, or JSON lines where its name ends in .jsonl."""
    with opened(context) as desk:
        count = desk.audit.write(file)
    if as_json:
        show_json({"file": str(file), "rows": count})
    else:
        typer.echo(f"{file}: {count} changes.")


@audit.command()
def head(context: typer.Context, as_json: Json = False) -> None:
    """Show the newest seal. Written down elsewhere, it tells later whether the end was cut off."""
    with opened(context) as desk:
        found = desk.audit.head()
    if as_json:
        show_json(asdict(found))
    else:
        typer.echo(f"{found.number} {found.seal}".strip())
