"""``deskapp canned``: lists canned replies, fills one in for a ticket, adds, imports, exports."""

from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import typer

from deskapp.domain.problem import Problem, ProblemKind

from .errors import FAILED, IN_PART, sentence
from .house import opened
from .options import Json, TextFile
from .output import show_json, show_list, tell
from .texts import read_text

app = typer.Typer()
canned = typer.Typer(help="Canned replies: list, render, add, import, export.")
app.add_typer(canned, name="canned")

Name = Annotated[str, typer.Argument(metavar="NAME", show_default=False)]


@canned.command("list")
def list_(context: typer.Context, words: str = "", as_json: Json = False) -> None:
    """List canned replies, the most used first."""
    with opened(context) as desk:
        rows = desk.canned.list(words)
    show_list(
        as_json,
        [asdict(row) for row in rows],
        ("name", "folder", "languages", "uses", "text"),
        [(row.name, row.folder, " ".join(row.languages), row.uses, row.preview) for row in rows],
        "There is no canned reply yet.",
    )


@canned.command()
def render(
    context: typer.Context,
    name: Name,
    ticket: Annotated[int, typer.Option(metavar="N", help="The ticket it is for.")],
    language: str = "",
    as_json: Json = False,
) -> None:
    """Fill a canned reply in for a ticket, in the customer's language."""
    with opened(context) as desk:
        filled = desk.canned.render(
            desk.canned.by_name(name), desk.tickets.by_number(ticket), language=language or None
        )
    if as_json:
        show_json(
            {
                "name": name,
                "ticket": ticket,
                "language": filled.language,
                "text": filled.text,
                "unresolved": [asdict(one) for one in filled.unresolved],
            }
        )
        return
    typer.echo(filled.text)
    for one in filled.unresolved:
        tell(f"“{one.name}” has no value for this ticket; a reply with it would not be sent.")


@canned.command()
def add(
    context: typer.Context,
    name: Name,
    text_file: TextFile = None,
    language: str = "en",
    folder: str = "",
    as_json: Json = False,
) -> None:
    """Add a canned reply, or another language to one; Liquid placeholders are checked."""
    from deskapp.domain.replies import CannedReply

    if text_file is None:
        raise Problem(ProblemKind.EMPTY, what="text")
    text = read_text(text_file)
    with opened(context) as desk:
        known = next((row for row in desk.canned.list() if row.name == name), None)
        if known is None:
            reply = CannedReply(None, name, folder, ((language, text),), 1)
        else:
            was = desk.canned.get(known.id)
            others = tuple(one for one in was.texts if one[0] != language)
            texts = (*others, (language, text))
            reply = replace(was, folder=folder or was.folder, texts=texts)
        kept = desk.canned.save(reply)
    if as_json:
        show_json({"id": kept.id, "name": kept.name, "languages": [one for one, _ in kept.texts]})
    else:
        typer.echo(f"The canned reply {kept.name} is there.")


Folder = Annotated[Path, typer.Argument(metavar="FOLDER", show_default=False)]


@canned.command("export")
def export_(context: typer.Context, folder: Folder, as_json: Json = False) -> None:
    """Write every canned reply as Markdown files into a new or empty folder."""
    with opened(context) as desk:
        count = desk.canned_folder.write(folder)
    if as_json:
        show_json({"folder": str(folder), "replies": count})
    else:
        typer.echo(f"{count} canned replies are in {folder}.")


@canned.command("import")
def import_(
    context: typer.Context,
    folder: Folder,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read only; store nothing.")] = False,
    as_json: Json = False,
) -> None:
    """Take in a folder of Markdown files; replies of the same names are brought up to date."""
    with opened(context) as desk:
        brought = desk.canned_folder.read(folder, dry_run=dry_run)
    told = {"new": brought.new, "updated": brought.updated, "same": brought.same}
    if as_json:
        failed = [{"file": one.file, "why": sentence(one.problem)} for one in brought.faults]
        show_json({**told, "dry_run": dry_run, "failed": failed})
    else:
        for one in brought.faults:
            tell(f"{one.file}: {sentence(one.problem)}")
        counts = f"{brought.new} new, {brought.updated} updated, {brought.same} as before"
        typer.echo(f"{counts}; nothing was stored." if dry_run else f"{counts}.")
    if brought.faults:
        raise typer.Exit(IN_PART if any(told.values()) else FAILED)
