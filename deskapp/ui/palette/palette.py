"""The palette over the window: a field, and below it what fits, best and most recent first."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Slot
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from deskapp.domain.folding import bare_letters
from deskapp.domain.fuzzy import fuzzy_score
from deskapp.domain.replies import CannedRow
from deskapp.ui.announce import say_current
from deskapp.ui.compose.look import popup_sheet
from deskapp.ui.pieces import form
from deskapp.ui.pieces.labels import label
from deskapp.ui.theme import theme
from deskapp.ui.work import Work

from .line_list import ROW, LineList
from .lines import Line, actions_of, views_of
from .looking import Looked, look, worth_looking

if TYPE_CHECKING:
    from deskapp.ui.shell import Shell

_LOOKS_AFTER_MS = 90
_MOST_SHOWN, _MOST_RECENT = 60, 20
_RECENT = "palette/recent"
_WORDS_FIT = 4  # thousands of a fuzzy score from which on the words stand in the name
_WIDTH, _HEIGHT, _TOP, _FRAME = 620, 440, 56, 58
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}


class Palette(QFrame):
    """Actions and views are known when it opens and matched as letters come; the desk is asked
    on a lane, and what it answers is put below when it comes."""

    def __init__(self, work: Work, shell: "Shell", window: QWidget) -> None:
        super().__init__(window)
        self._work, self._shell, self._window = work, shell, window
        self._here: list[Line] = []
        self._found: list[Line] = []
        self._recent: list[str] = []
        self._page: QWidget | None = None
        self._before: QWidget | None = None
        self._composing = self._waits = False
        self.setProperty("role", "popup")
        self.setAccessibleName(self.tr("Command palette"))
        self.field = form.line(
            name=self.tr("What to do or open"),
            placeholder=self.tr("An action, a view, a customer, a ticket or order number, a reply"),
        )
        self.field.installEventFilter(self)
        self.list = LineList(self.tr("What fits"))
        self.list.chosen.connect(self._do)
        say_current(self.list, self.field)
        self._none = label(tone="muted")
        self._none.setContentsMargins(10, 4, 10, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        for part in (self.field, self.list, self._none):
            column.addWidget(part)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_LOOKS_AFTER_MS)
        self._soon.timeout.connect(self._look)
        self.field.textChanged.connect(self._typed)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_went)
        theme().changed.connect(self._dress)
        self._dress()
        self.hide()

    def open_over(self, page: QWidget) -> None:
        """Empty, with what was done last on top. A second time it closes."""
        if self.isVisible():
            self.leave()
            return
        self._page, self._before = page, QApplication.focusWidget()
        self._recent = self._shell.shell_actions.remembered.names(_RECENT)
        inbox = self._shell.page("inbox")
        self._here = [*actions_of(self._window), *self._views(inbox)]
        self._found = []
        self.field.clear()
        self._typed()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Closes; the keyboard goes back to where it was."""
        self._soon.stop()
        before, self._before = self._before, None
        self.hide()
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
        elif isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._takes_key(event)
        return super().eventFilter(watched, event)

    def _takes_key(self, event: QKeyEvent) -> bool:
        if self._composing:
            return False
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.leave()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._do(self.list.current())
        elif key in _MOVES:
            self.list.step(_MOVES[Qt.Key(key)])
        else:
            return False
        return True

    def _views(self, inbox: QWidget) -> list[Line]:
        return [self._led_by(line, "inbox") for line in views_of(inbox)]

    def _led_by(self, line: Line, page: str) -> Line:
        """The same offer, with its page brought to the front first."""

        def act() -> None:
            self._shell.show_page(page)
            line.do()

        return Line(line.key, line.title, line.found_by, act, line.detail, line.keys, line.kind)

    def _typed(self) -> None:
        self._found = []
        self._waits = worth_looking(self.field.text())
        self._show()
        if self._waits:
            self._soon.start()
        else:
            self._soon.stop()

    def _show(self) -> None:
        typed = bare_letters(self.field.text())
        good, scattered = self._fitting(typed)
        shown = [*good, *self._found, *scattered][:_MOST_SHOWN]
        self.list.show_lines(shown)
        self.list.setVisible(bool(shown))
        said = self.tr("Looking…") if self._waits else self.tr("Nothing here is called that.")
        self._none.setText(said)
        self._none.setVisible(not shown)
        self._place(len(shown))

    def _fitting(self, typed: str) -> tuple[list[Line], list[Line]]:
        """What has the words, and what only has their letters: that stands below all else."""
        if not typed and self.field.text().strip():
            return [], []  # only signs
        place = {key: at for at, key in enumerate(self._recent)}
        scored = []
        for line in self._here:
            best = max((fuzzy_score(typed, name) for name in line.found_by), default=0)
            if best:
                recent = place.get(line.key, _MOST_RECENT)
                # Among about equals the recent one; with nothing typed only that counts.
                scored.append((-(best // 1000) if typed else 0, recent, -best, line))
        scored.sort(key=lambda one: one[:3])
        good = [line for rank, *_rest, line in scored if not typed or rank <= -_WORDS_FIT]
        return good, [line for rank, *_rest, line in scored if typed and rank > -_WORDS_FIT]

    def _look(self) -> None:
        typed = self.field.text()
        self._work.ask(
            lambda desk: look(desk, typed),
            partial(self._came, typed),
            owner=self,
            topic="palette",
        )

    def _came(self, typed: str, looked: Looked) -> None:
        if typed == self.field.text() and self.isVisible():
            self._waits = False
            self._found = self._offers(looked)
            self._show()

    def _offers(self, looked: Looked) -> list[Line]:
        shell = self._shell.shell_actions
        made: list[Line] = []

        def offer(key: str, title: str, detail: str, kind: str, do: Callable[[], object]) -> None:
            made.append(Line(key, title, (), do, detail, kind=kind))

        kind = self.tr("Ticket")
        for row in looked.tickets:
            title, do = f"#{row.number} {row.subject}", partial(shell.open_ticket, row.id)
            offer(f"ticket:{row.id}", title, row.customer_name, kind, do)
        kind = self.tr("Customer")
        for person in looked.customers:
            title, show = person.name or person.email, partial(shell.open_customer, person.id)
            offer(f"customer:{person.id}", title, person.email, kind, show)
        kind = self.tr("Order")
        for order in looked.orders:
            find = partial(shell.open_order, order.number)
            offer(f"order:{order.id}", order.number, order.name, kind, find)
        kind = self.tr("Canned reply")
        for reply in looked.canned:
            put_in = partial(self._put_in, reply)
            offer(f"canned:{reply.id}", reply.name, reply.folder, kind, put_in)
        return made

    def _put_in(self, reply: CannedRow) -> None:
        """Into the reply that is being written; without one, its own page shows it."""
        pane = getattr(self._page, "conversation", None)  # of the Inbox or a ticket's own window
        if pane is not None and pane.ticket is not None:
            pane.composer.canned.put_in(reply)
            return
        self._shell.shell_actions.open_canned(reply.id)

    def _do(self, line: Line | None) -> None:
        if line is None:
            return
        recent = [line.key, *(one for one in self._recent if one != line.key)][:_MOST_RECENT]
        self._shell.shell_actions.remembered.put_names(_RECENT, recent)
        self.leave()
        line.do()

    def _place(self, lines: int) -> None:
        """Under the search field, no higher than its lines."""
        width = min(_WIDTH, self._window.width() - 32)
        wanted = min(_HEIGHT, _FRAME + max(lines, 1) * ROW)
        height = min(wanted, self._window.height() - _TOP - 16)
        self.setGeometry(QRect((self._window.width() - width) // 2, _TOP, width, height))

    @Slot(QWidget, QWidget)
    def _focus_went(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self.isVisible() and new is not None and not self.isAncestorOf(new):
            self._before = None
            self.hide()

    def _dress(self) -> None:
        self.setStyleSheet(popup_sheet(theme().colours, theme().fonts))
