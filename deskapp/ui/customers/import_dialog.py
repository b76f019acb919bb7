"""Imports a file of customers: what its columns mean, a dry run, and only then the import."""

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from deskapp.desk import Desk
from deskapp.domain.file_problems import writing_problem
from deskapp.domain.last_edits import LastEdit
from deskapp.domain.people_files import (
    PeopleImport,
    PeopleMapping,
    PeoplePreview,
    PeopleReading,
    PersonField,
    mapping_name,
)
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui.errors import explain
from deskapp.ui.outside import Outside
from deskapp.ui.pieces import form
from deskapp.ui.pieces.asked_both import AskedBoth, ask_both
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.columns_table import ColumnsTable
from deskapp.ui.pieces.file_choice import FileChoice
from deskapp.ui.pieces.labels import label, set_tone
from deskapp.ui.work import SHOPS, Work

from .file_words import fault_words, field_choices, mappings, tried_words
from .left_out import write_left_out

_AFTER_A_CHOICE_MS = 200
_MOST_FAULTS = 200


class PeopleImportDialog(QDialog):
    """Stores nothing before the primary button. ``imported`` carries the PeopleImport."""

    imported = Signal(object)

    def __init__(self, work: Work, outside: Outside, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work, self._outside = work, outside
        self._path: Path | None = None
        self._reading: PeopleReading | None = None
        self._tried: PeopleImport | None = None
        self._profiles: dict[str, PeopleMapping] = {}
        self.asked: AskedBoth | None = None
        self.setWindowTitle(self.tr("Import customers"))
        self.setMinimumSize(660, 520)
        self.resize(820, 620)
        self._fields()
        self._lay_out()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_AFTER_A_CHOICE_MS)
        self._soon.timeout.connect(self._read)
        self._say(self.tr("Choose a file: CSV, Excel or vCard."), "muted")
        work.ask(lambda desk: desk.people_files.profiles(), self._profiles_came, owner=self)
        self._show_state()

    def read_file(self, path: Path) -> None:
        """Looks at a file; what is shown of an older one is forgotten."""
        self._path, self._reading, self._tried = path, None, None
        self.file.show_path(path)
        self.table.setRowCount(0)
        self._say(self.tr("Reading the file…"), "muted")
        self._show_state()
        preview = self._outside.preview_people
        self._work.ask(
            lambda _desk: preview(path),
            self._previewed,
            self._refused,
            owner=self,
            lane=SHOPS,
            topic="file",
        )

    def _fields(self) -> None:
        self.file = FileChoice(
            self.tr("Import customers"),
            self.tr("Customers (*.csv *.tsv *.txt *.xlsx *.vcf);;All files (*)"),
        )
        self.profile = form.choice([(self.tr("as we take it"), "")], name=self.tr("Mapping"))
        self.table = ColumnsTable(field_choices())
        self.keep_as = form.line(
            placeholder=self.tr("for example: Old shop"), name=self.tr("Keep this mapping as")
        )
        self.overwrite = QCheckBox(self.tr("Write over what somebody typed here"))
        self.told = label(wrap=True)
        self.faults = QPlainTextEdit()
        self.faults.setReadOnly(True)
        self.faults.setAccessibleName(self.tr("Rows that are left out"))
        self.faults.setMaximumHeight(110)
        self.save_faults = push_button(self.tr("Save these rows…"), self._save_faults)
        self.file.chosen.connect(self.read_file)
        self.profile.activated.connect(self._profile_chosen)
        self.table.edited.connect(self._later)
        self.overwrite.toggled.connect(self._later)

    def _lay_out(self) -> None:
        mapped = QHBoxLayout()
        mapped.setSpacing(8)
        form.put_named(mapped, self.tr("Mapping"), self.profile, 1)
        form.put_named(mapped, self.tr("Keep it as"), self.keep_as, 1)
        self.go = push_button("", self._import, kind="primary")
        self.go.setDefault(True)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.overwrite, 1)
        foot.addWidget(self.save_faults)
        foot.addWidget(push_button(self.tr("Cancel"), self.reject))
        foot.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(self.file)
        column.addLayout(mapped)
        column.addWidget(self.table, 3)
        column.addWidget(self.told)
        column.addWidget(self.faults)
        column.addLayout(foot)

    def _profiles_came(self, profiles: dict[str, PeopleMapping]) -> None:
        self._profiles = profiles
        for name in profiles:
            self.profile.addItem(name, name)

    def _previewed(self, preview: PeoplePreview) -> None:
        meant: dict[str, object] = {h: field for field, h in preview.proposed.items()}
        self.table.show_columns(preview.header, preview.sample, meant)
        self._read()

    def _profile_chosen(self, _place: int) -> None:
        saved = self._profiles.get(str(self.profile.currentData()))
        if saved is not None:
            self.table.show_meant({heading: field for field, heading in saved.items()})
            self.keep_as.setText(str(self.profile.currentData()))
        self._later()

    def _later(self) -> None:
        """Tries anew a moment after the last choice; until then nothing can be imported."""
        if self._path is not None:
            self._reading = self._tried = None
            self._show_state()
            self._soon.start()

    def _mapping(self) -> PeopleMapping | None:
        meant = self.table.meant()
        return {PersonField(str(field)): heading for heading, field in meant.items()} or None

    def _read(self) -> None:
        path, mapping, read = self._path, self._mapping(), self._outside.read_people
        if path is None:
            return
        self._say(self.tr("Reading the file…"), "muted")
        self._work.ask(
            lambda _desk: read(path, mapping),
            self._was_read,
            self._refused,
            owner=self,
            lane=SHOPS,
            topic="file",
        )

    def _was_read(self, reading: PeopleReading) -> None:
        self._reading = reading
        people, source = reading.people, self._path.name if self._path else ""
        over = self.overwrite.isChecked()
        self._say(self.tr("Trying it out, storing nothing…"), "muted")
        self._work.do(
            lambda desk: desk.people_files.take(people, source, dry=True, overwrite=over),
            self._was_tried,
            self._refused,
            owner=self,
        )

    def _was_tried(self, tried: PeopleImport) -> None:
        if self._reading is None:  # something else was chosen meanwhile
            return
        self._tried = tried
        self._say(tried_words(self._reading.rows, tried, len(self._failed_rows())), "")
        self._show_state()

    def _failed_rows(self) -> list[str]:
        faults = [*(self._reading.faults if self._reading else ())]
        faults += self._tried.faults if self._tried else ()
        ordered = sorted(faults, key=lambda fault: fault.row)
        return [fault_words(fault) for fault in ordered]

    def _refused(self, problem: Problem) -> None:
        self._reading = self._tried = None
        self._say(explain(problem).in_one(), "bad")
        self._show_state()

    def _say(self, sentence: str, tone: str) -> None:
        set_tone(self.told, tone)
        self.told.setText(sentence)

    def _show_state(self) -> None:
        tried = self._tried
        count = tried.new + tried.updated if tried else 0
        self.go.setText(
            self.tr("Import %n customer(s)", "", count) if count else self.tr("Import customers")
        )
        self.go.setEnabled(count > 0)
        left = self._failed_rows() if tried else []
        self.faults.setVisible(bool(left))
        self.save_faults.setVisible(bool(left))
        self.faults.setPlainText("\n".join(left[:_MOST_FAULTS]))
        known = self.table.rowCount() > 0
        self.table.setVisible(known)
        for field in (self.profile, self.keep_as):
            field.setEnabled(known)

    def _import(self) -> None:
        reading, name = self._reading, mapping_name(self.keep_as.text())
        if reading is None or self._path is None:
            return
        source, over = self._path.name, self.overwrite.isChecked()
        seen = self._profiles.get(name, {})
        self.go.setEnabled(False)
        self._say(self.tr("Importing…"), "muted")

        def refused(problem: Problem) -> None:
            if problem.kind is not ProblemKind.CHANGED_MEANWHILE:
                self._refused(problem)
                return
            self._work.ask(
                lambda desk: (desk.people_files.profiles(), desk.people_files.last_saved(name)),
                lambda found: self._kept_meanwhile(name, *found),
                self._refused,
                owner=self,
            )

        self._work.do(
            lambda desk: _taken(desk, reading, source, (name, seen), over),
            self._imported,
            refused,
            owner=self,
        )

    def _kept_meanwhile(
        self, name: str, profiles: dict[str, PeopleMapping], last: LastEdit | None
    ) -> None:
        """A colleague kept another mapping under that name; nothing is imported yet."""
        seen, self._profiles = self._profiles, profiles
        self._say(self.tr("Nothing is imported yet."), "muted")
        self._show_state()
        if self._reading is not None:
            both = mappings(name, seen, profiles, self._reading.mapping)
            self.asked = ask_both(self, both, last, self._import)
            self.asked.rejected.connect(self.keep_as.clear)

    def _imported(self, done: PeopleImport) -> None:
        self.imported.emit(done)
        self.accept()

    def _save_faults(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save these rows"), "left-out.csv", self.tr("Table (*.csv)")
        )
        if chosen:
            self.write_faults(Path(chosen))

    def write_faults(self, path: Path) -> None:
        """The rows as they were and why, to be mended and imported alone."""
        reading, tried = self._reading, self._tried
        if reading is None or tried is None:
            return
        try:
            write_left_out(path, reading, (*reading.faults, *tried.faults), self.tr("Why"))
        except OSError as error:
            self._say(explain(writing_problem(path, error)).in_one(), "bad")


def _taken(
    desk: Desk,
    reading: PeopleReading,
    source: str,
    keep_as: tuple[str, PeopleMapping],
    overwrite: bool,
) -> PeopleImport:
    name, seen = keep_as
    if name and reading.mapping:
        desk.people_files.save_profile(name, reading.mapping, seen)
    return desk.people_files.take(reading.people, source, overwrite=overwrite)
