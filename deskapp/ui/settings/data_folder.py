"""Where the desk lies, how large it is, and how to keep a copy."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from deskapp import paths
from deskapp.domain.desk_address import without_password
from deskapp.domain.identity import Identity
from deskapp.domain.problem import Problem
from deskapp.domain.upkeep import Copied
from deskapp.ui import text
from deskapp.ui.errors import explain
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import label, set_tone
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .desk_move_dialog import DeskMoveDialog
from .move_words import way_back_words
from .section import Section, side_by_side

_POSTGRES = ("postgresql", "postgres", "postgresql+psycopg")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a desk is: a file with its size in bytes, or a database without its password."""

    file: Path | None
    shown: str
    size: int | None = None


class DataFolderSection(Section):
    """A team's database is named without its password."""

    def __init__(self, work: Work, shell: ShellActions) -> None:
        super().__init__(work, shell)
        self.introduce(
            self.tr("Data"), self.tr("Everything deskapp knows is in the desk. It is yours.")
        )
        self._file: Path | None = None
        self._writing = False
        self._where = label(selectable=True, wrap=True)
        self._size = label()
        home = str(shell.outside.settings.home)
        self._home = label(home, selectable=True, wrap=True)
        fields = form.Form(160)
        fields.add(self.tr("Desk"), self._where)
        fields.add(self.tr("Size"), self._size)
        fields.add(self.tr("Settings and logs"), self._home)
        self.open_desk = push_button(self.tr("Open the desk's folder"), self._open_desk)
        self.open_home = push_button(self.tr("Open the settings folder"), self._open_home)
        self.backup = push_button(self.tr("Back up…"), self._ask_where)
        self._told = label(tone="muted", wrap=True, selectable=True)
        self.column.addWidget(fields)
        self.column.addWidget(side_by_side(self.open_desk, self.open_home))
        self.column.addSpacing(8)
        self.column.addWidget(label(self.tr("Backup"), size="card"))
        said = self.tr(
            "One file with everything, opened and counted before it counts as done. It holds "
            "customers' mail: keep it as safe as the desk. To go back to one, close deskapp "
            "everywhere and run: deskapp restore FILE"
        )
        self.column.addWidget(label(said, tone="muted", wrap=True, selectable=True))
        self.owner_only = label(wrap=True, selectable=True)
        self.owner_only.hide()
        self.column.addWidget(self.owner_only)
        self.column.addWidget(side_by_side(self.backup))
        self.column.addWidget(self._told)
        self.column.addSpacing(8)
        self.column.addWidget(label(self.tr("Another database"), size="card"))
        self.column.addWidget(label(self._how_to_move(), tone="muted", wrap=True, selectable=True))
        self.move_desk = push_button(self.tr("Move the desk…"), self._ask_to_move)
        self.move_desk.setEnabled(shell.outside.mover is not None)
        self.column.addWidget(side_by_side(self.move_desk))
        if came_from := shell.outside.settings.moved_from:
            self.column.addWidget(label(way_back_words(came_from), wrap=True, selectable=True))
        self.column.addStretch(1)

    def _how_to_move(self) -> str:
        return self.tr(
            "A team needs PostgreSQL. The whole desk goes to an empty database there, or back to a "
            "file; the copy is counted and proved, and this desk is kept as it was. The same on a "
            "command line: deskapp move postgresql://person@host/database (or a file's name)."
        )

    def _ask_to_move(self) -> None:
        outside = self.shell.outside
        if outside.mover is not None:
            place = without_password(outside.settings.desk_url) or str(paths.default_desk())
            DeskMoveDialog(outside.mover, place, outside.secrets.lasting, self).open()

    def read_again(self) -> None:
        url = self.shell.outside.settings.desk_url
        self.work.ask(
            lambda desk: (place_of(url), desk.signed_in), self._came, self._failed, owner=self
        )

    def _came(self, found: tuple[Place, Identity]) -> None:
        place, me = found
        whole = not me.fixed  # who is signed in as one of a team sees their own part alone
        self.backup.setEnabled(whole and not self._writing)
        self.move_desk.setEnabled(whole and self.shell.outside.mover is not None)
        self.owner_only.setVisible(not whole)
        said = self.tr(
            "Of a team's desk only its owner sees everything, and so backs it up or moves it: "
            "“deskapp --desk postgresql://OWNER@{place} backup FILE”, or pg_dump as the owner with "
            "--enable-row-security. Ask whoever set the desk up."
        )
        self.owner_only.setText(said.replace("{place}", place.shown))
        self._file = place.file
        self._where.setText(place.shown)
        team = self.tr("kept by the database server")
        self._size.setText(team if place.size is None else text.size(place.size))
        self.open_desk.setVisible(place.file is not None)

    def _failed(self, problem: Problem) -> None:
        self.shell.trouble(problem)

    def _ask_where(self) -> None:
        name = self.tr("desk backup {date}.db").replace("{date}", f"{datetime.now(UTC):%Y-%m-%d}")
        found, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Back up the desk"),
            str(Path.home() / name),
            options=QFileDialog.Option.DontConfirmOverwrite,  # a backup is never written over
        )
        if found:
            self.back_up(Path(found))

    def back_up(self, path: Path) -> None:
        """Writes a backup to a new file; others go on working meanwhile."""
        self._show_writing(True)
        self._tell(self.tr("Writing the backup…"), "muted")
        self.work.ask(
            lambda desk: (path, desk.upkeep.backup(path)),
            self._backed_up,
            self._not_backed_up,
            owner=self,
        )

    def _backed_up(self, written: tuple[Path, Copied]) -> None:
        path, copied = written
        said = self.tr("Backup written and checked: {path}, {size}.")
        said = said.replace("{size}", text.size(copied.size)).replace("{path}", str(path))
        self._show_writing(False)
        self._tell(said, "good")

    def _not_backed_up(self, problem: Problem) -> None:
        self._show_writing(False)
        self._tell(explain(problem).in_one(), "bad")

    def _show_writing(self, writing: bool) -> None:
        """One at a time, also for who opens this section again meanwhile."""
        self._writing = writing
        self.backup.setEnabled(not writing)

    def _tell(self, sentence: str, tone: str) -> None:
        self._told.setText(sentence)
        set_tone(self._told, tone)

    def _open_desk(self) -> None:
        if self._file is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._file.parent)))

    def _open_home(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.shell.outside.settings.home)))


def place_of(url: str) -> Place:
    """Reads a desk's address; looks at the disk for the size of a file and its journal."""
    parts = urlsplit(url) if "://" in url else None
    if parts is not None and parts.scheme in _POSTGRES:
        host = parts.hostname or "localhost"
        port = f":{parts.port}" if parts.port else ""
        return Place(None, f"{host}{port}{parts.path}")
    name = url.removeprefix("sqlite:///") if parts is not None else url
    file = Path(name) if name else paths.default_desk()
    size = sum(
        one.stat().st_size for one in (file, file.with_name(file.name + "-wal")) if one.is_file()
    )
    return Place(file, str(file), size)
