"""Files of customers in words: what a column means, and why a row is left out."""

from PySide6.QtCore import QCoreApplication

from deskapp.domain.people_files import FailedRow, PersonFault, PersonField
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


def _tr(said: str) -> str:
    return QCoreApplication.translate("PeopleFiles", said)
