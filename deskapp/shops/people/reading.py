"""A file of customers as people: by its columns, or card by card."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from deskapp.domain.cells import plain_cell
from deskapp.domain.contact import is_mail_address, phone_key
from deskapp.domain.people_files import (
    FailedRow,
    PeopleMapping,
    PeoplePreview,
    PeopleReading,
    PersonData,
    PersonFault,
    PersonField,
)
from deskapp.domain.plain import one_line, plain_text
from deskapp.domain.problem import Problem, ProblemKind

from ..files.delimited import Row
from ..files.encoding import decoded
from ..files.table import MOST_BYTES, Table, file_bytes, read_table
from .headings import ALL_HEADINGS, proposed_mapping
from .name_order import whole_name
from .vcard import looks_like_vcard, read_cards

__all__ = ["MOST_BYTES", "preview_people", "read_people"]

_SAMPLE = 5
_SEVERAL = re.compile(r"\s*[;,\n|]\s*| ::: ")
_DECIMAL = re.compile(r"\.0+$")  # of a phone that a spreadsheet took for a number: 84912345678.0
_YES = frozenset({"yes", "y", "true", "1", "subscribed", "да", "是", "có", "x", "ja", "vip"})
_NO = frozenset({"no", "n", "false", "0", "unsubscribed", "нет", "否", "không", "nein"})
_LONGEST_VALUE = 200  # of a cell that is told back
F = PersonField


def preview_people(path: Path) -> PeoplePreview:
    """The columns of a file and what they seem to mean. Raises Problem as ``read_people``."""
    if (text := _card_text(path)) is not None:
        return PeoplePreview((), (), text[1], "", {})
    table = read_table(path, ALL_HEADINGS)
    sample = tuple(row.cells for row in table.rows[:_SAMPLE])
    return PeoplePreview(
        table.header, sample, table.encoding, table.delimiter, proposed_mapping(table.header)
    )


def read_people(path: Path, mapping: PeopleMapping | None = None) -> PeopleReading:
    """All people of a CSV, TSV, xlsx or vCard file; rows with a fault are left out and named.

    Raises Problem FILE_MISSING, FILE_UNREADABLE, TOO_LARGE, EMPTY, or WRONG_COLUMNS where no
    column says who anybody is.
    """
    if (text := _card_text(path)) is not None:
        return _checked(list(read_cards(text[0])), [], text[2])
    table = read_table(path, ALL_HEADINGS)
    chosen = mapping or proposed_mapping(table.header)
    missing = [heading for heading in chosen.values() if heading not in table.header]
    if missing or not set(chosen) & {F.NAME, F.FIRST_NAME, F.LAST_NAME, F.EMAIL, F.PHONE}:
        found = ", ".join(table.header)[:200]
        lacking = missing[0] if missing else "Name"
        raise Problem(ProblemKind.WRONG_COLUMNS, path=str(path), missing=lacking, found=found)
    return _of_table(table, chosen)


def _card_text(path: Path) -> tuple[str, str, bool] | None:
    data = file_bytes(path)
    if b"VCARD" not in data[:4096].upper().replace(b"\0", b""):
        return None
    text, encoding, damaged = decoded(data)
    return (text, encoding, damaged) if looks_like_vcard(text) else None


def _of_table(table: Table, mapping: PeopleMapping) -> PeopleReading:
    places = {
        field: [at for at, one in enumerate(table.header) if one == heading]
        for field, heading in mapping.items()
    }
    people, faults = [], []
    for row in table.rows:
        if row.broken:
            faults.append(FailedRow(row.number, PersonFault.BROKEN_ROW))
        else:
            people.append(_person(row, places))
    read = _checked(people, faults, table.damaged)
    cells = {row.number: row.cells for row in table.rows}
    return PeopleReading(
        read.people, read.faults, read.rows, table.header, cells, mapping, table.damaged
    )


def _person(row: Row, places: dict[PersonField, list[int]]) -> PersonData:
    """A heading that stands twice is read in its first column; mails and phones in each."""

    def cells(field: PersonField) -> list[str]:
        there = [place for place in places.get(field, ()) if place < len(row.cells)]
        return [plain_cell(row.cells[place]).strip() for place in there]

    def cell(field: PersonField) -> str:
        return next(iter(cells(field)), "")

    given, family = cell(F.FIRST_NAME), cell(F.LAST_NAME)
    code = cell(F.COUNTRY_CODE)
    street = "\n".join(
        line
        for line in (
            cell(F.STREET),
            cell(F.STREET_2),
            " ".join(filter(None, (cell(F.ZIP), cell(F.CITY)))),
            cell(F.PROVINCE),
            cell(F.COUNTRY) or code,
        )
        if line
    )
    has_street = cell(F.STREET) or cell(F.CITY)
    return PersonData(
        row=row.number,
        desk_id=cell(F.DESK_ID),
        own_id=one_line(cell(F.OWN_ID), _LONGEST_VALUE),
        name=one_line(cell(F.NAME) or whole_name(given, family)),
        given_name=one_line(given, 200),
        family_name=one_line(family, 200),
        emails=_several(*cells(F.EMAIL), *cells(F.MORE_EMAILS)),
        phones=tuple(
            _DECIMAL.sub("", one) for one in _several(*cells(F.PHONE), *cells(F.MORE_PHONES))
        ),
        handles=_several(cell(F.HANDLE)),
        company=one_line(cell(F.COMPANY)),
        honorific=one_line(cell(F.HONORIFIC), 40),
        language=one_line(cell(F.LANGUAGE), 12),
        time_zone=one_line(cell(F.TIME_ZONE), 60),
        address=plain_text(cell(F.ADDRESS) or (street if has_street else "")).strip(),
        country=code.upper() if re.fullmatch(r"[A-Za-z]{2}", code) else "",
        tags=_several(cell(F.TAGS)),
        notes=tuple(filter(None, (plain_text(cell(F.NOTE)).strip(),))),
        must_know=plain_text(cell(F.MUST_KNOW)).strip(),
        vip=_said(cell(F.VIP)),
        mail_ok=_said(cell(F.MAIL_OK)),
    )


def _several(*cells: str) -> tuple[str, ...]:
    found = [one_line(one) for cell in cells for one in _SEVERAL.split(cell)]
    return tuple(dict.fromkeys(filter(None, found)))


def _said(cell: str) -> bool | None:
    word = cell.casefold()
    return True if word in _YES else False if word in _NO else None


def _checked(people: Sequence[PersonData], faults: list[FailedRow], damaged: bool) -> PeopleReading:
    good = []
    for one in people:
        fault = next(filter(None, (check(one) for check in _CHECKS)), None)
        if fault is None:
            good.append(one)
        else:
            faults.append(fault)
    ordered = tuple(sorted(faults, key=lambda fault: fault.row))
    return PeopleReading(tuple(good), ordered, len(good) + len(ordered), damaged=damaged)


def _empty(one: PersonData) -> FailedRow | None:
    if one.name or one.emails or one.phones or one.handles:
        return None
    return FailedRow(one.row, PersonFault.EMPTY)


def _bad_mail(one: PersonData) -> FailedRow | None:
    bad = next((mail for mail in one.emails if not is_mail_address(mail)), None)
    return None if bad is None else _fault(one, PersonFault.BAD_MAIL, F.EMAIL, bad)


def _bad_phone(one: PersonData) -> FailedRow | None:
    bad = next((phone for phone in one.phones if not phone_key(phone)), None)
    return None if bad is None else _fault(one, PersonFault.BAD_PHONE, F.PHONE, bad)


def _fault(one: PersonData, why: PersonFault, column: PersonField, value: str) -> FailedRow:
    return FailedRow(one.row, why, column, value[:_LONGEST_VALUE])


_CHECKS: tuple[Callable[[PersonData], FailedRow | None], ...] = (_empty, _bad_mail, _bad_phone)
