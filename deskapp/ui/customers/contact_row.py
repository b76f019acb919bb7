"""One way to reach a customer, in a line: what it is, how it stands, what can be done with it."""

from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from deskapp.domain.kinds import ContactKind
from deskapp.domain.people import ContactPoint
from deskapp.ui.countries import country_name
from deskapp.ui.delivery_status import status_words
from deskapp.ui.pieces.buttons import IconButton, push_button
from deskapp.ui.pieces.card import Chip
from deskapp.ui.pieces.labels import ElidedLabel, label

_KIND_WIDTH = 116


class ContactRow(QWidget):
    """``wanted`` carries (what, ContactPoint), as in ``ContactsCard``."""

    wanted = Signal(str, object)

    def __init__(self, one: ContactPoint, is_choice: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._one = one
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        kind = ElidedLabel(" · ".join(filter(None, (contact_name(one), one.label))), tone="muted")
        kind.setFixedWidth(_KIND_WIDTH)
        top = Qt.AlignmentFlag.AlignTop
        place = top if one.kind is ContactKind.POSTAL else Qt.AlignmentFlag.AlignVCenter
        row.addWidget(kind, 0, place)
        row.addWidget(self._value(one), 1)
        for chip in self._chips(one, is_choice):
            row.addWidget(chip, 0, place)
        if is_choice and not one.is_primary:
            prefer = push_button(self.tr("Use first"), partial(self._want, "prefer"), kind="quiet")
            prefer.setAccessibleName(self.tr("Use {contact} first").replace("{contact}", one.value))
            row.addWidget(prefer, 0, place)
        row.addWidget(self._more(one), 0, place)
        self.setToolTip(_e164(one))

    def _value(self, one: ContactPoint) -> QWidget:
        if one.kind is ContactKind.POSTAL:
            lines = [one.value, country_name(one.country)]
            return label("\n".join(filter(None, lines)), wrap=True, selectable=True)
        return ElidedLabel(one.value)

    def _chips(self, one: ContactPoint, is_choice: bool) -> list[Chip]:
        chips = []
        if one.bounced:
            bounced = Chip(self.tr("bounced"), tone="bad")
            why = status_words(one.bounced_status)
            bounced.setToolTip(why)
            bounced.setAccessibleName(" ".join((self.tr("bounced"), why)).rstrip())
            chips.append(bounced)
        if one.verified:
            chips.append(Chip(self.tr("verified"), tone="good"))
        if is_choice and one.is_primary:
            chips.append(Chip(self.tr("used first"), tone="good"))
        return chips

    def _more(self, one: ContactPoint) -> IconButton:
        button = IconButton("more", self.tr("More for {contact}").replace("{contact}", one.value))
        menu = QMenu(button)
        acts = [("edit", self.tr("Change…"))]
        if one.verified:
            acts.append(("doubt", self.tr("Not verified")))
        else:
            acts.append(("verify", self.tr("Mark as verified")))
        if one.bounced:
            acts.append(("works", self.tr("It works again")))
        acts.append(("remove", self.tr("Remove")))
        for what, said in acts:
            menu.addAction(said).triggered.connect(partial(self._want, what))
        button.setMenu(menu)
        button.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        return button

    def _want(self, what: str, _checked: bool = False) -> None:
        self.wanted.emit(what, self._one)


def kind_name(kind: ContactKind) -> str:
    """What a sort of contact is called."""
    return {
        ContactKind.MAIL: _tr("Mail"),
        ContactKind.PHONE: _tr("Phone"),
        ContactKind.HANDLE: _tr("Handle"),
        ContactKind.POSTAL: _tr("Address"),
    }[kind]


def contact_name(one: ContactPoint) -> str:
    """What its line is called: a handle by its network, which says more."""
    return one.network.capitalize() if one.network else kind_name(one.kind)


def _e164(one: ContactPoint) -> str:
    return one.key if one.kind is ContactKind.PHONE and one.key != one.value else ""


def _tr(said: str) -> str:
    return QCoreApplication.translate("ContactRow", said)
