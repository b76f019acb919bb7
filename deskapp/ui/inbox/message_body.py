"""The text of one message, as high as it needs. Showing it runs nothing and fetches nothing."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QByteArray, QPoint, QSizeF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QCursor,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QTextDocument,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget

from deskapp.domain.shown_parts import first_markup, first_text
from deskapp.ui.pieces.labels import plain_tip
from deskapp.ui.theme import theme

from .links import told_of_link
from .mail_document import (
    LEADING,
    ORDER_SCHEME,
    linked_words,
    mark_orders,
    needed_width,
    put_text,
    settle_html,
)
from .mail_markup import fit_images, legible, single_breaks

_PAPER_MARGIN = 12
_LEAST_SHARE = 0.25  # of a picture's width
_TRIES = 3
_NO_QUOTE = 1 << 40
FOLDED, _WORTH = 324, 140  # pixels that stay of a long text, and how many more make it long


class MessageBody(QTextBrowser):
    """``order_clicked`` carries an order number, ``link_clicked`` (address, the words shown).

    Of a long text only the first part is laid out; ``has_more`` then, and ``show_more`` adds one.
    ``shortened`` carries how many lines ``fold_long`` hides, whenever that changes.
    """

    order_clicked = Signal(str)
    link_clicked = Signal(str, str)
    shortened = Signal(int)

    def __init__(self, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "mail")
        self.setProperty("paper", False)
        self._images: dict[str, QImage] = {}
        self._on_paper, self._shrunk, self._held_open = False, 1.0, ""
        self._rest, self._language, self._quoted_from = "", "", _NO_QUOTE
        self._pressed = QPoint()
        self._folds_long, self._cut_lines = False, 0
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.document().setDocumentMargin(0)
        self.resize(width, 20)  # so that the first layout is already the right one
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.anchorClicked.connect(self._clicked)
        self.highlighted.connect(self._hovered)

    def show_text(self, text: str, language: str, quoted_from: int | None = None) -> None:
        """Plain text, exactly as written; from ``quoted_from`` on it is somebody's quote."""
        self._set_paper(False)
        self._language, self._held_open = language, ""
        self._quoted_from = _NO_QUOTE if quoted_from is None else quoted_from
        self.document().setDefaultFont(theme().fonts.text(language=language))
        first, self._rest = first_text(text)
        self.document().clear()
        put_text(self.document(), first, theme().colours, self._quoted_from)
        self.moveCursor(QTextCursor.MoveOperation.Start)  # it went along with what was put in
        self._quoted_from -= len(first)
        self._fit()

    def show_html(self, html: str, images: Mapping[str, QImage], language: str) -> None:
        """A cleaned tree on white paper. ``images`` are the mail's own, by Content-ID."""
        self._set_paper(True)
        look = theme()
        self._images, self._language = dict(images), language
        self.document().setDefaultFont(look.fonts.text(language=language))
        self.document().setDefaultStyleSheet(
            f"a {{ color: {look.colours.ink_link}; }} p.tight {{ margin-top: 0; margin-bottom: 0 }}"
        )
        first, self._rest = first_markup(html)
        self._shrunk = 1.0
        self.setHtml(self._fitting(first))
        self._settle()
        self._held_open = first if "<img" in first else ""
        self._give_way()

    def _give_way(self) -> None:
        """Pictures that hold a table open beyond the card become smaller, once for a text. Qt
        lays nothing out before it is shown, so the widths are known then."""
        markup = self._held_open
        for _ in range(_TRIES):
            needed = needed_width(self.document())
            if not self._held_open or needed <= self.width() + 1 or self._shrunk <= _LEAST_SHARE:
                return
            self._shrunk = max(_LEAST_SHARE, 0.98 * self._shrunk * self.width() / needed)
            self._held_open = ""  # showing it may resize this, which asks again
            self.setHtml(self._fitting(markup))
            self._settle()
            self._held_open = markup
        self._held_open = ""

    def fold_long(self, folded: bool) -> None:
        """Whether only the beginning of a long text stands on the card."""
        if folded != self._folds_long:
            self._folds_long = folded
            self.verticalScrollBar().setValue(0)
            self._fit()

    @property
    def has_more(self) -> bool:
        """Whether a part of the text is not laid out yet."""
        return bool(self._rest)

    def show_more(self) -> None:
        """Adds the next part below what is shown."""
        self._held_open = ""
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        if not self._on_paper:
            first, self._rest = first_text(self._rest)
            put_text(self.document(), first, theme().colours, max(self._quoted_from, 0))
            self._quoted_from -= len(first)
            self._fit()
            return
        first, self._rest = first_markup(self._rest)
        cursor.insertBlock()
        cursor.insertHtml(self._fitting(first))
        self._settle()

    def _room(self) -> int:
        return self.width() - 2 * int(self.document().documentMargin())

    def _fitting(self, markup: str) -> str:
        colours = theme().colours
        lines = legible(single_breaks(markup), colours.ink, colours.paper)
        return fit_images(lines, self._room(), self._shrunk)

    def _settle(self) -> None:
        settle_html(self.document(), self._room())
        mark_orders(self.document(), theme().colours)
        self._fit()

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Answers only pictures that came inside this mail; anything else is an empty one.

        Never None: Qt would then look for a file, and ask again at every repaint.
        """
        url = name if isinstance(name, QUrl) else QUrl(name)
        if kind == QTextDocument.ResourceType.ImageResource.value:
            if url.scheme().lower() == "cid":
                found = self._images.get(url.path(QUrl.ComponentFormattingOption.FullyDecoded))
                return _fitted(found, int(self._room() * self._shrunk)) if found else _nothing()
            return _nothing()
        return QByteArray()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._on_paper:
            painter = QPainter(self.viewport())
            painter.fillRect(event.rect(), theme().colour("paper"))
            painter.end()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_way()
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the conversation scrolls, not one message in it

    def _set_paper(self, paper: bool) -> None:
        self._on_paper = paper
        margin = _PAPER_MARGIN if paper and theme().colours.dark else 0
        self.document().setDocumentMargin(margin)
        self.setHorizontalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAsNeeded if paper else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        # The style sheet's colour wins over any palette, so it has to know of the paper.
        if self.property("paper") != paper:
            self.setProperty("paper", paper)
            self.style().unpolish(self)
            self.style().polish(self)

    def _fit(self, _size: QSizeF | None = None) -> None:
        layout = self.document().documentLayout()
        needed = layout.documentSize()
        height = int(needed.height()) + 1
        if self._on_paper and needed.width() > self.viewport().width() + 1:
            height += self.horizontalScrollBar().sizeHint().height()
        height = self._folded(height)
        if height != self.height() or height != self.minimumHeight():
            self.setFixedHeight(height)

    def _folded(self, height: int) -> int:
        """The height that is shown of a text that needs ``height``."""
        is_cut = self._folds_long and height > FOLDED + _WORTH
        line = self.fontMetrics().lineSpacing() + LEADING
        lines = max((height - FOLDED) // line, 1) if is_cut else 0
        if lines != self._cut_lines:
            self._cut_lines = lines
            self.shortened.emit(lines)
        return FOLDED if is_cut else height

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def _clicked(self, url: QUrl) -> None:
        if url.scheme() == ORDER_SCHEME:
            self.order_clicked.emit(url.path(QUrl.ComponentFormattingOption.FullyDecoded))
            return
        chosen = self.textCursor()  # the keyboard selects the link it opens
        words = chosen.selectedText() or linked_words(self.cursorForPosition(self._pressed))
        self.link_clicked.emit(url.toString(QUrl.ComponentFormattingOption.FullyEncoded), words)

    def _hovered(self, url: QUrl) -> None:
        if url.isEmpty() or url.scheme() == ORDER_SCHEME:
            self.setToolTip("")
            return
        under = self.cursorForPosition(self.viewport().mapFromGlobal(QCursor.pos()))
        address = url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
        told = told_of_link(address, linked_words(under))
        self.setToolTip(plain_tip(told))


def _nothing() -> QImage:
    image = QImage(1, 1, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    return image


def _fitted(image: QImage, width: int) -> QImage:
    """Not wider than the message: a photo straight from a telephone is."""
    if width <= 0 or image.width() <= width:
        return image
    return image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
