"""The language a customer writes in, to be seen and put right in one place."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from deskapp.ui import text
from deskapp.ui.languages import offered_languages


class LanguageChip(QPushButton):
    """Shows a language by its own name; a click offers the others. ``chosen`` carries a tag."""

    chosen = Signal(str)

    def __init__(self, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "link")
        self.setAutoDefault(False)
        name = text.language_name(language)
        self.setText(name or self.tr("not known"))
        self.setAccessibleName(self.tr("Language: {name}").replace("{name}", self.text()))
        self.setToolTip(self.tr("Read from their mails. Choose another, and it stays as chosen."))
        self.setMenu(self._menu(language))

    def _menu(self, language: str) -> QMenu:
        menu = QMenu(self)
        group = QActionGroup(menu)
        for name, tag in offered_languages(language):
            action = menu.addAction(name)
            action.setCheckable(True)
            action.setChecked(tag == language)
            action.setData(tag)
            group.addAction(action)
        group.triggered.connect(self._choose)
        return menu

    def _choose(self, action: QAction) -> None:
        self.chosen.emit(str(action.data()))
