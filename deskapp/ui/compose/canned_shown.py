"""A canned reply as it would be put in: its languages, its text for this ticket, what it does."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from deskapp.ui.canned.doing import actions_words, borrowed_words, files_words, questions_words
from deskapp.ui.pieces.labels import label

from .canned_languages import LanguageButtons
from .filling import Filled
from .marks import mark_unresolved


class CannedShown(QWidget):
    """The right side of the picker."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.languages = LanguageButtons()
        self.preview = QPlainTextEdit()
        self.preview.setReadOnly(True)
        self.preview.setProperty("role", "preview")
        self.preview.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.preview.setAccessibleName(self.tr("Preview for this ticket"))
        self.borrowed = label(size="small", tone="warn", wrap=True)
        self.borrowed.hide()
        self.does = label(size="small", tone="accent", wrap=True)
        self.foot = label(size="small", tone="muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.languages)
        column.addWidget(self.preview, 1)
        column.addWidget(self.borrowed)
        column.addWidget(self.does)
        column.addWidget(self.foot)

    def show_filled(self, filled: Filled, languages: Sequence[str], *, asking: bool) -> None:
        """``asking``: its questions are on screen, and answers are being typed."""
        self.languages.show_languages(languages, filled.language, filled.wanted)
        self.preview.setPlainText(filled.readable)
        self.preview.setExtraSelections(mark_unresolved(self.preview))
        self._say_borrowed(borrowed_words(filled.borrowed, filled.language))
        does = filter(
            None, (files_words(filled.hung), actions_words(filled.actions, filled.colleague))
        )
        self._say_below("\n".join(does), self._hint(filled, asking))

    def say(self, sentence: str) -> None:
        """There is nothing to show, and why."""
        self.languages.show_languages((), "", "")
        self.preview.clear()
        self._say_borrowed("")
        self._say_below("", sentence)

    def show_hint(self, filled: Filled, *, asking: bool) -> None:
        self.foot.setText(self._hint(filled, asking))

    def _hint(self, filled: Filled, asking: bool) -> str:
        left = sum(not one.name.startswith("ask.") for one in filled.unresolved)
        open_places = self.tr("%n place(s) to fill in by hand.", "", left) if left else ""
        if asking:
            hint = self.tr("Enter puts it in, Tab goes on, Esc leads back.")
        elif filled.questions:
            hint = f"{questions_words(filled.questions)}. " + self.tr("Enter goes on.")
        else:
            hint = self.tr("Enter puts it in at the caret.")
        return " ".join(filter(None, (open_places, hint)))

    def _say_borrowed(self, sentence: str) -> None:
        self.borrowed.setText(sentence)
        self.borrowed.setVisible(bool(sentence))

    def _say_below(self, does: str, sentence: str) -> None:
        self.does.setText(does)
        self.does.setVisible(bool(does))
        self.foot.setText(sentence)
