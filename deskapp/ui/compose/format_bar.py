"""The small bar of forms, there when it is wanted; and the field that asks for an address."""

from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from deskapp.ui.pieces.buttons import IconButton, push_button

from .editor import Editor

_SHOWN = ("bold", "italic", "bullets", "numbers", "link", "quote", "code")


class FormatBar(QWidget):
    """``plain_wanted``: the text is to leave as letters alone, or with its forms again."""

    plain_wanted = Signal(bool)

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self.shown: dict[str, IconButton] = {}
        for name in _SHOWN:
            action = editor.forms.named[name]
            key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            button = IconButton(name, f"{action.text().rstrip('…')} ({key})")
            button.setCheckable(True)
            button.clicked.connect(partial(self._press, action))
            self.shown[name] = button
            row.addWidget(button)
        self.address = QLineEdit()
        self.address.setPlaceholderText(self.tr("Address, then Enter"))
        self.address.setAccessibleName(self.tr("Address of the link"))
        self.address.returnPressed.connect(self._link)
        self.address.editingFinished.connect(self.address.hide)
        self.address.hide()
        row.addWidget(self.address, 1)
        row.addStretch(0)
        self.plain = push_button(self.tr("Plain text"), self._plain_pressed, kind="quiet")
        self.plain.setCheckable(True)
        self.plain.setToolTip(self.tr("Send this reply as text alone, without forms or pictures"))
        row.addWidget(self.plain)
        editor.formatting.link_wanted.connect(self.ask_for_link)
        editor.cursorPositionChanged.connect(self.show_state)
        editor.currentCharFormatChanged.connect(self.show_state)

    def show_state(self) -> None:
        """Presses the buttons of the forms at the caret."""
        if self.isHidden():
            return
        held = self._editor.formatting.now()
        for name, button in self.shown.items():
            button.setChecked(name in held)
            button.setEnabled(not self._editor.plain)

    def show_plain(self, plain: bool) -> None:
        with QSignalBlocker(self.plain):
            self.plain.setChecked(plain)
        self.show_state()

    def ask_for_link(self) -> None:
        """Asks for an address; the bar shows up for as long."""
        self.show()
        self.address.clear()
        self.address.show()
        self.address.setFocus()

    def _press(self, action: QAction) -> None:
        action.trigger()
        self.show_state()
        if self.address.isHidden():
            self._editor.setFocus()

    def _link(self) -> None:
        if self._editor.formatting.link(self.address.text()):
            self.address.hide()
            self._editor.setFocus()
        else:
            self.address.selectAll()

    def _plain_pressed(self) -> None:
        self.plain_wanted.emit(self.plain.isChecked())
        self._editor.setFocus()
