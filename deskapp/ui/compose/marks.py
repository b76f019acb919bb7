"""What is marked in a text while it is written: places without a value, values filled in, links,
code, and words that a spell checker does not know.

All of it is paint and never part of the text, and only lines that change are looked at.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol, runtime_checkable

from PySide6.QtGui import (
    QColor,
    QFont,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from deskapp.domain.placeholders import find_unresolved
from deskapp.ui.theme import theme

from .places import to_qt
from .rich_document import CODE, CODE_BLOCK, FILLED, QUOTE, fragments

_MOST_SUGGESTIONS = 6


class Checker(Protocol):
    """A spell checker. The program ships no dictionary; whoever has one hands it to ``Marks``."""

    def wrong_words(self, text: str, language: str) -> Iterable[tuple[int, int]]:
        """The places of unknown words in one line, (start, end) in characters. ``language``: the
        tag of what is written, "" where nobody knows."""


@runtime_checkable
class Suggesting(Protocol):
    """A checker that also knows what was meant."""

    def suggestions(self, word: str, language: str) -> Sequence[str]:
        """Words for an unknown one, the likeliest first."""


class Marks(QSyntaxHighlighter):
    """Kept by the editor for its document."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._checker: Checker | None = None
        self._language = ""
        theme().changed.connect(self.rehighlight)

    def check_spelling(self, checker: Checker | None) -> None:
        """Another checker; None looks at no spelling."""
        self._checker = checker
        self.rehighlight()

    def use_language(self, language: str) -> None:
        """What is written from now on."""
        if language != self._language:
            self._language = language
            if self._checker is not None:
                self.rehighlight()

    def unknown_at(self, line: str, place: int) -> tuple[int, int] | None:
        """The unknown word of a line that a place is in or beside, in characters."""
        if self._checker is None:
            return None
        found = self._checker.wrong_words(line, self._language)
        return next(((first, last) for first, last in found if first <= place <= last), None)

    def suggested(self, word: str) -> Sequence[str]:
        """What the checker would write instead."""
        checker: object = self._checker
        if not isinstance(checker, Suggesting):
            return ()
        return checker.suggestions(word, self._language)[:_MOST_SUGGESTIONS]

    def highlightBlock(self, text: str) -> None:
        block = self.currentBlock()
        form = block.blockFormat()
        if form.boolProperty(QUOTE):
            self.setFormat(0, block.length(), _ink(theme().colour("muted")))
        if form.boolProperty(CODE_BLOCK):
            fixed = QTextCharFormat()
            fixed.setFontFamilies(theme().fonts.fixed().families())
            fixed.setBackground(theme().colour("sunken"))
            self.setFormat(0, block.length(), fixed)
        if self._checker is not None:
            self._spell(text, self._checker)
        for words, kind, start in fragments(block):
            self._mark_form(words, kind, start)
        if "⟦" in text or "{" in text:
            for mark in find_unresolved(text):
                start, end = to_qt(text, mark.start), to_qt(text, mark.end)
                self.setFormat(start, end - start, _unresolved())

    def _mark_form(self, words: str, kind: QTextCharFormat, start: int) -> None:
        colours = theme()
        if kind.anchorHref():
            link = _ink(colours.colour("accent"))
            link.setFontUnderline(True)
            self.setFormat(start, to_qt(words, len(words)), link)
        elif kind.boolProperty(CODE):
            ground = QTextCharFormat()
            ground.setBackground(colours.colour("sunken"))
            self.setFormat(start, to_qt(words, len(words)), ground)
        filled = str(kind.property(FILLED) or "")
        at = words.find(filled) if filled else -1
        while at >= 0:  # no longer there as it was filled in: somebody has edited it
            tint = _ink(colours.colour("accent"))
            tint.setBackground(colours.colour("accent_soft"))
            self.setFormat(start + to_qt(words, at), to_qt(filled, len(filled)), tint)
            at = words.find(filled, at + len(filled))

    def _spell(self, text: str, checker: Checker) -> None:
        wave = QTextCharFormat()
        wave.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
        wave.setUnderlineColor(theme().colour("bad"))
        for first, last in checker.wrong_words(text, self._language):
            start = to_qt(text, first)
            self.setFormat(start, to_qt(text, last) - start, wave)


def mark_unresolved(edit: QPlainTextEdit) -> list[QTextEdit.ExtraSelection]:
    """The places of a text that is only shown which still need a value."""
    text, marks = edit.toPlainText(), []
    for mark in find_unresolved(text):
        shown = QTextEdit.ExtraSelection()
        shown.cursor = QTextCursor(edit.document())
        shown.cursor.setPosition(to_qt(text, mark.start))
        shown.cursor.setPosition(to_qt(text, mark.end), QTextCursor.MoveMode.KeepAnchor)
        shown.format = _unresolved()
        marks.append(shown)
    return marks


def _unresolved() -> QTextCharFormat:
    made = _ink(theme().colour("warn"))
    made.setBackground(theme().colour("note"))
    made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
    made.setFontWeight(QFont.Weight.Normal)
    return made


def _ink(colour: QColor) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(colour)
    return made
