"""What ``order source add`` and ``set`` let a person state, and the settings it makes."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from deskapp.domain.order_sources import SignIn, SourceKind, SourceSettings
from deskapp.domain.problem import Problem, ProblemKind

Address = Annotated[
    str | None,
    typer.Option(metavar="A", help="The shop's web address, or the folder's path."),
]
Pattern = Annotated[
    str | None,
    typer.Option(metavar="P", help=r"How its order numbers look in mail, like #\d{4,10}."),
]
Every = Annotated[int | None, typer.Option(metavar="MINUTES", help="Between two readings.")]
SignInAs = Annotated[
    SignIn | None,
    typer.Option(help="Shopify: client or token. Magento: oauth or bearer."),
]
OwnNetwork = Annotated[
    bool | None,
    typer.Option(
        "--own-network/--public-only",
        help="Allow an address of your own network. Only for a shop that you run yourself.",
    ),
]
Query = Annotated[
    Path | None,
    typer.Option("--query-file", metavar="FILE", help="SQL: one SELECT that gives the orders."),
]
LineQuery = Annotated[
    Path | None,
    typer.Option("--line-query-file", metavar="FILE", help="SQL: one SELECT for their items."),
]
Column = Annotated[
    list[str] | None,
    typer.Option(metavar="FIELD=HEADER", help="Say which column is which; may be repeated."),
]
Profile = Annotated[str | None, typer.Option(metavar="P", help="Folders: shopify, etsy, …")]
Zone = Annotated[str | None, typer.Option(help="The time zone of dates without one.")]
Currency = Annotated[str | None, typer.Option(help="For sources that name none.")]
InQuery = Annotated[
    bool | None,
    typer.Option(
        "--keys-in-query/--keys-in-header",
        help="WooCommerce: for a host that takes the usual header away.",
    ),
]
Plain = Annotated[
    bool | None,
    typer.Option("--plain-allowed/--tls-only", help="SQL: allow a line without TLS."),
]
LineColumn = Annotated[
    list[str] | None,
    typer.Option("--line-column", metavar="FIELD=HEADER", help="The same for the items' query."),
]
Authority = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help="SQL: a PEM file with the authority that signed the certificate."
    ),
]


def stated(
    known: SourceSettings,
    address: str | None,
    sign_in: SignIn | None,
    own_network: bool | None,
    number_pattern: str | None,
    every: int | None,
    query_file: Path | None,
    line_query_file: Path | None,
    column: Sequence[str] | None,
    profile: str | None,
    zone: str | None,
    currency: str | None,
    keys_in_query: bool | None,
    plain_allowed: bool | None,
    line_column: Sequence[str] | None,
    authority: Path | None,
) -> SourceSettings:
    """``known`` with what was given instead; ``None`` was not given."""
    told = {
        "address": address,
        "sign_in": sign_in,
        "own_network": own_network,
        "number_pattern": number_pattern,
        "every": every,
        "query": _text(query_file),
        "line_query": _text(line_query_file),
        "mapping": _columns(column) if column else None,
        "profile": profile,
        "zone": zone,
        "currency": currency,
        "keys_in_query": keys_in_query,
        "plain_allowed": plain_allowed,
        "line_mapping": _columns(line_column) if line_column else None,
        "authority": str(authority.expanduser().absolute()) if authority else None,
    }
    given = {field: value for field, value in told.items() if value is not None}
    if known.kind is SourceKind.FOLDER and address:
        given["address"] = str(Path(address).expanduser().absolute())
    return replace(known, **given)  # type: ignore[arg-type]  # each under its own name


def _text(file: Path | None) -> str | None:
    if file is None:
        return None
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise Problem(ProblemKind.FILE_MISSING, path=str(file)) from None
    except (OSError, UnicodeDecodeError) as fault:
        raise Problem(ProblemKind.FILE_UNREADABLE, path=str(file)) from fault


def _columns(columns: Sequence[str]) -> dict[str, str]:
    pairs = [one.partition("=") for one in columns]
    for field, mark, header in pairs:
        if not mark:
            raise Problem(ProblemKind.INVALID, what="column", value=field + header)
    return {field: header for field, _, header in pairs}
