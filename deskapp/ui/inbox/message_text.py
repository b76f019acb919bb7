"""The text of a message on its card: folded or whole, with its pictures, part by part if long."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QLabel, QVBoxLayout

from deskapp.domain.kinds import Direction
from deskapp.domain.links import read_mail_link
from deskapp.domain.mail import UnreadableMail
from deskapp.domain.tickets import MessageRow
from deskapp.ui.pieces.labels import label
from deskapp.ui.pieces.late_buttons import LateButtons
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work

from .browser_page import browser_page, forget_later, keep_for_browser
from .card_beside import look_up_beside
from .links import follow_link
from .message_body import FOLDED, MessageBody
from .message_source import MessageSource
from .picture_bar import LoadedPage, PictureBar
from .picture_decode import decode_pictures, embedded_pictures, has_embedded, with_places
from .quoted import quoted_lines, quoted_start

if TYPE_CHECKING:
    from deskapp.desk import Desk

_CUT_MARK = '<hr class="cut">'
_BLOCKED = 'class="blocked-image"'
_ALL, _MORE, _FOLD = range(3)  # the buttons below the text


class MessageText(QObject):
    """Body, folding buttons, "Show the rest" and the line about pictures; a card lays them out.

    ``unfolding`` comes before the text becomes longer or shorter because the reader wants it,
    ``written`` after it was written anew: marks in it are gone then.
    ``fold_long``: only the beginning of a long text is shown until the reader wants all.
    """

    unfolding = Signal()
    written = Signal()

    def __init__(
        self,
        message: MessageRow,
        source: MessageSource,
        width: int,
        work: Work,
        shell: ShellActions,
        *,
        fold_long: bool = False,
    ) -> None:
        super().__init__()
        self._message, self._source, self._work, self._shell = message, source, work, shell
        self._html, self._reply_html = message.html, message.reply_html or message.html
        self._images: Mapping[str, QImage] = {}
        self._whole = False
        self.body = MessageBody(max(width, 100))
        self.body.setAccessibleName(_tr("Message text"))
        self.body.order_clicked.connect(self._look_up)
        self.body.link_clicked.connect(self._follow)
        self._buttons = LateButtons(self._show_all, self._show_more, self._toggle)
        self.body.shortened.connect(self._cut_changed)
        self.body.fold_long(fold_long)
        self._column: QVBoxLayout | None = None
        self._cut: QLabel | None = None
        self._pictures = self._picture_bar()

    def _picture_bar(self) -> PictureBar | None:
        count = self._message.html.count(_BLOCKED)
        if not count or self._message.direction is Direction.NOTE:
            return None
        outside = self._shell.outside
        bar = PictureBar(count, self._message.sender, self._source, self._work, outside)
        bar.loaded.connect(self._pictures_loaded)
        return bar

    def lay_out(self, column: QVBoxLayout) -> None:
        """Puts the parts into a card; the card owns them then."""
        if self._pictures is not None:
            column.addWidget(self._pictures)
        column.addWidget(self.body)
        column.addLayout(self._buttons)
        self._column = column

    def start(self) -> None:
        """Shows the text, and asks for the pictures that came with the mail."""
        self.setParent(self.body)
        self.show_content()
        message = self._message
        inline = any(part.inline and part.content_id for part in message.attachments)
        if inline or has_embedded(message.html):
            html, source = message.html, self._source
            self._work.ask(
                lambda desk: decode_pictures(
                    {**(source.images(desk) if inline else {}), **embedded_pictures(html)}
                ),
                self._images_came,
                owner=self.body,
            )

    def least_height(self, width: int) -> int:
        """Rather too little, in pixels: how high a text is, is known when it is laid out."""
        metrics = self.body.fontMetrics()
        letters = max(width // metrics.averageCharWidth(), 1)
        lines = len(self._message.reply_text) // letters + 1
        return min(lines * metrics.height(), FOLDED)

    def show_content(self) -> None:
        """Writes the text anew, as after a change of theme."""
        message, folded = self._message, quoted_lines(self._message)
        words = _tr("quoted text, %n line(s)", folded) if folded else ""
        self._buttons.say(_FOLD, _tr("hide quoted text") if folded and self._whole else words)
        html = self._html if self._whole else self._reply_html
        self._say_cut(html.endswith(_CUT_MARK))
        if html:
            shown = with_places(html) if has_embedded(html) else html
            self.body.show_html(shown.removesuffix(_CUT_MARK), self._images, message.language)
        elif self._whole or not folded:
            start = quoted_start(message) if self._whole else None
            self.body.show_text(message.text.rstrip(), message.language, start)
        else:
            self.body.show_text(message.reply_text.rstrip(), message.language)
        self._say_more()
        self.written.emit()

    def _say_more(self) -> None:
        self._buttons.say(_MORE, _tr("Show the rest") if self.body.has_more else "")

    def _say_cut(self, is_cut: bool) -> None:
        """Below the text, that the mail goes on."""
        if is_cut and self._cut is None and self._column is not None:
            words = _tr("The mail is longer than this. Open it in the browser to read more of it.")
            self._cut = label(words, tone="muted", size="small", wrap=True)
            self._column.insertWidget(self._column.indexOf(self.body) + 1, self._cut)
        if self._cut is not None:
            self._cut.setVisible(is_cut)

    @property
    def hides(self) -> bool:
        """Whether a part of it is not laid out: a quote, or the rest of a very long one."""
        return self.body.has_more or (bool(quoted_lines(self._message)) and not self._whole)

    def show_hidden(self) -> None:
        """The next part of what ``hides``: the rest first, then the quote."""
        if self.body.has_more:
            self._show_more()
        elif self.hides:
            self._toggle()

    def copy(self) -> None:
        """The whole text goes to the clipboard, as it is shown."""
        self.body.selectAll()
        self.body.copy()
        self.body.moveCursor(self.body.textCursor().MoveOperation.Start)

    def open_in_browser(self) -> None:
        """Writes the cleaned page into a private file, which the system's browser opens."""
        message, source, read_page = self._message, self._source, self._shell.outside.read_page

        def write(desk: "Desk") -> Path:
            try:
                cleaned = read_page(source.raw(desk)).html or message.html
            except UnreadableMail:  # read when it came, by an older reader: that page is here
                cleaned = message.html
            written = embedded_pictures(cleaned)
            images = {**source.images(desk), **written}
            return keep_for_browser(browser_page(message, with_places(cleaned), images))

        self._work.ask(write, _open_page, self._shell.trouble, owner=self.body)

    def _toggle(self) -> None:
        self.unfolding.emit()
        self.show_all()
        self._whole = not self._whole
        self.show_content()

    def show_all(self) -> None:
        """A long text is shown whole, as when a word in it was found."""
        self.body.fold_long(False)

    def _show_all(self) -> None:
        self.unfolding.emit()
        self.show_all()

    def _cut_changed(self, lines: int) -> None:
        self._buttons.say(_ALL, _tr("show all, %n more line(s)", lines) if lines else "")

    def _show_more(self) -> None:
        self.unfolding.emit()
        self.body.show_more()
        self._say_more()
        self.written.emit()

    def _images_came(self, images: Mapping[str, QImage]) -> None:
        if images:
            self._images = {**images, **self._images}
            self.show_content()

    def _pictures_loaded(self, loaded: LoadedPage) -> None:
        self._html = loaded.page.html or self._html
        self._reply_html = loaded.page.reply_html or self._html
        self._images = {**self._images, **loaded.images}
        self.show_content()

    def _follow(self, address: str, shown: str) -> None:
        follow_link(self.body.window(), address, shown, write_mail=self._write_mail)

    def _look_up(self, number: str) -> None:
        look_up_beside(self.body, number, self._shell)

    def _write_mail(self, address: str) -> None:
        self._shell.write_mail(read_mail_link(address))


def _open_page(place: Path) -> None:
    forget_later(place)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(place)))


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("MessageText", text, "", count)
