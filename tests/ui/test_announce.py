"""What a screen reader is told though nothing moves."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QStringListModel
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QLineEdit, QListView, QWidget
from pytestqt.qtbot import QtBot

import deskapp.ui.announce
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui.announce import say_current
from deskapp.ui.pieces.form_dialog import FormDialog
from deskapp.ui.pieces.notice import Notice
from deskapp.ui.undo.bar import ActBar


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Sentences as they are handed to the system; "!" before those that interrupt."""
    heard: list[str] = []

    class Reader:
        AnnouncementPoliteness = QAccessible.AnnouncementPoliteness

        @staticmethod
        def updateAccessibility(event: QAccessibleAnnouncementEvent) -> None:
            urgent = event.politeness() == QAccessible.AnnouncementPoliteness.Assertive
            heard.append(("!" if urgent else "") + event.message())

    monkeypatch.setattr(deskapp.ui.announce, "QAccessible", Reader)
    yield heard


def test_long_work_is_said_when_it_begins_at_each_quarter_and_when_it_ends(
    qtbot: QtBot, said: list[str]
) -> None:
    bar = ActBar()
    qtbot.addWidget(bar)
    bar.run("0 of 1,000", 1000, lambda: None)
    for done in range(0, 1001, 50):
        bar.advance(f"{done} of 1,000", done)
    bar.say("Done.")
    assert said == ["0 of 1,000", "250 of 1,000", "500 of 1,000", "750 of 1,000", "1000 of 1,000",
                    "Done."]  # fmt: skip


def test_what_went_wrong_is_said_where_it_stands(qtbot: QtBot, said: list[str]) -> None:
    notice, dialog = Notice(), FormDialog("", label_width=80, parent=None)
    qtbot.addWidget(notice)
    qtbot.addWidget(dialog)
    notice.say_problem(Problem(ProblemKind.DISK_FULL, path="/desk"))
    dialog.say("Write what was said.")
    assert said[0].startswith("There is no room left") and said[1] == "!Write what was said."


def test_the_line_that_keys_lead_to_is_said_though_the_field_keeps_them(
    qtbot: QtBot, said: list[str]
) -> None:
    field, lines = QLineEdit(), QListView()
    lines.setModel(QStringListModel(["Anna Nowak", "Minh Trần"]))
    around: list[QWidget] = [field, lines]
    for one in around:
        qtbot.addWidget(one)
    say_current(lines, field)
    lines.setCurrentIndex(lines.model().index(0, 0))
    assert said == []  # nobody sees it yet
    lines.show()
    lines.setCurrentIndex(lines.model().index(1, 0))
    assert said == ["Minh Trần"]
