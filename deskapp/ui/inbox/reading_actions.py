"""What a reader does with the conversation that is open: find, step, print, copy."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QWidget

from deskapp.ui.keys.keymap import make_action
from deskapp.ui.shell_actions import ShellActions

if TYPE_CHECKING:
    from .conversation_pane import ConversationPane


class ReadingActions(QObject):
    """Menu entries and keys of one conversation pane, which may be made when first needed.

    ``undo_wanted`` carries the MoveId of what the history was asked to undo.
    """

    undo_wanted = Signal(object)

    def __init__(
        self, owner: QWidget, pane: Callable[[], "ConversationPane"], shell: ShellActions
    ) -> None:
        super().__init__(owner)
        self._owner, self._pane, self._shell = owner, pane, shell
        self._entries = [
            make_action("inbox.find", owner, self._find),
            make_action("inbox.message_next", owner, self._message_next),
            make_action("inbox.message_previous", owner, self._message_previous),
            make_action("ticket.history", owner, self._history),
            make_action("ticket.print", owner, self._print),
            make_action("ticket.copy", owner, self._copy),
        ]

    def all(self) -> list[QAction]:
        """In menu order."""
        return self._entries

    def _find(self) -> None:
        self._pane().find_bar.open()

    def _message_next(self) -> None:
        self._pane().messages.step(1)

    def _message_previous(self) -> None:
        self._pane().messages.step(-1)

    def _history(self) -> None:
        from .history_window import HistoryWindow

        conversation = self._pane().conversation
        if conversation is not None:
            window = HistoryWindow(conversation, self._owner.window())
            window.undo_wanted.connect(self.undo_wanted)
            window.show()

    def _print(self) -> None:
        from .print_dialog import PrintDialog  # few print: it need not be there before

        conversation = self._pane().conversation
        if conversation is not None:
            PrintDialog(conversation, self._shell, self._owner.window()).open()

    def _copy(self) -> None:
        """Without notes and quotes: what is pasted somewhere gets around."""
        from .transcript import Wish, as_text

        conversation = self._pane().conversation
        if conversation is not None:
            text = as_text(conversation, Wish(), datetime.now(UTC))
            QGuiApplication.clipboard().setText(text)
            self._shell.tell(self.tr("The conversation is in the clipboard, without notes."))
