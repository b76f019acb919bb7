"""Files of customers in words: what a column means, and why a row is left out."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from deskapp.domain.people_files import (
    FailedRow,
    PeopleImport,
    PeopleMapping,
    PersonFault,
    PersonField,
)
from deskapp.ui.pieces.both_values import Difference
from deskapp.ui.translatable import N

F = PersonField

_FIELDS = {
    F.NAME: N("PeopleFiles", "Whole name"),
    F.FIRST_NAME: N("PeopleFiles", "First name"),
    F.LAST_NAME: N("PeopleFiles", "Last name"),
    F.EMAIL: N("PeopleFiles", "Mail address"),
    F.MORE_EMAILS: N("PeopleFiles", "More mail addresses"),
    F.PHONE: N("PeopleFiles", "Phone"),
    F.MORE_PHONES: N("PeopleFiles", "More phones"),
    F.HANDLE: N("PeopleFiles", "Name in a network"),
    F.COMPANY: N("PeopleFiles", "Company"),
    F.HONORIFIC: N("PeopleFiles", "Form of address"),
    F.LANGUAGE: N("PeopleFiles", "Language"),
    F.TIME_ZONE: N("PeopleFiles", "Time zone"),
    F.ADDRESS: N("PeopleFiles", "Whole address"),
    F.STREET: N("PeopleFiles", "Address: street"),
    F.STREET_2: N("PeopleFiles", "Address: second line"),
    F.CITY: N("PeopleFiles", "Address: city"),
    F.PROVINCE: N("PeopleFiles", "Address: province"),
    F.ZIP: N("PeopleFiles", "Address: postcode"),
    F.COUNTRY: N("PeopleFiles", "Address: country"),
    F.COUNTRY_CODE: N("PeopleFiles", "Address: country code"),
    F.TAGS: N("PeopleFiles", "Tags"),
    F.NOTE: N("PeopleFiles", "Note"),
    F.MUST_KNOW: N("PeopleFiles", "Must know"),
    F.VIP: N("PeopleFiles", "VIP"),
    F.MAIL_OK: N("PeopleFiles", "May be mailed"),
    F.OWN_ID: N("PeopleFiles", "Number in the other system"),
    F.DESK_ID: N("PeopleFiles", "Number of the record here"),
}

_WHY = {
    PersonFault.EMPTY: N("PeopleFiles", "nobody could be found again by it"),
    PersonFault.BAD_MAIL: N("PeopleFiles", "“{value}” is no mail address"),
    PersonFault.BAD_PHONE: N("PeopleFiles", "“{value}” is no phone number"),
    PersonFault.TWO_CUSTOMERS: N("PeopleFiles", "its contacts are of two customers here"),
    PersonFault.ERASED: N("PeopleFiles", "this person was erased at their wish"),
    PersonFault.BROKEN_ROW: N("PeopleFiles", "a quote is opened and not closed"),
    PersonFault.OTHER: N("PeopleFiles", "“{value}” cannot be stored"),
}


def field_choices() -> list[tuple[str, object]]:
    """What a column can mean, the likeliest first."""
    return [(_tr(words), field) for field, words in _FIELDS.items()]


def fault_words(fault: FailedRow) -> str:
    """One row that is left out."""
    said = _tr(_WHY[fault.why]).replace("{value}", fault.value)
    row = QCoreApplication.translate("PeopleFiles", "Row {row}: {why}")
    return row.replace("{row}", str(fault.row)).replace("{why}", said)


def tried_words(rows: int, tried: PeopleImport, left: int) -> str:
    """What an import would do; ``left`` rows are left out, and told below."""
    said = _tr("{rows} rows: {new} new customers, {updated} updated, {same} as before.")
    counts = (
        ("rows", rows),
        ("new", tried.new),
        ("updated", tried.updated),
        ("same", tried.unchanged),
    )
    for name, count in counts:
        said = said.replace("{" + name + "}", str(count))
    tr = QCoreApplication.translate
    if left:
        said = f"{said} {tr('PeopleFiles', '%n row(s) left out:', '', left)}"
    if tried.kept:
        kept = tr("PeopleFiles", "%n field(s) that somebody typed here stay.", "", tried.kept)
        said = f"{said} {kept}"
    return said


def mappings(
    name: str,
    seen: Mapping[str, PeopleMapping],
    theirs: Mapping[str, PeopleMapping],
    mine: PeopleMapping,
) -> Difference:
    """Two mappings of one name beside each other."""
    field = QCoreApplication.translate("PeopleFiles", "Mapping “{name}”").replace("{name}", name)
    return Difference(field, _told(theirs.get(name, {})), _told(mine), _told(seen.get(name, {})))


def _told(mapping: PeopleMapping) -> str:
    said = {field: _tr(_FIELDS[field]) for field in mapping}
    return "\n".join(f"{said[field]}: {heading}" for field, heading in mapping.items())


def _tr(said: str) -> str:
    return QCoreApplication.translate("PeopleFiles", said)
