"""A page that scrolls up and down when it does not fit."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from .emptying import clear
from .settled import settle_around

_BELOW = 12  # px between what was brought into sight and the edge


class Scrolled(QScrollArea):
    """``role`` is the ground: "window" or "surface". ``margins``: left, top, right, bottom.

    ``follows_growth``: what is added below comes into sight, as for steps that appear one by one.
    """

    def __init__(
        self,
        page: QWidget,
        *,
        role: str = "window",
        margins: tuple[int, int, int, int] = (0, 0, 0, 0),
        widest: int = 0,
        follows_growth: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        holder = QWidget()
        holder.setProperty("role", role)
        holder.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(holder)
        column.setContentsMargins(*margins)
        if widest:
            page.setMaximumWidth(widest)
            # A row, since a column would ask for the height at the whole width: too little.
            row = QHBoxLayout()
            row.addWidget(page, 1000)
            row.addStretch(1)
            column.addLayout(row)
        else:
            column.addWidget(page)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(holder)
        self._grown_to = 0
        if follows_growth:
            self.verticalScrollBar().rangeChanged.connect(self._follow)

    @staticmethod
    def bring(part: QWidget) -> None:
        """Scrolls what is around ``part`` until it is in sight, once it has its place."""

        def scroll() -> None:
            around = _area_around(part)
            if around is not None:
                settle_around(part, around)  # what has just been shown has no height yet
                around.ensureWidgetVisible(part, 0, _BELOW)

        QTimer.singleShot(0, part, scroll)

    def _follow(self, _lowest: int, highest: int) -> None:
        if highest > self._grown_to > 0 or (highest and self._grown_to == 0 and self.isVisible()):
            self.verticalScrollBar().setValue(highest)
        self._grown_to = highest


class KeptInSight(QObject):
    """Brings ``part`` back where a window that gets smaller would leave it below the fold."""

    def __init__(self, part: QWidget) -> None:
        super().__init__(part)
        self._part = part
        self._watched: QWidget | None = None

    def begin(self) -> None:
        """``part`` stands in its place now."""
        area = _area_around(self._part)
        port = None if area is None else area.viewport()
        if port is not None and port is not self._watched:
            self._watched = port
            port.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Comes before what scrolls lays itself out anew: the part still stands where it was."""
        if (
            isinstance(event, QResizeEvent)
            and isinstance(watched, QWidget)
            and self._part.isVisibleTo(watched)
        ):
            foot = self._part.mapTo(watched, self._part.rect().bottomLeft()).y()
            if foot <= event.oldSize().height():
                Scrolled.bring(self._part)
        return super().eventFilter(watched, event)


def _area_around(part: QWidget) -> QScrollArea | None:
    around = part.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    return around


def renew(holder: QBoxLayout, made: Scrolled, *, same: bool = True) -> None:
    """Puts a page in the place of the one before; where that was of the ``same``, as far down."""
    before = holder.itemAt(0)
    old = before.widget() if before is not None else None
    top = old.verticalScrollBar().value() if same and isinstance(old, Scrolled) else 0
    clear(holder)
    holder.addWidget(made)
    if not top:
        return
    bar = made.verticalScrollBar()

    def go_down(_lowest: int, highest: int) -> None:
        if highest >= top:  # before it is laid out there is no such place
            bar.rangeChanged.disconnect(go_down)
            bar.setValue(top)

    bar.rangeChanged.connect(go_down)
