"""Faces and sizes: the system's font, Han text in the face of its own script."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QLocale
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo

_TEXT_PX = 13

# Where the desktop names no font ("Sans Serif"), the first of these that is installed.
_PLAIN_FACES = ("Inter", "Noto Sans", "Cantarell", "Ubuntu", "DejaVu Sans")
_GENERIC = ("Sans Serif", "Sans", "sans-serif", "")
_TRADITIONAL = ("Microsoft JhengHei UI", "PingFang TC", "Noto Sans CJK TC", "Noto Sans TC")
_SIMPLIFIED = ("Microsoft YaHei UI", "PingFang SC", "Noto Sans CJK SC", "Noto Sans SC")
_LAST_RESORT = ("Droid Sans Fallback", "WenQuanYi Zen Hei")


def is_traditional(language: str) -> bool:
    """Whether a language tag ("zh-TW", "zh-Hant") means Traditional Chinese."""
    tag = language.casefold().replace("_", "-")
    return tag.startswith("zh") and any(part in tag for part in ("hant", "-tw", "-hk", "-mo"))


@dataclass(frozen=True, slots=True)
class Fonts:
    """The fonts of one theme. Sizes are pixels at scale 1."""

    face: str
    px: int
    traditional: tuple[str, ...]
    simplified: tuple[str, ...]
    traditional_first: bool

    @classmethod
    def of_system(cls) -> "Fonts":
        """The desktop's font, never smaller than 13 px; Han faces that are installed here."""
        installed = set(QFontDatabase.families())
        system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        face = system.family()
        if face in _GENERIC:
            face = next((name for name in _PLAIN_FACES if name in installed), face)

        def here(names: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(name for name in (*names, *_LAST_RESORT) if name in installed)

        return cls(
            face=face,
            px=max(_TEXT_PX, QFontInfo(system).pixelSize()),
            traditional=here(_TRADITIONAL),
            simplified=here(_SIMPLIFIED),
            traditional_first=is_traditional(QLocale().bcp47Name()),
        )

    @property
    def small_px(self) -> int:
        return self.px - 2

    @property
    def title_px(self) -> int:
        return self.px + 4

    @property
    def card_title_px(self) -> int:
        return self.px + 2

    def text(self, px: int | None = None, *, bold: bool = False, language: str = "") -> QFont:
        """The font for text in ``language`` ("" where it is not known), with tabular figures."""
        font = self.in_language(QFont(), language)
        font.setPixelSize(px or self.px)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def in_language(self, font: QFont, language: str) -> QFont:
        """Gives a font our faces in the order that the language needs; size and weight stay."""
        traditional = is_traditional(language) if language else self.traditional_first
        pair = (self.traditional, self.simplified)
        font.setFamilies([self.face, *pair[not traditional], *pair[traditional]])
        # Qt keeps one list of fallbacks per first family: without a difference that it notices,
        # the first language shown would decide the Han face of all others.
        font.setStyleHint(QFont.StyleHint.System if traditional else QFont.StyleHint.SansSerif)
        return font

    def fixed(self) -> QFont:
        """The fixed-pitch font, for a mail's raw source."""
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(self.px)
        return font

    def sized(self, px: int) -> "Fonts":
        """The same faces with another text size in pixels."""
        return replace(self, px=px)
