"""The look's one source: colour tokens for light and dark, put into palette and style sheet.

No other file spells a colour. Values and their use are the table of the look's palette; every text
pair keeps a contrast of at least 4.5 : 1, which the tests compute.
"""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from .fonts import Fonts
from .style import style_sheet


class Appearance(StrEnum):
    """What a person chose in the settings."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Colours:
    """The tokens. ``paper`` and ``ink`` are the same in both themes: HTML mail stands on white."""

    dark: bool
    window: str
    surface: str
    sunken: str
    line: str
    text: str
    muted: str
    accent: str
    accent_soft: str
    accent_strong: str  # the primary button under the pointer
    on_accent: str
    note: str
    note_edge: str
    ours: str
    ours_edge: str
    side: str  # what is written with a third party
    side_edge: str
    draft: str
    draft_edge: str
    warn: str
    bad: str
    good: str
    paper: str = "#FFFFFF"
    ink: str = "#1A222C"
    ink_muted: str = "#58636F"
    ink_link: str = "#0B6E69"


LIGHT = Colours(
    dark=False,
    window="#F4F5F7",
    surface="#FFFFFF",
    sunken="#ECEEF1",
    line="#DADFE5",
    text="#1A222C",
    muted="#58636F",
    accent="#0B6E69",
    accent_soft="#E0F1EF",
    accent_strong="#095A56",
    on_accent="#FFFFFF",
    note="#FFF7DB",
    note_edge="#D9AE3C",
    ours="#F3F5F8",
    ours_edge="#8C98A6",
    side="#F5F0FB",
    side_edge="#7B57B2",
    draft="#EAF1FD",
    draft_edge="#245FC4",
    warn="#9A5300",
    bad="#B3261E",
    good="#1E7B3C",
)

DARK = Colours(
    dark=True,
    window="#15191E",
    surface="#1C2127",
    sunken="#111519",
    line="#2E363F",
    text="#E5E9EE",
    muted="#9BA7B4",
    accent="#52C4BA",
    accent_soft="#17322F",
    accent_strong="#6FD3CA",
    on_accent="#0B1A19",
    note="#3A331B",
    note_edge="#C9A23A",
    ours="#232A32",
    ours_edge="#73808F",
    side="#2E2840",
    side_edge="#A98BE0",
    draft="#1B2A44",
    draft_edge="#6FA0F5",
    warn="#F0A951",
    bad="#FF8A80",
    good="#6CCB8A",
)


class Theme(QObject):
    """The look in force. ``changed`` comes after palette and style sheet are set."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._appearance = Appearance.SYSTEM
        self.colours = LIGHT
        self.fonts = Fonts.of_system()
        app.setStyle(QStyleFactory.create("Fusion"))
        app.setFont(self.fonts.text())
        app.styleHints().colorSchemeChanged.connect(self._system_changed)
        self._put_on()

    @property
    def appearance(self) -> Appearance:
        return self._appearance

    def choose(self, appearance: Appearance) -> None:
        """Takes a person's choice; "system" follows the computer, and is light where it is mute."""
        self._appearance = appearance
        self._put_on()

    def colour(self, token: str) -> QColor:
        """A token by name as a QColor, for painting. Raises AttributeError for an unknown one."""
        return QColor(getattr(self.colours, token))

    def _system_changed(self, _scheme: Qt.ColorScheme) -> None:
        if self._appearance is Appearance.SYSTEM:
            self._put_on()

    def _put_on(self) -> None:
        self.colours = DARK if self._wants_dark() else LIGHT
        self._app.setPalette(palette(self.colours))
        for kind in ("QCheckBox", "QRadioButton", "QListWidget"):
            # The stubs ask for bytes, which Qt's binding refuses.
            self._app.setPalette(_box_palette(self.colours), kind)  # type: ignore[arg-type]
        self._app.setStyleSheet(style_sheet(self.colours, self.fonts))
        self.changed.emit()

    def _wants_dark(self) -> bool:
        if self._appearance is Appearance.SYSTEM:
            return self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return self._appearance is Appearance.DARK


def theme() -> Theme:
    """The application's theme, made on first use. Needs a QApplication."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("the theme needs a QApplication")
    found = app.findChild(Theme, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return found if isinstance(found, Theme) else Theme(app)


def palette(colours: Colours) -> QPalette:
    """Fusion's palette from the tokens, so that stock controls fit without a rule of their own."""
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: colours.window,
        QPalette.ColorRole.WindowText: colours.text,
        QPalette.ColorRole.Base: colours.surface,
        QPalette.ColorRole.AlternateBase: colours.window,
        QPalette.ColorRole.Text: colours.text,
        QPalette.ColorRole.Button: colours.surface,
        QPalette.ColorRole.ButtonText: colours.text,
        QPalette.ColorRole.BrightText: colours.bad,
        QPalette.ColorRole.ToolTipBase: colours.surface,
        QPalette.ColorRole.ToolTipText: colours.text,
        QPalette.ColorRole.PlaceholderText: colours.muted,
        QPalette.ColorRole.Link: colours.accent,
        QPalette.ColorRole.LinkVisited: colours.accent,
        QPalette.ColorRole.Highlight: colours.accent,
        QPalette.ColorRole.HighlightedText: colours.on_accent,
        QPalette.ColorRole.Accent: colours.accent,
        QPalette.ColorRole.Light: colours.surface,
        QPalette.ColorRole.Midlight: colours.line,
        QPalette.ColorRole.Mid: colours.line,
        QPalette.ColorRole.Dark: colours.ours_edge,
        QPalette.ColorRole.Shadow: colours.line,
    }
    for role, value in roles.items():
        made.setColor(role, QColor(value))
    disabled = QPalette.ColorGroup.Disabled
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        made.setColor(disabled, role, QColor(colours.muted))
    return made


def _box_palette(colours: Colours) -> QPalette:
    """Fusion draws the edge of a box darker than the window: on a dark one it cannot be seen."""
    made = palette(colours)
    made.setColor(QPalette.ColorRole.Window, QColor(colours.muted))
    return made


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    bright, dim = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: str) -> float:
    asked = QColor(colour)
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
        for part in (asked.redF(), asked.greenF(), asked.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
