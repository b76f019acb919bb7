"""The bar at the top: the desk, who is here, one search field, New ticket."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from .colleagues import Colleagues
from .icons import icon
from .keys.keymap import keymap
from .pieces.buttons import push_button
from .pieces.labels import ElidedLabel, label
from .presence_words import here_words
from .search.assist import SearchAssist
from .search.names import KnownNames
from .theme import theme
from .work import Work

_AFTER_TYPING_MS = 5  # letters that an input method hands over at once are one search
_FIELD_WIDTH = 520
_NAME_LEAST = 120  # px of the desk's name beside those who are here


class TopBar(QWidget):
    """``searched`` carries the words a moment after the last key, and at once on Enter."""

    searched = Signal(str)
    new_ticket = Signal()
    left_downwards = Signal()  # the keyboard goes from the field into the list

    def __init__(self, desk_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "top")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(44)
        self._name = ElidedLabel(desk_name, size="strong")
        self._here = ElidedLabel(tone="muted")
        self.field = SearchField()
        self.field.textEdited.connect(self._typed)
        self.field.returnPressed.connect(self._search)
        self.field.left_downwards.connect(self._leave_downwards)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_AFTER_TYPING_MS)
        self._pause.timeout.connect(self._search)
        new = push_button(self.tr("New ticket"), self.new_ticket.emit)
        new.setToolTip(self.tr("New ticket ({key})").format(key=keymap().first("desk.new_ticket")))
        left, right = QWidget(), QWidget()
        for side, parts in ((left, (self._name, self._here)), (right, (new,))):
            row = QHBoxLayout(side)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(12)
            if side is right:
                row.addStretch(1)
            for part in parts:
                row.addWidget(part)
            if side is left:
                row.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 1)
        row.setSpacing(16)
        row.addWidget(left, 1)
        row.addWidget(self.field, 2)
        row.addWidget(right, 1)

    def assist_with(self, work: Work, colleagues: Colleagues) -> SearchAssist:
        """Completes operators in the field with what the desk has; says who else is here."""
        self.follow(colleagues)
        known = KnownNames(work, self)
        assist = SearchAssist(self.field, known.names)
        known.came.connect(assist.look_again)
        return assist

    def follow(self, colleagues: Colleagues) -> None:
        """Says who else has the desk open."""
        colleagues.met.connect(lambda: self._say_who(here_words(colleagues.here())))

    def _say_who(self, said: str) -> None:
        """Names of colleagues give way first, so that it can be seen which desk this is."""
        self._name.setMinimumWidth(min(self._name.sizeHint().width(), _NAME_LEAST) if said else 0)
        self._here.setText(said)

    def put_words(self, words: str) -> None:
        """What the page that is shown was searched for; nothing is searched anew."""
        self._pause.stop()
        self.field.setText(words)

    def clear_search(self) -> None:
        """Empties the field without searching for nothing."""
        self.put_words("")

    def _typed(self, _text: str) -> None:
        self._pause.start()

    def _leave_downwards(self) -> None:
        """Words that wait for a pause in typing are searched for first."""
        if self._pause.isActive():
            self._search()
        self.left_downwards.emit()

    def _search(self) -> None:
        self._pause.stop()
        self.searched.emit(self.field.text())


class SearchField(QLineEdit):
    """Esc empties it, arrow down goes on into the list; the key that leads here stands in it."""

    left_downwards = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(self.tr("Search tickets, customers, orders"))
        self.setAccessibleName(self.tr("Search"))
        self.setMaximumWidth(_FIELD_WIDTH)
        self.setMinimumWidth(180)
        self._loupe = QAction(self)
        self.addAction(self._loupe, QLineEdit.ActionPosition.LeadingPosition)
        self._key = label(keymap().first("desk.search"), tone="muted", size="small", parent=self)
        self._key.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.textChanged.connect(self._hint)
        keymap().changed.connect(self._tell_key)
        theme().changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self._loupe.setIcon(icon("search"))

    def _tell_key(self) -> None:
        self._key.setText(keymap().first("desk.search"))
        self._place_key()

    def _hint(self, text: str) -> None:
        self._key.setVisible(not text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_key()

    def _place_key(self) -> None:
        hint = self._key.sizeHint()
        self._key.setGeometry(
            self.width() - hint.width() - 10,
            (self.height() - hint.height()) // 2,
            hint.width(),
            hint.height(),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.returnPressed.emit()
            return
        if event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
            return
        super().keyPressEvent(event)
