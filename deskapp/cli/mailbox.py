"""``deskapp mailbox``: the support addresses of a desk and their servers."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import MailboxSettings, Server
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.reaches import read_reach

from .errors import IN_PART, code_of
from .house import opened
from .mailbox_auto_reply import auto_reply, auto_reply_facts, auto_reply_words
from .mailbox_facts import mailbox_facts, show_mailboxes
from .mailbox_import import audit, reach, resume, stop
from .options import Json, Was
from .output import show_json, tell
from .passwords import PasswordStdin, given_password, known_password, remember_password

if TYPE_CHECKING:
    from deskapp.domain.mailboxes import StepResult

app = typer.Typer()
mailbox = typer.Typer(help="Mailboxes: add, list, audit, test, remove; how far back mail is.")
for command in (audit, reach, stop, resume, auto_reply):
    mailbox.command()(command)
app.add_typer(mailbox, name="mailbox")

Address = Annotated[str, typer.Argument(metavar="ADDRESS", show_default=False)]


@mailbox.command()
def add(
    context: typer.Context,
    address: Address,
    imap: Annotated[str, typer.Option(metavar="HOST:PORT")] = "",
    imap_security: Annotated[Security | None, typer.Option()] = None,
    smtp: Annotated[str, typer.Option(metavar="HOST:PORT")] = "",
    smtp_security: Annotated[Security | None, typer.Option()] = None,
    user: Annotated[str, typer.Option(help="The name to sign in with, if not the address.")] = "",
    name: Annotated[str, typer.Option(help="The name customers see as the sender.")] = "",
    folder: Annotated[
        list[str] | None, typer.Option(help="Watch this folder too, besides INBOX and Sent.")
    ] = None,
    since: Annotated[
        str,
        typer.Option(
            metavar="DATE|30d|all",
            help="How far back the first import reaches; older mail stays on the server, counted.",
        ),
    ] = "all",
    signature: str = "",
    alias: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ADDRESS",
            help="Another address whose mail comes here; it is answered from. May be repeated.",
        ),
    ] = None,
    password_stdin: PasswordStdin = False,
    as_json: Json = False,
) -> None:
    """Add a mailbox; the servers of well-known providers need not be named.

    The password comes from --password-stdin or DESKAPP_PASSWORD, and is kept in the keyring.
    """
    password = given_password(password_stdin)
    servers = _servers(address, imap, imap_security, smtp, smtp_security, user)
    first_day = read_reach(since, datetime.now(UTC))
    others = tuple(one.strip() for one in alias or ())
    told = MailboxSettings(
        address, name, *servers, tuple(folder or ()), first_day, signature, others
    )
    with opened(context) as desk:
        made = desk.mailboxes.add(told)
        row = desk.mailboxes.get(made)
    if password is not None:
        remember_password(row.settings.address, password)
    else:
        tell(
            "No password was given: run it again with --password-stdin, or set DESKAPP_PASSWORD "
            "whenever the engine runs."
        )
    if as_json:
        show_json(mailbox_facts(row))
    else:
        typer.echo(f"The mailbox {row.settings.address} is there; `deskapp engine` fetches it.")


def _servers(
    address: str,
    imap: str,
    imap_security: Security | None,
    smtp: str,
    smtp_security: Security | None,
    user: str,
) -> tuple[Server, Server]:
    from deskapp.mail.providers import suggest

    known = suggest(address) or (None, None)
    return (
        _server("--imap", imap, imap_security, user or address, known[0], {143: Security.STARTTLS}),
        _server("--smtp", smtp, smtp_security, user or address, known[1], {587: Security.STARTTLS}),
    )


def _server(
    option: str,
    place: str,
    security: Security | None,
    user: str,
    known: Server | None,
    by_port: dict[int, Security],
) -> Server:
    """A server as stated, else the provider's own. Implicit TLS but for the STARTTLS ports."""
    if not place:
        if known is None:
            raise Problem(ProblemKind.EMPTY, what=f"{option} HOST:PORT")
        return known
    host, mark, port = place.rpartition(":")
    if not mark or not port.isdigit():
        raise Problem(ProblemKind.INVALID, what=f"{option} HOST:PORT", value=place)
    chosen = security or by_port.get(int(port), Security.TLS)
    return Server(host.strip("[]"), int(port), chosen, user)


@mailbox.command("list")
def list_(context: typer.Context, as_json: Json = False) -> None:
    """List the mailboxes, and how much of each is here."""
    with opened(context) as desk:
        rows = desk.mailboxes.list()
        answering = {one.mailbox: one for one in desk.auto_replies.list()}
    if as_json:
        show_json(
            [
                {**mailbox_facts(row), "auto_reply": auto_reply_facts(answering[row.id])}
                for row in rows
            ]
        )
    elif rows:
        show_mailboxes(rows)
        for one in answering.values():
            if one.needs_a_person:
                typer.echo(f"{one.address}: {auto_reply_words(one)}")
    else:
        typer.echo("There is no mailbox yet.")


@mailbox.command()
def test(
    context: typer.Context,
    address: Address,
    password_stdin: PasswordStdin = False,
    as_json: Json = False,
) -> None:
    """Try a mailbox's servers for real: name, TLS, sign-in, folders, SMTP. Nothing is sent."""
    from deskapp.mail.live_test import test_mailbox

    with opened(context) as desk:
        told = desk.mailboxes.get(desk.mailboxes.by_address(address)).settings
    given = given_password(password_stdin)
    imap, smtp = (given or known_password(told.address, what) for what in ("imap", "smtp"))
    steps = []
    for step in test_mailbox(told, imap, smtp):
        steps.append(step)
        if not as_json:
            typer.echo(f"{step.step:8} {'ok' if step.ok else step.kind:16} {step.said}".rstrip())
    if as_json:
        show_json({"address": told.address, "steps": [asdict(step) for step in steps]})
    code = _outcome(steps)
    if code:
        raise typer.Exit(code)


def _outcome(steps: "list[StepResult]") -> int:
    """0 when every step went well, else what the first failed one says, or done in part."""
    failed = [step for step in steps if not step.ok]
    if not failed:
        return 0
    if failed[0].step == "smtp":
        return IN_PART  # mail can be read, not sent
    return code_of(ProblemKind(failed[0].kind))


@mailbox.command()
def country(
    context: typer.Context,
    address: Address,
    code: Annotated[str, typer.Argument(metavar="CC", show_default=False)],
    was: Was = None,
) -> None:
    """Say where its customers are from, as VN: their phones are read so; "" for not said.

    --was CC: only if it still is what you saw.
    """
    with opened(context) as desk:
        desk.mailboxes.set_country(desk.mailboxes.by_address(address), code, was)
    typer.echo("It is noted.")


@mailbox.command()
def remove(context: typer.Context, address: Address, as_json: Json = False) -> None:
    """Stop fetching and sending for a mailbox; its tickets stay, its password is forgotten."""
    from deskapp.secrets import open_secrets

    with opened(context) as desk:
        found = desk.mailboxes.by_address(address)
        desk.mailboxes.remove(found)
    secrets = open_secrets()
    for what in ("imap", "smtp"):
        secrets.forget(address, what)
    if as_json:
        show_json({"address": address, "removed": True})
    else:
        typer.echo(f"{address} is not fetched any more; its tickets stay.")
