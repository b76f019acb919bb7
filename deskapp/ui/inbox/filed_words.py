"""How a message came to stand where it stands, told to who asks."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from deskapp.domain.assigning import Why
from deskapp.domain.kinds import Direction, MailKind
from deskapp.domain.senders import shown_address
from deskapp.domain.tickets import MessageRow
from deskapp.ui import text, words
from deskapp.ui.assigned_words import why_assigned

from .remarks import warnings_of


def how_filed(message: MessageRow) -> list[str]:
    """Sentences: how it was joined, what sort of mail it is, when it came, its Message-ID."""
    told = [_way(message)]
    if message.given is not None and (why := Why.read(message.given.reason)) is not None:
        given = _tr("The ticket was given to {name}.")
        if message.given.new:
            told.append(given.replace("{name}", message.given.new))
        told.append(why_assigned(why, message.given.at))
    if message.origin is not None:
        first = _tr("It was on ticket {number} first, and was moved or merged here.")
        told.append(first.replace("{number}", str(message.origin.number)))
    if message.kind is not MailKind.HUMAN:
        kind = words.mail_kind(message.kind)
        told.append(_tr("A machine wrote it: {kind}.").replace("{kind}", kind))
    if message.direction is Direction.IN:
        told.append(
            _tr("It came from {who}.").replace("{who}", shown_address(message.sender.address))
        )
    told.append(
        _tr("Its place among the messages: {time}.").replace("{time}", text.full(message.at))
    )
    if message.dated_at is not None:
        dated = text.full(message.dated_at)
        told.append(_tr("Its sender's clock says {when}.").replace("{when}", dated))
    told += warnings_of(message)
    if message.message_id:
        told.append(_tr("Message-ID: {id}").replace("{id}", message.message_id))
    return told


def show_how_filed(message: MessageRow, parent: QWidget) -> None:
    """In a box of its own; the words can be marked and copied."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(_tr("How it was filed"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText("\n\n".join(how_filed(message)))
    marked = Qt.TextInteractionFlag.TextSelectableByMouse
    box.setTextInteractionFlags(marked | Qt.TextInteractionFlag.TextSelectableByKeyboard)
    box.open()


def _way(message: MessageRow) -> str:
    if message.agent_name and message.direction is not Direction.IN:
        return _tr("{name} wrote it here.").replace("{name}", message.agent_name)
    if message.joined_by == "new":
        return _tr("It began this ticket: it belongs to no other.")
    how = words.joined_by(message.joined_by)
    return _tr("Filed here: {how}.").replace("{how}", how or _tr("nobody noted how"))


def _tr(said: str) -> str:
    return QCoreApplication.translate("HowFiled", said)
