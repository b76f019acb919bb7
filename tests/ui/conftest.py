"""Windows in tests: the application dressed once, the language held still."""

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from deskapp.ui.application import prepare_application


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    QLocale.setDefault(QLocale("en_GB"))
    return prepare_application(appearance="light")
