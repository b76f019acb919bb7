"""Leaving any day: the whole desk in JSON lines and .eml files, which anything can read."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from deskapp.data.database import Connection
from deskapp.data.queries import export, export_tickets
from deskapp.data.queries.blobs import get_blobs
from deskapp.data.queries.export_pages import Record
from deskapp.data.queries.parts import parts
from deskapp.domain.upkeep import Exported

_MAILS = 50  # unpacked at a time

_LINES: dict[str, Callable[[Connection], Iterator[Record]]] = {
    "tickets": export_tickets.tickets,
    "messages": export_tickets.messages,
    "customers": export.customers,
    "companies": export.companies,
    "orders": export.orders,
    "canned": export.canned_replies,
}


def write_export(connection: Connection, folder: Path) -> Exported:
    """Writes everything into an empty folder, a record at a time. Raises OSError."""
    written = {
        name: _write_lines(folder / f"{name}.jsonl", records(connection))
        for name, records in _LINES.items()
    }
    for name, table in export.PLAIN_TABLES.items():
        _write_lines(folder / f"{name}.jsonl", export.plain_rows(connection, table))
    mails = _write_mails(connection, folder / "eml")
    return Exported(
        tickets=written["tickets"],
        messages=written["messages"],
        customers=written["customers"],
        orders=written["orders"],
        mails=mails,
    )


def _write_lines(path: Path, records: Iterator[Record]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        for record in records:
            count += 1
            file.write(json.dumps(record, ensure_ascii=False, default=plain_json) + "\n")
    return count


def plain_json(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"no JSON for {type(value).__name__}")


def _write_mails(connection: Connection, folder: Path) -> int:
    folder.mkdir()
    names = export_tickets.mail_hashes(connection)
    for part in parts(names, _MAILS):
        for name, raw in get_blobs(connection, part).items():
            (folder / f"{name}.eml").write_bytes(raw)
    return len(names)
