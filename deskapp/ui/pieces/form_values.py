"""What stands in the fields of a form, whatever they are."""

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from . import form
from .conflict import Difference


@runtime_checkable
class Stating(Protocol):
    """A field made of several, which knows what stands in it."""

    def stated(self) -> object: ...

    def state(self, value: object) -> None: ...

    def stated_words(self, value: object) -> str: ...


def disputed(
    seen: Mapping[QWidget, object], theirs: Mapping[QWidget, object]
) -> dict[QWidget, Difference]:
    """What only they changed is put into its field; what both changed is for a person.

    The values are as ``value`` gives them: as they stood when the form opened, and stand now.
    """
    found = {}
    for field, was in seen.items():
        mine, now = value(field), theirs[field]
        if mine == was:
            put(field, now)
        elif now not in (was, mine):
            sides = words(field, now), words(field, mine), words(field, was)
            found[field] = Difference(_name(field), *sides)
    return found


def value(field: QWidget) -> object:
    """What a person put there: a text, the value of a choice, or whether it is ticked."""
    if isinstance(field, Stating):
        return field.stated()
    if isinstance(field, QLineEdit):
        return field.text()
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    if isinstance(field, QComboBox):
        return field.currentData()
    assert isinstance(field, QAbstractButton)
    return field.isChecked()


def put(field: QWidget, value: object) -> None:
    """Puts it there, as ``value`` gave it."""
    if isinstance(field, Stating):
        field.state(value)
    elif isinstance(field, QLineEdit):
        field.setText(str(value))
    elif isinstance(field, QPlainTextEdit):
        field.setPlainText(str(value))
    elif isinstance(field, QComboBox):
        form.choose(field, value)
    elif isinstance(field, QAbstractButton):
        field.setChecked(bool(value))


def words(field: QWidget, value: object) -> str:
    """A value as the person reads it."""
    if isinstance(field, Stating):
        return field.stated_words(value)
    if isinstance(field, QComboBox):
        # Not findData: it does not find what Python made.
        places = (place for place in range(field.count()) if field.itemData(place) == value)
        place = next(places, -1)
        return str(value) if place < 0 else field.itemText(place)
    if isinstance(field, QAbstractButton):
        yes = QCoreApplication.translate("FormValues", "yes")
        return yes if value else QCoreApplication.translate("FormValues", "no")
    return str(value)


def _name(field: QWidget) -> str:
    """As it stands on the screen."""
    if isinstance(field, QAbstractButton):
        return field.text().replace("&&", "&")
    return field.accessibleName()
