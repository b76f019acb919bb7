"""The composer's parts and where they stand."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from deskapp.ui.approvals.strip import ApprovalStrip
from deskapp.ui.pieces.buttons import IconButton, push_button
from deskapp.ui.pieces.labels import ElidedLabel, label, plain_tip
from deskapp.ui.pieces.notice import Notice
from deskapp.ui.work import Work

from .editor import Editor
from .files_row import FilesRow
from .format_bar import FormatBar
from .head_parts import HeadNote
from .must_know import MustKnowLine
from .order_line import OrderLine
from .preview_page import PreviewPage
from .quote_button import QuoteButton
from .recipients import Recipients
from .send_button import SendButton
from .signature_line import SignatureLine
from .undo_bar import UndoBar

_EDITOR_PART = 0.4
_KEY_HINT_FROM, _PREVIEW_FROM, _QUOTE_FROM, _CANNED_FROM = 560, 420, 400, 440


class ToButton(QPushButton):
    """Says in one line who gets the reply; pressed, it opens the fields."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "to")
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._whole = ""

    def say(self, whole: str) -> None:
        self._whole = whole
        self.setAccessibleName(whole)
        self.setToolTip(plain_tip(whole))
        self._cut()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        room = self.width() - 12
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))


class Layout:
    """All widgets of the composer, built once. What they do is said in ``composer.py``."""

    def __init__(self, owner: QWidget, work: Work) -> None:
        tr = owner.tr
        self.undo = UndoBar()
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.addTab(tr("Reply"))
        self.tabs.addTab(tr("Note"))
        self.tabs.addTab(tr("Forward"))
        self.tabs.addTab(tr("To approve"))
        self.hands_on = False  # what is forwarded goes along whole: nothing to quote
        self.tabs.setAccessibleName(tr("Reply to the customer, or note for colleagues"))
        self.to = ToButton()
        self.canned = push_button("", _nothing, kind="quiet")
        self._canned_words = tr("; canned reply")
        self.canned.setAccessibleName(tr("Insert a canned reply"))
        self.canned.setToolTip(tr("Insert a canned reply (F8, or ; and its name)"))
        self.recipients = Recipients(work)
        self.recipients.hide()
        self.head_note = HeadNote()
        self.must_know = MustKnowLine()
        self.order = OrderLine()
        self.together = Notice()  # about a colleague who writes here too
        self.approval = ApprovalStrip()
        self.aside = Notice()  # about a reply of one's own that is open beside this one
        self.notice = Notice()
        self.editor = Editor()
        for strip in (self.together, self.approval, self.aside, self.notice):
            strip.left.connect(self.editor.setFocus)
        self.approval.returned.connect(self.notice.typed)  # that it was handed in is past
        self.format_bar = FormatBar(self.editor)
        self.format_bar.hide()
        self.signature = SignatureLine()
        self.preview_page = PreviewPage(work)
        self.preview_page.hide()
        self.files = FilesRow()
        self.state = ElidedLabel(tone="muted", size="small")
        self.attach = IconButton("attach", tr("Attach files (Ctrl+Shift+L)"))
        self.forms = IconButton("format", tr("Bold, lists, links and more"))
        self.forms.setCheckable(True)
        self.quote = QuoteButton()
        self.preview = push_button(tr("Preview"), _nothing, kind="quiet")
        self.preview.setCheckable(True)
        self.preview.setToolTip(tr("See exactly what leaves (Ctrl+Shift+P)"))
        self.more = IconButton("more", tr("More for this reply"))
        self.more_menu = QMenu(self.more)
        self.more.setMenu(self.more_menu)
        self.more.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        self.key = label(tr("Ctrl+Enter"), size="small", tone="muted")
        self.send = SendButton()
        self._place(owner)

    def _place(self, owner: QWidget) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.tabs)
        head.addWidget(self.to, 1)
        head.addWidget(self.canned)
        foot = QHBoxLayout()
        foot.setSpacing(3)
        for part in (self.attach, self.forms, self.quote, self.preview, self.more):
            foot.addWidget(part)
        foot.addWidget(self.state, 1)
        foot.addWidget(self.key)
        foot.addSpacing(2)
        foot.addWidget(self.send)
        self.body = QWidget()
        inside = QVBoxLayout(self.body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addLayout(head)
        inside.addWidget(self.recipients)
        inside.addWidget(self.head_note)
        inside.addWidget(self.must_know)
        inside.addWidget(self.order)
        inside.addWidget(self.together)
        inside.addWidget(self.approval)
        inside.addWidget(self.aside)
        inside.addWidget(self.notice)
        inside.addWidget(self.format_bar)
        inside.addWidget(self.editor)
        inside.addWidget(self.signature)
        inside.addWidget(self.preview_page)
        inside.addWidget(self.files)
        inside.addLayout(foot)
        column = QVBoxLayout(owner)
        column.setContentsMargins(20, 10, 20, 12)
        column.setSpacing(8)
        column.addWidget(self.undo)
        column.addWidget(self.body)
        QWidget.setTabOrder(self.tabs, self.editor)

    def room_is(self, window_px: int, signed: int) -> None:
        """The pane around it has another height, with room for ``signed`` lines of signature."""
        self.signature.keep_to(signed)
        self.editor.keep_under(int(window_px * _EDITOR_PART))

    def resized(self, window_px: int, *, note: bool) -> None:
        """The composer or the window around it has another size."""
        self.fold(note=note)
        self.editor.keep_under(int(window_px * _EDITOR_PART))

    def fold(self, *, note: bool) -> None:
        """What a narrow composer leaves out stands in its menu too; notes have no preview."""
        owner = self.body.parentWidget()
        width = self.body.width() if owner is None else owner.width()
        self.canned.setText(self._canned_words if width >= _CANNED_FROM else ";")
        self.key.setVisible(width >= _KEY_HINT_FROM)
        self.preview.setVisible(width >= _PREVIEW_FROM and not note)
        self.quote.setVisible(width >= _QUOTE_FROM and not note and not self.hands_on)

    def show_preview(self, preview: bool) -> None:
        """The preview in the editor's place, at least as tall, or the editor again."""
        self.preview_page.setMinimumHeight(max(self.editor.height(), 180))
        self.preview_page.setVisible(preview)
        if preview:
            self.preview_page.done.setFocus()
            self.format_bar.hide()
            self.signature.hide()
        self.editor.setVisible(not preview)


def _nothing() -> None:
    """Buttons that get their action later, from ``composer.py``."""
