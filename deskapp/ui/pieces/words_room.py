"""Words that scroll where they have no room, whole lines of them in sight."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea

_LINES, _LEAST_LINES = 9, 2
_RING = 1  # px around what scrolls


class WordsRoom(QScrollArea):
    """Around wrapped words: as high as they need, but no higher than some lines.

    Wrapped words alone are painted cut where a window is low.
    """

    def __init__(self, words: QLabel) -> None:
        super().__init__()
        self._words, self._wanted = words, 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setWidget(words)
        words.setAutoFillBackground(False)  # the ground is that of the notice
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().rangeChanged.connect(self._follow)

    def fit(self, width: int) -> None:
        """Takes the height that the words have at that many pixels."""
        self._words.ensurePolished()
        line = self._words.fontMetrics().lineSpacing()
        # -1 without words
        tall = max(0, self._words.heightForWidth(max(width - 2 * _RING, 1)))
        self._wanted = min(tall, _LINES * line) + 2 * _RING
        self.setMinimumHeight(min(tall, _LEAST_LINES * line) + 2 * _RING)
        self.setMaximumHeight(self._wanted)
        self.setAccessibleName(self._words.text())
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._wanted)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.minimumHeight())

    def _follow(self, _lowest: int, highest: int) -> None:
        """Tab stops here only where there is something to scroll."""
        policy = Qt.FocusPolicy
        self.setFocusPolicy(policy.StrongFocus if highest else policy.NoFocus)
