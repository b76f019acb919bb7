"""Words that scroll where they have no room, whole lines of them in sight."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea

_LINES, _LOW_LINES = 9, 4  # at most; at least where the window is low
_LOW = 800  # px of a window
_RING = 1  # px around what scrolls


class WordsRoom(QScrollArea):
    """Around wrapped words: as high as they need, but no higher than some lines.

    Wrapped words alone are painted cut where a window is low.
    """

    def __init__(self, words: QLabel) -> None:
        super().__init__()
        self._words, self._wanted, self._width = words, 0, 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setWidget(words)
        words.setAutoFillBackground(False)  # the ground is that of the notice
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def fit(self, width: int) -> None:
        """Takes the height that the words have at that many pixels."""
        line = self._words.fontMetrics().lineSpacing()
        tall = self._tall(width)
        self._wanted = min(tall, _LINES * line) + 2 * _RING
        least = _LINES if self.window().height() >= _LOW else _LOW_LINES
        self.setMinimumHeight(min(tall, least * line) + 2 * _RING)
        self.setMaximumHeight(self._wanted)
        self.setAccessibleName(self._words.text())
        self.updateGeometry()

    def _tall(self, width: int) -> int:
        self._words.ensurePolished()
        # -1 without words
        return max(0, self._words.heightForWidth(max(width - 2 * _RING, 1)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What was reckoned before it had its place may have been another width."""
        super().resizeEvent(event)
        if self.width() != self._width:
            self._width = self.width()
            self.fit(self._width)
        self._say_bar()

    def showEvent(self, event: QShowEvent) -> None:
        """While it was hidden a bar was neither put up nor taken off."""
        super().showEvent(event)
        self._say_bar()

    def _say_bar(self) -> None:
        """One that Qt needed for a moment takes width from the words, and so would stay."""
        bars, keys = Qt.ScrollBarPolicy, Qt.FocusPolicy
        scrolls = self._tall(self.width()) + 2 * _RING > self.height()
        bar = bars.ScrollBarAsNeeded if scrolls else bars.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(bar)
        self.setFocusPolicy(keys.StrongFocus if scrolls else keys.NoFocus)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._wanted)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.minimumHeight())
