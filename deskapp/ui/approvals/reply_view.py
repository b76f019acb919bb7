"""One reply that waits, or what became of it: as handed in, as sent, and the difference."""

from collections.abc import Mapping
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QByteArray, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QTabBar, QTextBrowser, QVBoxLayout, QWidget

from deskapp.domain.approvals import ApprovalState, Reviewed
from deskapp.domain.reply_changes import Version, altered, is_other, version_of
from deskapp.domain.rich_reader import read_draft
from deskapp.domain.rich_text import write_html
from deskapp.ui.pieces.labels import label
from deskapp.ui.theme import theme

from .told import changes_html, goes_told, round_told, spoken_changes

_WAITS = ApprovalState.WAITING


class Page(IntEnum):
    CHANGES, AFTER, BEFORE = range(3)


class ReplyView(QWidget):
    """Nothing is edited here. ``altered_words``: the difference, spoken."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: Reviewed | None = None
        self.altered_words = ""
        self.heading = label("", size="card", wrap=True)
        self.facts = label("", tone="muted", wrap=True)
        self.goes = label("", wrap=True)
        self.rounds = label("", tone="muted", wrap=True)
        self.news = label("", tone="warn", wrap=True)
        self.editing = label("", tone="warn", wrap=True)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for name in (self.tr("What was changed"), "", self.tr("As it was handed in")):
            self.tabs.addTab(name)
        self.tabs.setAccessibleName(self.tr("Which version of the reply"))
        self.text = _Text()
        self.tabs.currentChanged.connect(self._show_page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (
            *(self.heading, self.facts, self.rounds, self.editing, self.news, self.goes, self.tabs),
        ):
            column.addWidget(part)
        column.addWidget(self.text, 1)
        theme().changed.connect(self._show_page)

    def show_reply(
        self, found: Reviewed | None, news: str = "", images: Mapping[str, QImage] | None = None
    ) -> None:
        """``news``: what is new on its ticket since; ``images``: what its text shows, by name."""
        self._found = found
        self.text.images = dict(images or {})
        row = None if found is None else found.row
        said = self.tr("The reply of {who}").replace("{who}", row.writer_name) if row else ""
        self.heading.setText(said)
        about = self.tr("Ticket {number}: {subject}")
        facts = about.replace("{number}", str(row.number)) if row else ""
        self.facts.setText(facts.replace("{subject}", row.subject) if row else "")
        rounds = () if found is None or _is_first(found) else found.rounds
        self.rounds.setText("\n".join(map(round_told, rounds)))
        names = ", ".join(found.editing) if found is not None else ""
        edit = self.tr("Edited just now by {names}").replace("{names}", names)
        self.editing.setText(edit if names and row is not None and row.state is _WAITS else "")
        self.news.setText(news)
        after = self._after
        changed = row is not None and after is not None and is_other(row.given, after)
        for page in (Page.CHANGES, Page.AFTER):
            self.tabs.setTabVisible(page, changed)
        self.tabs.setVisible(changed)
        mine = row is not None and row.state is _WAITS
        proposed = row is not None and row.state is ApprovalState.RETURNED
        self.tabs.setTabText(
            Page.AFTER,
            self.tr("My version")
            if mine
            else self.tr("As it was proposed")
            if proposed
            else self.tr("As it was sent"),
        )
        self.tabs.setCurrentIndex(Page.CHANGES if changed else Page.BEFORE)
        for words in (self.heading, self.facts, self.rounds, self.editing, self.news):
            words.setVisible(bool(words.text()))
        self._show_page()

    @property
    def _after(self) -> Version | None:
        """What was sent or proposed; of a reply that waits, the senior's own version."""
        found = self._found
        if found is None:
            return None
        if found.row.state is _WAITS:
            return None if found.mine is None else version_of(found.mine)
        return found.row.final

    def _show_page(self) -> None:
        found, after = self._found, self._after
        page = self.tabs.currentIndex()
        self.altered_words = ""
        if found is None:
            self.text.setHtml("")
            self.goes.setText("")
        elif page == Page.CHANGES and after is not None:
            what = altered(found.row.given, after)
            self.altered_words = spoken_changes(what)
            self.text.setHtml(changes_html(what, theme().colours))
            self.goes.setText(goes_told(after))
        else:
            shown = after if page == Page.AFTER and after is not None else found.row.given
            self.text.setHtml(write_html(read_draft(shown.body, shown.html)))
            self.goes.setText(goes_told(shown))
        self.text.setAccessibleDescription(self.altered_words)
        self.text.setAccessibleName(self.tabs.tabText(page))
        self.goes.setVisible(bool(self.goes.text()))


class _Text(QTextBrowser):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.images: dict[str, QImage] = {}

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Never None, for which Qt would look for a file."""
        url = name if isinstance(name, QUrl) else QUrl(name)
        if kind == QTextDocument.ResourceType.ImageResource.value and url.scheme() == "cid":
            return self.images.get(url.path(), QImage())
        return QByteArray()


def _is_first(found: Reviewed) -> bool:
    """Whether nothing was said about it yet: its one round waits."""
    return len(found.rounds) == 1 and found.row.state is _WAITS
