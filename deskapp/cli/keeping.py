"""``deskapp export``, ``check``, ``backup`` and ``restore``."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from deskapp.audit_heads import Heads
from deskapp.domain.desk_address import without_password
from deskapp.domain.mailboxes import HeldMail, MailboxRow
from deskapp.domain.upkeep import Copied, Finding, FindingKind

from .errors import FAILED
from .house import choice, desk_address, opened, placed
from .mailbox_facts import ledger_sentence, mailbox_facts, reason
from .options import Json
from .output import show_json, tell

app = typer.Typer()

_FINDINGS = {
    FindingKind.DAMAGED: "The database file is damaged",
    FindingKind.FOREIGN_KEY: "Rows point at rows that are not there",
    FindingKind.LEDGER_WITHOUT_BYTES: "The ledger names mails whose bytes are not there",
    FindingKind.FILED_WITHOUT_MESSAGE: "The ledger calls mails filed that are no message",
    FindingKind.MESSAGE_WITHOUT_BYTES: "Messages have lost their original bytes",
    FindingKind.MESSAGE_WITHOUT_TEXT: "Messages have lost their text",
    FindingKind.BYTES_CHANGED: "Stored bytes are not what was stored",
    FindingKind.NOT_SEARCHABLE: "Messages cannot be found by search",
    FindingKind.SEARCH_LEFTOVER: "The search index has what is not there",
    FindingKind.TICKET_SUMS: "Tickets and their messages disagree",
    FindingKind.OUTBOX: "Replies and their state do not fit together",
    FindingKind.OUTBOX_TWICE: "One Message-ID is in the outbox twice",
    FindingKind.AUDIT_CHAIN: "The audit was tampered with (`deskapp audit verify` says all)",
    FindingKind.AUDIT_BROKEN: "The audit of acts in shops was changed, or a line is missing",
}


@app.command()
def export(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", show_default=False)],
    as_json: Json = False,
) -> None:
    """Write the whole desk in open formats into a new or empty folder."""
    with opened(context) as desk:
        written = desk.upkeep.export(folder)
        whole = not desk.signed_in.fixed
    if not whole:
        tell(
            "What only your colleagues see, their own canned replies and views, is not in it: the "
            "desk's owner exports all of it."
        )
    if as_json:
        show_json({"folder": str(folder), "whole": whole, **asdict(written)})
    else:
        counts = ", ".join(f"{count} {name}" for name, count in asdict(written).items())
        typer.echo(f"Exported to {folder}: {counts}.")


@app.command()
def check(
    context: typer.Context,
    quick: Annotated[
        bool, typer.Option("--quick", help="Hash only the newest 1000 stored mails.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Audit the desk: does what is stored agree with itself? Changes nothing.

    Mail that is held is no fault of the desk: it is listed besides, like what is still to come.
    """
    with opened(context) as desk:
        heads, audited = Heads(desk.identity()), desk.audit.is_open()
        found = desk.upkeep.check(1000 if quick else None, heads.seen())
        if audited and not any(one.kind is FindingKind.AUDIT_CHAIN for one in found):
            heads.keep(desk.audit.head())
        boxes, held = desk.mailboxes.list(), desk.mailboxes.held()
    if as_json:
        show_json(
            {
                "ok": not found,
                "audit": audited,
                "problems": [asdict(one) for one in found],
                "mailboxes": [mailbox_facts(row) for row in boxes],
                "held": [asdict(one) for one in held],
            }
        )
    else:
        _show_check(found, boxes, held)
    if not audited:
        tell("The audit was not looked at: it is for leads and admins.")
    if found:
        raise typer.Exit(FAILED)


def _show_check(
    found: Sequence[Finding], boxes: Sequence[MailboxRow], held: Sequence[HeldMail]
) -> None:
    for row in boxes:
        typer.echo(f"{row.settings.address}: {ledger_sentence(row)}")
    for mail in held:
        typer.echo(f"{mail.mailbox}, {mail.folder}, UID {mail.uid}: held, {reason(mail.reason)}")
    if found:
        for one in found:
            typer.echo(f"{_FINDINGS[one.kind]}: {one.count}, the first is {one.example}.")
        tell("Make a backup of the desk as it is, then restore the last sound one.")
    elif held or not all(row.complete for row in boxes):
        typer.echo("What is stored is sound. Not all mail is here and readable: see above.")
    else:
        typer.echo("All is well.")


@app.command()
def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", show_default=False)],
    as_json: Json = False,
) -> None:
    """Copy the desk into a new file, and prove the copy. Others may go on working."""
    with opened(context) as desk:
        copied = desk.upkeep.backup(file)
    if as_json:
        show_json({"file": str(file), "bytes": copied.size, "rows": dict(copied.rows)})
    else:
        typer.echo(
            f"{file}: {copied.rows['message']} messages in {copied.rows['ticket']} tickets, "
            "opened, checked and counted."
        )


@app.command()
def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", show_default=False)],
    as_json: Json = False,
) -> None:
    """Make a backup the desk again. The old desk file is kept under another name."""
    from deskapp.desk.upkeep import restore as restore_desk

    address = desk_address(choice(context))
    with placed(address):
        copied = restore_desk(address, file)
    if as_json:
        told = {"desk": without_password(address), "rows": dict(copied.rows)}
        again = {
            "erasures_known": copied.erasures_known,
            "erased_again": copied.erased_again,
            "erased_left": list(copied.erased_left),
        }
        show_json(
            {
                **told,
                "unsettled": copied.unsettled,
                "kept": copied.kept or None,
                "sign_ins": copied.sign_ins,
                **again,
            }
        )
        return
    typer.echo(f"The desk is restored: {without_password(address)}")
    if copied.kept:
        typer.echo(f"The desk that was there is kept as {copied.kept}")
    if copied.unsettled:
        tell(
            f"{copied.unsettled} replies waited when the backup was made and may have been sent "
            "since: look at `deskapp outbox list`, and answer with `deskapp outbox settle`."
        )
    if copied.sign_ins:
        tell(
            f"{copied.sign_ins} people had a sign-in, and a backup holds no passwords. Give each "
            "another one with `deskapp team-desk password NAME`; where the desk is new on its "
            "server, say `deskapp team-desk set-up` first and then `deskapp team-desk add NAME`."
        )
    _tell_erased(copied)


def _tell_erased(copied: Copied) -> None:
    if copied.erased_again:
        tell(f"{copied.erased_again} people had been erased since, and were erased again.")
    for one in copied.erased_left:
        tell(
            f"Customer {one} had been erased since and is back, because something of theirs must "
            f"be settled first: look with `deskapp customer erase {one}`."
        )
    if not copied.erasures_known:
        tell(
            "Whoever was erased after the backup was made is back in it, and the desk that knew of "
            "them is not here: erase them again with `deskapp customer erase`."
        )
