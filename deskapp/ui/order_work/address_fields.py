"""The fields of a postal address."""

from PySide6.QtCore import QCoreApplication

from deskapp.domain.orders import PostalAddress
from deskapp.ui.pieces import form


class AddressFields:
    """Puts its fields into a form."""

    def __init__(self, into: form.Form, address: PostalAddress) -> None:
        self._name = form.line(address.name)
        self._lines = form.paragraph("\n".join(address.lines), lines=2)
        self._postcode, self._city = form.line(address.postcode), form.line(address.city)
        self._province, self._country = form.line(address.province), form.line(address.country)
        self._phone = form.line(address.phone)
        for named, field in (
            (_tr("Name"), self._name),
            (_tr("Street"), self._lines),
            (_tr("Postcode"), self._postcode),
            (_tr("City"), self._city),
            (_tr("Province"), self._province),
            (_tr("Country"), self._country),
            (_tr("Phone"), self._phone),
        ):
            into.add(named, field)

    def address(self) -> PostalAddress:
        """As it was written."""
        lines = (line.strip() for line in self._lines.toPlainText().splitlines())
        return PostalAddress(
            self._name.text().strip(),
            tuple(line for line in lines if line),
            self._postcode.text().strip(),
            self._city.text().strip(),
            self._province.text().strip(),
            self._country.text().strip(),
            self._phone.text().strip(),
        )


def _tr(said: str) -> str:
    return QCoreApplication.translate("AddressFields", said)
