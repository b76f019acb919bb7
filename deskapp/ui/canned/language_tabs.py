"""The languages of a canned reply as tabs; those that other replies have and this one has not are
marked as missing."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QTabBar, QWidget

from deskapp.ui.pieces.buttons import IconButton
from deskapp.ui.text import language_name

_OFTEN = ("en", "vi", "zh-Hans", "zh-Hant", "ru", "de", "es", "fr", "ja", "ko", "th")


class LanguageTabs(QWidget):
    """``chosen`` carries a language tag, ``remove_wanted`` the tag whose text is to go."""

    chosen = Signal(str)
    remove_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tags: list[str] = []
        self._showing = False
        self.bar = QTabBar()
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setUsesScrollButtons(True)
        self.bar.setAccessibleName(self.tr("Language of the text"))
        self.bar.currentChanged.connect(self._changed)
        self.add = IconButton("new", self.tr("Add a language"))
        self._menu = QMenu(self.add)
        self._menu.aboutToShow.connect(self._fill)
        self._menu.triggered.connect(self._added)
        self.add.setMenu(self._menu)
        self.add.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        self.remove = IconButton("delete", self.tr("Remove this language"))
        self.remove.clicked.connect(self._remove)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.bar)
        row.addWidget(self.add)
        row.addStretch(1)
        row.addWidget(self.remove)

    @property
    def current(self) -> str:
        """The tag of the tab in front; "" when there is none."""
        at = self.bar.currentIndex()
        return self._tags[at] if 0 <= at < len(self._tags) else ""

    def show_texts(self, texts: Mapping[str, str], known: Sequence[str], current: str) -> None:
        """A tab for each text, and one for each language known from other replies."""
        have = [tag for tag, text in texts.items() if text.strip()]
        rest = [tag for tag in (*texts, *known) if tag not in have]
        wanted = list(dict.fromkeys((*have, *rest))) or ["en"]
        self._showing = True
        if wanted != self._tags:
            self._tags = wanted
            while self.bar.count():
                self.bar.removeTab(0)
            for _ in wanted:
                self.bar.addTab("")
        self.mark(texts)
        if current in wanted:
            self.bar.setCurrentIndex(wanted.index(current))
        self._showing = False

    def mark(self, texts: Mapping[str, str]) -> None:
        """Says at each tab whether its text is missing."""
        for at, tag in enumerate(self._tags):
            name = language_name(tag)
            missing = not texts.get(tag, "").strip()
            shown = self.tr("{language} – missing").format(language=name) if missing else name
            self.bar.setTabText(at, shown)
        self.remove.setEnabled(bool(texts.get(self.current, "").strip()))

    def _changed(self, _index: int) -> None:
        if not self._showing:
            self.chosen.emit(self.current)

    def _fill(self) -> None:
        self._menu.clear()
        for tag in _OFTEN:
            if tag not in self._tags:
                self._menu.addAction(language_name(tag)).setData(tag)

    def _added(self, action: QAction) -> None:
        self._tags.append(action.data())
        self.bar.addTab(language_name(action.data()))
        self.bar.setCurrentIndex(len(self._tags) - 1)

    def _remove(self) -> None:
        self.remove_wanted.emit(self.current)
