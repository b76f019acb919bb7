"""Labels that show text as it is: never guessed to be HTML, shortened where it does not fit."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from deskapp.ui.theme import theme


def label(
    text: str = "",
    *,
    size: str = "",
    tone: str = "",
    wrap: bool = False,
    selectable: bool = False,
    parent: QWidget | None = None,
) -> QLabel:
    """A plain-text label. ``size``: small, strong, card, title, group; ``tone``: muted, accent …"""
    made = _Selectable(parent) if selectable else QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)  # a mail's "<img src=file:…>" must stay text
    made.setWordWrap(wrap)
    if size:
        made.setProperty("textSize", size)
    if tone:
        made.setProperty("tone", tone)
    if selectable:
        made.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
    made.setText(text)
    return made


class _Selectable(QLabel):
    """Tab leads to it for its text to be copied; without a text it is passed over."""

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if text else Qt.FocusPolicy.NoFocus)


def set_tone(widget: QWidget, tone: str) -> None:
    """Another colour for a label; the style sheet looks at properties only when told to."""
    if widget.property("tone") != tone:
        widget.setProperty("tone", tone)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


_LONGEST = 2000  # letters; measuring a name of 60 000 takes Qt seconds


class ElidedLabel(QLabel):
    """One line that ends in "…" where there is no room; the whole text is in the tool tip."""

    def __init__(
        self,
        text: str = "",
        *,
        size: str = "",
        tone: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.note = ""  # the tool tip where the text is shown whole
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if size:
            self.setProperty("textSize", size)
        if tone:
            self.setProperty("tone", tone)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(text if len(text) <= _LONGEST else text[:_LONGEST] + "…")

    def say(self, text: str, language: str = "") -> None:
        """Shows ``text`` in the face of its language."""
        if language:
            self.ensurePolished()  # the style sheet's size and weight stay
            self.setFont(theme().fonts.in_language(self.font(), language))
        self.setText(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        whole = self.text().replace("\n", " ")
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideRight, room.width())
        tip = "\n".join(part for part in (whole if shown != whole else "", self.note) if part)
        if tip != self.toolTip():
            self.setToolTip(plain_tip(tip))
        painter = QPainter(self)
        self.style().drawItemText(
            painter,
            room,
            int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft),
            self.palette(),
            self.isEnabled(),
            shown,
            QPalette.ColorRole.WindowText,
        )
        painter.end()


def plain_tip(text: str) -> str:
    """``text`` for a tool tip, which has no plain-text switch: Qt guesses, by a "<" that begins a
    tag or a "&lt;". An invisible sign behind them keeps it from finding either."""
    return text.replace("<", "<\u200b").replace("&lt;", "&\u200blt;")


def no_mnemonic(text: str) -> str:
    """``text`` for a button or a menu, where one "&" would vanish and underline a letter."""
    return text.replace("&", "&&")
