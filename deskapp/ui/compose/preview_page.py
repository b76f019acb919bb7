"""Exactly what leaves: to whom, as a mail program shows it, and as plain text."""

from typing import Any

from PySide6.QtCore import QByteArray, QUrl, Signal
from PySide6.QtGui import QImage, QPaintEvent, QResizeEvent, QTextBlock, QTextDocument, QTextFormat
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPlainTextEdit,
    QStackedWidget,
    QTabBar,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from deskapp.domain.mail import Address
from deskapp.domain.replies import Draft, Preview
from deskapp.ui.inbox.picture_decode import decode_pictures
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import ElidedLabel
from deskapp.ui.theme import theme
from deskapp.ui.work import Work

from .quote_edge import paint_quote_edge
from .room import room_of

_LEAST = 120  # pixels
Answer = tuple[Draft, Preview, dict[str, QImage]]


class Paper(QTextBrowser):
    """The markup of a mail on white, with the pictures that lie in it and no others."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "preview")
        self.setOpenLinks(False)
        self._images: dict[str, QImage] = {}

    def show_mail(self, html: str, images: dict[str, QImage]) -> None:
        self._images = images
        self.document().setDefaultStyleSheet(f"a {{ color: {theme().colours.ink_link}; }}")
        self.setHtml(html)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_quote_edge(self, event, _is_quoted)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Never None, for which Qt would look for a file."""
        url = name if isinstance(name, QUrl) else QUrl(name)
        if kind == QTextDocument.ResourceType.ImageResource.value and url.scheme() == "cid":
            return self._images.get(url.path(), QImage())
        return QByteArray()


class PreviewPage(QWidget):
    """Stands in the editor's place. ``came``: it has something to show; ``back``: write on."""

    came = Signal()
    back = Signal()
    failed = Signal(object)  # Problem

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._fitting = False
        self.head = ElidedLabel(tone="muted")
        self.done = push_button(self.tr("Back to writing"), self.back.emit, kind="quiet")
        self.html = Paper()
        self.html.setAccessibleName(self.tr("The mail that leaves, with its forms"))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setProperty("role", "preview")
        self.text.setAccessibleName(self.tr("The text that leaves"))
        self._pages = QStackedWidget()
        self._pages.addWidget(self.html)
        self._pages.addWidget(self.text)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.addTab(self.tr("Formatted"))
        self.tabs.addTab(self.tr("Plain text"))
        self.tabs.setAccessibleName(self.tr("What the customer's program may show"))
        self.tabs.currentChanged.connect(self._pages.setCurrentIndex)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.tabs)
        row.addWidget(self.head, 1)
        row.addWidget(self.done)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self._pages, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As tall as it may be: it is there to be looked at. The editor has gone by now."""
        super().resizeEvent(event)
        if self.isVisible() and not self._fitting:  # Qt resizes at once, with a layout still old
            self._fitting = True
            self.setMinimumHeight(max(_LEAST, room_of(self)))
            self._fitting = False

    def ask(self, draft: Draft) -> None:
        """Asks the Desk for what this draft would leave as; the last one asked for is shown."""

        def built(desk: Any) -> Answer:
            made: Preview = desk.replies.preview(draft)
            return draft, made, decode_pictures(dict(made.pictures))

        self._work.ask(built, self._show, self.failed.emit, owner=self, topic="preview")

    def _show(self, answer: Answer) -> None:
        draft, made, images = answer
        to, cc = _listed(draft.to), _listed(draft.cc)
        if cc:
            head = self.tr("This leaves, to {to}, Cc {cc}").format(to=to, cc=cc)
        else:
            head = self.tr("This leaves, to {to}").format(to=to or self.tr("nobody yet"))
        self.head.setText(head)
        self.html.show_mail(made.html, images)
        self.text.setPlainText(made.text)
        rich = bool(made.html)
        self.tabs.setVisible(rich)
        self.tabs.setCurrentIndex(self.tabs.currentIndex() if rich else 1)
        self.came.emit()


def _is_quoted(line: QTextBlock) -> bool:
    return line.blockFormat().intProperty(QTextFormat.Property.BlockQuoteLevel.value) > 0


def _listed(people: tuple[Address, ...]) -> str:
    return ", ".join(person.address for person in people)
