"""The wizard's first page: your name, the desk's name, and where it lies."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from deskapp.domain.join_link import looks_like_link
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui.errors import explain
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.card import Card
from deskapp.ui.pieces.labels import label

from .new_desk import DeskWish

SHORTEST_PASSWORD = 12


class WhoPage(QWidget):
    """``edited`` comes when what stands in the fields may have become enough, or not any more."""

    edited = Signal()

    def __init__(self, place: Path, agent_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.agent_name = form.line(agent_name)
        self.desk_name = form.line(placeholder=self.tr("for example: Lotus Outdoor"))
        who = form.Form()
        self._who_hint = who.add(self.tr("Your name"), self.agent_name, self._who_words())
        who.add(self.tr("Name of the desk"), self.desk_name)
        self.here = QRadioButton(self.tr("On this computer"))
        self.shared = QRadioButton(self.tr("On a PostgreSQL server, for a team"))
        self.here.setChecked(True)
        self.path = form.line(str(place), name=self.tr("File of the desk"))
        self.url = form.line(
            name=self.tr("Address of the PostgreSQL database"),
            placeholder="postgresql://anna@db.example.com/lotus",
        )
        self.password = form.line(secret=True)
        self.own_password = form.line(secret=True)
        self._joining = form.Form()
        self._joining.add(
            self.tr("Password"), self.password, self.tr("The one you were given with the link.")
        )
        self._joining.add(
            self.tr("New password"),
            self.own_password,
            self.tr("Your own; 12 characters or more."),
        )
        self._trouble = _Trouble()
        self._trouble.shared_wanted.connect(self._use_server)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(who)
        column.addSpacing(8)
        column.addWidget(label(self.tr("Where is the desk kept?"), size="strong"))
        column.addWidget(self.here)
        column.addWidget(self._indented(self.path, self._browse_button()))
        column.addWidget(
            self._indented(
                label(
                    self.tr("One file. Only this computer works on it."),
                    size="small",
                    tone="muted",
                    wrap=True,
                )
            )
        )
        column.addWidget(self.shared)
        column.addWidget(self._indented(self.url))
        said = self.tr(
            "Paste the link you were given to join a team, or the database's address. Everybody "
            "works on the same desk, at the same time."
        )
        column.addWidget(self._indented(label(said, size="small", tone="muted", wrap=True)))
        self._joining_place = self._indented(self._joining)
        column.addWidget(self._joining_place)
        column.addWidget(self._trouble)
        column.addStretch(1)
        self._trouble.hide()
        self.here.toggled.connect(self._place_changed)
        typed = (self.agent_name, self.desk_name, self.path, self.url)
        for field in (*typed, self.password, self.own_password):
            field.textChanged.connect(self._typed)
        self._url_before = 0
        self.url.textChanged.connect(self._link_came)
        self.url.editingFinished.connect(self._show_beginning)
        self._place_changed()

    def wish(self) -> DeskWish:
        place = self.path.text() if self.here.isChecked() else self.url.text()
        agent = self.agent_name.text().strip()
        wish = DeskWish(place.strip(), self.desk_name.text().strip() or agent, agent)
        if not self._joins():
            return wish
        return replace(wish, password=self.password.text(), own_password=self.own_password.text())

    def enough(self) -> bool:
        """Whether the fields say who and where."""
        wish = self.wish()
        if self._joins():
            return bool(wish.password and len(wish.own_password) >= SHORTEST_PASSWORD)
        return bool(wish.agent_name and wish.place)

    def _who_words(self, *, joins: bool = False) -> str:
        if joins:
            return self.tr("The link says who you are, and the desk has its name.")
        return self.tr("Colleagues and customers see your name.")

    def _joins(self) -> bool:
        return self.shared.isChecked() and looks_like_link(self.url.text())

    def show_problem(self, problem: Problem) -> None:
        """Why the desk could not be made, with the way on; what was typed stays."""
        self._trouble.show_problem(problem)

    def _link_came(self, text: str) -> None:
        pasted = len(text) - self._url_before > 1
        self._url_before = len(text)
        if pasted and looks_like_link(text):
            self._show_beginning()

    def _show_beginning(self) -> None:
        """A link is longer than its field; who and which server stand at its beginning."""
        self.url.setCursorPosition(0)

    def _typed(self, _text: str) -> None:
        self._trouble.hide()
        joins = self._joins()
        self._joining_place.setVisible(joins)
        self._who_hint.setText(self._who_words(joins=joins))
        for field in (self.agent_name, self.desk_name):
            field.setEnabled(not joins)
        self.edited.emit()

    def _place_changed(self) -> None:
        here = self.here.isChecked()
        self.path.setEnabled(here)
        self._browse.setEnabled(here)
        self.url.setEnabled(not here)
        self._typed("")

    def _use_server(self) -> None:
        self.shared.setChecked(True)
        self.url.setFocus()

    def _browse_button(self) -> QWidget:
        self._browse = push_button(self.tr("Choose…"), self._choose)
        self._browse.setAccessibleName(self.tr("Choose another place for the desk"))
        return self._browse

    def _choose(self) -> None:
        found, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Where is the desk kept?"),
            self.path.text(),
            self.tr("Desks (*.db)"),
            options=QFileDialog.Option.DontConfirmOverwrite,  # an existing desk is opened
        )
        if found:
            self.path.setText(found)

    def _indented(self, *parts: QWidget) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(24, 0, 0, 0)
        row.setSpacing(8)
        for place, part in enumerate(parts):
            row.addWidget(part, 0 if place else 1)
        return holder


class _Trouble(Card):
    """A Problem in sentences; for a network folder with the button that leads to PostgreSQL."""

    shared_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("note", "note_edge", parent)
        self._title = label(size="strong", wrap=True)
        self.words = label(wrap=True, selectable=True)
        self._shared = push_button(self.tr("Use PostgreSQL instead"), self.shared_wanted.emit)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 12, 10)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self.words)
        row = QHBoxLayout()
        row.addWidget(self._shared)
        row.addStretch(1)
        column.addLayout(row)

    def show_problem(self, problem: Problem) -> None:
        told = explain(problem)
        self._title.setText(told.title)
        self.words.setText(told.in_one())
        self._shared.setVisible(problem.kind is ProblemKind.NETWORK_FOLDER)
        self.show()
