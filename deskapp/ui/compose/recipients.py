"""Who a reply goes to: chips that can be written, completed, pasted and taken off."""

import re
from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QCompleter,
    QFormLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from deskapp.domain.ids import TicketId
from deskapp.domain.mail import Address
from deskapp.domain.people import CustomerRow
from deskapp.domain.recipients import Role, Who
from deskapp.domain.senders import shown_address, shown_name
from deskapp.ui.announce import say_current
from deskapp.ui.pieces.flow import FlowLayout
from deskapp.ui.pieces.labels import label, plain_tip
from deskapp.ui.work import Work

from .chips import ChipButton
from .head_parts import SenderChoice
from .who_words import chip_kind, who_sentence, who_words

_FEWEST_LETTERS = 2
_TALLEST, _TALLEST_LOW, _LOW = 90, 40, 800  # pixels: of a field, in a window lower than that
_LINE_WIDTH = 36
_full_width = str.maketrans({"，": ",", "；": ",", "、": ",", ";": ",", "\n": ",", "\t": " "})
_part = re.compile(r'(?:"[^"]*"|[^,"]|")+?(?=,|$)')
_named = re.compile(r"(.*?)<([^<>]*)>")
_whole = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+|[^\s@]+@localhost")


class AddressLine(QLineEdit):
    """Where the next address is written. Backspace at its start takes the last chip back."""

    last_wanted = Signal()
    ended = Signal()

    def sizeHint(self) -> QSize:
        """Little: it takes what its line of chips leaves."""
        return QSize(_LINE_WIDTH, super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.last_wanted.emit()
        elif event.text() in (",", ";", "，", "；", "、"):
            self.ended.emit()
        else:
            super().keyPressEvent(event)


class AddressField(QScrollArea):
    """One of To and Cc. ``changed`` comes after every change; ``typed`` wants completion."""

    changed = Signal()
    typed = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "field")
        self._people: list[Address] = []
        self._who: Mapping[str, Who] = {}
        self.line = AddressLine()
        self.line.setAccessibleName(name)
        self.line.setFrame(False)
        self._offers = QStringListModel(self)
        completer = QCompleter(self._offers, self.line)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.activated.connect(self._completed)
        self.line.setCompleter(completer)
        if (lines := completer.popup()) is not None:
            say_current(lines, self.line)
        self.line.textEdited.connect(self._typed)
        self.line.editingFinished.connect(self.finish)
        self.line.ended.connect(self.finish)
        self.line.last_wanted.connect(self._take_last_back)
        inside = QWidget()
        self._flow = FlowLayout(4, inside, last_grows=True)
        self._flow.setContentsMargins(4, 3, 4, 3)
        self._flow.addWidget(self.line)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)
        for part in (self.viewport(), inside):  # the field's own ground shows
            part.setAutoFillBackground(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._keep_tall()

    def addresses(self) -> tuple[Address, ...]:
        return tuple(self._people)

    def show_addresses(self, people: Sequence[Address]) -> None:
        self.line.clear()
        if tuple(people) != self.addresses():
            self._people = list(people)
            self._draw()

    def tell_who(self, who: Mapping[str, Who]) -> None:
        """Who these people are on the ticket, by ``Address.key``."""
        mine = {person.key: who[person.key] for person in self._people if person.key in who}
        if mine != self._who:
            self._who = mine
            self._draw()

    def finish(self) -> None:
        """Makes chips of what stands in the line."""
        found = parse_addresses(self.line.text())
        self.line.clear()
        known = {person.key for person in self._people}
        new = [person for person in found if person.key not in known]
        if new:
            self._people += new
            self._draw()
            self.changed.emit()

    def offer(self, people: Sequence[CustomerRow]) -> None:
        """What the line may become."""
        shown = [_written(Address(one.name, one.email)) for one in people if one.email]
        self._offers.setStringList(shown)
        completer = self.line.completer()
        if shown and self.line.hasFocus() and self.line.text() and completer is not None:
            completer.complete()

    def _typed(self, written: str) -> None:
        if "," in written or "\n" in written:
            self.finish()
        elif len(written.strip()) >= _FEWEST_LETTERS:
            self.typed.emit(written.strip())

    def _completed(self, written: str) -> None:
        self.line.setText(written)
        self.finish()
        self.line.clear()

    def _take_last_back(self) -> None:
        if self._people:
            self.line.setText(_written(self._people.pop()))
            self._draw()
            self.changed.emit()

    def _remove(self, person: Address) -> None:
        self._people.remove(person)
        self._draw()
        self.changed.emit()
        self.line.setFocus()

    def _draw(self) -> None:
        self._flow.clear(keep=1)
        for person in self._people:
            sound = bool(_whole.fullmatch(person.address))
            shown = _shown(person, self._who.get(person.key)) if sound else person.address
            remove = self.tr("Remove {address}").format(address=_written(person))
            broken = self.tr("Not a mail address: {address}").format(address=person.address)
            who = self._who.get(person.key)
            said = who_words(who) if who is not None and sound else ""
            chip = ChipButton(shown, remove if sound else broken, said=said)
            chip.setProperty("wrong", not sound)
            chip.setProperty("who", chip_kind(who) if sound else "")
            if who is not None and sound:
                chip.setToolTip(plain_tip(f"{who_sentence(who)} {remove}"))
            chip.removed.connect(lambda person=person: self._remove(person))
            self._flow.add_before_last(chip)
        self._keep_tall()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_tall()

    def _keep_tall(self) -> None:
        """As tall as its lines of chips, up to a height of its own; more are scrolled."""
        edges = 2 * self.frameWidth()
        room = self.width() - edges
        tall = self._flow.heightForWidth(room) + edges
        tallest = _TALLEST if self.window().height() >= _LOW else _TALLEST_LOW
        if tall > tallest:
            tall = tallest
        self.setFixedHeight(min(tall, tallest))


class Recipients(QWidget):
    """From, To, Cc and Bcc below each other. Each chip says who its person is on the ticket."""

    changed = Signal()

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self.to = AddressField(self.tr("To"))
        self.cc = AddressField(self.tr("Cc"))
        self.bcc = AddressField(self.tr("Bcc"))
        self._fields = (self.to, self.cc, self.bcc)
        self._ticket: TicketId | None = None
        self.leaves_from = SenderChoice(self.tr("From"))
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(6)
        from_words = label(self.tr("From"), tone="muted")
        from_words.setBuddy(self.leaves_from)
        form.addRow(from_words, self.leaves_from)
        form.setRowVisible(self.leaves_from, False)
        self.leaves_from.worth_showing.connect(partial(form.setRowVisible, self.leaves_from))
        names = (self.tr("To"), self.tr("Cc"), self.tr("Bcc"))
        for name, field in zip(names, self._fields, strict=True):
            buddy = label(name, tone="muted")
            buddy.setBuddy(field.line)
            buddy.setMinimumWidth(24)
            form.addRow(buddy, field)
            field.changed.connect(self._changed)
            field.typed.connect(partial(self._complete, field))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(form)

    def show_people(
        self,
        to: Sequence[Address],
        cc: Sequence[Address],
        bcc: Sequence[Address] = (),
        ticket: TicketId | None = None,
    ) -> None:
        self._ticket = ticket
        for field, people in zip(self._fields, (to, cc, bcc), strict=True):
            field.show_addresses(people)
        self._ask_who()

    def finish(self) -> None:
        for field in self._fields:
            field.finish()

    def _changed(self) -> None:
        self._ask_who()
        self.changed.emit()

    def _ask_who(self) -> None:
        keys = [person.key for field in self._fields for person in field.addresses()]
        ticket = self._ticket
        if ticket is None or not keys:
            return
        self._work.ask(
            lambda desk: desk.replies.people(ticket, keys),
            self._tell_who,
            owner=self,
            topic="who",
        )

    def _tell_who(self, who: Mapping[str, Who]) -> None:
        for field in self._fields:
            field.tell_who(who)

    def _complete(self, field: AddressField, words: str) -> None:
        self._work.ask(
            lambda desk: desk.customers.find(words, limit=8),
            field.offer,
            owner=field,
            topic="people",
        )


def parse_addresses(written: str) -> list[Address]:
    """The addresses in what somebody typed or pasted. What is none of them stays visible as one."""
    parts = _part.findall(written.translate(_full_width))
    found = []
    for part in filter(None, map(str.strip, parts)):
        named = _named.fullmatch(part)
        if named:
            found.append(Address(named[1].strip().strip('"'), named[2].strip()))
        else:
            found.append(Address("", part))
    return found


def _shown(person: Address, who: Who | None) -> str:
    """The name; the address of somebody whom a name alone would not tell from another."""
    strange = who is not None and who.role in (Role.UNKNOWN, Role.NEW)
    if strange or not person.name.strip():
        return shown_address(person.address)
    return shown_name(person.name)


def _written(person: Address) -> str:
    return f"{person.name} <{person.address}>" if person.name else person.address
