"""Buttons with a name for everyone, and icons that follow the theme."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from deskapp.ui.icons import icon
from deskapp.ui.theme import theme


def push_button(
    text: str, clicked: Callable[[], object], *, kind: str = "", parent: QWidget | None = None
) -> QPushButton:
    """A button with words. ``kind``: primary, danger, quiet, link; "" is the plain one.

    ``clicked`` is a method of a QObject in the GUI.
    """
    made = QPushButton(text, parent)
    made.setAutoDefault(False)
    if kind:
        made.setProperty("kind", kind)
    made.clicked.connect(clicked)
    return made


class IconButton(QToolButton):
    """A button that is only an icon; ``name`` is what screen readers and the tool tip say."""

    def __init__(
        self,
        picture: str,
        name: str,
        *,
        token: str = "muted",
        checked_token: str = "accent",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._picture, self._tokens = picture, (token, checked_token)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setIconSize(QSize(16, 16))
        # Painted smaller while a layout settles, the style asks for an icon of negative size.
        self.setMinimumSize(24, 24)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        theme().changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.setIcon(icon(self._picture, *self._tokens))
