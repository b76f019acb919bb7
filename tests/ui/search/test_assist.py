"""The search field completes operators by keyboard and leaves plain words alone."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from deskapp.ui.search.assist import SearchAssist
from deskapp.ui.search.completing import completions

TAGS = ("VIP", "wrong size")


@pytest.fixture
def field(qtbot: QtBot) -> Iterator[QLineEdit]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 400)
    made = QLineEdit()
    QVBoxLayout(window).addWidget(made)
    window.show()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    yield made


@pytest.fixture
def assist(field: QLineEdit) -> SearchAssist:
    return SearchAssist(field, lambda name: TAGS if name == "tag" else ())


def test_operator_and_value_are_completed_by_keys(
    field: QLineEdit, assist: SearchAssist, qtbot: QtBot
) -> None:
    qtbot.keyClicks(field, "parcel sta")
    assert assist.open
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert field.text() == "parcel status:"
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "parcel status:open "
    assert not assist.open


def test_enter_searches_what_was_typed_unless_somebody_went_into_the_offer(
    field: QLineEdit, assist: SearchAssist, qtbot: QtBot
) -> None:
    qtbot.keyClicks(field, "ta")
    assert assist.open
    with qtbot.waitSignal(field.returnPressed):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "ta"


def test_names_of_the_desk_complete_and_those_of_two_words_are_quoted(
    field: QLineEdit, assist: SearchAssist, qtbot: QtBot
) -> None:
    qtbot.keyClicks(field, "-tag:wr")
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert field.text() == '-tag:"wrong size" '


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("负责", "负责人:"),
        ("трг", None),
        ("trang", "trạng-thái:"),
        ('"sta', None),
        ("has:", "has:attachment "),
    ],
)
def test_completions_know_every_language(typed: str, offered: str | None) -> None:
    texts = [one.text for one in completions(typed, lambda _name: ())]
    assert (offered in texts) if offered else not texts
