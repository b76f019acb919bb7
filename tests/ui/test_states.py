"""Words in the place of a list that has nothing to show."""

from PySide6.QtWidgets import QApplication, QListWidget, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui.pieces.states import Stated


def test_the_keyboard_stays_where_it_was_and_presses_nothing_beside(qtbot: QtBot) -> None:
    window, listing, beside = QWidget(), QListWidget(), QPushButton("Star")
    stated = Stated(listing)
    column = QVBoxLayout(window)
    column.addWidget(stated)
    column.addWidget(beside)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    listing.setFocus()
    qtbot.waitUntil(listing.hasFocus)
    stated.show_problem(Problem(ProblemKind.OFFLINE), lambda: None)
    assert QApplication.focusWidget() is stated.words.button
    stated.show_words("Nothing here.", "It is empty.")
    assert QApplication.focusWidget() is stated.words
    stated.show_content()
    assert QApplication.focusWidget() is listing
    beside.setFocus()
    stated.show_words("Nothing here.", "It is empty.")
    assert QApplication.focusWidget() is beside


def test_a_long_address_goes_on_in_the_next_line(qtbot: QtBot) -> None:
    stated = Stated(QListWidget())
    qtbot.addWidget(stated)
    address = "from:a-very-long-name@an-even-longer-host.example"
    stated.show_words(f"Nothing matches {address}.", "")
    stated.resize(260, 300)
    assert stated.words.title.minimumSizeHint().width() < 200
    assert address in stated.words.title.accessibleName()
