"""``deskapp mailbox auto-reply``: on with a canned reply, off, and on again after a pause."""

from datetime import timedelta
from typing import Annotated

import typer

from deskapp.domain.auto_reply import MAILBOX_TIME, MOST_OF_MAILBOX, AutoReply
from deskapp.domain.problem import Problem, ProblemKind

from .house import opened
from .options import Json, Was
from .output import show_json, when

Address = Annotated[str, typer.Argument(metavar="ADDRESS", show_default=False)]


def auto_reply(
    context: typer.Context,
    address: Address,
    canned: Annotated[
        str, typer.Option(metavar="NAME", help="Switch it on with this canned reply.")
    ] = "",
    off: Annotated[bool, typer.Option("--off", help="Switch it off.")] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on after it paused itself, or said a fault.")
    ] = False,
    was: Was = None,
    as_json: Json = False,
) -> None:
    """Say how a mailbox answers by itself, or change it. Without an option nothing is changed.

    Whoever begins a matter gets the text once, in their language; machines and lists never do.
    --was NAME, or --was off: change it only if it still is what you saw.
    """
    if bool(canned) + off + resume > 1:
        raise typer.BadParameter("--canned, --off and --resume exclude each other.")
    with opened(context) as desk:
        mailbox = desk.mailboxes.by_address(address)
        seen = desk.auto_replies.of(mailbox)
        stands = seen.canned_name if seen.on else "off"
        if (canned or off) and was not in (None, stands):
            raise Problem(ProblemKind.CHANGED_MEANWHILE, what="auto_reply", value=stands)
        if canned:
            row = desk.auto_replies.switch_on(mailbox, desk.canned.by_name(canned), seen)
        elif off:
            row = desk.auto_replies.switch_off(mailbox, seen)
        elif resume:
            row = desk.auto_replies.resume(mailbox)
        else:
            row = desk.auto_replies.of(mailbox)
    if as_json:
        show_json({"address": row.address, **auto_reply_facts(row)})
    else:
        typer.echo(f"{row.address}: {auto_reply_words(row)}")


def auto_reply_facts(row: AutoReply) -> dict[str, object]:
    """How it stands, as in ``mailbox list --json`` under ``auto_reply``."""
    fault = {"kind": row.fault, "about": row.fault_about, "ticket": row.fault_ticket}
    return {
        "on": row.on,
        "canned": row.canned_name or None,
        "since": row.since,
        "paused_since": row.paused,
        "fault": fault if row.fault else None,
        "given_24h": row.given,
    }


def auto_reply_words(row: AutoReply) -> str:
    """The same as a sentence or two."""
    if not row.on:
        return "answers nobody by itself."
    if row.paused is not None:
        minutes = MAILBOX_TIME // timedelta(minutes=1)
        return (
            f"its automatic reply has paused itself {when(row.paused)}, after {MOST_OF_MAILBOX} in "
            f"{minutes} minutes; look at what came, then "
            f"`deskapp mailbox auto-reply {row.address} --resume`."
        )
    said = (
        f"answers by itself with \u201c{row.canned_name}\u201d; {row.given} in the last 24 hours."
    )
    return f"{said} {_fault_words(row)}".rstrip()


def _fault_words(row: AutoReply) -> str:
    if not row.fault:
        return ""
    begun = f"On ticket {row.fault_ticket} it was not sent"
    if row.fault == ProblemKind.UNRESOLVED_PLACEHOLDER:
        return f"{begun}: {row.fault_about} has no value there."
    return f"{begun}: its text cannot be used as it is ({row.fault})."
