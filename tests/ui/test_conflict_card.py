"""Both values of what two people changed: readable where it is narrow, in sight, by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QRadioButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from deskapp.ui.pieces.conflict import ConflictCard, Difference
from deskapp.ui.pieces.scrolled import Scrolled

from .cut import cut

MAIL = "xiaoming.wang.customer.service@lotus-outdoor.example"
BOTH = (
    Difference("Name", "Nguyễn Thị Phương Anh Khánh Huyền", "王小明", "Phạm Minh"),
    Difference("Mail address", "anh@lotus-outdoor.example", MAIL, "minh@lotus-outdoor.example"),
)


class Page(Scrolled):
    """Fields, the card below them, and Cancel."""

    def __init__(self) -> None:
        form = QWidget()
        self.field, self.card, self.cancel = QLineEdit(), ConflictCard(), QLineEdit()
        column = QVBoxLayout(form)
        column.addSpacing(300)
        for part in (self.field, self.card, self.cancel):
            column.addWidget(part)
        super().__init__(form)

    def foot(self) -> int:
        """Where the card ends; above 0: below what is in sight."""
        place = self.card.mapTo(self.viewport(), self.card.rect().bottomLeft())
        return place.y() - self.viewport().height()


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    made = Page()
    qtbot.addWidget(made)
    made.resize(700, 700)
    with qtbot.waitActive(made):
        made.show()
    made.card.show_both(BOTH, choosing=True)
    return made


@pytest.mark.parametrize("width", [420, 700])
def test_a_long_address_is_whole_in_a_narrow_form_too(page: Page, qtbot: QtBot, width: int) -> None:
    page.resize(width, 700)
    qtbot.waitUntil(lambda: page.card.width() < width and cut(page) == [])


def test_a_smaller_window_keeps_its_buttons_in_sight(page: Page, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.foot() <= 0)
    page.resize(560, 400)
    qtbot.waitUntil(lambda: page.foot() <= 0)


def test_who_scrolled_away_from_it_is_not_brought_back(page: Page, qtbot: QtBot) -> None:
    bar = page.verticalScrollBar()
    page.resize(700, 400)
    qtbot.waitUntil(lambda: page.foot() <= 0 < bar.value())
    bar.setValue(0)
    page.resize(700, 380)
    QApplication.processEvents()
    assert bar.value() == 0


def test_tab_leads_over_the_choices_to_the_buttons(page: Page, qtbot: QtBot) -> None:
    page.field.setFocus()
    walked: list[QWidget] = []
    while (at := QApplication.focusWidget()) is not None and at not in walked:
        walked.append(at)
        qtbot.keyClick(at, Qt.Key.Key_Tab)
    choices = [one for one in walked if isinstance(one, QRadioButton)]
    assert [one.accessibleName() for one in choices] == ["Name: yours", "Mail address: yours"]
    ends = [choices[-1], page.card.mine, page.card.theirs, page.cancel]
    places = [walked.index(one) for one in ends]
    assert places == sorted(places) and walked[0] is page.field
