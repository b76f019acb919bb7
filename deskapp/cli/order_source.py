"""``deskapp order source``: the shops, databases and folders that orders come from."""

from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.domain.order_sources import (
    SECRETS,
    SIGN_INS,
    USUAL,
    Secret,
    SignIn,
    SourceKind,
    SourceSettings,
    usual_pattern,
)

from .errors import IN_PART, exit_code
from .house import opened
from .options import Json
from .output import safe_line, show_json, tell
from .passwords import VARIABLE, given_lines
from .source_facts import gap_words, show_sources, source_facts, test_facts
from .source_stating import (
    Address,
    Authority,
    Column,
    Currency,
    Every,
    InQuery,
    LineColumn,
    LineQuery,
    OwnNetwork,
    Pattern,
    Plain,
    Profile,
    Query,
    SignInAs,
    Zone,
    stated,
)

if TYPE_CHECKING:
    from deskapp.desk import Desk
    from deskapp.domain.ids import OrderSourceId
    from deskapp.engine.order_round import SourceReport

source = typer.Typer(help="Where orders come from: add, list, set, test, refresh, remove.")

Name = Annotated[str, typer.Argument(metavar="NAME", show_default=False)]
SecretStdin = Annotated[
    bool,
    typer.Option(
        "--password-stdin",
        help="Read the secret from standard input, each part on a line of its own. Shopify: "
        "client id, client secret (or the token); WooCommerce: consumer key, consumer secret; "
        "Magento: consumer key, consumer secret, token, token secret (or the token); SQL: the URL.",
    ),
]


@source.command()
def add(
    context: typer.Context,
    name: Name,
    kind: Annotated[SourceKind, typer.Option(help="What it is.")],
    address: Address = None,
    sign_in: SignInAs = None,
    own_network: OwnNetwork = None,
    number_pattern: Pattern = None,
    every: Every = None,
    query_file: Query = None,
    line_query_file: LineQuery = None,
    column: Column = None,
    profile: Profile = None,
    zone: Zone = None,
    currency: Currency = None,
    keys_in_query: InQuery = None,
    plain_allowed: Plain = None,
    line_column: LineColumn = None,
    authority: Authority = None,
    password_stdin: SecretStdin = False,
    as_json: Json = False,
) -> None:
    """Add a shop, a database or a watched folder. Its secret is kept in the keyring only.

    The secret comes from --password-stdin or DESKAPP_PASSWORD, its parts on a line each.
    """
    usual = SourceSettings(
        kind, name, sign_in=SIGN_INS[kind][0], number_pattern=usual_pattern(kind), every=USUAL
    )
    wanted = stated(
        usual, address, sign_in, own_network, number_pattern, every, query_file,
        line_query_file, column, profile, zone, currency, keys_in_query, plain_allowed,
        line_column, authority,
    )  # fmt: skip
    secret = _secret(wanted.sign_in, password_stdin)
    with opened(context) as desk:
        made = desk.order_sources.add(wanted)
        _keep(desk, made, wanted.sign_in, secret)
        _done(desk, made, as_json, "is there; the engine reads it.")


@source.command("set")
def set_(
    context: typer.Context,
    name: Name,
    new_name: Annotated[str | None, typer.Option("--name", help="Another name.")] = None,
    on: Annotated[bool | None, typer.Option("--on/--off", help="Ask it, or not.")] = None,
    address: Address = None,
    sign_in: SignInAs = None,
    own_network: OwnNetwork = None,
    number_pattern: Pattern = None,
    every: Every = None,
    query_file: Query = None,
    line_query_file: LineQuery = None,
    column: Column = None,
    profile: Profile = None,
    zone: Zone = None,
    currency: Currency = None,
    keys_in_query: InQuery = None,
    plain_allowed: Plain = None,
    line_column: LineColumn = None,
    authority: Authority = None,
    password_stdin: SecretStdin = False,
    as_json: Json = False,
) -> None:
    """Change what is stated; what is not named stays. It is tried again at once."""
    with opened(context) as desk:
        found = desk.order_sources.by_name(name)
        before = desk.order_sources.get(found)
        wanted = stated(
            replace(before.settings, name=new_name or before.settings.name),
            address, sign_in, own_network, number_pattern, every, query_file,
            line_query_file, column, profile, zone, currency, keys_in_query, plain_allowed,
        line_column, authority,
        )  # fmt: skip
        secret = _secret(wanted.sign_in, password_stdin)
        desk.order_sources.change(found, wanted)
        if secret is not None:
            _keep(desk, found, wanted.sign_in, secret)
        if on is not None:
            desk.order_sources.switch(found, on=on)
        _done(desk, found, as_json, "is changed.")


@source.command("list")
def list_(context: typer.Context, as_json: Json = False) -> None:
    """List the sources, how each stands, and what it leaves out."""
    with opened(context) as desk:
        states = desk.order_sources.list()
    if as_json:
        show_json([source_facts(one) for one in states])
    elif states:
        show_sources(states)
    else:
        typer.echo("No orders come from anywhere yet.")


@source.command()
def test(
    context: typer.Context, name: Name, password_stdin: SecretStdin = False, as_json: Json = False
) -> None:
    """Ask the shop for the least there is, for real. Nothing is stored or changed."""
    from deskapp.secrets import kept_source_secret, open_secrets
    from deskapp.shop_wiring import test_source

    with opened(context) as desk:
        found = desk.order_sources.by_name(name)
        settings = desk.order_sources.get(found).settings
        owner = desk.order_sources.secret_owner(found)
    given = _secret(settings.sign_in, password_stdin)
    facts = test_source(settings, given or kept_source_secret(open_secrets(), owner, settings))
    if as_json:
        show_json({"name": settings.name, **test_facts(facts)})
    else:
        money = f", in {facts.currency}" if facts.currency else ""
        typer.echo(safe_line(f"{settings.name} answers: {facts.name}{money}."))
        for scope in facts.missing:
            tell(f"The key lacks the right “{scope}”; give it to the key in the shop.")
        for gap in facts.shortfalls:
            tell(gap_words(gap))
    if facts.missing:
        raise typer.Exit(IN_PART)


@source.command()
def refresh(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="[NAME]", show_default=False)] = "",
    as_json: Json = False,
) -> None:
    """Read what changed, to its end, now; without a name all sources."""
    from deskapp.engine.order_round import read_sources
    from deskapp.secrets import open_secrets

    with opened(context) as desk:
        only = desk.order_sources.by_name(name) if name else None
        reports = read_sources(desk, open_secrets(), Event(), only)
    if as_json:
        show_json([one.as_json() for one in reports])
    else:
        for one in reports:
            _show_report(one)
        if not reports:
            typer.echo("No source is asked by itself.")
    failed = [one.problem for one in reports if one.problem is not None]
    if failed:
        raise typer.Exit(exit_code(failed[0]) if len(failed) == len(reports) else IN_PART)


def _show_report(one: "SourceReport") -> None:
    from .errors import sentence

    counts = f"{one.new} new, {one.updated} updated, {one.unchanged} as before"
    left = f", {one.left_out} left out" if one.left_out else ""
    typer.echo(safe_line(f"{one.name}: {counts}{left}."))
    if one.problem is not None:
        tell(f"{one.name}: {sentence(one.problem)}")


@source.command()
def remove(
    context: typer.Context,
    name: Name,
    delete_orders: Annotated[
        bool, typer.Option("--delete-orders", help="Its orders go too.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Stop asking a source and forget its secret; its orders stay, unless --delete-orders."""
    from deskapp.secrets import forget_source_secret, open_secrets

    with opened(context) as desk:
        found = desk.order_sources.by_name(name)
        owner = desk.order_sources.secret_owner(found)
        left = desk.order_sources.remove(found, keep_orders=not delete_orders)
    forget_source_secret(open_secrets(), owner)
    if as_json:
        show_json({"name": name, "removed": True, "orders_left": left})
    else:
        typer.echo(safe_line(f"{name} is not asked any more; {left} orders of it stay."))


def _secret(sign_in: SignIn, from_stdin: bool) -> Secret | None:
    """The parts that this sign-in needs, from lines in their order; None when none are given."""
    names = SECRETS[sign_in]
    if not names:
        return None
    lines = given_lines(from_stdin, len(names))
    if lines is None:
        return None
    return dict(zip(names, [*lines, *[""] * len(names)], strict=False))


def _keep(desk: "Desk", source: "OrderSourceId", sign_in: SignIn, secret: Secret | None) -> None:
    from deskapp.domain.order_sources import checked_secret
    from deskapp.secrets import keep_source_secret, open_secrets

    if not SECRETS[sign_in]:
        return
    if secret is None:
        tell(
            "No secret was given: run `deskapp order source set` with --password-stdin, else "
            "nothing can be read."
        )
        return
    secrets = open_secrets()
    if not secrets.lasting:
        tell(
            "This computer has no keyring, so the secret was not kept: name a file for it in "
            f"DESKAPP_SECRETS. ({VARIABLE} is not read by the engine for shops.)"
        )
        return
    owner = desk.order_sources.secret_owner(source)
    settings = desk.order_sources.get(source).settings
    if keep_source_secret(secrets, owner, settings, checked_secret(sign_in, secret)):
        desk.order_sources.read_anew(source)


def _done(desk: "Desk", source: "OrderSourceId", as_json: bool, said: str) -> None:
    state = desk.order_sources.get(source)
    if as_json:
        show_json(source_facts(state))
    else:
        typer.echo(safe_line(f"{state.settings.name} {said}"))
