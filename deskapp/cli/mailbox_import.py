"""``deskapp mailbox audit``, ``reach``, ``stop`` and ``resume``: how much of a mailbox is here."""

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.reaches import read_reach

from .errors import IN_PART
from .house import choice, desk_address, opened, placed
from .mailbox_facts import (
    audit_sentence,
    mailbox_facts,
    missing_facts,
    show_mailboxes,
    show_missing,
)
from .options import Json
from .output import show_json, tell

if TYPE_CHECKING:
    from deskapp.desk import Desk
    from deskapp.domain.ids import MailboxId
    from deskapp.domain.mailboxes import MailboxRow

Address = Annotated[str, typer.Argument(metavar="ADDRESS", show_default=False)]
_LOOK_SECONDS = 0.5
_ONE_FOLDER = (ProblemKind.FOLDER_MISSING, ProblemKind.FOLDER_IS_VIEW)  # the others were looked at


def audit(
    context: typer.Context,
    address: Address,
    wait: Annotated[
        int, typer.Option(metavar="SECONDS", help="For an engine that works on it already.")
    ] = 300,
    as_json: Json = False,
) -> None:
    """Compare a whole mailbox with its server now, and name every mail that is not here.

    Fetches what is missing on the way, like `engine --once`; where an engine runs, that one does.
    """
    with opened(context) as desk:
        mailbox = desk.mailboxes.by_address(address)
        wish = desk.mailboxes.ask_full_look(mailbox)
        held_elsewhere = bool(desk.mailboxes.get(mailbox).lease_holder)
        if held_elsewhere:
            tell("An engine works on this mailbox already; it was asked.")
            _wait(desk, mailbox, wish, wait)
    if not held_elsewhere:
        _look_here(context, address)
    with opened(context) as desk:
        row, missing = desk.mailboxes.get(mailbox), desk.mailboxes.missing(mailbox)
    _must_be_served(row, wish)
    complete = not (missing or row.pending or row.not_looked_at)
    if as_json:
        told = {"complete": complete, "sentence": audit_sentence(row, missing)}
        show_json(
            {**mailbox_facts(row), **told, "missing": [missing_facts(one) for one in missing]}
        )
    else:
        show_mailboxes([row])
        typer.echo(audit_sentence(row, missing))
        show_missing(missing)
    if not complete:
        raise typer.Exit(IN_PART)


def _look_here(context: typer.Context, address: str) -> None:
    from deskapp.engine.once import run_once

    place = desk_address(choice(context))
    with placed(place):
        [report] = run_once(place, mailbox=address).mailboxes
    if report.problem is not None and report.problem.kind not in _ONE_FOLDER:
        raise report.problem


def _wait(desk: "Desk", mailbox: "MailboxId", wish: int, seconds: int) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and not desk.mailboxes.get(mailbox).looked_at_since(wish):
        time.sleep(_LOOK_SECONDS)


def _must_be_served(row: "MailboxRow", wish: int) -> None:
    """Raises what keeps the server from being asked, as a Problem."""
    if row.looked_at_since(wish):
        return
    if row.state in list(ProblemKind):
        said = row.state_detail or None
        raise Problem(ProblemKind(row.state), host=row.settings.imap.host, said=said)
    raise Problem(
        ProblemKind.LEASE_HELD, address=row.settings.address, holder=row.lease_holder or None
    )


def reach(
    context: typer.Context,
    address: Address,
    since: Annotated[str, typer.Argument(metavar="DATE|90d|all", show_default=False)],
    as_json: Json = False,
) -> None:
    """Say anew how far back mail is fetched. What is here stays here."""
    first_day = read_reach(since, datetime.now(UTC))
    with opened(context) as desk:
        mailbox = desk.mailboxes.by_address(address)
        desk.mailboxes.fetch_since(mailbox, first_day)
        row = desk.mailboxes.get(mailbox)
    told = "all mail" if first_day is None else f"mail from {first_day:%Y-%m-%d} on"
    _tell(row, f"{row.settings.address}: {told} is fetched; `deskapp engine` does it.", as_json)


def stop(
    context: typer.Context,
    address: Address,
    until_start: Annotated[
        bool, typer.Option("--until-start", help="The engine's next start goes on by itself.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Stop fetching the mail that is not here yet. Mail that arrives from now on still comes."""
    with opened(context) as desk:
        mailbox = desk.mailboxes.by_address(address)
        desk.mailboxes.stop_import(mailbox, until_start=until_start)
        row = desk.mailboxes.get(mailbox)
    later = "at the engine's next start" if until_start else "with `deskapp mailbox resume`"
    _tell(row, f"{row.settings.address}: stopped; it goes on {later}. New mail comes.", as_json)


def resume(context: typer.Context, address: Address, as_json: Json = False) -> None:
    """Go on fetching where it was stopped."""
    with opened(context) as desk:
        mailbox = desk.mailboxes.by_address(address)
        desk.mailboxes.resume_import(mailbox)
        row = desk.mailboxes.get(mailbox)
    _tell(row, f"{row.settings.address}: goes on where it was stopped.", as_json)


def _tell(row: "MailboxRow", sentence: str, as_json: bool) -> None:
    if as_json:
        show_json(mailbox_facts(row))
    else:
        typer.echo(sentence)
