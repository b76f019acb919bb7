"""What a customer would get: the text being edited, filled in for a real ticket."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from deskapp.domain.canned_pictures import told_plainly
from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import View
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui.compose.marks import mark_unresolved
from deskapp.ui.errors import explain
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import ElidedLabel, label, set_tone
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .doing import borrowed_words, questions_words
from .values_list import ValuesList

if TYPE_CHECKING:
    from deskapp.desk import Desk
    from deskapp.desk.canned_parts import RenderedReply
    from deskapp.domain.tickets import TicketRow

_AFTER_MS = 200


class PreviewPane(QWidget):
    """``faulty`` carries the Problem of a text that is no template, None when it is one;
    ``name_wanted`` a placeholder that was chosen among the values.
    """

    faulty = Signal(object)
    name_wanted = Signal(str)

    def __init__(self, work: Work, shell: ShellActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._work, self._shell = work, shell
        self._ticket: TicketId | None = None
        self._template = self._language = ""
        self._theirs = False  # on screen until the two are one
        self.number = QLineEdit()
        self.number.setPlaceholderText(self.tr("Ticket number"))
        self.number.setAccessibleName(self.tr("Number of the ticket to preview with"))
        self.number.setMaximumWidth(120)
        self.number.returnPressed.connect(self._number_given)
        last = push_button(self.tr("Last opened"), self.use_last, kind="quiet")
        self.about = ElidedLabel(tone="muted", size="small")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(self.tr("Preview for this ticket"))
        self.told = label(size="small", tone="muted", wrap=True)
        self.borrowed = label(size="small", tone="warn", wrap=True)
        self.borrowed.hide()
        self.does = label(size="small", tone="accent", wrap=True)
        self.does.hide()
        self.values = ValuesList()
        self.values.wanted.connect(self.name_wanted)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.addTab(self.tr("Preview"))
        self.tabs.addTab(self.tr("Values"))
        self.tabs.setAccessibleName(self.tr("Preview of the text, or all values for this ticket"))
        self._pages = QStackedWidget()
        self._pages.addWidget(self.text)
        self._pages.addWidget(self.values)
        self.tabs.currentChanged.connect(self._pages.setCurrentIndex)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_AFTER_MS)
        self._later.timeout.connect(self._ask)
        chooser = QHBoxLayout()
        chooser.setSpacing(6)
        chooser.addWidget(self.number)
        chooser.addWidget(last)
        chooser.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(8)
        column.addWidget(self.tabs)
        column.addLayout(chooser)
        column.addWidget(self.about)
        column.addWidget(self._pages, 1)
        column.addWidget(self.told)
        column.addWidget(self.borrowed)
        column.addWidget(self.does)

    @property
    def ticket(self) -> TicketId | None:
        return self._ticket

    def show_template(self, template: str, language: str) -> None:
        """Fills in another text, written in a language, a moment after the last key."""
        self._template, self._language = template, language
        if self._theirs:
            return
        if self._ticket is None:
            self.use_last()
        else:
            self._later.start()

    def show_does(self, sentence: str) -> None:
        """What the reply does beside its text."""
        self.does.setText(sentence)
        self.does.setVisible(bool(sentence))

    def show_theirs(self, text: str) -> None:
        """What somebody else made of the text, beside the one that is edited here, until
        ``end_theirs``."""
        self._theirs = True
        self._later.stop()
        self.tabs.setCurrentIndex(0)
        self.text.setPlainText(text)
        self._say(self.tr("Their text, as it is kept now."), "warn")

    def end_theirs(self) -> None:
        """One of the two was chosen, or another reply: previews what is edited again."""
        if self._theirs:
            self._theirs = False
            self.show_template(self._template, self._language)

    def use_last(self) -> None:
        """The ticket opened last, else the one that waits longest."""
        last = self._shell.last_ticket
        self._choose(lambda desk: last or _any_ticket(desk))

    def _number_given(self) -> None:
        typed = self.number.text().strip().lstrip("#")
        if typed.isascii() and typed.isdigit():
            number = int(typed)
            self._choose(lambda desk: desk.tickets.by_number(number))
        else:
            self._say(self.tr("Type the number of a ticket, for example 2041."), "bad")

    def _choose(self, find: "Callable[[Desk], TicketId | None]") -> None:
        def read(desk: "Desk") -> "TicketRow | None":
            found = find(desk)
            return None if found is None else next(iter(desk.tickets.rows([found])), None)

        self._work.ask(read, self._chosen, self._not_found, owner=self, topic="ticket")

    def _chosen(self, row: "TicketRow | None") -> None:
        if row is None:
            self._say(self.tr("The preview needs a ticket, and there is none yet."), "muted")
            return
        self._ticket = row.id
        self.number.setText(str(row.number))
        self.about.setText(f"{row.customer_name} · {row.subject}")
        self._ask()

    def _not_found(self, problem: Problem) -> None:
        self._say(explain(problem).happened, "bad")

    def _ask(self) -> None:
        ticket, template, language = self._ticket, self._template, self._language
        if ticket is not None and not self._theirs:
            self._work.ask(
                lambda desk: _filled(desk, template, ticket, language),
                self._came,
                self._failed,
                owner=self,
                topic="text",
            )

    def _came(self, answer: "_Answer") -> None:
        made, values, questions = answer
        self.faulty.emit(None)
        self.values.show_values(values)
        if self._theirs:
            return  # asked before theirs came
        self.borrowed.setText(borrowed_words(made.borrowed, made.language))
        self.borrowed.setVisible(bool(made.borrowed))
        self.text.setPlainText(told_plainly(made.text))
        self.text.setExtraSelections(mark_unresolved(self.text))
        missing = (one.name for one in made.unresolved if not one.name.startswith("ask."))
        names, asked = ", ".join(dict.fromkeys(missing)), questions_words(questions)
        if names:
            open_places = self.tr("No value for this ticket: {names}. Each stops the reply.")
            self._say(" ".join(filter(None, (open_places.format(names=names), asked))), "warn")
        elif asked:
            self._say(asked, "muted")
        elif made.text.strip():
            self._say(self.tr("Every placeholder has a value for this ticket."), "good")
        else:
            self._say("", "muted")

    def _failed(self, problem: Problem) -> None:
        if self._theirs:
            return
        if problem.kind is ProblemKind.TEMPLATE_ERROR:
            self.faulty.emit(problem)
            self._say(self.tr("The preview comes back when the text can be read."), "muted")
        else:
            self._say(explain(problem).in_one(), "bad")

    def _say(self, sentence: str, tone: str) -> None:
        set_tone(self.told, tone)
        self.told.setText(sentence)


_Answer = tuple["RenderedReply", Mapping[str, object], tuple[str, ...]]


def _filled(desk: "Desk", template: str, ticket: TicketId, language: str) -> _Answer:
    """The text filled in, the values it could use, and what it asks for."""
    from deskapp.domain.canned import questions_of  # the template language takes its time

    made = desk.canned.render_text(template, ticket, language=language)
    return made, desk.canned.variables(ticket), questions_of(template)


def _any_ticket(desk: "Desk") -> TicketId | None:
    for view in (View.ALL_OPEN, View.ALL):
        found = desk.tickets.view_ids(view, 1)
        if found:
            return found[0]
    return None
