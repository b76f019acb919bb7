"""Where a canned reply is written: name, folder, and a text for each language."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import (
    QCompleter,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from deskapp.domain.canned_variables import NAMES, PLACEHOLDERS
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui.canned_faults import template_words
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.form import Form
from deskapp.ui.pieces.labels import ElidedLabel, label, set_tone
from deskapp.ui.pieces.notice import Notice
from deskapp.ui.pieces.scrolled import Scrolled
from deskapp.ui.text import language_name

from .editing import Editing
from .extras import Extras
from .language_tabs import LanguageTabs
from .template_edit import TemplateEdit


class EditorPane(QWidget):
    """Shows one Editing and writes into it. ``touched``: somebody changed something;
    ``text_shown``: the text to preview, and its language."""

    touched = Signal()
    text_shown = Signal(str, str)
    save_wanted = Signal()
    archive_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._editing: Editing | None = None
        self._known: Sequence[str] = ()
        self._showing = False
        self.title = ElidedLabel(size="title")
        self.state = label(size="small", tone="muted")
        self.usage = label(size="small", tone="muted", wrap=True)
        self.usage.hide()
        self.save = push_button(self.tr("Save"), self.save_wanted.emit, kind="primary")
        self.archive = push_button(self.tr("Archive…"), self.archive_wanted.emit)
        self.notice = Notice()
        self.name = QLineEdit()
        self.folder = QLineEdit()
        self._folders = QStringListModel(self)
        completer = QCompleter(self._folders, self.folder)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.folder.setCompleter(completer)
        self.languages = LanguageTabs()
        self.text = TemplateEdit()
        self.text.setMinimumHeight(96)
        self.extras = Extras()
        self.placeholder = push_button(self.tr("Insert placeholder"), self.offer, kind="quiet")
        self.picture = push_button(self.tr("Insert picture…"), self._choose_pictures, kind="quiet")
        self.fault = label(size="small", tone="bad", wrap=True)
        self._menu = QMenu(self)
        self._lay_out()
        self._connect()
        self._fill_menu()

    def show_editing(self, editing: Editing) -> None:
        self._editing = editing
        self._showing = True
        self.name.setText(editing.name)
        self.name.setCursorPosition(0)
        self.folder.setText(editing.folder)
        self.extras.show_editing(editing)
        self.notice.clear()
        self._showing = False
        self.languages.show_texts(editing.texts, self._known, self.languages.current)
        self._language_chosen(self.languages.current)
        self.show_state()

    def know(self, folders: Sequence[str], languages: Sequence[str]) -> None:
        """What other replies use: offered as folder, and marked as missing where it is."""
        self._known = tuple(languages)
        self._folders.setStringList(list(folders))
        if self._editing is not None:
            texts, current = self._editing.texts, self.languages.current
            self.languages.show_texts(texts, self._known, current)

    def show_state(self) -> None:
        """Title, and whether there is something to save."""
        editing = self._editing
        if editing is None:
            return
        self.title.setText(editing.name or self.tr("New canned reply"))
        self.state.setText(self.tr("not saved yet") if editing.unsaved else "")
        self.save.setEnabled(editing.unsaved)
        self.archive.setVisible(editing.kept.id is not None)
        self.languages.mark(editing.texts)

    def show_usage(self, sentence: str, tone: str) -> None:
        """How often it was put in, and what that says about the text."""
        self.usage.setText(sentence)
        self.usage.setVisible(bool(sentence))
        set_tone(self.usage, tone)

    def show_fault(self, problem: Problem | None) -> None:
        """A text that cannot be read: its line, and why."""
        details = problem.details if problem is not None else {}
        line = details.get("line")
        words = ""
        if problem is not None:
            words = self.tr("Line {line}: {why}").format(line=line, why=template_words(problem))
        self.fault.setText(words)
        self.fault.setVisible(bool(words))
        self.text.mark_line(line if isinstance(line, int) else 0)

    def say_problem(self, problem: Problem) -> None:
        """A save that was refused: the place, and the sentence."""
        if problem.kind is ProblemKind.TEMPLATE_ERROR:
            self.show_language(str(problem.details.get("language") or self.languages.current))
            self.show_fault(problem)
            self.notice.say(
                self.tr("Nothing was saved: a placeholder in {language} cannot be read.").format(
                    language=language_name(self.languages.current)
                )
            )
            return
        if problem.details.get("what") == "canned_text":
            self.notice.say(self.tr("Nothing was saved: there is no text in any language yet."))
            self.text.setFocus()
        elif problem.details.get("what") == "name":
            self.notice.say(self.tr("Nothing was saved: it needs a name to be found by."))
            self.name.setFocus()
        else:
            self.notice.say_problem(problem)

    def show_language(self, tag: str) -> None:
        if self._editing is not None:
            self.languages.show_texts(self._editing.texts, self._known, tag)
            self._language_chosen(self.languages.current)

    def offer(self) -> None:
        """The list of placeholders, at its button."""
        self._menu.popup(self.placeholder.mapToGlobal(self.placeholder.rect().bottomLeft()))

    def _choose_pictures(self) -> None:
        filters = self.tr("Pictures (*.png *.jpg *.jpeg *.gif *.webp *.bmp)")
        names, _ = QFileDialog.getOpenFileNames(self, self.tr("Insert pictures"), filter=filters)
        if names:
            self.text.pictures_given.emit([Path(name) for name in names])

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        head.addWidget(self.state)
        head.addWidget(self.archive)
        head.addWidget(self.save)
        form = Form(64)
        form.add(self.tr("Name"), self.name)
        form.add(self.tr("Folder"), self.folder)
        self.text.setAccessibleName(self.tr("Text with placeholders"))
        self.fault.hide()
        below = QHBoxLayout()
        below.addWidget(self.placeholder)
        below.addWidget(self.picture)
        below.addWidget(self.fault, 1)
        below.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 20, 16)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.usage)
        column.addWidget(self.notice)
        whole = QWidget()
        inside = QVBoxLayout(whole)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(10)
        inside.addWidget(form)
        inside.addWidget(self.languages)
        inside.addWidget(self.text, 1)
        inside.addLayout(below)
        inside.addWidget(self.extras)
        column.addWidget(Scrolled(whole, role="surface"), 1)  # a notice above takes its room

    def _connect(self) -> None:
        self.name.textChanged.connect(self._typed)
        self.folder.textChanged.connect(self._typed)
        self.text.touched.connect(self._typed)
        self.extras.touched.connect(self._extras_touched)
        self.languages.chosen.connect(self._language_chosen)
        self.languages.remove_wanted.connect(self._remove_language)

    def _fill_menu(self) -> None:
        for group, names in NAMES.items():
            below = self._menu.addMenu(group)
            for name in names:
                full = f"{group}.{name}"
                below.addAction(full).triggered.connect(partial(self.text.put_in, full))
        for name in (one for one in PLACEHOLDERS if "." not in one):
            self._menu.addAction(name).triggered.connect(partial(self.text.put_in, name))

    def _typed(self) -> None:
        editing = self._editing
        if self._showing or editing is None:
            return
        editing.name = self.name.text()
        editing.folder = self.folder.text()
        tag = self.languages.current
        if tag and (tag in editing.texts or self.text.toPlainText()):
            editing.texts[tag] = self.text.toPlainText()
        self.notice.typed()
        self.show_state()
        self.touched.emit()
        self.text_shown.emit(self.text.toPlainText(), tag)

    def _extras_touched(self) -> None:
        self.notice.typed()
        self.show_state()
        self.touched.emit()

    def _language_chosen(self, tag: str) -> None:
        text = self._editing.texts.get(tag, "") if self._editing is not None else ""
        self.text.setPlaceholderText(
            self.tr("The text in {language}").format(language=language_name(tag))
        )
        self.text.show_text(text)
        self.show_fault(None)
        self.text_shown.emit(text, tag)

    def _remove_language(self, tag: str) -> None:
        editing = self._editing
        if editing is None:
            return
        removed = editing.texts.pop(tag, "")
        self.show_language(tag)
        self._typed()
        said = self.tr("The text in {language} is gone once you save.")
        self.notice.say(
            said.format(language=language_name(tag)),
            (self.tr("Undo"), partial(self._put_back, editing, tag, removed)),
        )

    def _put_back(self, editing: Editing, tag: str, text: str) -> None:
        editing.texts[tag] = text
        if editing is self._editing:
            self.show_language(tag)
            self._typed()
