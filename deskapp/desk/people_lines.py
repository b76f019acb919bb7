"""Customers as lines of files: CSV for spreadsheets, vCards for address books."""

import csv
import io
from collections.abc import Iterable, Iterator

from deskapp.data.queries.people_export import Person
from deskapp.domain.cells import safe_cell

_HEADINGS = (
    "deskapp ID",
    "Name",
    "First Name",
    "Last Name",
    "Email",
    "Other emails",
    "Phone",
    "Other phones",
    "Handle",
    "Company",
    "Title",
    "Language",
    "Time zone",
    "Country Code",
    "Address",
    "Tags",
    "Must know",
    "VIP",
    "Accepts mail",
)
_MARK = "\ufeff"  # without it Excel reads UTF-8 as the code page of its country
_FOLD = 70  # octets of a line and a little less than RFC 6350 allows (75)


def csv_lines(people: Iterable[Person]) -> Iterator[tuple[str, int]]:
    """A heading and a line each, every cell quoted, none a formula."""
    yield _MARK + _row(_HEADINGS), 0
    for person in people:
        one = person.data
        yield (
            _row(
                (
                    one.desk_id,
                    one.name,
                    one.given_name,
                    one.family_name,
                    *_first_and_rest(one.emails),
                    *_first_and_rest(one.phones),
                    "; ".join(one.handles),
                    one.company,
                    one.honorific,
                    one.language,
                    one.time_zone,
                    one.country,
                    one.address,
                    "; ".join(one.tags),
                    one.must_know,
                    "yes" if one.vip else "",
                    "" if one.mail_ok is None else "yes" if one.mail_ok else "no",
                )
            ),
            1,
        )


def card_lines(people: Iterable[Person]) -> Iterator[tuple[str, int]]:
    """vCards 4.0 (RFC 6350)."""
    for person in people:
        one = person.data
        lines = [
            "BEGIN:VCARD",
            "VERSION:4.0",
            f"FN:{_escaped(one.name or next(iter((*one.emails, *one.phones)), '?'))}",
            f"N:{_escaped(one.family_name)};{_escaped(one.given_name)};;{_escaped(one.honorific)};",
        ]
        for place, mail in enumerate(one.emails):
            lines.append(f"EMAIL{';PREF=1' if place == 0 else ''}:{_escaped(mail)}")
        for place, phone in enumerate(one.phones):
            lines.append(f"TEL{';PREF=1' if place == 0 else ''}:{_escaped(phone)}")
        if one.address:
            lines.append(f"ADR:;;{_escaped(one.address)};;;;")
        for name, value in (
            ("ORG", one.company),
            ("LANG", one.language),
            ("TZ", one.time_zone),
            ("X-DESKAPP-MUST-KNOW", one.must_know),
        ):
            if value:
                lines.append(f"{name}:{_escaped(value)}")
        if one.tags:
            lines.append("CATEGORIES:" + ",".join(map(_escaped, one.tags)))
        lines.append("END:VCARD")
        yield "".join(map(_folded, lines)), 1


def _first_and_rest(values: tuple[str, ...]) -> tuple[str, str]:
    return next(iter(values), ""), "; ".join(values[1:])


def _row(cells: Iterable[str]) -> str:
    written = io.StringIO(newline="")
    csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(
        [safe_cell(cell.replace("\0", "")) for cell in cells]
    )
    return written.getvalue()


def _escaped(value: str) -> str:
    for sign, instead in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n"), ("\r", "")):
        value = value.replace(sign, instead)
    return value


def _folded(line: str) -> str:
    """Lines of at most 75 octets, no letter cut in two."""
    pieces, piece, size = [], "", 0
    for letter in line:
        octets = len(letter.encode("utf-8", "replace"))
        if size + octets > _FOLD:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + letter, size + octets
    return "\r\n".join([*pieces, piece]) + "\r\n"
