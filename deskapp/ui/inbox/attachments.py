"""Files that came with a message: saved where a person says, opened after a warning or never."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QFontMetrics
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QToolButton, QWidget

from deskapp.domain.file_names import saved_name
from deskapp.domain.messages import AttachmentRow
from deskapp.ui import text
from deskapp.ui.icons import icon
from deskapp.ui.pieces.labels import no_mnemonic, plain_tip
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.theme import theme
from deskapp.ui.work import Work

from .message_source import MessageSource
from .opened_files import place_to_open, write_file

_WIDEST_NAME = 170  # pixels: with its size it fits the narrowest conversation
MAIL = "message/rfc822"


class AttachmentChip(QToolButton):
    """A file's name and size; its menu saves it, or opens it when its kind is harmless.

    ``mail_wanted`` carries the bytes of a mail that lies in the mail, to be shown like one.
    """

    mail_wanted = Signal(object)

    def __init__(
        self,
        row: AttachmentRow,
        source: MessageSource,
        work: Work,
        shell: ShellActions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._row, self._source, self._work, self._shell = row, source, work, shell
        self._name = saved_name(row.filename)
        self.setProperty("kind", "plain")
        self.setProperty("textSize", "small")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setText(no_mnemonic(f"{_middle_cut(self._name)} · {text.size(row.size)}"))
        self.setAccessibleName(
            self.tr("Attachment {name}, {size}").format(name=self._name, size=text.size(row.size))
        )
        if self._name != _middle_cut(self._name):
            self.setToolTip(plain_tip(self._name))
        self.setMenu(self._choices())
        theme().changed.connect(self._dress)
        self._dress()

    def _choices(self) -> QMenu:
        menu = QMenu(self)
        if self._row.content_type.lower() == MAIL:
            menu.addAction(self.tr("Open this mail"), self._open_mail)
            menu.addAction(self.tr("Save as…"), self._ask_where)
            return menu
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
        if self._row.dangerous and not self._is_wanted():
            return
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Save attachment"), self._name)
        if chosen:
            self.save(Path(chosen))

    def save(self, path: Path) -> None:
        """Reads the file out of its mail and writes it there, in a lane."""
        source, row = self._source, self._row
        self._work.ask(
            lambda desk: write_file(path, source.file(desk, row)),
            self._saved,
            self._shell.trouble,
            owner=self,
        )

    def _saved(self, path: Path) -> None:
        self._shell.tell(self.tr("Saved as {path}").replace("{path}", str(path)))

    def _is_wanted(self) -> bool:
        """A file that can run programs is saved by who knows what it is, and by nobody else."""
        box = QMessageBox(self)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(self.tr("Save a file that can run programs?"))
        box.setText(self.tr("{name} can run programs on a computer.").replace("{name}", self._name))
        box.setInformativeText(
            self.tr("Save it only if you know why it was sent, and never open it to find out.")
        )
        saves = box.addButton(self.tr("Save anyway…"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.exec()
        return box.clickedButton() is saves

    def _open_mail(self) -> None:
        source, row = self._source, self._row
        self._work.ask(
            lambda desk: source.file(desk, row),
            self.mail_wanted.emit,
            self._shell.trouble,
            owner=self,
        )

    def _ask_open(self) -> None:
        box = QMessageBox(self)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(self.tr("Open attachment?"))
        box.setText(
            self.tr("Open {name} with this computer's program?").replace("{name}", self._name)
        )
        box.setInformativeText(self.tr("It came by mail. Open it only if you expected it."))
        opens = box.addButton(self.tr("Open"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.exec()
        if box.clickedButton() is opens:
            source, row, place = self._source, self._row, place_to_open(self._name)
            self._work.ask(
                lambda desk: write_file(place, source.file(desk, row)),
                _open_with_system,
                self._shell.trouble,
                owner=self,
            )


def _open_with_system(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _middle_cut(name: str) -> str:
    """Long names lose their middle: the ending is what matters."""
    fonts = theme().fonts
    metrics = QFontMetrics(fonts.text(fonts.small_px))
    return metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, _WIDEST_NAME)
