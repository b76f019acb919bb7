"""What is done with many customers: proposals of duplicates, files in and out."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QWidget

from deskapp.domain.erasing import PersonExport
from deskapp.domain.people import CustomerRecord
from deskapp.domain.people_files import PeopleImport
from deskapp.ui.pieces.buttons import IconButton, push_button
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import LATER, Work

from .customer_look import shown_name
from .duplicates_dialog import DuplicatesDialog
from .import_dialog import PeopleImportDialog


class ManyActs(QWidget):
    """A button with the count of proposals, and a menu. ``compare_wanted`` carries two
    CustomerIds."""

    compare_wanted = Signal(object, object)

    def __init__(self, work: Work, shell: ShellActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work, self._shell = work, shell
        self.duplicates = push_button("", self.show_duplicates, kind="quiet")
        self.duplicates.hide()
        more = IconButton("more", self.tr("More about all customers"))
        menu = QMenu(more)
        menu.addAction(self.tr("Import customers…"), self.import_people)
        menu.addAction(self.tr("Export all customers…"), self.export_all)
        menu.addAction(self.tr("Duplicates…"), self.show_duplicates)
        more.setMenu(menu)
        more.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.duplicates)
        row.addWidget(more)
        self.count_again()

    def count_again(self) -> None:
        """How many pairs are proposed by now."""
        self._work.ask(
            lambda desk: desk.duplicates.count(),
            self._counted,
            _nothing,
            owner=self,
            lane=LATER,
            topic="count",
        )

    def show_duplicates(self) -> None:
        dialog = DuplicatesDialog(self._work, self.window())
        dialog.compare_wanted.connect(self.compare_wanted)
        dialog.finished.connect(self.count_again)
        dialog.open()

    def import_people(self) -> None:
        dialog = PeopleImportDialog(self._work, self._shell.outside, self.window())
        dialog.imported.connect(self._imported)
        dialog.open()

    def export_all(self) -> None:
        """CSV for spreadsheets, or vCards for address books: by the name that is chosen."""
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Export all customers"),
            "customers.csv",
            self.tr("Table (*.csv);;Address book (*.vcf)"),
        )
        if chosen:
            self.write_all(Path(chosen))

    def write_all(self, path: Path) -> None:
        """Over a file that is there: the person was asked."""
        cards = path.suffix.casefold() == ".vcf"

        def written(count: int) -> None:
            said = self.tr("%n customer(s) written to {file}.", "", count)
            self._shell.tell(said.replace("{file}", path.name))

        path.unlink(missing_ok=True)
        self._work.ask(
            lambda desk: (
                desk.people_files.write_cards(path) if cards else desk.people_files.write_csv(path)
            ),
            written,
            self._shell.trouble,
            owner=self,
        )

    def export_person(self, record: CustomerRecord) -> None:
        """Everything about one, for them."""
        name = f"{shown_name(record.row)}.zip".replace("/", "_")
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export all about a customer"), name, self.tr("Archive (*.zip)")
        )
        if not chosen:
            return
        path, customer = Path(chosen), record.row.id
        path.unlink(missing_ok=True)
        self._work.ask(
            lambda desk: desk.erasing.export(customer, path),
            self._exported,
            self._shell.trouble,
            owner=self,
        )

    def _exported(self, made: PersonExport) -> None:
        said = self.tr("%n message(s), with files and orders, are in {file}.", "", made.messages)
        self._shell.tell(said.replace("{file}", made.path.name))

    def _imported(self, done: PeopleImport) -> None:
        said = self.tr("{new} new customers, {updated} updated, {same} as before.")
        for name, count in (("new", done.new), ("updated", done.updated), ("same", done.unchanged)):
            said = said.replace("{" + name + "}", str(count))
        self._shell.tell(said)

    def _counted(self, count: int) -> None:
        self.duplicates.setVisible(count > 0)
        self.duplicates.setText(self.tr("%n duplicate(s)?", "", count))


def _nothing(_problem: object) -> None:
    """A count that cannot be read is shown the next time."""
