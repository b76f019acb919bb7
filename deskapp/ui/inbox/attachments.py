"""Files that came with a message: saved where a person says, opened after a warning or never."""

import errno
import tempfile
import unicodedata
from functools import cache
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QToolButton, QWidget

from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.tickets import AttachmentRow
from deskapp.ui import text
from deskapp.ui.icons import icon
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.theme import theme
from deskapp.ui.work import Work

_LONGEST_NAME, _LONGEST_SHOWN = 120, 40
_NOT_IN_NAMES = '<>:"/\\|?*'
_RESERVED = {"con", "prn", "aux", "nul", *(f"{p}{n}" for p in ("com", "lpt") for n in range(1, 10))}


def safe_name(filename: str) -> str:
    """A name every system can save under: no folders, no invisible or turning marks, not empty."""
    seen = "".join(
        "_" if letter in _NOT_IN_NAMES else letter
        for letter in unicodedata.normalize("NFC", filename)
        if unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
    ).strip(" .")
    stem, dot, ending = seen.rpartition(".")
    if not dot:
        stem, ending = seen, ""
    if stem.casefold() in _RESERVED:
        stem = f"_{stem}"
    kept = stem[: _LONGEST_NAME - len(ending) - 1] + dot + ending[:20]
    return kept.strip(" .") or "file"


class AttachmentChip(QToolButton):
    """A file's name and size; its menu saves it, or opens it when its kind is harmless."""

    def __init__(
        self, row: AttachmentRow, work: Work, shell: ShellActions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._row, self._work, self._shell = row, work, shell
        self._name = safe_name(row.filename)
        self.setProperty("kind", "plain")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setText(f"{_middle_cut(self._name)} · {text.size(row.size)}")
        self.setAccessibleName(
            self.tr("Attachment {name}, {size}").format(name=self._name, size=text.size(row.size))
        )
        self.setMenu(self._choices())
        theme().changed.connect(self._dress)
        self._dress()

    def _choices(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(self.tr("Save as…"), self._ask_where)
        opens = menu.addAction(self.tr("Open…"), self._ask_open)
        if self._row.dangerous:
            opens.setEnabled(False)
            opens.setText(self.tr("Not opened: this kind of file can run programs"))
        return menu

    def _dress(self) -> None:
        dangerous = self._row.dangerous
        picture = "image" if self._row.content_type.startswith("image/") else "file"
        self.setIcon(icon("warning", "bad") if dangerous else icon(picture))

    def _ask_where(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Save attachment"), self._name)
        if chosen:
            self.save(Path(chosen))

    def save(self, path: Path) -> None:
        """Reads the file out of its mail and writes it there, in a lane."""
        attachment = self._row.id
        self._work.ask(
            lambda desk: write_file(path, desk.tickets.attachment(attachment)[1]),
            self._saved,
            self._shell.trouble,
            owner=self,
        )

    def _saved(self, path: Path) -> None:
        self._shell.tell(self.tr("Saved as {path}").replace("{path}", str(path)))

    def _ask_open(self) -> None:
        box = QMessageBox(self)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(self.tr("Open attachment?"))
        box.setText(self.tr("Open {name} with this computer's program?").format(name=self._name))
        box.setInformativeText(self.tr("It came by mail. Open it only if you expected it."))
        opens = box.addButton(self.tr("Open"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.exec()
        if box.clickedButton() is opens:
            attachment = self._row.id
            place = place_to_open(self._name)
            self._work.ask(
                lambda desk: write_file(place, desk.tickets.attachment(attachment)[1]),
                _open_with_system,
                self._shell.trouble,
                owner=self,
            )


@cache
def _opened_files() -> tempfile.TemporaryDirectory[str]:
    """Readable by this person alone, and deleted when the program ends."""
    app = QCoreApplication.instance()
    if app is not None:
        app.aboutToQuit.connect(_delete_opened)
    return tempfile.TemporaryDirectory(prefix="deskapp-opened-", ignore_cleanup_errors=True)


def _delete_opened() -> None:
    if _opened_files.cache_info().currsize:
        _opened_files().cleanup()
        _opened_files.cache_clear()


def place_to_open(name: str) -> Path:
    """Where a file lies while another program shows it; files of one name do not meet."""
    return Path(tempfile.mkdtemp(dir=_opened_files().name)) / name


def _open_with_system(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def write_file(path: Path, data: bytes) -> Path:
    """Writes beside the place and renames, so that half a file never stands under the name.

    Raises Problem(DISK_FULL or READ_ONLY).
    """
    beside = path.with_name(f".{path.name[:80]}.part")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as fault:
        beside.unlink(missing_ok=True)
        full = fault.errno == errno.ENOSPC
        kind = ProblemKind.DISK_FULL if full else ProblemKind.READ_ONLY
        raise Problem(kind, path=str(path)) from fault
    return path


def _middle_cut(name: str) -> str:
    """Long names lose their middle: the ending is what matters."""
    if len(name) <= _LONGEST_SHOWN:
        return name
    return f"{name[: _LONGEST_SHOWN - 12]}…{name[-11:]}"
