"""The QApplication with everything a window needs before it is shown."""

import sys
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from .garbage import GuiGarbage
from .plurals import EnglishPlurals
from .theme import Appearance, theme

_TURN_SECONDS = 0.001
"""How long a working lane may keep the interpreter from the window. Qt asks for it some fifty
times in a frame, and Python's own 5 ms, waited for a few times, are a frame that is too long."""


def prepare_application(
    arguments: Sequence[str] = (), *, appearance: str = Appearance.SYSTEM
) -> QApplication:
    """The one QApplication, dressed: names, plurals, theme. Made here if there is none yet."""
    sys.setswitchinterval(_TURN_SECONDS)
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication([*(arguments or sys.argv[:1])])
    app.setApplicationName("deskapp")
    app.setApplicationDisplayName("deskapp")
    QGuiApplication.setDesktopFileName("deskapp")  # without it Linux shows no number on the icon
    if QLocale().language() is QLocale.Language.C:
        # No language is set on this computer: numbers are still to be read in groups.
        QLocale.setDefault(QLocale(QLocale.Language.English))
    if app.findChild(EnglishPlurals) is None:
        QCoreApplication.installTranslator(EnglishPlurals(app))
    if app.findChild(GuiGarbage) is None:
        GuiGarbage(app)
    theme().choose(Appearance(appearance))
    return app
