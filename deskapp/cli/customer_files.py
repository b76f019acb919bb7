"""``deskapp customer import`` and ``export-all``: many customers in and out."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.domain.people_files import FailedRow, PeopleMapping, PersonField, mapping_told
from deskapp.domain.problem import Problem, ProblemKind

from .errors import FAILED, IN_PART
from .house import opened
from .options import Json
from .output import safe_line, show_json, tell

if TYPE_CHECKING:
    from deskapp.desk import Desk
    from deskapp.domain.people_files import PeopleImport, PeopleReading

_WHY = {
    "empty": "nobody could be found again by it",
    "bad_mail": "that is no mail address",
    "bad_phone": "that is no phone number",
    "two_customers": "its contacts are of two customers here",
    "erased": "this person was erased at their wish",
    "broken_row": "a quote is opened and not closed",
    "other": "it cannot be stored",
}
_MOST_TOLD = 20


def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV, TSV, xlsx or vCard.")],
    column: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD=HEADING", help="Say which column is which; may be repeated."),
    ] = None,
    mapping: Annotated[str, typer.Option(help="Use a mapping that was saved.")] = "",
    save_mapping: Annotated[
        str, typer.Option("--save-mapping", help="Keep this mapping under a name.")
    ] = "",
    was: Annotated[
        str | None,
        typer.Option(
            "--was",
            metavar="FIELD=HEADING,…",
            help="Only if the mapping of that name still is what you saw; '' for none.",
        ),
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Also write over what somebody typed here.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count only; store nothing.")] = False,
    failed: Annotated[
        Path | None, typer.Option("--failed", help="Write the rows left out here, with why.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Take in customers; those known by mail, phone or number are brought up to date."""
    from deskapp.shops.people import read_people

    with opened(context) as desk:
        chosen = _chosen(column or [], desk.people_files.profiles().get(mapping) if mapping else {})
        if mapping and chosen is None:
            raise Problem(ProblemKind.NOT_FOUND, what="mapping", value=mapping)
        reading = read_people(file, chosen or None)
        if save_mapping and not dry_run:  # first: when it is refused, nothing was taken in
            _keep(desk, save_mapping, reading.mapping, was)
        done = desk.people_files.take(reading.people, file.name, dry=dry_run, overwrite=overwrite)
    faults = sorted((*reading.faults, *done.faults), key=lambda one: one.row)
    if failed is not None:
        _write_failed(failed, reading, faults)
    if as_json:
        show_json(_told(reading, done, faults, dry_run))
    else:
        _show(reading, done, faults, dry_run)
    if faults:
        raise typer.Exit(IN_PART if done.new + done.updated + done.unchanged else FAILED)


def export_all(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Ends in .csv or .vcf.")],
    as_json: Json = False,
) -> None:
    """Write all customers into a CSV or vCard file that other programs, and `import`, read."""
    ending = file.suffix.casefold()
    if ending not in (".csv", ".vcf"):
        raise Problem(ProblemKind.INVALID, what="file ending", value=file.name)
    with opened(context) as desk:
        write = desk.people_files.write_cards if ending == ".vcf" else desk.people_files.write_csv
        count = write(file)
    if as_json:
        show_json({"path": str(file), "customers": count})
    else:
        typer.echo(f"{count} customers are in {file}.")


def _chosen(columns: list[str], saved: PeopleMapping | None) -> PeopleMapping | None:
    if saved is None:
        return None
    found = dict(saved)
    for one in columns:
        name, equals, heading = one.partition("=")
        if not equals or name not in list(PersonField):
            raise Problem(ProblemKind.INVALID, what="column", value=one)
        found[PersonField(name)] = heading
    return found


def _keep(desk: "Desk", name: str, mapping: PeopleMapping, was: str | None) -> None:
    stands = desk.people_files.profiles().get(name, {})
    told = mapping_told(stands)
    if was is not None and _pieces(was) != _pieces(told):
        raise Problem(ProblemKind.CHANGED_MEANWHILE, what="mapping", value=told)
    desk.people_files.save_profile(name, mapping, stands)


def _pieces(told: str) -> list[str]:
    """In whatever order somebody says them."""
    return sorted(filter(None, (one.strip() for one in told.split(","))))


def _told(
    reading: "PeopleReading", done: "PeopleImport", faults: list[FailedRow], dry_run: bool
) -> dict[str, object]:
    return {
        "rows": reading.rows,
        "new": done.new,
        "updated": done.updated,
        "unchanged": done.unchanged,
        "kept": done.kept,
        "dry_run": dry_run,
        "mapping": {field.value: heading for field, heading in reading.mapping.items()},
        "failed": [
            {"row": one.row, "why": one.why, "column": one.column, "value": one.value}
            for one in faults
        ],
    }


def _show(
    reading: "PeopleReading", done: "PeopleImport", faults: list[FailedRow], dry_run: bool
) -> None:
    for one in faults[:_MOST_TOLD]:
        tell(safe_line(f"Row {one.row}: {_WHY[one.why]} {one.column} {one.value}".rstrip()))
    if len(faults) > _MOST_TOLD:
        tell(f"And {len(faults) - _MOST_TOLD} more rows; --failed FILE writes them all.")
    would = "would be " if dry_run else ""
    typer.echo(
        f"{reading.rows} rows: {done.new} {would}new, {done.updated} {would}updated, "
        f"{done.unchanged} as before, {len(faults)} left out."
    )
    if done.kept:
        tell(f"{done.kept} fields that somebody typed here stay; --overwrite takes the file's.")
    if dry_run:
        typer.echo("Nothing was stored.")


def _write_failed(path: Path, reading: "PeopleReading", faults: list[FailedRow]) -> None:
    """The rows as they were, and why; to be mended and imported alone."""
    import csv

    from deskapp.domain.cells import safe_cell
    from deskapp.domain.file_problems import writing_problem

    try:
        with path.open("x", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_ALL)
            writer.writerow([*reading.header, "row", "why"])
            for one in faults:
                cells = (*reading.cells.get(one.row, ()), *[""] * len(reading.header))
                kept = [safe_cell(cell) for cell in cells[: len(reading.header)]]
                writer.writerow([*kept, str(one.row), _WHY[one.why]])
    except OSError as error:
        raise writing_problem(path, error) from error
