"""The keyboard among cards that are made anew: it stays with the message that had it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from deskapp.domain.ids import MessageId

from .message_card import MessageCard


class KeptFocus:
    """Made while the old ``page`` still stands: Qt would hand the keyboard to any other control."""

    def __init__(self, page: QWidget) -> None:
        focus = QApplication.focusWidget()
        self._inside = focus is not None and page.isAncestorOf(focus)
        self._message: MessageId | None = None
        for card in page.findChildren(MessageCard) if self._inside else ():
            if focus is not None and card.isAncestorOf(focus):
                self._message = card.message.id

    def give_back(
        self, column: QWidget, card_of: Callable[[MessageId], MessageCard | None]
    ) -> None:
        """To the message's new card, or to the column where it has none."""
        if not self._inside:
            return
        card = card_of(self._message) if self._message is not None else None
        (column if card is None else card.body).setFocus(Qt.FocusReason.OtherFocusReason)
