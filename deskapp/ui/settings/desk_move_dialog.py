"""Takes the desk to another database: tried out first, then moved, with progress and a way back."""

import time
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from deskapp.domain.desk_address import is_server, password_of, without_password
from deskapp.domain.desk_move import Moved, MoveProgress
from deskapp.domain.problem import Problem
from deskapp.domain.stopping import Stopped
from deskapp.ui import mailbox_words
from deskapp.ui.announce import announce
from deskapp.ui.errors import explain
from deskapp.ui.outside import Mover
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import label, set_tone
from deskapp.ui.setup.no_keyring import no_keyring_words

from .move_job import ARRIVED, Ended, Job
from .move_words import progress_words, room_words, way_back_words
from .moving import Moving

_STEPS = 1000


class DeskMoveDialog(QDialog):
    """``place`` is where the desk is, as it may be shown. Whoever may not move it is told so."""

    def __init__(
        self, mover: Mover, place: str, lasting: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._mover, self._place = mover, place
        self._began = 0.0
        self._only_tried = True
        self._done: Moved | None = None
        self.setWindowTitle(self.tr("Move the desk to another database"))
        self.setMinimumWidth(600)
        self.address = form.line(
            name=self.tr("Address of the database"),
            placeholder="postgresql://name@host/database",  # an address is no language
        )
        self.password = form.line(name=self.tr("Password of the database"), secret=True)
        self.told = label(wrap=True, selectable=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, _STEPS)
        self.bar.setAccessibleName(self.tr("How much of the desk has moved"))
        self.bar.hide()
        self._moving = Moving(self)
        self._moving.progressed.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)
        self._moving.ended.connect(self._ended, Qt.ConnectionType.QueuedConnection)
        self._lay_out(lasting)
        self.address.textChanged.connect(self._typed)
        self.password.textChanged.connect(self._typed)
        self._typed()

    def reject(self) -> None:
        """Esc and the cross too: what moves is stopped first, and tells of it."""
        if self._moving.running:
            self.close_or_stop.setEnabled(False)
            self._moving.stop()
        elif self._done is not None:
            self._open_there()
        else:
            super().reject()

    def _lay_out(self, lasting: bool) -> None:
        self._fields = form.Form()
        self._fields.add(
            self.tr("Address"),
            self.address,
            self.tr("As who runs the database server gave it to you. The database must be empty."),
        )
        self._fields.add(self.tr("Password"), self.password)
        lead = self.tr(
            "Everything on the desk is copied, read back at both ends and compared. Nobody can "
            "write to it meanwhile. Where it was, it stays as it is now."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(label(lead, tone="muted", wrap=True))
        column.addWidget(self._fields)
        if not lasting:
            column.addWidget(label(no_keyring_words(), tone="muted", wrap=True))
        column.addWidget(self.bar)
        column.addWidget(self.told)
        column.addStretch(1)
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        self.close_or_stop = push_button(self.tr("Close"), self.reject)
        self.try_out = push_button(self.tr("Try"), self.begin_try)
        self.try_out.setToolTip(self.tr("Reads everything, looks at the new place, writes nothing"))
        self.move_now = push_button(self.tr("Move"), self.begin_move, kind="primary")
        self.open_there = push_button(
            self.tr("Open the desk there"), self._open_there, kind="primary"
        )
        self.open_there.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.close_or_stop)
        row.addStretch(1)
        row.addWidget(self.try_out)
        row.addWidget(self.move_now)
        row.addWidget(self.open_there)
        return row

    def begin_try(self) -> None:
        """Counts, reads all, looks at the new place. Others go on working."""
        self._begin(try_only=True)

    def begin_move(self) -> None:
        self._begin(try_only=False)

    def _begin(self, *, try_only: bool) -> None:
        if self._moving.running:
            return
        to, password = self._where()
        self._only_tried = try_only
        self._began = time.monotonic()
        self._say(self.tr("Asking the database…"), "muted")
        self._show_running(True)
        if not try_only:
            self._mover.rest()
        job = Job(self._mover, to, password, try_only)
        self._moving.begin(job.run)

    def _where(self) -> tuple[str, str]:
        """A password inside the address counts where none was typed."""
        typed = self.address.text().strip()
        if not is_server(typed):
            return typed, ""
        return without_password(typed), self.password.text() or password_of(typed)

    def _show_progress(self, progress: MoveProgress) -> None:
        if self._moving.running:
            self._say_progress(progress)

    def _say_progress(self, progress: MoveProgress) -> None:
        left = progress.left(timedelta(seconds=time.monotonic() - self._began))
        self.bar.setValue(round(progress.share * _STEPS))
        parts = (progress_words(progress), mailbox_words.left(left))
        self._say(" · ".join(part for part in parts if part), "muted", aloud=False)

    def _ended(self, found: object) -> None:
        if isinstance(found, Ended):
            self._show_moved(found) if not found.moved.tried else self._show_tried(found.moved)
            return
        self._show_running(False)
        if not self._only_tried:
            self._mover.resume()
        if isinstance(found, Stopped):
            self._say(self.tr("Stopped. The desk is where it was, and works."), "muted")
        elif isinstance(found, Problem):
            self._show_problem(found)
        elif isinstance(found, Exception):
            self._say(self.tr("A fault in deskapp itself stopped this."), "bad")
            raise found

    def _show_problem(self, problem: Problem) -> None:
        said = explain(problem).in_one()
        if problem.details.get(ARRIVED):
            rest = self.tr(
                "All of the desk had arrived, and only the last step is missing: move it again."
            )
            said = f"{said} {rest}"
            self.move_now.setEnabled(True)
        elif not self._only_tried:
            said = f"{said} {self.tr('The desk is still where it was, and works.')}"
        self._say(said, "bad")
        self.try_out.setFocus()

    def _show_tried(self, moved: Moved) -> None:
        self._show_running(False)
        self.move_now.setEnabled(True)
        self.move_now.setDefault(True)
        self.move_now.setFocus()
        said = self.tr("It can move: %Ln row(s), all of them readable.", "", moved.rows)
        self._say(f"{said} {room_words(moved)}", "bad" if moved.short else "good")

    def _show_moved(self, ended: Ended) -> None:
        self._done = ended.moved
        for part in (self.try_out, self.move_now, self.close_or_stop, self._fields, self.bar):
            part.hide()
        self.open_there.show()
        self.open_there.setDefault(True)
        self.open_there.setFocus()
        said = self.tr(
            "The desk has moved: %Ln row(s), the same at both ends.", "", ended.moved.rows
        )
        now = self.tr("It is now at {place}").replace("{place}", ended.moved.to)
        told = [f"{said} {now}", way_back_words(self._place)]
        if not ended.settings_kept:
            told.append(self.tr("The settings could not be written: name that address next time."))
        if not ended.password_kept:
            told.append(self.tr("The password was not kept, and is asked for again."))
        self._say("\n\n".join(told), "good")

    def _open_there(self) -> None:
        self.accept()
        self._mover.reopen()

    def _show_running(self, going: bool) -> None:
        self.bar.setVisible(going)
        self.bar.setValue(0)
        self.address.setEnabled(not going)
        self.password.setEnabled(not going)
        self.try_out.setEnabled(not going)
        self.move_now.setEnabled(False)
        self.close_or_stop.setEnabled(True)
        self.close_or_stop.setText(self.tr("Stop") if going else self.tr("Close"))
        if going:
            self.close_or_stop.setFocus()
        self._make_room()

    def _make_room(self) -> None:
        """A window does not grow by itself for words that wrap."""
        if self.isVisible():
            form.make_room(self)

    def _typed(self) -> None:
        """Another place has not been tried yet."""
        self.try_out.setEnabled(bool(self.address.text().strip()))
        self.try_out.setDefault(True)
        self.move_now.setEnabled(False)
        self._say("", "muted")

    def _say(self, sentence: str, tone: str, *, aloud: bool = True) -> None:
        self.told.setText(sentence)
        self.told.setVisible(bool(sentence))
        set_tone(self.told, tone)
        self._make_room()
        if aloud and sentence:
            announce(self, sentence)
